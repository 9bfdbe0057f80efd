/** When people are there: the hours of each day, and whole days that are closed. */

import { useState } from "preact/hooks";
import { dateFormat } from "../../../shared/formats";
import type { Locale } from "../../../shared/locale";
import { Button } from "../../elements/button";
import { Field, Select, Switch } from "../../elements/field";
import { useWords } from "../../elements/use";
import {
  copied,
  type Day,
  DAYS,
  daysFor,
  endOf,
  type Hours,
  nextSpan,
  shownEnd,
  type Span,
  usualHours,
  withSpans,
  wrongSpans,
} from "./hours";
import type { PartProps } from "./part";

/** A Monday, from which the names of the days are counted. */
const MONDAY = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;

export function HoursEditor({ draft, change }: PartProps) {
  const { t, locale } = useWords();
  const { hours } = draft;
  const set = (next: Hours | null): void => change({ hours: next });
  return (
    <section class="panel inbox-part">
      <h2>{t("inbox.hours")}</h2>
      <p class="muted">{t("inbox.hours.text")}</p>
      <Switch label={t("inbox.hours.always")} on={hours === null} onChange={(always) => set(always ? null : usualHours(locale, zoneHere()))} />
      {hours && (
        <>
          <Select
            label={t("inbox.hours.zone")}
            value={hours.timezone}
            onValue={(timezone) => set({ ...hours, timezone })}
            choices={zones(hours.timezone).map((zone) => ({ value: zone, label: zone.replaceAll("_", " ") }))}
          />
          <div class="hours-days">
            {daysFor(locale).map((day) => (
              <DayLine key={day} day={day} hours={hours} onHours={set} />
            ))}
          </div>
          <Holidays hours={hours} onHours={set} />
        </>
      )}
      <Switch label={t("inbox.rating")} on={draft.rating} onChange={(rating) => change({ rating })} />
    </section>
  );
}

interface HoursProps {
  readonly hours: Hours;
  readonly onHours: (hours: Hours) => void;
}

function DayLine({ day, hours, onHours }: HoursProps & { readonly day: Day }) {
  const { t, locale } = useWords();
  const name = dayName(day, locale);
  const spans = hours.weekly[day];
  const wrong = wrongSpans(spans);
  const set = (next: readonly Span[]): void => onHours(withSpans(hours, day, next));
  return (
    <div class="hours-day" role="group" aria-label={name}>
      <span class="hours-day__name">{name}</span>
      <div class="hours-day__spans">
        {spans.length === 0 && <span class="muted hours-day__closed">{t("inbox.hours.closed")}</span>}
        {spans.map((span, at) => (
          <SpanLine
            key={at}
            day={name}
            span={span}
            isWrong={wrong !== null}
            onSpan={(next) => set(next ? spans.with(at, next) : spans.toSpliced(at, 1))}
          />
        ))}
        {wrong && (
          <p class="field__error" role="alert">
            {t(`inbox.hours.${wrong}`)}
          </p>
        )}
      </div>
      <div class="hours-day__acts">
        {spans.length > 0 && wrong === null && (
          <Button look="quiet" small icon="copy" label={`${t("inbox.hours.copy")} (${name})`} onPress={() => onHours(copied(hours, day))} />
        )}
        <Button look="quiet" small icon="plus" label={t("inbox.hours.add", { day: name })} onPress={() => set([...spans, nextSpan(spans)])} />
      </div>
    </div>
  );
}

interface SpanProps {
  readonly day: string;
  readonly span: Span;
  readonly isWrong: boolean;
  readonly onSpan: (span: Span | null) => void;
}

function SpanLine({ day, span: [begin, end], isWrong, onSpan }: SpanProps) {
  const { t } = useWords();
  const shared = { type: "time", class: "input", "aria-invalid": isWrong || undefined } as const;
  return (
    <div class="hours-span">
      <input {...shared} aria-label={t("inbox.hours.from", { day })} value={begin} onInput={(event) => onSpan([event.currentTarget.value, end])} />
      <span aria-hidden="true">–</span>
      <input {...shared} aria-label={t("inbox.hours.to", { day })} value={shownEnd(end)} onInput={(event) => onSpan([begin, endOf(event.currentTarget.value)])} />
      <Button look="quiet" small icon="trash" label={t("inbox.hours.remove", { day })} onPress={() => onSpan(null)} />
    </div>
  );
}

function Holidays({ hours, onHours }: HoursProps) {
  const { t, locale } = useWords();
  const [typed, setTyped] = useState("");
  const add = (): void => {
    if (typed === "") return;
    onHours({ ...hours, closed_on: [...new Set([...hours.closed_on, typed])].sort() });
    setTyped("");
  };
  return (
    <div class="holidays">
      <span class="field__label">{t("inbox.hours.holidays")}</span>
      <div class="holidays__list">
        {hours.closed_on.map((day) => (
          <span key={day} class="tag holiday">
            {dateName(day, locale)}
            <Button
              look="quiet"
              small
              icon="close"
              label={t("inbox.hours.holiday.remove", { day: dateName(day, locale) })}
              onPress={() => onHours({ ...hours, closed_on: hours.closed_on.filter((one) => one !== day) })}
            />
          </span>
        ))}
      </div>
      <div class="holidays__add">
        <Field label={t("inbox.hours.holiday")} type="date" value={typed} onValue={setTyped} />
        <Button icon="plus" onPress={add} why={typed === "" ? t("inbox.hours.holiday") : null}>
          {t("inbox.hours.holiday.add")}
        </Button>
      </div>
    </div>
  );
}

function dayName(day: Day, locale: Locale): string {
  const at = new Date(MONDAY + DAYS.indexOf(day) * DAY_MS);
  return dateFormat(locale, { weekday: "long", timeZone: "UTC" }).format(at);
}

function dateName(day: string, locale: Locale): string {
  return dateFormat(locale, { dateStyle: "medium", timeZone: "UTC" }).format(new Date(day));
}

function zoneHere(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

function zones(present: string): readonly string[] {
  return [...new Set(["UTC", present, ...Intl.supportedValuesOf("timeZone")])].sort();
}

/** Times as people say them, with the whole moment on demand. */

import { useMemo } from "preact/hooks";
import { formatClock, formatDay, formatDuration, formatMoment, isSameDay } from "../../shared/time";
import { ageOf, waited } from "../state/ages";
import { Icon } from "./icon";
import { useNow, useWords } from "./use";

/** How long somebody has waited: ticking, coloured by age, and said in words. */
export function Waited({ since, bare }: { readonly since: string; readonly bare?: boolean }) {
  const { t, locale } = useWords();
  const now = useNow(1000);
  const time = waited(since, now, locale);
  const age = ageOf(since, now);
  // It ticks every second, and what it says of the beginning stays.
  const told = useMemo(() => t("waiting.since", { time: formatMoment(new Date(since), locale) }), [since, locale]);
  return (
    <span class={`waited waited--${age}`} title={`${told} · ${t(`age.${age}`)}`}>
      {!bare && <Icon name="clock" size={14} />}
      <span class="hidden">{t("waiting.for")} </span>
      {time}
    </span>
  );
}

export function Clock({ at }: { readonly at: string }) {
  const { locale } = useWords();
  const date = new Date(at);
  return (
    <time dateTime={at} title={formatMoment(date, locale)}>
      {formatClock(date, locale)}
    </time>
  );
}

/** The day of a day mark. */
export function Day({ at }: { readonly at: string }) {
  const { locale } = useWords();
  const now = useNow(60_000);
  return <time dateTime={at}>{formatDay(new Date(at), new Date(now), locale)}</time>;
}

/** "3 min" for what is fresh, the time of day for today, the day for all else. */
export function Recent({ at }: { readonly at: string }) {
  const { t, locale } = useWords();
  const now = useNow(10_000);
  const date = new Date(at);
  const seconds = Math.max(0, (now - date.getTime()) / 1000);
  return (
    <time dateTime={at} title={formatMoment(date, locale)}>
      {seconds < 60 ? t("now") : recent(date, new Date(now), seconds, locale)}
    </time>
  );
}

export function Moment({ at }: { readonly at: string }) {
  const { locale } = useWords();
  return <time dateTime={at}>{formatMoment(new Date(at), locale)}</time>;
}

function recent(date: Date, now: Date, seconds: number, locale: Parameters<typeof formatClock>[1]): string {
  if (seconds < 3600) return formatDuration(seconds, locale);
  return isSameDay(date, now) ? formatClock(date, locale) : formatDay(date, now, locale);
}

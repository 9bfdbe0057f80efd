import type { Translate } from "../shared/catalogue";
import type { Locale } from "../shared/locale";
import { formatComing } from "../shared/time";
import type { Word } from "./locales";
import type { ChatState } from "./state";

/** Who is with the customer: it decides the picture and the colour of the header. */
export type Company = "bot" | "waiting" | "agent" | "resolved" | "none";

export interface Headline {
  readonly company: Company;
  readonly text: string;
}

/** The one line that tells the customer how things stand. */
export function headline(state: ChatState, t: Translate<Word>): Headline {
  if (state.phase === "starting") return { company: "bot", text: t("status_connecting") };
  if (state.phase === "refused") return { company: "none", text: t("status_refused") };
  if (state.phase === "lost") return { company: "none", text: t("status_lost") };
  return withCompany(state, t);
}

function withCompany(state: ChatState, t: Translate<Word>): Headline {
  const agent = state.status?.agent;
  switch (state.status?.state) {
    case "waiting":
      return state.opening.open === false
        ? { company: "none", text: t("away") }
        : { company: "waiting", text: t("status_waiting") };
    case "with_agent":
      return {
        company: "agent",
        text: agent ? t("status_with_agent", { agent: `\u2068${agent}\u2069` }) : t("status_with_team"),
      };
    case "resolved":
      return { company: "resolved", text: t("status_resolved") };
    default:
      return { company: "bot", text: t("status_with_bot") };
  }
}

/** When people will be there again: "Nobody is here until tomorrow 9:00". */
export function awayLine({ opening }: ChatState, locale: Locale, t: Translate<Word>): string {
  if (!opening.opensAt) return t("away");
  const when = formatComing(new Date(opening.opensAt), new Date(), locale);
  return t("away_until", { when });
}

/** The customer's place in the queue, as far as it is known: "You are number 2 in line, about 4 minutes". */
export function waitingLine(state: ChatState, t: Translate<Word>): string {
  const { position = null, waitS = null } = state.status ?? {};
  const place = position && (position === 1 ? t("waiting_next") : t("waiting_place", { position }));
  return [place, waitS !== null && waitOf(waitS, t)].filter(Boolean).join(" · ");
}

function waitOf(seconds: number, t: Translate<Word>): string {
  const count = Math.round(seconds / 60);
  return count < 1 ? t("waiting_soon") : t("waiting_minutes", { count });
}

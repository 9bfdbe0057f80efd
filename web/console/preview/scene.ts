/** What the preview shows: conversations made up, as the gateway would tell them. */

import type { Locale } from "../../shared/locale";

export const SCENES = ["welcome", "bot", "waiting", "agent", "away", "resolved", "lost"] as const;

export type Scene = (typeof SCENES)[number];

/** A frame as it stands on the wire. */
export type Wire = Readonly<Record<string, unknown>>;

interface Talk {
  readonly asks: string;
  readonly answers: string;
  readonly buttons: readonly string[];
  readonly wants: string;
  readonly agent: string;
  readonly helps: string;
  readonly thanks: string;
}

const TALKS: Readonly<Record<Locale, Talk>> = {
  en: {
    asks: "Hi! Where is my order PK-1001?",
    answers: "It left our workshop yesterday and arrives on Thursday. You can follow it at https://shop.example/track.",
    buttons: ["Change the address", "Something else"],
    wants: "I would like to talk to a person.",
    agent: "Sara",
    helps: "Hello, this is Sara. I have changed the address for you.",
    thanks: "Thank you!",
  },
  fa: {
    asks: "سلام، سفارش PK-1001 من کجاست؟",
    answers: "دیروز از کارگاه ما راه افتاد و پنجشنبه می‌رسد. از اینجا دنبالش کنید: https://shop.example/track",
    buttons: ["تغییر نشانی", "کار دیگری دارم"],
    wants: "می‌خواهم با یک نفر صحبت کنم.",
    agent: "سارا",
    helps: "سلام، سارا هستم. نشانی را برایتان عوض کردم.",
    thanks: "ممنون!",
  },
  ar: {
    asks: "مرحبًا، أين طلبي PK-1001؟",
    answers: "غادر ورشتنا أمس ويصل يوم الخميس. يمكنك تتبعه هنا: https://shop.example/track",
    buttons: ["تغيير العنوان", "شيء آخر"],
    wants: "أريد التحدث إلى شخص.",
    agent: "سارة",
    helps: "مرحبًا، معك سارة. غيّرت لك العنوان.",
    thanks: "شكرًا!",
  },
};

const MINUTE_MS = 60_000;
const OPENS_IN_MS = 14 * 60 * MINUTE_MS;

/** The frames that bring a fresh chat to this scene; `lost` is shown by its connection. */
export function framesOf(scene: Scene, locale: Locale, now: number): readonly Wire[] {
  const talk = TALKS[locale];
  const said = (seq: number, kind: string, text: string, more: Wire = {}): Wire => ({
    type: "message",
    conversation_id: "preview",
    seq,
    id: `message-${seq}`,
    author: { kind, name: kind === "agent" ? talk.agent : null },
    text,
    buttons: [],
    attachments: [],
    at: new Date(now - (12 - seq * 2) * MINUTE_MS).toISOString(),
    ...more,
  });
  if (scene === "welcome") return [ready(null)];
  const start = [
    ready("with_bot"),
    said(1, "customer", talk.asks),
    said(2, "bot", talk.answers, { buttons: talk.buttons.map((label) => ({ label, value: label })) }),
  ];
  if (scene === "bot" || scene === "lost") return start;
  const asked = [...start, said(3, "customer", talk.wants)];
  if (scene === "waiting") return [...asked, { type: "state", state: "waiting", position: 2, wait_s: 240, open: true }];
  if (scene === "away") {
    const opens_at = new Date(now + OPENS_IN_MS).toISOString();
    return [...asked, { type: "state", state: "waiting", open: false, opens_at }];
  }
  const helped = [...asked, said(4, "agent", talk.helps), said(5, "customer", talk.thanks)];
  if (scene === "agent") return [...helped, { type: "state", state: "with_agent", agent: talk.agent, open: true }];
  return [...helped, { type: "state", state: "resolved", score: null, open: true }];
}

function ready(state: string | null): Wire {
  const conversation_id = state && "preview";
  return { type: "ready", conversation_id, epoch: "preview", seq: 0, state, open: true, opens_at: null };
}

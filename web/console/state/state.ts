/** Everything the console knows, in one immutable value. */

import type { Agent, Conversation, Counts, Me, Named, OpenedConversation, Queue, SavedView } from "../api/shapes";
import type { CannedReply } from "../api/writing";
import type { Connection } from "../live/connection";
import type { Say } from "../locales/words";
import type { Draft } from "./drafts";
import type { Known } from "./known";
import type { Listing } from "./listing";
import type { Outgoing } from "./outgoing";
import type { Preferences } from "./preferences";
import type { Route } from "./route";
import type { Transcript } from "./transcript";

export type Session =
  | { readonly phase: "checking" }
  | { readonly phase: "unreachable" }
  | { readonly phase: "signed_out"; readonly expired: boolean }
  | { readonly phase: "signed_in" };

/** What is known of one conversation beyond its summary. */
export interface Opened {
  readonly phase: "loading" | "ready" | "failed" | "missing";
  readonly more: Pick<OpenedConversation, "slots" | "handoffs" | "position"> | null;
  readonly transcript: Transcript;
}

/** A short notice at the edge of the screen; its words are found when it is drawn. */
export interface Notice {
  readonly id: number;
  readonly tone: "plain" | "good" | "bad";
  readonly say: (t: Say) => string;
  /** What can be done about it with one press. */
  readonly offer?: { readonly say: (t: Say) => string; readonly run: () => void };
}

export interface Typing {
  readonly name: string | null;
  readonly kind: string;
  readonly until: number;
}

export interface Viewing {
  readonly conversation: string;
  readonly agents: readonly Named[];
}

export interface State {
  readonly session: Session;
  readonly me: Me | null;
  readonly known: Known;
  readonly listings: ReadonlyMap<string, Listing>;
  readonly opened: ReadonlyMap<string, Opened>;
  readonly queues: readonly Queue[];
  readonly counts: Counts | null;
  readonly saved: readonly SavedView[];
  /** The kinds of channel that have an open inbox. */
  readonly channels: readonly string[];
  readonly agents: readonly Agent[];
  readonly connection: Connection;
  readonly route: Route;
  readonly drafts: ReadonlyMap<string, Draft>;
  readonly outgoing: readonly Outgoing[];
  readonly typing: ReadonlyMap<string, Typing>;
  /** Who looks at the conversation that is open here, this agent included. */
  readonly viewing: Viewing | null;
  readonly canned: readonly CannedReply[];
  readonly preferences: Preferences;
  readonly notices: readonly Notice[];
}

export function withEntry<K, V>(map: ReadonlyMap<K, V>, key: K, value: V): ReadonlyMap<K, V> {
  return new Map(map).set(key, value);
}

export function openConversation(state: State): Conversation | null {
  if (state.route.place !== "desk" || state.route.conversation === null) return null;
  return state.known.get(state.route.conversation) ?? null;
}

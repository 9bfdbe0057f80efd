import { messageOf, type Outgoing } from "./outgoing";
import type {
  AckFrame,
  Author,
  ErrorFrame,
  ConversationState,
  Message,
  Opening,
  ReadyFrame,
  ServerFrame,
} from "./protocol";
import {
  addEarlier,
  addMessage,
  currentConversation,
  EMPTY_TRANSCRIPT,
  hasGap,
  settle,
  type Transcript,
} from "./transcript";

export type Phase = "starting" | "online" | "lost" | "refused";

/** Who has the conversation. `score` is there when the customer is asked for one. */
export interface Status {
  readonly state: ConversationState;
  readonly position: number | null;
  readonly waitS: number | null;
  readonly agent: string | null;
  readonly score?: number | null;
}

/** All that the widget knows. It changes only in `reduce`, which does nothing else. */
export interface ChatState {
  readonly phase: Phase;
  readonly epoch: string | null;
  readonly transcript: Transcript;
  /** Messages that came between the greeting of a connection and its `ready`. */
  readonly replay: readonly Message[] | null;
  /** A message acknowledged that we do not hold: unless it comes, a fresh connection brings it. */
  readonly missing: string | null;
  readonly outbox: readonly Outgoing[];
  readonly status: Status | null;
  readonly opening: Opening;
  /** Nothing was said before what is shown. */
  readonly fromStart: boolean;
  readonly typing: Author | null;
  /** The customer's messages that were read, and all before them. */
  readonly read: readonly string[];
  /** The last error that belongs to no message: a code of the protocol. */
  readonly notice: string | null;
}

export const START: ChatState = {
  phase: "starting",
  epoch: null,
  transcript: EMPTY_TRANSCRIPT,
  replay: null,
  missing: null,
  outbox: [],
  status: null,
  opening: {},
  fromStart: false,
  typing: null,
  read: [],
  notice: null,
};

export type Action =
  | { readonly type: "connected" }
  | { readonly type: "lost" }
  | { readonly type: "refused" }
  | { readonly type: "frame"; readonly frame: ServerFrame }
  | { readonly type: "queued"; readonly outgoing: Outgoing }
  | { readonly type: "retried"; readonly clientId: string }
  | { readonly type: "dropped"; readonly clientId: string }
  | { readonly type: "forgotten" }
  | { readonly type: "looked_back"; readonly messages: readonly Message[]; readonly more: boolean }
  | { readonly type: "typing_over" };

export function reduce(state: ChatState, action: Action): ChatState {
  switch (action.type) {
    case "connected":
      return { ...state, replay: [], missing: null };
    case "lost":
      return { ...state, phase: "lost", replay: null, typing: null };
    case "refused":
      return { ...state, phase: "refused", replay: null, typing: null };
    case "frame":
      return receive(state, action.frame);
    case "queued":
      return queue(state, action.outgoing);
    case "retried":
      return { ...state, outbox: withFailure(state.outbox, action.clientId, null) };
    case "dropped":
      return { ...state, outbox: without(state.outbox, action.clientId) };
    case "forgotten":
      return { ...START, outbox: state.outbox };
    case "looked_back":
      return {
        ...state,
        transcript: addEarlier(state.transcript, action.messages),
        fromStart: !action.more,
      };
    case "typing_over":
      return { ...state, typing: null };
  }
}

/** True when something is missing that a fresh connection would bring. */
export function needsResync(state: ChatState): boolean {
  return state.phase === "online" && (state.missing !== null || hasGap(state.transcript));
}

/** What may be sent now, in the order in which it was typed. */
export function unsent(state: ChatState): readonly Outgoing[] {
  return state.outbox.filter((outgoing) => outgoing.failure === null);
}

function receive(state: ChatState, frame: ServerFrame): ChatState {
  switch (frame.type) {
    case "ready":
      return becomeReady(state, frame);
    case "message":
      return state.replay
        ? { ...state, replay: [...state.replay, frame.message] }
        : take(state, frame.message);
    case "ack":
      return acknowledge(state, frame);
    case "state":
      return { ...state, opening: frame, status: frame.state && { ...NOBODY, ...frame, state: frame.state } };
    case "typing":
      return { ...state, typing: frame.on ? frame.author : null };
    case "receipt":
      return frame.status === "read" ? { ...state, read: [...state.read, frame.messageId] } : state;
    case "error":
      return fail(state, frame);
    default:
      return state;
  }
}

/** Now it is known what the numbers mean: the same story going on, a new one, or another store. */
function becomeReady(state: ChatState, frame: ReadyFrame): ChatState {
  const restored = state.epoch !== null && frame.epoch !== null && frame.epoch !== state.epoch;
  const known = restored ? EMPTY_TRANSCRIPT : state.transcript;
  const ready: ChatState = {
    ...state,
    phase: "online",
    epoch: frame.epoch ?? state.epoch,
    transcript: settle(known, frame),
    replay: null,
    status: statusOf(state.status, frame),
    opening: frame,
    fromStart: frame.conversationId === null || (state.fromStart && !restored),
    read: restored ? [] : state.read,
    notice: null,
  };
  return (state.replay ?? []).reduce((known, message) => take(known, message), ready);
}

function statusOf(known: Status | null, frame: ReadyFrame): Status | null {
  if (frame.state === null || known?.state === frame.state) return known;
  return { ...NOBODY, state: frame.state };
}

const NOBODY = { position: null, waitS: null, agent: null };

function take(
  state: ChatState,
  message: Message,
  by: "told" | "acknowledged" = "told",
): ChatState {
  return {
    ...state,
    transcript: addMessage(state.transcript, message, by),
    outbox: message.clientId ? without(state.outbox, message.clientId) : state.outbox,
    missing: state.missing === message.id ? null : state.missing,
    typing: state.typing?.kind === message.author.kind ? null : state.typing,
  };
}

function acknowledge(state: ChatState, ack: AckFrame): ChatState {
  const outgoing = state.outbox.find((one) => one.clientId === ack.clientId);
  if (!outgoing) return isHeld(state, ack.messageId) ? state : { ...state, missing: ack.messageId };
  const conversationId = ack.conversationId ?? currentConversation(state.transcript);
  const stored = { id: ack.messageId, conversationId, seq: ack.seq };
  return take({ ...state, notice: null }, messageOf(outgoing, stored), "acknowledged");
}

function isHeld(state: ChatState, messageId: string): boolean {
  return state.transcript.placed.some((one) => one.message.id === messageId);
}

/** Errors that pass; the customer should know why it takes a moment. */
const PASSING = new Set(["too_many", "unavailable"]);

/** Sending again mends no other error; the customer decides what becomes of the message. */
function fail(state: ChatState, { code, clientId }: ErrorFrame): ChatState {
  if (PASSING.has(code)) return { ...state, notice: code };
  return clientId ? { ...state, outbox: withFailure(state.outbox, clientId, code) } : state;
}

function queue(state: ChatState, outgoing: Outgoing): ChatState {
  const known = state.outbox.some((one) => one.clientId === outgoing.clientId);
  return known ? state : { ...state, outbox: [...state.outbox, outgoing] };
}

function without(outbox: readonly Outgoing[], clientId: string): readonly Outgoing[] {
  return outbox.some((one) => one.clientId === clientId)
    ? outbox.filter((one) => one.clientId !== clientId)
    : outbox;
}

function withFailure(
  outbox: readonly Outgoing[],
  clientId: string,
  failure: string | null,
): readonly Outgoing[] {
  return outbox.map((one) => (one.clientId === clientId ? { ...one, failure } : one));
}

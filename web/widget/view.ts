import { isSameDay } from "../shared/time";
import type { Outgoing } from "./outgoing";
import type { Attachment, Author, Button, Message } from "./protocol";
import type { ChatState } from "./state";

/** How far a message of the customer has come. */
export type Mark = "pending" | "kept" | "failed" | "sent" | "delivered" | "read";

/** One bubble of the transcript, ready to be drawn. */
export interface Line {
  /** Stays the same when the message is acknowledged, so that it does not flicker. */
  readonly key: string;
  /** The message as the gateway stored it; null while it is only ours. */
  readonly message: Message | null;
  readonly outgoing: Outgoing | null;
  readonly author: Author;
  readonly text: string;
  readonly at: Date;
  readonly attachments: readonly Attachment[];
  readonly buttons: readonly Button[];
  /** The value that was chosen from the buttons. */
  readonly chosen: string | null;
  readonly mark: Mark | null;
  /** First and last of what one person said in a row. */
  readonly first: boolean;
  readonly last: boolean;
  readonly newDay: boolean;
}

const GROUP_MS = 5 * 60_000;

const CUSTOMER: Author = { kind: "customer", name: null };

/** What is to be seen: all that was said, then what is still on its way, in the order typed. */
export function lines(state: ChatState): readonly Line[] {
  const chosen = choices(state);
  const said = state.transcript.placed.map(({ message }) => lineOf(message, chosen));
  const marked = withMarks(said, state);
  const own = state.outbox.map((outgoing) => ownLine(outgoing, state.phase === "online"));
  return grouped([...marked, ...own]);
}

/** Which button of which message was pressed; the first press counts. */
function choices(state: ChatState): ReadonlyMap<string, string> {
  const pressed = [
    ...state.transcript.placed.map(({ message }) => [message.replyTo, message.chosen] as const),
    ...state.outbox.map((outgoing) => [outgoing.replyTo, outgoing.value] as const),
  ];
  const found = new Map<string, string>();
  for (const [messageId, value] of pressed) {
    if (messageId !== null && value !== null && !found.has(messageId)) found.set(messageId, value);
  }
  return found;
}

function lineOf(message: Message, chosen: ReadonlyMap<string, string>): Line {
  return {
    key: message.clientId ?? message.id,
    message,
    outgoing: null,
    author: message.author,
    text: message.text,
    at: new Date(message.at),
    attachments: message.attachments,
    buttons: message.buttons,
    chosen: chosen.get(message.id) ?? null,
    mark: null,
    first: true,
    last: true,
    newDay: false,
  };
}

function ownLine(outgoing: Outgoing, online: boolean): Line {
  return {
    key: outgoing.clientId,
    message: null,
    outgoing,
    author: CUSTOMER,
    text: outgoing.text,
    at: new Date(outgoing.at),
    attachments: outgoing.attachments,
    buttons: [],
    chosen: null,
    mark: outgoing.failure !== null ? "failed" : online ? "pending" : "kept",
    first: true,
    last: true,
    newDay: false,
  };
}

/** Who read a message has read all before it. */
function withMarks(said: readonly Line[], state: ChatState): readonly Line[] {
  let read = false;
  return said
    .toReversed()
    .map((line): Line => {
      if (line.author.kind !== "customer" || line.message === null) return line;
      const receipt = state.receipts[line.message.id] ?? "sent";
      read ||= receipt === "read";
      return { ...line, mark: read ? "read" : receipt };
    })
    .reverse();
}

function grouped(all: readonly Line[]): readonly Line[] {
  return all.map((line, at) => {
    const before = all[at - 1];
    const after = all[at + 1];
    return {
      ...line,
      first: !before || !belongTogether(before, line),
      last: !after || !belongTogether(line, after),
      newDay: !before || !isSameDay(before.at, line.at),
    };
  });
}

function belongTogether(one: Line, next: Line): boolean {
  return (
    one.author.kind === next.author.kind &&
    one.author.name === next.author.name &&
    isSameDay(one.at, next.at) &&
    next.at.getTime() - one.at.getTime() < GROUP_MS
  );
}

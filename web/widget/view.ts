import { isSameDay } from "../shared/time";
import { messageOf, type Outgoing } from "./outgoing";
import type { Message } from "./protocol";
import type { ChatState } from "./state";
import { currentChapter } from "./transcript";

/** How far a message of the customer has come. */
export type Mark = "pending" | "kept" | "failed" | "sent" | "read";

/** One bubble of the transcript, ready to be drawn. */
export interface Line {
  /** Stays the same when the message is acknowledged, so that it does not flicker. */
  readonly key: string;
  readonly message: Message;
  /** Set while the message is only ours, and not yet acknowledged. */
  readonly outgoing: Outgoing | null;
  readonly at: Date;
  /** The value that was chosen from the buttons. */
  readonly chosen: string | null;
  /** Nothing can be chosen any more: it is done, or belongs to a conversation that is over. */
  readonly settled: boolean;
  readonly mark: Mark | null;
  /** First and last of what one person said in a row. */
  readonly first: boolean;
  readonly last: boolean;
  readonly newDay: boolean;
}

const GROUP_MS = 5 * 60_000;

/** What is to be seen: all that was said, then what is still on its way, in the order typed. */
export function lines(state: ChatState): readonly Line[] {
  const chosen = choices(state);
  const last = currentChapter(state.transcript);
  const said = state.transcript.placed.map(({ chapter, message }) => {
    const value = chosen.get(message.id) ?? null;
    return { ...lineOf(message), chosen: value, settled: value !== null || chapter < last };
  });
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

function lineOf(message: Message): Line {
  return {
    key: message.clientId ?? message.id,
    message,
    outgoing: null,
    at: new Date(message.at),
    chosen: null,
    settled: true,
    mark: null,
    first: true,
    last: true,
    newDay: false,
  };
}

/** What is still on its way looks as it will when it has arrived. */
function ownLine(outgoing: Outgoing, online: boolean): Line {
  const message = messageOf(outgoing, { id: outgoing.clientId, conversationId: null, seq: 0 });
  const mark = outgoing.failure !== null ? "failed" : online ? "pending" : "kept";
  return { ...lineOf(message), outgoing, mark };
}

/** Who read a message has read all before it. */
function withMarks(said: readonly Line[], state: ChatState): readonly Line[] {
  let read = false;
  return said
    .toReversed()
    .map((line): Line => {
      if (line.message.author.kind !== "customer") return line;
      read ||= state.read.includes(line.message.id);
      return { ...line, mark: read ? "read" : "sent" };
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
    one.message.author.kind === next.message.author.kind &&
    one.message.author.name === next.message.author.name &&
    isSameDay(one.at, next.at) &&
    next.at.getTime() - one.at.getTime() < GROUP_MS
  );
}

import { expect, test } from "vitest";
import { message } from "../testing/samples";
import { emptyTranscript, entriesOf, withMessages } from "./transcript";
import { withUnread } from "./unread";

const SARA = { kind: "agent", id: "me", name: "Sara" } as const;

function marked(seen: number | null, ...messages: Parameters<typeof message>[]) {
  const transcript = withMessages(emptyTranscript, messages.map((one) => message(...one)));
  const entries = withUnread(entriesOf(transcript, [], () => "day"), seen, "me");
  return entries.map((entry) => (entry.kind === "message" ? entry.message.seq : entry.kind));
}

test("the mark stands before the first message that was not seen", () => {
  expect(marked(1, [1], [2], [3])).toEqual(["day", 1, "unread", 2, 3]);
});

test("what one said oneself is not new", () => {
  expect(marked(1, [1], [2, { author: SARA }])).toEqual(["day", 1, 2]);
  expect(marked(1, [1], [2, { author: SARA }], [3])).toEqual(["day", 1, 2, "unread", 3]);
});

test("where nothing was seen yet, or all was, there is no mark", () => {
  expect(marked(0, [1], [2])).toEqual(["day", 1, 2]);
  expect(marked(null, [1], [2])).toEqual(["day", 1, 2]);
  expect(marked(2, [1], [2])).toEqual(["day", 1, 2]);
});

test("the first message after the mark names its author", () => {
  const transcript = withMessages(emptyTranscript, [message(1), message(2)]);
  const last = withUnread(entriesOf(transcript, [], () => "day"), 1, "me").at(-1);
  expect(last).toMatchObject({ kind: "message", first: true });
});

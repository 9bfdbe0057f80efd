import { expect, test } from "vitest";
import type { Handoff } from "../api/shapes";
import { at, event, message } from "../testing/samples";
import { completeUpTo, emptyTranscript, entriesOf, hasGap, withEvents, withMessages } from "./transcript";

const day = (time: string): string => time.slice(0, 10);

test("messages stand in order and once, however they come", () => {
  let transcript = withMessages(emptyTranscript, [message(2), message(1)]);
  transcript = withMessages(transcript, [message(2), message(3)]);
  expect(transcript.messages.map(({ seq }) => seq)).toEqual([1, 2, 3]);
});

test("a later telling of a message replaces it", () => {
  const sent = message(1, { delivery: { id: "d", state: "sent", error: null, attempts: 1 } });
  const read = message(1, { delivery: { id: "d", state: "read", error: null, attempts: 1 } });
  const transcript = withMessages(withMessages(emptyTranscript, [sent]), [read]);
  expect(transcript.messages).toEqual([read]);
});

test("a missing message is a gap, and the asking goes on from before it", () => {
  const transcript = withMessages(emptyTranscript, [message(1), message(2), message(4)]);
  expect(hasGap(transcript)).toBe(true);
  expect(completeUpTo(transcript)).toBe(2);
  const mended = withMessages(transcript, [message(3)]);
  expect(hasGap(mended)).toBe(false);
  expect(completeUpTo(mended)).toBe(4);
});

test("a transcript that starts late is asked for from its beginning", () => {
  expect(completeUpTo(withMessages(emptyTranscript, [message(3)]))).toBe(0);
});

test("a handoff stands after the words that led to it and before what followed", () => {
  const transcript = withMessages(emptyTranscript, [
    message(1, { at: at(0) }),
    message(2, { at: at(1), author: { kind: "system", id: null, name: null } }),
  ]);
  const kinds = entriesOf(transcript, [handoffAt(at(0))], day).map(({ kind }) => kind);
  expect(kinds).toEqual(["day", "message", "handoff", "message"]);
});

test("each day is marked once", () => {
  const transcript = withMessages(emptyTranscript, [
    message(1, { at: "2026-11-20T10:00:00Z" }),
    message(2, { at: "2026-11-21T10:00:00Z" }),
    message(3, { at: "2026-11-21T11:00:00Z" }),
  ]);
  const kinds = entriesOf(transcript, [], day).map(({ kind }) => kind);
  expect(kinds).toEqual(["day", "message", "day", "message", "message"]);
});

test("a run of one author's messages names the author once", () => {
  const transcript = withMessages(emptyTranscript, [message(1), message(2), message(9)]);
  const firsts = entriesOf(transcript, [], day).map((entry) => entry.kind === "message" && entry.first);
  expect(firsts).toEqual([false, true, false, true]);
});

test("only what the desk did is told between messages, each once", () => {
  const transcript = withEvents(emptyTranscript, [event(4, "claimed"), event(3, "message_added")]);
  expect(withEvents(transcript, [event(4, "claimed")])).toBe(transcript);
  expect(transcript.events.map(({ kind }) => kind)).toEqual(["claimed"]);
});

function handoffAt(time: string): Handoff {
  return {
    id: "h1",
    reason: "asked_for_person",
    explanation: "",
    why: [],
    at: time,
    waiting_since: time,
    queue: null,
    from_seq: 1,
    guesses: [],
    slots: {},
    taken_at: null,
    taken_by: null,
    ended_at: null,
    ended_by: null,
  };
}

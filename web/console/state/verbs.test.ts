import { expect, test } from "vitest";
import { ANOTHERS, conversation, me, MINE } from "../testing/samples";
import { leave, type Verb } from "./verbs";

const agent = me();
const supervisor = me({ role: "supervisor" });
const waiting = conversation();
const withBot = conversation({ state: "with_bot", owner: { kind: "bot", id: null, name: null } });
const mine = conversation({ state: "with_agent", owner: MINE });
const anothers = conversation({ state: "with_agent", owner: ANOTHERS });
const resolved = conversation({ state: "resolved", owner: { kind: "bot", id: null, name: null } });
const DECIDING: readonly Verb[] = ["transfer", "return", "snooze", "slots"];

test("anybody may claim what waits or is with the bot", () => {
  expect(leave("claim", waiting, agent)).toBe("yes");
  expect(leave("claim", withBot, agent)).toBe("yes");
});

test("only supervisors take over what another holds", () => {
  expect(leave("claim", anothers, agent)).toBe("with_other");
  expect(leave("claim", anothers, supervisor)).toBe("yes");
});

test("nobody claims what they hold or what is resolved", () => {
  expect(leave("claim", mine, agent)).toBe("absent");
  expect(leave("claim", resolved, supervisor)).toBe("absent");
});

test("only who holds a conversation replies, and others are told why not", () => {
  expect(leave("reply", mine, agent)).toBe("yes");
  expect(leave("reply", waiting, agent)).toBe("claim_first");
  expect(leave("reply", withBot, supervisor)).toBe("with_bot");
  expect(leave("reply", anothers, supervisor)).toBe("with_other");
  expect(leave("reply", resolved, agent)).toBe("resolved");
});

test("a note is always allowed", () => {
  for (const one of [waiting, withBot, mine, anothers, resolved]) expect(leave("note", one, agent)).toBe("yes");
});

test.each(DECIDING)("to %s, what waits is everybody's and what is held its holder's", (verb) => {
  expect(leave(verb, waiting, agent)).toBe("yes");
  expect(leave(verb, mine, agent)).toBe("yes");
  expect(leave(verb, anothers, agent)).toBe("with_other");
  expect(leave(verb, anothers, supervisor)).toBe("yes");
  expect(leave(verb, withBot, agent)).toBe("absent");
  expect(leave(verb, resolved, agent)).toBe("absent");
});

test("what is with the bot may be resolved, what is resolved may be reopened", () => {
  expect(leave("resolve", withBot, agent)).toBe("yes");
  expect(leave("resolve", resolved, agent)).toBe("absent");
  expect(leave("reopen", resolved, agent)).toBe("yes");
  expect(leave("reopen", mine, agent)).toBe("absent");
});

import { expect, test } from "vitest";
import { area, outgoing } from "./fixtures";
import { ChatStorage } from "./storage";

test("what is not acknowledged outlives the page, in the order typed", () => {
  const shared = area();
  const one = new ChatStorage("demo", shared);
  one.keep(outgoing("second", { at: "2026-11-21T10:00:02Z" }));
  one.keep(outgoing("first", { at: "2026-11-21T10:00:01Z" }));
  one.keep(outgoing("done", { at: "2026-11-21T10:00:03Z" }));
  one.drop("done");
  const kept = new ChatStorage("demo", shared).kept();
  expect(kept.map((each) => each.clientId)).toEqual(["first", "second"]);
});

test("inboxes on one site do not mix", () => {
  const shared = area();
  new ChatStorage("demo", shared).keep(outgoing("a", { at: "2026-11-21T10:00:00Z" }));
  new ChatStorage("demo", shared).seen = { conversationId: "c1", seq: 4 };
  const other = new ChatStorage("other", shared);
  expect([other.kept(), other.seen, other.session]).toEqual([[], null, null]);
});

test("what somebody else wrote into the storage does no harm", () => {
  const shared = area();
  shared.setItem("peyk:demo:session", "{broken");
  shared.setItem("peyk:demo:out:x", "null");
  const storage = new ChatStorage("demo", shared);
  expect([storage.session, storage.kept()]).toEqual([null, []]);
});

test("another tab's drop is read from its event", () => {
  const storage = new ChatStorage("demo", area());
  expect(storage.dropped({ key: "peyk:demo:out:a", newValue: null })).toBe("a");
  expect(storage.dropped({ key: "peyk:demo:out:a", newValue: "{}" })).toBeNull();
  expect(storage.dropped({ key: "peyk:other:out:a", newValue: null })).toBeNull();
});

import { expect, test } from "vitest";
import { liveConsole } from "../testing/console";
import { ANOTHERS, conversation, event, MINE } from "../testing/samples";
import { calling } from "./calling";

test("those that wait and own ones with something unread call; read ones and others' do not", async () => {
  const { app, server } = await liveConsole("/console/waiting");
  app.store.update((state) => ({
    ...state,
    queues: [{ id: "q1", name: "General", waiting: 2, oldest_waiting_since: null, is_default: true, disabled: false }],
  }));
  const held = { state: "with_agent", unread: 1 } as const;
  const told = [
    conversation({ ...held, id: "a", owner: MINE }),
    conversation({ ...held, id: "b", owner: ANOTHERS }),
    conversation({ ...held, id: "c", owner: MINE, unread: 0 }),
  ];
  told.forEach((one, index) =>
    server.wire.tells({ type: "event", ...event(11 + index, "claimed", { conversation_id: one.id, conversation: one }) }),
  );
  expect(calling(app.store.get())).toBe(3);
});

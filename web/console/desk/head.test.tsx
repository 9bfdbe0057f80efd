// @vitest-environment happy-dom
import { expect, test } from "vitest";
import type { Conversation } from "../api/shapes";
import { liveConsole } from "../testing/console";
import { draw } from "../testing/draw";
import { ANOTHERS, conversation, MINE } from "../testing/samples";
import { Head } from "./head";

async function buttons(shown: Conversation): Promise<Record<string, string | null>> {
  const console = await liveConsole("/console/waiting");
  const place = draw(
    console,
    <Head conversation={shown} view={{ kind: "waiting" }} onAsk={() => undefined} onDetails={() => undefined} />,
  );
  const all = [...place.querySelectorAll(".verbs button")].map((button) => [
    button.textContent,
    button.getAttribute("aria-disabled") === "true" ? button.getAttribute("title") : null,
  ]);
  return Object.fromEntries(all) as Record<string, string | null>;
}

test("what waits can be claimed, and decided on", async () => {
  expect(await buttons(conversation())).toEqual({
    Claim: null,
    Transfer: null,
    "To the bot": null,
    Snooze: null,
    Resolve: null,
  });
});

test("what is mine needs no claim", async () => {
  expect(Object.keys(await buttons(conversation({ state: "with_agent", owner: MINE })))).not.toContain("Claim");
});

test("what another holds says so at each verb", async () => {
  const why = "\u2068Omid\u2069 has this conversation.";
  expect(await buttons(conversation({ state: "with_agent", owner: ANOTHERS }))).toEqual({
    Transfer: why,
    "To the bot": why,
    Snooze: why,
    Resolve: why,
  });
});

test("what is resolved can only be reopened", async () => {
  const resolved = conversation({ state: "resolved", owner: { kind: "bot", id: null, name: null } });
  expect(await buttons(resolved)).toEqual({ Reopen: null });
});

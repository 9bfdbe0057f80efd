// @vitest-environment happy-dom
import { expect, test } from "vitest";
import { consoleAt, type Console } from "../testing/console";
import { draw } from "../testing/draw";
import { settled } from "../testing/clock";
import type { Answer } from "../testing/server";
import { SignIn } from "./sign-in";

async function tryWith(answer: Answer): Promise<[Console, HTMLElement]> {
  const console = consoleAt("/console/");
  console.server.on("POST /session", answer);
  const place = draw(console, <SignIn />);
  const [email, password] = place.querySelectorAll("input");
  fill(email!, "sara@example.com");
  fill(password!, "secret");
  await settled();
  place.querySelector("form")!.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
  await drawnAgain();
  return [console, place];
}

test("signing in sends what was typed and leads inside", async () => {
  const [console] = await tryWith({ body: { agent: {}, csrf_token: "x" } });
  expect(console.server.askedFor("POST /session")[0]?.body).toEqual({ email: "sara@example.com", password: "secret" });
  expect(console.app.store.get().session.phase).toBe("signed_in");
});

test("a wrong password is told without saying which of the two is wrong", async () => {
  const [, place] = await tryWith({ status: 401 });
  expect(place.querySelector("[role=alert]")?.textContent).toBe("The email or the password is not right.");
});

test("too many attempts are told with the time to wait, and cannot go on meanwhile", async () => {
  const [, place] = await tryWith({ status: 429, headers: { "Retry-After": "30" } });
  expect(place.querySelector("[role=alert]")?.textContent).toContain("in 30 seconds");
  expect(place.querySelector("button[type=submit]")?.getAttribute("aria-disabled")).toBe("true");
});

test("a server that cannot be reached is told as that", async () => {
  const [, place] = await tryWith("lost");
  expect(place.querySelector("[role=alert]")?.textContent).toBe("The server could not be reached.");
});

function fill(input: HTMLInputElement, value: string): void {
  input.value = value;
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

async function drawnAgain(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) {
    await settled();
    await new Promise((go) => setTimeout(go, 5));
  }
}

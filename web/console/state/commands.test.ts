import { expect, test } from "vitest";
import { matching, step, type Command } from "./commands";

function command(title: string, change: Partial<Command> = {}): Command {
  return { id: title, group: "go", title, icon: "all", run: () => undefined, ...change };
}

const titles = (commands: readonly Command[]): string[] => commands.map(({ title }) => title);

test("without a text all stand in the order of their groups", () => {
  const all = [command("Sign out", { group: "own" }), command("Waiting"), command("Resolve", { group: "verbs" })];
  expect(titles(matching(all, ""))).toEqual(["Resolve", "Waiting", "Sign out"]);
});

test("what begins with the text comes before what only contains it", () => {
  const all = [command("Go to agents"), command("Managers"), command("Agents")];
  expect(titles(matching(all, "age"))).toEqual(["Agents", "Go to agents", "Managers"]);
});

test("every word has to be found, in any order and under any other name", () => {
  const dark = command("پوسته: تیره", { also: "theme dark" });
  expect(matching([dark], "dark theme")).toHaveLength(1);
  expect(matching([dark], "تيره")).toHaveLength(1);
  expect(matching([dark], "dark moon")).toHaveLength(0);
});

test("the arrows go round", () => {
  expect(step(2, 1, 3)).toBe(0);
  expect(step(0, -1, 3)).toBe(2);
  expect(step(-1, 1, 3)).toBe(0);
  expect(step(0, 1, 0)).toBe(-1);
});

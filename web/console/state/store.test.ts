import { expect, test, vi } from "vitest";
import { Store } from "./store";

test("several changes are told as one", async () => {
  const store = new Store({ count: 0 });
  const told = vi.fn();
  store.subscribe(told);
  store.update(({ count }) => ({ count: count + 1 }));
  store.update(({ count }) => ({ count: count + 1 }));
  await Promise.resolve();
  expect(store.get()).toEqual({ count: 2 });
  expect(told).toHaveBeenCalledTimes(1);
});

test("what changes nothing is not told", async () => {
  const store = new Store({ count: 0 });
  const told = vi.fn();
  store.subscribe(told);
  store.update((state) => state);
  await Promise.resolve();
  expect(told).not.toHaveBeenCalled();
});

test("who left hears nothing more", async () => {
  const store = new Store(0);
  const told = vi.fn();
  store.subscribe(told)();
  store.update(() => 1);
  await Promise.resolve();
  expect(told).not.toHaveBeenCalled();
});

/**
 * Held replies as the browser remembers them, beside those on their way: several windows share
 * one memory, and each writes down only its own.
 */

import { readJson, writeJson } from "../state/drafts";
import { heldAmong, type Outgoing } from "../state/outgoing";
import type { Parts } from "./parts";

/** A window that lives lets its replies go when their time is up; after this it must have died. */
const GRACE_MS = 3_000;

export class Holding {
  private readonly own = new Set<string>();

  constructor(private readonly parts: Parts) {}

  /** Writes down what this window holds now. */
  keep(all: readonly Outgoing[]): void {
    const held = all.filter(({ state }) => state === "held");
    if (held.length === 0 && this.own.size === 0) return;
    const others = this.read().filter(({ key }) => !this.own.has(key));
    this.own.clear();
    for (const { key } of held) this.own.add(key);
    this.write([...others, ...held]);
  }

  /** What a window held when it died, one by one: nobody knows whether it was to be called back. */
  reclaim(take: (one: Outgoing) => void): void {
    const agent = this.agent();
    for (const { key, until } of this.read()) {
      const wait = Math.max(0, (until ?? 0) + GRACE_MS - this.parts.now());
      this.parts.after(wait, () => this.agent() === agent && this.takeOver(key, take));
    }
  }

  private takeOver(key: string, take: (one: Outgoing) => void): void {
    const all = this.read();
    const one = all.find((each) => each.key === key);
    if (one === undefined || this.own.has(key)) return;
    this.write(all.filter((each) => each !== one));
    take(one);
  }

  private read(): readonly Outgoing[] {
    return heldAmong(readJson(this.parts.storage, this.place()));
  }

  private write(all: readonly Outgoing[]): void {
    if (all.length === 0) this.parts.storage.removeItem(this.place());
    else writeJson(this.parts.storage, this.place(), all);
  }

  private place(): string {
    return `peyk.held.${this.agent()}`;
  }

  private agent(): string {
    return this.parts.store.get().me?.id ?? "";
  }
}

/** Canned replies: fetched when first looked for, and anew when somebody changed them. */

import type { Parts } from "./parts";

export class Canned {
  private fetched = false;

  constructor(private readonly parts: Parts) {}

  open(): void {
    if (!this.fetched) void this.fetch();
  }

  /** Somebody changed them. */
  changed(): void {
    if (this.fetched) void this.fetch();
  }

  end(): void {
    this.fetched = false;
  }

  private async fetch(): Promise<void> {
    this.fetched = true;
    try {
      const { items } = await this.parts.api.cannedReplies();
      this.parts.store.update((state) => ({ ...state, canned: items }));
    } catch {
      // The next look tries again.
      this.fetched = false;
    }
  }
}

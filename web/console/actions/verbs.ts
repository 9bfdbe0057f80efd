/** The desk's verbs: each asked once under one key, however often the connection breaks. */

import type { Destination } from "../api/api";
import { ConnectionLost, Problem } from "../api/problem";
import type { OpenedConversation, Slots } from "../api/shapes";
import type { Conversations } from "./conversations";
import type { Notices } from "./notices";
import type { Parts } from "./parts";
import type { Sending } from "./sending";

const RETRIES = 3;
const RETRY_MS = 700;

export class Verbs {
  constructor(
    private readonly parts: Parts,
    private readonly conversations: Conversations,
    private readonly sending: Sending,
    private readonly notices: Notices,
  ) {}

  /** `takeOver` says that it is meant to be taken from the agent who has it. */
  claim(id: string, takeOver = false): Promise<boolean> {
    return this.run(id, (key) => this.parts.api.claim(id, key, takeOver));
  }

  /** The oldest that waits, or null if nobody does. */
  async claimNext(queue?: string): Promise<string | null> {
    const key = this.parts.newKey();
    try {
      const told = await this.insist(() => this.parts.api.claimNext(key, queue));
      if (told === null) {
        this.notices.tell((t) => t("claim.none"));
        return null;
      }
      this.conversations.take(told);
      return told.id;
    } catch (error) {
      this.notices.failure(error);
      return null;
    }
  }

  transfer(id: string, to: Destination, note: string): Promise<boolean> {
    return this.run(id, (key) => this.parts.api.transfer(id, key, to, note));
  }

  returnToBot(id: string, note: string): Promise<boolean> {
    return this.run(id, (key) => this.parts.api.returnToBot(id, key, note));
  }

  snooze(id: string, until: Date): Promise<boolean> {
    return this.run(id, (key) => this.parts.api.snooze(id, key, until.toISOString()));
  }

  resolve(id: string, outcome: string): Promise<boolean> {
    return this.run(id, (key) => this.parts.api.resolve(id, key, outcome));
  }

  reopen(id: string): Promise<boolean> {
    return this.run(id, (key) => this.parts.api.reopen(id, key));
  }

  setSlots(id: string, slots: Slots): Promise<boolean> {
    return this.run(id, () => this.parts.api.setSlots(id, slots));
  }

  private async run(id: string, ask: (key: string) => Promise<OpenedConversation>): Promise<boolean> {
    const key = this.parts.newKey();
    try {
      // What was said before is stored before: after the verb it might be refused.
      if (!(await this.sending.settled(id))) throw new ConnectionLost();
      this.conversations.take(await this.insist(() => ask(key)));
      return true;
    } catch (error) {
      this.notices.failure(error);
      if (error instanceof Problem && error.status === 409) void this.conversations.open(id);
      return false;
    }
  }

  private async insist<T>(ask: () => Promise<T>): Promise<T> {
    for (let attempt = 0; ; attempt++) {
      try {
        return await ask();
      } catch (error) {
        if (!(error instanceof ConnectionLost) || attempt >= RETRIES) throw error;
        await new Promise<void>((go) => void this.parts.after(RETRY_MS * 2 ** attempt, go));
      }
    }
  }
}

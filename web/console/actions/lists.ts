/** Fetching the list of each view, and what stands beside it: queues and agents. */

import { learn } from "../state/known";
import { failed, fetched, fetching, unfetched, type Listing } from "../state/listing";
import { queryOf, viewKey, type View } from "../state/views";
import { withEntry } from "../state/state";
import type { Notices } from "./notices";
import type { Parts } from "./parts";

const PAGE = 50;
/** Counts follow a burst of events once, not once an event. */
const SETTLE_MS = 400;

export class Lists {
  private readonly settling = new Set<string>();

  constructor(
    private readonly parts: Parts,
    private readonly notices: Notices,
  ) {}

  listing(view: View): Listing {
    return this.parts.store.get().listings.get(viewKey(view)) ?? unfetched;
  }

  /** Fetches a view for the first time; one fetched already is kept right by the events. */
  open(view: View): void {
    const { phase } = this.listing(view);
    if (phase === "empty" || phase === "failed") void this.fetch(view, null);
  }

  more(view: View): void {
    const { phase, next } = this.listing(view);
    if (phase === "ready" && next !== null) void this.fetch(view, next);
  }

  /** Everything anew: after a first connection, or when the server's numbers begin anew. */
  reload(current: View): void {
    this.parts.store.update((state) => ({ ...state, listings: new Map() }));
    void this.fetch(current, null);
    this.refreshQueues();
    this.refreshAgents();
  }

  /** The queues and how many conversations are where. */
  refreshQueues(): void {
    this.settle("queues", async () => {
      const { api, store } = this.parts;
      const [queues, counts] = await Promise.all([api.queues(), api.counts()]);
      store.update((state) => ({ ...state, queues: queues.items, counts }));
    });
  }

  refreshAgents(): void {
    this.settle("agents", async () => {
      const { items } = await this.parts.api.agents();
      this.parts.store.update((state) => ({ ...state, agents: items }));
    });
  }

  /** The conversations of one contact, as far as they are known here. */
  async refreshContact(contact: string): Promise<void> {
    const { api, store } = this.parts;
    const isKnown = [...store.get().known.values()].some((one) => one.contact.id === contact);
    if (!isKnown) return;
    const page = await api.conversations({ contact, limit: PAGE }).catch(() => null);
    if (page !== null) store.update((state) => ({ ...state, known: learn(state.known, page.items) }));
  }

  private async fetch(view: View, cursor: string | null): Promise<void> {
    this.put(view, fetching(this.listing(view)));
    try {
      const page = await this.parts.api.conversations({ ...queryOf(view), limit: PAGE, cursor });
      this.parts.store.update((state) => ({ ...state, known: learn(state.known, page.items) }));
      this.put(view, fetched(page));
    } catch (error) {
      this.put(view, failed(this.listing(view)));
      this.notices.failure(error);
    }
  }

  private put(view: View, listing: Listing): void {
    this.parts.store.update((state) => ({
      ...state,
      listings: withEntry(state.listings, viewKey(view), listing),
    }));
  }

  private settle(what: string, fetch: () => Promise<void>): void {
    if (this.settling.has(what)) return;
    this.settling.add(what);
    this.parts.after(SETTLE_MS, () => {
      this.settling.delete(what);
      // The next event or reconnection asks again; a count a little old is no failure.
      fetch().catch(() => undefined);
    });
  }
}

/** Fetching the list of each view, and what stands beside it: queues, agents, saved views. */

import { learn, markSeen } from "../state/known";
import { cursorOf, failed, fetched, fetching, unfetched, type Listing, type PageEnd } from "../state/listing";
import { viewKey, wantedOf, type View } from "../state/views";
import { withEntry, type State } from "../state/state";
import { needed, trimmed, type Shown } from "../state/tidy";
import type { Wanted } from "../api/shapes";
import type { Notices } from "./notices";
import type { Parts } from "./parts";

const PAGE = 100;
/** Counts follow a burst of events once, not once an event. */
const SETTLE_MS = 1000;
const TIDY_MS = 5000;
/** So many conversations are held without a thought: a few screens of a few views. */
const ENOUGH = 1000;

export class Lists {
  private readonly settling = new Set<string>();
  private shown: Shown = { key: "", end: 0, rows: [] };
  private stopTidying: () => void = () => undefined;

  constructor(
    private readonly parts: Parts,
    private readonly notices: Notices,
  ) {}

  begin(): void {
    this.end();
    this.stopTidying = this.parts.after(TIDY_MS, () => {
      this.tidy();
      this.begin();
    });
  }

  end(): void {
    this.stopTidying();
  }

  listing(view: View): Listing {
    return this.parts.store.get().listings.get(viewKey(view)) ?? unfetched;
  }

  /** The rows that stand on the screen, as the screen orders them. */
  rows(view: View): readonly string[] {
    return this.shown.key === viewKey(view) ? this.shown.rows : [];
  }

  /** The screen tells what it shows, so that nothing of it is put away. */
  showing(shown: Shown): void {
    this.shown = shown;
  }

  /** Fetches a view for the first time; one fetched already is kept right by the events. */
  open(view: View): void {
    const { phase } = this.listing(view);
    if (phase === "empty" || phase === "failed") void this.fetch(view, []);
  }

  more(view: View): void {
    const listing = this.listing(view);
    if (listing.phase === "ready" && cursorOf(listing) !== undefined) void this.fetch(view, listing.ends);
  }

  /** Everything anew: after a first connection, or when the server's numbers begin anew. */
  reload(current: View): void {
    this.parts.store.update((state) => ({ ...state, listings: new Map() }));
    void this.refreshViews().then(() => this.open(current));
    this.open(current);
    this.refreshQueues();
    this.refreshAgents();
    void this.refreshChannels();
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

  /** The saved views; one that was changed is fetched anew when it is looked at. */
  async refreshViews(): Promise<void> {
    const { api, store } = this.parts;
    const page = await api.views().catch(() => null);
    if (page !== null) store.update((state) => ({ ...state, saved: page.items }));
  }

  async refreshChannels(): Promise<void> {
    const { api, store } = this.parts;
    const page = await api.inboxes().catch(() => null);
    if (page === null) return;
    const channels = new Set(page.items.filter(({ disabled }) => !disabled).map(({ channel }) => channel));
    store.update((state) => ({ ...state, channels: [...channels].sort() }));
  }

  /** What an agent has read; not having said so costs a mark that stays. */
  async see(id: string, seq: number): Promise<void> {
    const { api, store } = this.parts;
    const said = await api.seen(id, seq).catch(() => null);
    if (said === null) return;
    store.update((state) => ({ ...state, known: markSeen(state.known, id, said.seen_seq, said.unread) }));
  }

  /** A view asks something else now. */
  forget(view: View): void {
    this.parts.store.update((state) => {
      const listings = new Map(state.listings);
      listings.delete(viewKey(view));
      return { ...state, listings };
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

  /** Lets go of what is far from the screen, so that memory stays flat over a long day. */
  tidy(): void {
    const { store, now } = this.parts;
    if (store.get().known.size <= ENOUGH) return;
    const { listings, folded } = trimmed(store.get(), this.shown, now());
    store.update((state) => ({ ...state, listings }));
    const isNeeded = needed(store.get(), this.shown, now());
    store.update((state) => ({ ...state, known: state.known.keeping(isNeeded) }));
    // Everything that is held has moved to the top: its first page is asked for anew.
    const view = viewOf(store.get());
    if (folded && view !== null && this.listing(view).phase === "ready") void this.fetch(view, [], true);
  }

  private async fetch(view: View, ends: readonly PageEnd[], quietly = false): Promise<void> {
    const wanted = wantedOf(view, this.parts.store.get().saved);
    if (wanted === null) return;
    if (!quietly) this.put(view, fetching(this.listing(view)));
    try {
      const page = await this.ask(wanted, ends);
      this.parts.store.update((state) => ({ ...state, known: learn(state.known, page.items) }));
      this.put(view, fetched(wanted, ends, page));
    } catch (error) {
      if (quietly) return;
      this.put(view, failed(this.listing(view)));
      this.notices.failure(error);
    }
  }

  private ask(wanted: Wanted, ends: readonly PageEnd[]) {
    return this.parts.api.conversations({ ...wanted, limit: PAGE, cursor: ends.at(-1)?.next ?? null });
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

function viewOf(state: State): View | null {
  return state.route.place === "desk" ? state.route.view : null;
}

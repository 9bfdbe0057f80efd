/** The console wired together, by hand, in one place. */

import { Canned } from "./actions/canned";
import { Alerts, type Call } from "./actions/alerts";
import { Conversations } from "./actions/conversations";
import { Deliveries } from "./actions/deliveries";
import { Lists } from "./actions/lists";
import { News } from "./actions/news";
import { Notices } from "./actions/notices";
import type { Parts } from "./actions/parts";
import { Sending } from "./actions/sending";
import { SessionActions } from "./actions/session";
import { Verbs } from "./actions/verbs";
import { Writing } from "./actions/writing";
import { createApi, type Api } from "./api/api";
import { Http } from "./api/http";
import { LiveSocket, type Wire } from "./live/socket";
import { unconnected } from "./live/connection";
import type { AlertKind } from "./state/alerts";
import type { Storage } from "./state/drafts";
import { Known } from "./state/known";
import { readPreferences } from "./state/preferences";
import { pathOf, routeOf, type Route } from "./state/route";
import { Store } from "./state/store";
import type { State } from "./state/state";
import type { View } from "./state/views";

/** What the console needs of its surroundings; a browser in `main.tsx`, fakes in tests. */
export interface Surroundings {
  readonly fetch: typeof fetch;
  readonly connect: () => Wire;
  readonly storage: Storage;
  readonly languages: readonly string[];
  readonly path: () => string;
  /** `replace`: without a step that the browser could go back. */
  readonly go: (path: string, replace: boolean) => void;
  readonly now: () => number;
  readonly random: () => number;
  readonly newKey: () => string;
  readonly after: (ms: number, run: () => void) => () => void;
  readonly play: (kind: AlertKind, now: number) => void;
  readonly notify: (call: Call) => void;
  /** Whether the agent looks at this page now. */
  readonly isAttentive: () => boolean;
}

export interface App {
  readonly store: Store<State>;
  readonly api: Api;
  readonly storage: Storage;
  readonly newKey: () => string;
  readonly now: () => number;
  readonly session: SessionActions;
  readonly lists: Lists;
  readonly conversations: Conversations;
  readonly verbs: Verbs;
  readonly sending: Sending;
  readonly notices: Notices;
  readonly live: LiveSocket;
  readonly writing: Writing;
  readonly deliveries: Deliveries;
  readonly canned: Canned;
  /** The page came before the agent's eyes, or went behind others. */
  readonly looking: (visible: boolean) => void;
  /** The page is being left: what waits for a moment waits no longer. */
  readonly leaving: () => void;
  readonly go: (route: Route, how?: "replace") => void;
  /** The address changed by the browser's own buttons. */
  readonly arrived: () => void;
}

export function createApp(around: Surroundings): App {
  const http = new Http({
    fetch: around.fetch,
    base: "/api/v1",
    onSignedOut: () => session.expired(),
  });
  const api = createApi(http);
  const store = new Store(firstState(around));
  const { storage, now, newKey, after } = around;
  const parts: Parts = { api, store, storage, now, newKey, after };

  const notices = new Notices(parts);
  const lists = new Lists(parts, notices);
  const conversations = new Conversations(parts, notices);
  const sending = new Sending(parts, conversations, notices);
  const verbs = new Verbs(parts, conversations, sending, notices);
  const deliveries = new Deliveries(parts, conversations, notices);
  const canned = new Canned(parts);
  const writing = new Writing(parts, sending, notices, () => live);
  const news = new News(parts, lists, conversations, sending, deliveries, {
    cannedChanged: () => canned.changed(),
    alert: (before, event) => alerts.take(before, event),
    meChanged: () => void session.refresh(),
    reloadAll: () => {
      lists.reload(currentView(store.get()));
      conversations.reload(currentConversation(store.get()));
    },
  });
  const alerts = new Alerts(parts, {
    play: (kind) => around.play(kind, now()),
    notify: around.notify,
    isAttentive: around.isAttentive,
    go: (route) => go(route),
  });
  const live = new LiveSocket({
    connect: around.connect,
    after,
    now,
    random: around.random,
    onFrame: (frame) => news.take(frame),
    onChange: (connection) => store.update((state) => ({ ...state, connection })),
    onUnauthorized: () => session.expired(),
    onRefused: () => void session.recheck(),
  });
  const session = new SessionActions(parts, http, notices, {
    begin: () => {
      news.begin();
      lists.reload(currentView(store.get()));
      lists.begin();
      void lead();
      live.start();
      sending.begin((one) => writing.bringBack(one));
      show(store.get().route);
    },
    end: () => {
      live.stop();
      lists.end();
      sending.end();
      writing.end();
      canned.end();
      store.update(forgotten);
    },
  });

  let visible = true;
  const look = (): void => live.viewing(visible ? currentConversation(store.get()) : null);
  /** A new admin who comes in by the front door is led through the first steps. */
  const lead = async (): Promise<void> => {
    const { me } = store.get();
    if (me?.role !== "admin" || !me.preferences.first_steps) return;
    const done = await api.firstSteps().catch(() => null);
    if (done === null) return;
    if (done.inbox && done.agent && done.bot) return session.setPreferences({ first_steps: false });
    if (FRONT_DOOR.test(around.path())) go({ place: "start" });
  };
  const show = (route: Route): void => {
    look();
    if (route.place !== "desk" || store.get().session.phase !== "signed_in") return;
    lists.open(route.view);
    if (route.conversation !== null) void conversations.open(route.conversation);
  };
  const arrive = (route: Route): void => {
    store.update((state) => ({ ...state, route }));
    show(route);
  };

  const go = (route: Route, how?: "replace"): void => {
    around.go(pathOf(route), how === "replace");
    arrive(route);
  };

  return {
    store,
    api,
    storage,
    newKey,
    now,
    session,
    lists,
    conversations,
    verbs,
    sending,
    notices,
    live,
    writing,
    deliveries,
    canned,
    looking: (now) => {
      visible = now;
      look();
      // Meanwhile the agent may have written on elsewhere.
      const current = currentConversation(store.get());
      if (now && current !== null) writing.refresh(current);
    },
    leaving: () => {
      http.isLeaving = true;
      sending.letGo();
      writing.letGo();
    },
    go,
    arrived: () => arrive(routeOf(around.path())),
  };
}

const FRONT_DOOR = /^\/console\/?$/;

function firstState(around: Surroundings): State {
  return {
    session: { phase: "checking" },
    me: null,
    known: Known.none,
    listings: new Map(),
    opened: new Map(),
    queues: [],
    counts: null,
    saved: [],
    channels: [],
    agents: [],
    connection: unconnected,
    route: routeOf(around.path()),
    drafts: new Map(),
    outgoing: [],
    typing: new Map(),
    viewing: null,
    canned: [],
    preferences: readPreferences(around.storage, around.languages),
    notices: [],
  };
}

/** Nothing of one agent's work stays in memory for the next. */
function forgotten(state: State): State {
  return {
    ...state,
    me: null,
    known: Known.none,
    listings: new Map(),
    opened: new Map(),
    queues: [],
    counts: null,
    saved: [],
    channels: [],
    agents: [],
    drafts: new Map(),
    typing: new Map(),
    viewing: null,
    canned: [],
  };
}

function currentView(state: State): View {
  return state.route.place === "desk" ? state.route.view : { kind: "waiting" };
}

function currentConversation(state: State): string | null {
  return state.route.place === "desk" ? state.route.conversation : null;
}


/** Signing in and out, and what is one's own: presence, preferences. */

import { matchLocale } from "../../shared/locale";
import type { Http } from "../api/http";
import { Problem } from "../api/problem";
import type { Me, Presence } from "../api/shapes";
import { hasPreferences, keepPreferences, type Preferences } from "../state/preferences";
import type { Session } from "../state/state";
import type { Notices } from "./notices";
import type { Parts } from "./parts";

export interface SessionHooks {
  readonly begin: () => void;
  readonly end: () => void;
}

export class SessionActions {
  constructor(
    private readonly parts: Parts,
    private readonly http: Http,
    private readonly notices: Notices,
    private readonly hooks: SessionHooks,
  ) {}

  /** Finds out whether this browser is signed in already. */
  async check(): Promise<void> {
    try {
      await this.enter();
    } catch (error) {
      const away = !(error instanceof Problem) || error.status >= 500;
      this.become(away ? { phase: "unreachable" } : { phase: "signed_out", expired: false });
    }
  }

  /** Raises what the server said, for the form to show. */
  async signIn(email: string, password: string): Promise<void> {
    const { csrf_token } = await this.parts.api.signIn(email, password);
    this.http.csrf = csrf_token;
    await this.enter();
  }

  async signOut(): Promise<void> {
    try {
      await this.parts.api.signOut();
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 401) return this.notices.failure(error);
    }
    this.leave(false);
  }

  /** Asks whether one is still signed in; a no is told by the request itself. */
  async recheck(): Promise<void> {
    await this.parts.api.me().catch(() => undefined);
  }

  /** The server no longer knows this session. */
  expired(): void {
    if (this.parts.store.get().session.phase === "signed_in") this.leave(true);
  }

  async setPresence(presence: Presence): Promise<void> {
    const before = this.parts.store.get().me?.presence ?? "offline";
    this.showPresence(presence);
    try {
      await this.parts.api.setPresence(presence);
    } catch (error) {
      this.showPresence(before);
      this.notices.failure(error);
    }
  }

  prefer(change: Partial<Preferences>): void {
    this.parts.store.update((state) => {
      const preferences = { ...state.preferences, ...change };
      keepPreferences(this.parts.storage, preferences);
      return { ...state, preferences };
    });
  }

  private async enter(): Promise<void> {
    const me = await this.parts.api.me();
    this.http.csrf = me.csrf_token;
    this.parts.store.update((state) => ({ ...state, me, session: { phase: "signed_in" } }));
    this.speakAs(me);
    this.hooks.begin();
  }

  /** In a browser where nothing was chosen yet, the language of the account is spoken. */
  private speakAs(me: Me): void {
    const language = matchLocale([me.locale]);
    if (language !== null && !hasPreferences(this.parts.storage)) this.prefer({ language });
  }

  private leave(expired: boolean): void {
    this.http.csrf = null;
    this.hooks.end();
    this.become({ phase: "signed_out", expired });
  }

  private become(session: Session): void {
    this.parts.store.update((state) => ({ ...state, session }));
  }

  private showPresence(presence: Presence): void {
    this.parts.store.update((state) => ({
      ...state,
      me: state.me && { ...state.me, presence },
    }));
  }
}

/** Signing in and out, and what is one's own: presence, capacity, preferences. */

import { matchLocale } from "../../shared/locale";
import type { MyChange } from "../api/api";
import type { Http } from "../api/http";
import { Problem } from "../api/problem";
import type { AccountPreferences, Me, Presence } from "../api/shapes";
import { keepPreferences, type Preferences } from "../state/preferences";
import type { Session } from "../state/state";
import type { Notices } from "./notices";
import type { Parts } from "./parts";

export interface SessionHooks {
  readonly begin: () => void;
  readonly end: () => void;
}

export class SessionActions {
  /** What was chosen before signing in, and so is meant for whoever signs in. */
  private chosen: Partial<Preferences> = {};
  /** Changes under way; what the server says meanwhile is older than the screen. */
  private pending = 0;

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

  /** Language and theme go with the account; the panels are this browser's. */
  prefer(change: Partial<Preferences>): void {
    this.show(change);
    if (this.parts.store.get().me === null) this.chosen = { ...this.chosen, ...change };
    else void this.keep(change);
  }

  async setPreferences(change: Partial<AccountPreferences>): Promise<void> {
    const before = this.parts.store.get().me?.preferences;
    this.showMe((me) => ({ ...me, preferences: { ...me.preferences, ...change } }));
    const kept = await this.change({ preferences: change });
    if (!kept && before !== undefined) this.showMe((me) => ({ ...me, preferences: before }));
  }

  async setCapacity(capacity: number | null): Promise<void> {
    const before = this.parts.store.get().me?.capacity ?? null;
    this.showMe((me) => ({ ...me, capacity }));
    if (!(await this.change({ capacity }))) this.showMe((me) => ({ ...me, capacity: before }));
  }

  /** The account was changed elsewhere: in another browser, or by an admin. */
  async refresh(): Promise<void> {
    const me = await this.parts.api.me().catch(() => null);
    if (me !== null && this.parts.store.get().me !== null && this.pending === 0) this.adopt(me);
  }

  private async enter(): Promise<void> {
    const me = await this.parts.api.me();
    this.http.csrf = me.csrf_token;
    this.adopt(me);
    this.become({ phase: "signed_in" });
    void this.keep(this.chosen);
    this.chosen = {};
    this.hooks.begin();
  }

  /** The account's language and theme, but for what was chosen just now. */
  private adopt(me: Me): void {
    this.parts.store.update((state) => ({ ...state, me }));
    const language = matchLocale([me.locale]) ?? this.parts.store.get().preferences.language;
    this.show({ language, theme: me.preferences.theme, ...this.chosen });
  }

  private async keep({ language, theme }: Partial<Preferences>): Promise<void> {
    const change: MyChange = {
      ...(language && { locale: language }),
      ...(theme && { preferences: { theme } }),
    };
    if (Object.keys(change).length > 0) await this.change(change);
  }

  private async change(change: MyChange): Promise<boolean> {
    this.pending++;
    try {
      await this.parts.api.changeMe(change);
      return true;
    } catch (error) {
      this.notices.failure(error);
      return false;
    } finally {
      this.pending--;
    }
  }

  private show(change: Partial<Preferences>): void {
    this.parts.store.update((state) => {
      const preferences = { ...state.preferences, ...change };
      keepPreferences(this.parts.storage, preferences);
      return { ...state, preferences };
    });
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
    this.showMe((me) => ({ ...me, presence }));
  }

  private showMe(change: (me: Me) => Me): void {
    this.parts.store.update((state) => ({ ...state, me: state.me && change(state.me) }));
  }
}

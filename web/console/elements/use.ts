/** How elements reach the app: its store, its words, the time. */

import { createContext } from "preact";
import { useContext, useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Locale } from "../../shared/locale";
import type { App } from "../app";
import { words, type Say } from "../locales/words";
import type { State } from "../state/state";

export const AppContext = createContext<App | null>(null);

export function useApp(): App {
  const app = useContext(AppContext);
  if (app === null) throw new Error("An element was drawn outside of the app.");
  return app;
}

/** A part of the state; the element is drawn again when that part changes. */
export function useSelect<T>(select: (state: State) => T): T {
  const { store } = useApp();
  const latest = useRef(select);
  latest.current = select;
  const value = select(store.get());
  const shown = useRef(value);
  shown.current = value;
  const [, draw] = useState(0);
  useLayoutEffect(() => {
    const look = (): void => {
      if (!Object.is(latest.current(store.get()), shown.current)) draw((count) => count + 1);
    };
    look();
    return store.subscribe(look);
  }, [store]);
  return value;
}

export interface Words {
  readonly t: Say;
  readonly locale: Locale;
}

export function useWords(): Words {
  const locale = useSelect((state) => state.preferences.language);
  return useMemo(() => ({ t: words(locale), locale }), [locale]);
}

/** The time, anew every `ms`. */
export function useNow(ms: number): number {
  const { now } = useApp();
  const [time, setTime] = useState(now);
  useEffect(() => {
    const timer = setInterval(() => setTime(now()), ms);
    return () => clearInterval(timer);
  }, [ms, now]);
  return time;
}

/** True from the asking to the answer, so that a button is not pressed twice. */
export function useBusy(): [boolean, (work: () => Promise<unknown>) => Promise<void>] {
  const [busy, setBusy] = useState(false);
  const run = async (work: () => Promise<unknown>): Promise<void> => {
    setBusy(true);
    try {
      await work();
    } finally {
      setBusy(false);
    }
  };
  return [busy, run];
}

/** A part of the state for what need not follow every change at once, such as a long list. */

import { useEffect, useRef, useState } from "preact/hooks";
import type { State } from "../state/state";
import { useApp } from "./use";

/** Like `useSelect`, but drawn again at most every `ms`: a burst of changes is drawn once. */
export function useCalm<T>(select: (state: State) => T, ms: number): T {
  const { store } = useApp();
  const latest = useRef(select);
  latest.current = select;
  const [value, setValue] = useState(() => select(store.get()));
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let drawnAt = 0;
    const draw = (): void => {
      timer = undefined;
      drawnAt = performance.now();
      setValue(() => latest.current(store.get()));
    };
    const look = (): void => {
      if (timer !== undefined) return;
      const wait = drawnAt + ms - performance.now();
      if (wait <= 0) draw();
      else timer = setTimeout(draw, wait);
    };
    look();
    const stop = store.subscribe(look);
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [store, ms]);
  return value;
}

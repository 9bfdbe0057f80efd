/** Asking while somebody types: only the last question counts, and pages are added to it. */

import { useEffect, useRef, useState } from "preact/hooks";
import { useApp } from "../elements/use";
import type { Hit } from "../api/shapes";
import { isAsking, queryOf, searchParts, type Search } from "../state/search";

/** A pause in typing, so that not every letter is asked for. */
const PAUSE_MS = 160;

export interface Results {
  readonly phase: "idle" | "loading" | "ready" | "failed";
  readonly hits: readonly Hit[];
  readonly next: string | null;
  readonly more: () => void;
  readonly again: () => void;
}

interface Answer {
  readonly phase: Results["phase"];
  readonly hits: readonly Hit[];
  readonly next: string | null;
}

const IDLE: Answer = { phase: "idle", hits: [], next: null };

export function useSearch(search: Search): Results {
  const { api } = useApp();
  const [answer, setAnswer] = useState<Answer>(IDLE);
  const asked = useRef(0);
  const key = searchParts(search).join("\n");

  const ask = async (before: Answer): Promise<void> => {
    const mine = ++asked.current;
    setAnswer({ ...before, phase: "loading" });
    try {
      const page = await api.search({ ...queryOf(search), cursor: before.next });
      if (mine !== asked.current) return;
      setAnswer({ phase: "ready", hits: [...before.hits, ...page.items], next: page.next });
    } catch {
      if (mine === asked.current) setAnswer({ ...before, phase: "failed" });
    }
  };
  const again = (): void => void ask({ ...IDLE, hits: [] });

  useEffect(() => {
    if (!isAsking(search)) {
      asked.current++;
      return setAnswer(IDLE);
    }
    setAnswer((now) => ({ ...now, phase: "loading" }));
    const timer = setTimeout(again, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [key]);

  const more = (): void => {
    if (answer.phase === "ready" && answer.next !== null) void ask(answer);
  };
  return { ...answer, more, again };
}

/** Contacts page by page; what is typed is asked for once the typing pauses. */

import { useEffect, useRef, useState } from "preact/hooks";
import type { ListedContact } from "../api/shapes";
import { useApp } from "../elements/use";

const PAGE = 50;
const PAUSE_MS = 200;

export interface Found {
  readonly items: readonly ListedContact[];
  readonly next: string | null;
}

export interface Contacts {
  readonly found: Found | null;
  readonly failed: boolean;
  readonly busy: boolean;
  readonly more: () => void;
  readonly again: () => void;
}

export function useContacts(q: string): Contacts {
  const { api } = useApp();
  const [found, setFound] = useState<Found | null>(null);
  const [failed, setFailed] = useState(false);
  const [busy, setBusy] = useState(false);
  const asked = useRef(0);
  const ask = async (before: Found | null): Promise<void> => {
    const mine = ++asked.current;
    setBusy(true);
    setFailed(false);
    try {
      const page = await goOn(before);
      if (mine === asked.current) setFound(page);
    } catch {
      if (mine === asked.current) setFailed(true);
    }
    if (mine === asked.current) setBusy(false);
  };
  /** A search looks into a part of all contacts at a time: it goes on until it finds some. */
  const goOn = async (before: Found | null): Promise<Found> => {
    let cursor = before?.next ?? null;
    for (;;) {
      const page = await api.contacts({ q, limit: PAGE, cursor });
      if (page.items.length > 0 || page.next === null) {
        return { items: [...(before?.items ?? []), ...page.items], next: page.next };
      }
      cursor = page.next;
    }
  };
  useEffect(() => {
    const timer = setTimeout(() => void ask(null), q === "" ? 0 : PAUSE_MS);
    return () => clearTimeout(timer);
  }, [q]);
  return { found, failed, busy, more: () => void ask(found), again: () => void ask(null) };
}

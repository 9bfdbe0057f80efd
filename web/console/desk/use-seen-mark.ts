/** Up to where the agent had seen the conversation when it came before his eyes. */

import { useEffect, useRef, useState } from "preact/hooks";
import type { Conversation } from "../api/shapes";

/** The mark stands still while one looks; it moves on when one looked elsewhere. */
export function useSeenMark(conversation: Conversation): number | null {
  const [mark, setMark] = useState(conversation.seen_seq ?? null);
  const last = useRef(conversation.last_seq);
  last.current = conversation.last_seq;
  useEffect(() => {
    const leave = (): void => {
      if (document.visibilityState === "hidden") setMark(last.current);
    };
    document.addEventListener("visibilitychange", leave);
    return () => document.removeEventListener("visibilitychange", leave);
  }, []);
  return mark;
}

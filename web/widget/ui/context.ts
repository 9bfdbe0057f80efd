import type { VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Translate } from "../../shared/catalogue";
import type { Locale } from "../../shared/locale";
import type { Chat } from "../chat";
import type { Inbox } from "../inbox";
import type { Word } from "../locales";
import type { ChatState } from "../state";

/** What every part of the panel needs. */
export interface Surroundings {
  readonly chat: Chat;
  readonly t: Translate<Word>;
  readonly locale: Locale;
  readonly inbox: Inbox;
  /** The visitor would rather read this language. */
  readonly choose: (locale: Locale) => void;
}

let present: Surroundings | null = null;

/** All within draws in these surroundings; a page has one panel. */
export function Surrounded({ value, children }: { value: Surroundings; children: VNode }): VNode {
  present = value;
  return children;
}

export function useSurroundings(): Surroundings {
  if (present === null) throw new Error("Outside of the panel.");
  return present;
}

/** Whether the last thing asked for came to nothing, and a way to ask. */
export function useAsking(): [boolean, (asked: Promise<unknown>, then?: () => void) => void] {
  const [failed, setFailed] = useState(false);
  const ask = (asked: Promise<unknown>, then?: () => void): void => {
    asked.then(
      () => {
        setFailed(false);
        then?.();
      },
      () => setFailed(true),
    );
  };
  return [failed, ask];
}

/** The state as it is now; draws again when it changes. */
export function useChatState(chat: Chat): ChatState {
  const [state, setState] = useState(chat.store.state);
  useEffect(() => {
    setState(chat.store.state);
    return chat.store.subscribe(setState);
  }, [chat]);
  return state;
}

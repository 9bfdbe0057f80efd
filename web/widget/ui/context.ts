import { createContext } from "preact";
import { useContext, useEffect, useState } from "preact/hooks";
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

export const SurroundingsContext = createContext<Surroundings | null>(null);

export function useSurroundings(): Surroundings {
  const surroundings = useContext(SurroundingsContext);
  if (surroundings === null) throw new Error("Outside of the panel.");
  return surroundings;
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

import type { TargetedEvent, VNode } from "preact";
import { useState } from "preact/hooks";
import type { ChatState } from "../state";
import { currentConversation } from "../transcript";
import { useAsking, useSurroundings } from "./context";
import { save } from "./file";
import { MoreIcon } from "./icons";
import { Languages } from "./languages";

/** What is seldom wanted: another language, silence, the conversation to take along. */
export function Menu({ state }: { state: ChatState }): VNode {
  const { chat, t } = useSurroundings();
  const [muted, setMuted] = useState(chat.storage.muted);
  const [failed, ask] = useAsking();
  const id = currentConversation(state.transcript);
  const mute = (): void => {
    chat.storage.muted = !muted;
    setMuted(!muted);
  };
  const take = (): void => {
    const timezone = encodeURIComponent(Intl.DateTimeFormat().resolvedOptions().timeZone);
    const path = `transcript?format=html&conversation_id=${id}&timezone=${timezone}`;
    ask(save(chat.request(path), "conversation.html"));
  };
  return (
    <details class="menu" tabIndex={-1} onFocusOut={leave} onKeyDown={escape}>
      <summary class="round" aria-label={t("menu")}>
        <MoreIcon />
      </summary>
      <div>
        <Languages />
        <label>
          <input type="checkbox" role="switch" checked={!muted} onChange={mute} />
          {t("sound")}
        </label>
        <button type="button" disabled={id === null} onClick={take}>
          {t(failed ? "error_unavailable" : "take_along")}
        </button>
      </div>
    </details>
  );
}

type MenuEvent<Kind extends Event> = TargetedEvent<HTMLDetailsElement, Kind>;

/** Closes behind whoever goes elsewhere; it takes the focus itself, for browsers whose buttons do not. */
function leave({ currentTarget, relatedTarget }: MenuEvent<FocusEvent>): void {
  if (!currentTarget.contains(relatedTarget as Node | null)) currentTarget.open = false;
}

/** Escape closes the menu first, then the panel. */
function escape(event: MenuEvent<KeyboardEvent>): void {
  const menu = event.currentTarget;
  if (event.key !== "Escape" || !menu.open) return;
  event.stopPropagation();
  menu.open = false;
  menu.querySelector("summary")?.focus();
}

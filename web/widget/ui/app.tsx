import type { VNode } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { isFresh } from "../transcript";
import { chime } from "./chime";
import { Composer } from "./composer";
import { useChatState, useSurroundings } from "./context";
import { useDrop } from "./drop";
import { Header } from "./header";
import { Strip } from "./strip";
import { Transcript } from "./transcript";
import { useUploads } from "./uploads";

/** On so small a screen the panel takes all of it. */
const PHONE = "(max-width: 640px), (max-height: 480px)";
const TITLE_ID = "peyk-title";

interface Props {
  readonly isOpen: boolean;
  /** Grows with every opening that should take the focus. */
  readonly focusTurn: number;
  readonly onClose: () => void;
  readonly onUnread: (count: number) => void;
}

export function App({ isOpen, focusTurn, onClose, onUnread }: Props): VNode {
  const { chat, t } = useSurroundings();
  const state = useChatState(chat);
  const uploads = useUploads(chat);
  const panel = useRef<HTMLElement>(null);
  const input = useRef<HTMLTextAreaElement>(null);
  const drop = useDrop(uploads.add);
  const heard = useRef(0);
  useEffect(() => {
    const unread = chat.unread();
    if (unread > heard.current && isFresh(state.transcript) && !chat.storage.muted) chime();
    heard.current = unread;
    onUnread(isOpen ? 0 : unread);
  }, [state, isOpen]);
  useEffect(() => {
    if (focusTurn > 0) input.current?.focus({ preventScroll: true });
  }, [focusTurn]);
  useVisibleHeight(panel);
  const pressed = (event: KeyboardEvent): void => {
    if (event.key === "Escape") onClose();
    else if (event.key === "Tab" && matchMedia(PHONE).matches) keepWithin(panel.current, event);
  };
  return (
    <section
      ref={panel}
      class={isOpen ? "panel shown" : "panel"}
      role="dialog"
      aria-labelledby={TITLE_ID}
      inert={!isOpen}
      onKeyDown={pressed}
      {...drop.events}
    >
      <Header state={state} titleId={TITLE_ID} onClose={onClose} />
      <Strip state={state} />
      <Transcript state={state} isOpen={isOpen} />
      <Composer state={state} uploads={uploads} input={input} />
      {drop.isOver && <div class="drop">{t("drop_here")}</div>}
    </section>
  );
}

/** On a phone the page behind cannot be seen, so the keyboard stays in the panel. */
function keepWithin(panel: HTMLElement | null, event: KeyboardEvent): void {
  const stops = [
    ...(panel?.querySelectorAll<HTMLElement>(
      "summary, button:not(:disabled), a[href], textarea, [tabindex='0']",
    ) ?? []),
  ];
  const [first, last] = [stops[0], stops.at(-1)];
  const active = (panel?.getRootNode() as ShadowRoot | undefined)?.activeElement;
  if (active !== (event.shiftKey ? first : last)) return;
  event.preventDefault();
  (event.shiftKey ? last : first)?.focus();
}

/** What the on-screen keyboard leaves of the screen is all that the panel takes. */
function useVisibleHeight(panel: { current: HTMLElement | null }): void {
  useEffect(() => {
    const viewport = window.visualViewport;
    if (!viewport) return undefined;
    const fit = (): void => {
      panel.current?.style.setProperty("--visible-height", `${viewport.height}px`);
      panel.current?.style.setProperty("--visible-top", `${viewport.offsetTop}px`);
    };
    fit();
    viewport.addEventListener("resize", fit);
    viewport.addEventListener("scroll", fit);
    return () => {
      viewport.removeEventListener("resize", fit);
      viewport.removeEventListener("scroll", fit);
    };
  }, []);
}

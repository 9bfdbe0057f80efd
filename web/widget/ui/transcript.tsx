import { Fragment, type VNode } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { formatDay } from "../../shared/time";
import type { ChatState } from "../state";
import { type Line, lines } from "../view";
import { Bubble, nameOf } from "./bubble";
import { useSurroundings } from "./context";
import { BotIcon, DownIcon } from "./icons";
import { Rating } from "./rating";

const NEAR_PX = 80;

/** After so long a reader's software has passed over what was put in front. */
const QUIET_MS = 500;

interface Props {
  readonly state: ChatState;
  readonly isOpen: boolean;
}

/** All that was said. It follows the conversation unless the customer is reading further up. */
export function Transcript({ state, isOpen }: Props): VNode {
  const { t } = useSurroundings();
  const all = lines(state);
  const { status } = state;
  const { box, below, follow, scrolled } = useFollowing(all, state, isOpen);
  return (
    <div class="log-frame">
      <div
        class="log"
        ref={box}
        role="log"
        aria-label={t("log_label")}
        aria-live={state.phase === "online" ? "polite" : "off"}
        tabIndex={0}
        onScroll={scrolled}
      >
        {(state.fromStart || all.length === 0) && <Greeting state={state} />}
        {all.map((line) => (
          <Fragment key={line.key}>
            {line.newDay && <Day at={line.at} />}
            <Bubble line={line} />
          </Fragment>
        ))}
        {state.typing && <Typing state={state} />}
        {status?.state === "resolved" && status.score !== undefined && <Rating score={status.score} />}
      </div>
      {below > 0 && (
        <button type="button" class="below" onClick={follow}>
          <DownIcon />
          {t("new_messages", { count: below })}
        </button>
      )}
    </div>
  );
}

function Greeting({ state }: { state: ChatState }): VNode | null {
  const { inbox, locale, t } = useSurroundings();
  const subtitle = inbox.texts[locale]?.subtitle;
  if (state.phase === "refused") return null;
  return (
    <div class="greeting">
      <span class="picture" aria-hidden="true">
        <BotIcon />
      </span>
      <p dir="auto">{inbox.greeting[locale] || t("greeting")}</p>
      {subtitle && (
        <p class="subtitle" dir="auto">
          {subtitle}
        </p>
      )}
    </div>
  );
}

function Day({ at }: { at: Date }): VNode {
  const { locale } = useSurroundings();
  return <p class="day">{formatDay(at, new Date(), locale)}</p>;
}

function Typing({ state }: { state: ChatState }): VNode {
  const { t } = useSurroundings();
  const author = state.typing ?? { kind: "bot", name: null };
  return (
    <div class={`line ${author.kind} first last typing`}>
      <span class="avatar" aria-hidden="true">
        <BotIcon />
      </span>
      <div class="said">
        <div class="bubble">
          <i />
          <span class="unseen">{t("typing", { name: nameOf(author, t) })}</span>
        </div>
      </div>
    </div>
  );
}

interface Following {
  readonly box: { current: HTMLDivElement | null };
  /** How many messages came while the customer was reading further up. */
  readonly below: number;
  readonly follow: () => void;
  readonly scrolled: () => void;
}

function useFollowing(all: readonly Line[], state: ChatState, isOpen: boolean): Following {
  const { chat } = useSurroundings();
  const box = useRef<HTMLDivElement>(null);
  const near = useRef(true);
  const [below, setBelow] = useState(0);
  const known = useRef({ first: "", last: "", height: 0 });
  const follow = (): void => {
    near.current = true;
    if (box.current) box.current.scrollTop = box.current.scrollHeight;
    setBelow(0);
  };
  const scrolled = (): void => {
    const log = box.current;
    if (!log || log.clientHeight === 0) return;
    near.current = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_PX;
    if (near.current) setBelow(0);
    lookBack();
  };
  /** What was said before is no news, so it is not read out. */
  const lookBack = (): void => {
    const log = box.current;
    if (!isOpen || !log || log.scrollTop > NEAR_PX) return;
    log.ariaLive = "off";
    void chat.lookBack().then(() => setTimeout(() => (log.ariaLive = "polite"), QUIET_MS));
  };
  useLayoutEffect(() => {
    const log = box.current;
    const { first, last, height } = known.current;
    const added = last ? all.length - 1 - all.findIndex((line) => line.key === last) : 0;
    const isBefore = first !== all[0]?.key;
    known.current = {
      first: all[0]?.key ?? "",
      last: all.at(-1)?.key ?? "",
      height: log?.scrollHeight ?? 0,
    };
    if (log && isBefore && !near.current) log.scrollTop += log.scrollHeight - height;
    const isOwn = added > 0 && all.at(-1)?.message.author.kind === "customer";
    if (near.current || isOwn) follow();
    else if (added > 0) setBelow((count) => count + added);
  }, [state]);
  useLayoutEffect(() => {
    if (isOpen) follow();
  }, [isOpen]);
  useWatchedSize(box, near, follow);
  useEffect(() => {
    const see = (): void => {
      if (isOpen && near.current && document.visibilityState === "visible") chat.see();
    };
    see();
    lookBack();
    document.addEventListener("visibilitychange", see);
    return () => document.removeEventListener("visibilitychange", see);
  }, [state, isOpen, below]);
  return { box, below, follow, scrolled };
}

/** Images that load late and a keyboard that opens must not push the latest out of sight. */
function useWatchedSize(
  box: { current: HTMLDivElement | null },
  near: { current: boolean },
  follow: () => void,
): void {
  useEffect(() => {
    const log = box.current;
    if (!log) return undefined;
    const again = (): void => {
      if (near.current) follow();
    };
    const observer = new ResizeObserver(again);
    observer.observe(log);
    log.addEventListener("load", again, true);
    return () => observer.disconnect();
  }, []);
}

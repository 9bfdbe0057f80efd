/** The part of a long list that is drawn; what the eye rests on stays where it is. */

import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { RefObject } from "preact";
import { anchorOf, scrollFor, scrollToShow, spanOf, type Anchor, type Span } from "../state/sight";

export interface Sight {
  readonly span: Span;
  readonly rowHeight: number;
  readonly onScroll: () => void;
  /** Brings a row wholly into sight. */
  readonly show: (id: string) => void;
}

/** As the style says when there is no screen to ask. */
const ROW_PX = 84;
const FIRST: Span = { first: 0, end: 24 };

/** How the box stood when it was last looked at: to ask it makes the browser lay out anew. */
interface Stand {
  scrollTop: number;
  height: number;
}

export function useSight(box: RefObject<HTMLElement | null>, rows: readonly string[]): Sight {
  const [span, setSpan] = useState<Span>(FIRST);
  const [rowHeight, setRowHeight] = useState(ROW_PX);
  const anchor = useRef<Anchor | null>(null);
  const before = useRef(rows);
  const stand = useRef<Stand>({ scrollTop: 0, height: 0 });

  const look = (): void => {
    const { scrollTop, height } = stand.current;
    const next = spanOf(scrollTop, height, rowHeight, before.current.length);
    setSpan((now) => (now.first === next.first && now.end === next.end ? now : next));
    anchor.current = anchorOf(before.current, scrollTop, rowHeight);
  };
  const scroll = (to: number | null): void => {
    if (to === null || box.current === null) return;
    box.current.scrollTop = to;
    stand.current.scrollTop = box.current.scrollTop;
  };

  useLayoutEffect(() => {
    const held = focusedAnchor(box.current, stand.current, rowHeight) ?? anchor.current;
    const to = held === null ? null : scrollFor(held, before.current, rows, rowHeight);
    before.current = rows;
    scroll(to);
    look();
  }, [rows, rowHeight]);

  useEffect(() => {
    const measure = (): void => {
      setRowHeight(rowHeightOf(box.current));
      stand.current = { scrollTop: box.current?.scrollTop ?? 0, height: box.current?.clientHeight ?? 0 };
      look();
    };
    const observer = new ResizeObserver(measure);
    if (box.current !== null) observer.observe(box.current);
    measure();
    return () => observer.disconnect();
  }, [rowHeight]);

  const onScroll = (): void => {
    stand.current.scrollTop = box.current?.scrollTop ?? 0;
    look();
  };
  const show = (id: string): void => {
    const at = before.current.indexOf(id);
    if (at === -1) return;
    scroll(scrollToShow(at, stand.current.scrollTop, stand.current.height, rowHeight));
    look();
  };
  return { span, rowHeight, onScroll, show };
}

/** Whoever goes through the rows by keyboard looks at the one that has the focus. */
function focusedAnchor(box: HTMLElement | null, stand: Stand, rowHeight: number): Anchor | null {
  const focused = document.activeElement?.closest<HTMLElement>("[data-row]");
  if (box === null || !focused || !box.contains(focused)) return null;
  const above = stand.scrollTop - Number(focused.dataset["at"]) * rowHeight;
  const isInSight = above <= 0 && -above < stand.height;
  return isInSight ? { id: focused.dataset["row"]!, above } : null;
}

function rowHeightOf(box: HTMLElement | null): number {
  const said = box === null ? NaN : parseFloat(getComputedStyle(box).getPropertyValue("--row"));
  return Number.isFinite(said) && said > 0 ? said : ROW_PX;
}

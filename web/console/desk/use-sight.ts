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

export function useSight(box: RefObject<HTMLElement | null>, rows: readonly string[]): Sight {
  const [span, setSpan] = useState<Span>(FIRST);
  const [rowHeight, setRowHeight] = useState(ROW_PX);
  const anchor = useRef<Anchor | null>(null);
  const before = useRef(rows);

  const look = (): void => {
    if (box.current === null) return;
    const { scrollTop, clientHeight } = box.current;
    const next = spanOf(scrollTop, clientHeight, rowHeight, before.current.length);
    setSpan((now) => (now.first === next.first && now.end === next.end ? now : next));
    anchor.current = anchorOf(before.current, scrollTop, rowHeight);
  };

  useLayoutEffect(() => {
    const held = focusedAnchor(box.current, rowHeight) ?? anchor.current;
    const to = held === null ? null : scrollFor(held, before.current, rows, rowHeight);
    before.current = rows;
    if (to !== null && box.current !== null) box.current.scrollTop = to;
    look();
  }, [rows, rowHeight]);

  useEffect(() => {
    const measure = (): void => {
      setRowHeight(rowHeightOf(box.current));
      look();
    };
    const observer = new ResizeObserver(measure);
    if (box.current !== null) observer.observe(box.current);
    measure();
    return () => observer.disconnect();
  }, [rowHeight]);

  const show = (id: string): void => {
    const at = before.current.indexOf(id);
    if (at === -1 || box.current === null) return;
    const to = scrollToShow(at, box.current.scrollTop, box.current.clientHeight, rowHeight);
    if (to !== null) box.current.scrollTop = to;
    look();
  };
  return { span, rowHeight, onScroll: look, show };
}

/** Whoever goes through the rows by keyboard looks at the one that has the focus. */
function focusedAnchor(box: HTMLElement | null, rowHeight: number): Anchor | null {
  const focused = document.activeElement?.closest<HTMLElement>("[data-row]");
  if (box === null || !focused || !box.contains(focused)) return null;
  const above = box.scrollTop - Number(focused.dataset["at"]) * rowHeight;
  const isInSight = above <= 0 && -above < box.clientHeight;
  return isInSight ? { id: focused.dataset["row"]!, above } : null;
}

function rowHeightOf(box: HTMLElement | null): number {
  const said = box === null ? NaN : parseFloat(getComputedStyle(box).getPropertyValue("--row"));
  return Number.isFinite(said) && said > 0 ? said : ROW_PX;
}

/** The end of a growing column: kept to while one is there, left alone while one reads further up. */

import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

const AT_END_PX = 80;
/** So much of what was read before stays above what is new. */
const ABOVE_MARK_PX = 72;

/**
 * `length` grows with what others say, `own` with what one sends: that leads to the end. One
 * begins at the element `start` selects, if there is one, else at the end.
 */
export function useEnd(length: number, own: number, start: string) {
  const scroller = useRef<HTMLDivElement>(null);
  const [atEnd, setAtEnd] = useState(true);
  const seen = useRef({ length, own });
  const top = useRef(0);
  const begun = useRef(false);
  const go = (): void => {
    const box = scroller.current;
    if (box !== null) box.scrollTop = box.scrollHeight;
  };
  useLayoutEffect(() => {
    const sent = own > seen.current.own;
    seen.current.own = own;
    if (!begun.current && scroller.current !== null) {
      begun.current = true;
      if (goTo(scroller.current, start)) return setAtEnd(false);
    }
    if (!atEnd && !sent) return;
    seen.current.length = length;
    go();
  }, [length, own, atEnd]);
  // What stands above or below the column grows and shrinks: who is at the end stays there.
  useEffect(() => {
    const box = scroller.current;
    if (box === null || !atEnd || typeof ResizeObserver === "undefined") return;
    const observer = new ResizeObserver(go);
    observer.observe(box);
    if (box.firstElementChild) observer.observe(box.firstElementChild);
    return () => observer.disconnect();
  }, [atEnd]);
  const onScroll = (): void => {
    const box = scroller.current;
    if (box === null) return;
    const near = box.scrollHeight - box.scrollTop - box.clientHeight < AT_END_PX;
    // What grows below moves the end away without anybody having scrolled up.
    const wentUp = box.scrollTop < top.current;
    top.current = box.scrollTop;
    if (near || wentUp) setAtEnd(near);
  };
  // A picture arrives after its message.
  const onPicture = (): void => {
    if (atEnd) go();
  };
  return { scroller, atEnd, fresh: length > seen.current.length, go, onScroll, onPicture };
}

/** True if it is so far up that beginning there means not to be at the end. */
function goTo(box: HTMLElement, start: string): boolean {
  const mark = box.querySelector<HTMLElement>(start);
  if (mark === null) return false;
  const at = mark.getBoundingClientRect().top - box.getBoundingClientRect().top + box.scrollTop - ABOVE_MARK_PX;
  if (at >= box.scrollHeight - box.clientHeight - AT_END_PX) return false;
  box.scrollTop = at;
  return true;
}

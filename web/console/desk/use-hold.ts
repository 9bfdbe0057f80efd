/** Whether somebody points at something: a mouse over it, a finger on it. */

import { useEffect, useRef, useState } from "preact/hooks";

/** A tap is over a moment after the finger left, when the click has found its row. */
const TAP_MS = 400;

export function useHold() {
  const [held, setHeld] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const hold = (on: boolean, after = 0): void => {
    clearTimeout(timer.current);
    if (after === 0) setHeld(on);
    else timer.current = setTimeout(() => setHeld(on), after);
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  return {
    held,
    release: () => hold(false),
    pointer: {
      onPointerEnter: (event: PointerEvent) => event.pointerType === "mouse" && hold(true),
      onPointerLeave: (event: PointerEvent) => event.pointerType === "mouse" && hold(false),
      onPointerDown: (event: PointerEvent) => event.pointerType !== "mouse" && hold(true),
      onPointerUp: (event: PointerEvent) => event.pointerType !== "mouse" && hold(false, TAP_MS),
      onPointerCancel: (event: PointerEvent) => event.pointerType !== "mouse" && hold(false, TAP_MS),
    },
  };
}

import { useRef, useState } from "preact/hooks";

interface Drop {
  readonly isOver: boolean;
  readonly events: {
    onDragEnter(event: DragEvent): void;
    onDragOver(event: DragEvent): void;
    onDragLeave(event: DragEvent): void;
    onDrop(event: DragEvent): void;
  };
}

/** Files may be dropped anywhere on the panel. */
export function useDrop(add: (files: Iterable<File>) => void): Drop {
  const [isOver, setOver] = useState(false);
  const depth = useRef(0);
  const enter = (by: number): void => {
    depth.current += by;
    setOver(depth.current > 0);
  };
  const ifFiles = (act: (event: DragEvent) => void) => (event: DragEvent) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    act(event);
  };
  return {
    isOver,
    events: {
      onDragEnter: ifFiles(() => enter(1)),
      onDragOver: ifFiles(() => undefined),
      onDragLeave: ifFiles(() => enter(-1)),
      onDrop: ifFiles((event) => {
        depth.current = 0;
        setOver(false);
        add(event.dataTransfer?.files ?? []);
      }),
    },
  };
}

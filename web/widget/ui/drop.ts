import { useState } from "preact/hooks";

interface Drop {
  readonly isOver: boolean;
  readonly events: {
    onDragOver(event: DragEvent): void;
    onDragLeave(event: DragEvent): void;
    onDrop(event: DragEvent): void;
  };
}

/** Files may be dropped anywhere on the panel. */
export function useDrop(add: (files: Iterable<File>) => void): Drop {
  const [isOver, setOver] = useState(false);
  const ifFiles = (act: (event: DragEvent) => void) => (event: DragEvent) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    act(event);
  };
  return {
    isOver,
    events: {
      onDragOver: ifFiles(() => setOver(true)),
      onDragLeave: ifFiles(({ currentTarget, relatedTarget }) =>
        setOver((currentTarget as Node).contains(relatedTarget as Node | null)),
      ),
      onDrop: ifFiles((event) => {
        setOver(false);
        add(event.dataTransfer?.files ?? []);
      }),
    },
  };
}

/** Changing what stands in a text area as if it had been typed, so that the browser can undo it. */

import { openPlace } from "../state/canned";
import { isWorthReading, plainOf } from "../state/pasted";

export function insertText(area: HTMLTextAreaElement, text: string, start?: number, end?: number): void {
  area.focus();
  if (start !== undefined) area.setSelectionRange(start, end ?? start);
  if (document.execCommand?.("insertText", false, text)) return;
  area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Files are attached; what comes from a page keeps its lists and where its links lead. */
export function pasteInto(area: HTMLTextAreaElement, event: ClipboardEvent, attach: (files: Iterable<File>) => void): void {
  const { clipboardData } = event;
  const files = [...(clipboardData?.files ?? [])];
  const html = clipboardData?.getData("text/html") ?? "";
  // Words copied from an office program bring a picture of themselves along: the words are meant.
  if (files.length > 0 && clipboardData?.getData("text/plain") === "") {
    event.preventDefault();
    return attach(files);
  }
  if (!isWorthReading(html)) return;
  event.preventDefault();
  insertText(area, plainOf(html));
}

/** A place that is still to be filled is selected: what is typed next fills it. */
export function selectPlace(area: HTMLTextAreaElement, from: number): void {
  requestAnimationFrame(() => {
    const place = openPlace(area.value.slice(from));
    if (place === null) return;
    area.focus();
    area.setSelectionRange(from + place.start, from + place.end);
  });
}

/** As high as what is written, up to a part of the screen. */
export function grow(area: HTMLTextAreaElement | null): void {
  if (area === null) return;
  area.style.blockSize = "auto";
  area.style.blockSize = `${Math.min(area.scrollHeight + 2, window.innerHeight * 0.35)}px`;
}

export function focusComposer(): void {
  requestAnimationFrame(() => document.getElementById("composer")?.focus());
}

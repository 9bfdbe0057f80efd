/** Changing what stands in a text area as if it had been typed, so that the browser can undo it. */

export function insertText(area: HTMLTextAreaElement, text: string, start?: number, end?: number): void {
  area.focus();
  if (start !== undefined) area.setSelectionRange(start, end ?? start);
  if (document.execCommand?.("insertText", false, text)) return;
  area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
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

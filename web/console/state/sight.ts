/** Which rows of a long list are drawn, and how far to scroll so that nothing seems to move. */

export interface Span {
  readonly first: number;
  /** The one after the last. */
  readonly end: number;
}

/** The row that the eye rests on, and how far it stands above the upper edge. */
export interface Anchor {
  readonly id: string;
  readonly above: number;
}

/** So many more on each side, so that scrolling meets rows that stand there already. */
export const BESIDE = 6;

export function spanOf(scrollTop: number, height: number, rowHeight: number, count: number): Span {
  const first = Math.max(0, Math.floor(scrollTop / rowHeight) - BESIDE);
  const end = Math.min(count, Math.ceil((scrollTop + height) / rowHeight) + BESIDE);
  return { first: Math.min(first, Math.max(0, end - 1)), end };
}

/** At the very top there is none: what is new is to be seen. */
export function anchorOf(rows: readonly string[], scrollTop: number, rowHeight: number): Anchor | null {
  if (scrollTop < 1) return null;
  const at = Math.min(rows.length - 1, Math.floor(scrollTop / rowHeight));
  const id = rows[at];
  return id === undefined ? null : { id, above: scrollTop - at * rowHeight };
}

/**
 * Where to scroll so that the anchor stands where it stood: or, if it is gone, the next of
 * the rows before that is still there. Null when nothing is to be done.
 */
export function scrollFor(
  anchor: Anchor,
  before: readonly string[],
  rows: readonly string[],
  rowHeight: number,
): number | null {
  const was = before.indexOf(anchor.id);
  const is = rows.indexOf(anchor.id);
  if (is !== -1) return is === was ? null : is * rowHeight + anchor.above;
  const standing = new Map(rows.map((id, at) => [id, at]));
  const next = before.findIndex((id, at) => at > was && standing.has(id));
  return next === -1 ? null : standing.get(before[next]!)! * rowHeight + anchor.above;
}

/** Where to scroll to bring the row at `at` wholly into sight; null if it is. */
export function scrollToShow(at: number, scrollTop: number, height: number, rowHeight: number): number | null {
  const top = at * rowHeight;
  if (top < scrollTop) return top;
  if (top + rowHeight > scrollTop + height) return top + rowHeight - height;
  return null;
}

/** A list that does not jump: while the pointer is over it, rows stay where they are. */

export interface Still {
  readonly rows: readonly string[];
  /** New rows held back, because showing them would move what is under the pointer. */
  readonly held: number;
}

/**
 * `shown` is what stands on the screen, `wanted` the list as it should be. While held, nothing
 * shown moves or leaves; what is new and belongs after everything shown is appended, the rest
 * is counted.
 */
export function holdStill(shown: readonly string[], wanted: readonly string[], hold: boolean): Still {
  if (!hold || shown.length === 0 || shown === wanted) return { rows: wanted, held: 0 };
  const standing = new Set(shown);
  const lastShown = wanted.findLastIndex((id) => standing.has(id));
  const tail = wanted.slice(lastShown + 1);
  const held = wanted.slice(0, lastShown + 1).filter((id) => !standing.has(id)).length;
  return { rows: tail.length === 0 ? shown : [...shown, ...tail], held };
}

const FIRST_MS = 500;
const LONGEST_MS = 30_000;

/** How long to wait before the next attempt: twice as long each time, and never all at once. */
export function retryDelay(attempt: number, random: number): number {
  const limit = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt, 16));
  return Math.round(limit * (0.5 + random / 2));
}

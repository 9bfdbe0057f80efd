/** How the console stands with the server: what the banner says. */

export interface Connection {
  readonly phase: "connecting" | "live" | "lost";
  /** When the next attempt is due, while lost. */
  readonly retryAt: number | null;
  /** The last event taken in, and the last the server told of having. */
  readonly n: number | null;
  readonly latest: number | null;
  readonly everLive: boolean;
}

export const unconnected: Connection = {
  phase: "connecting",
  retryAt: null,
  n: null,
  latest: null,
  everLive: false,
};

/** Events that the server has and this console has not yet taken in. */
export function behind({ n, latest }: Connection): number {
  return n === null || latest === null ? 0 : Math.max(0, latest - n);
}

const FIRST_MS = 500;
const LONGEST_MS = 20_000;

/**
 * How long to wait before attempt `attempt` (from 0): doubling to a ceiling, and anywhere in the
 * upper half of it, so that a thousand consoles do not come back in the same moment.
 */
export function backOff(attempt: number, random: () => number): number {
  const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt, 10));
  return Math.round(ceiling / 2 + (ceiling / 2) * random());
}

/** Time that passes when a test says so. */

interface Timer {
  readonly due: number;
  readonly run: () => void;
}

export class FakeClock {
  private time: number;
  private timers: Timer[] = [];

  constructor(start: number) {
    this.time = start;
  }

  readonly now = (): number => this.time;

  readonly after = (ms: number, run: () => void): (() => void) => {
    const timer = { due: this.time + ms, run };
    this.timers.push(timer);
    return () => {
      this.timers = this.timers.filter((one) => one !== timer);
    };
  };

  /** Lets time pass, and what was put off happen in its order, with all that follows at once. */
  async pass(ms: number): Promise<void> {
    const end = this.time + ms;
    await settled();
    for (let next = this.next(end); next !== undefined; next = this.next(end)) {
      this.timers = this.timers.filter((one) => one !== next);
      this.time = next.due;
      next.run();
      await settled();
    }
    this.time = end;
  }

  private next(end: number): Timer | undefined {
    return this.timers.filter(({ due }) => due <= end).sort((a, b) => a.due - b.due)[0];
  }
}

/** Waits until all promises that can go on have gone on. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
  await new Promise((go) => setImmediate(go));
}

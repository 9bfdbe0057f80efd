/** The console's one store: a value, changed by pure functions, told to whoever listens. */

export type Change<S> = (state: S) => S;

export class Store<S> {
  private readonly listeners = new Set<() => void>();
  private told = true;

  /** `later` decides when listeners hear of a change; several changes are then told as one. */
  constructor(
    private state: S,
    private readonly later: (tell: () => void) => void = (tell) => queueMicrotask(tell),
  ) {}

  get(): S {
    return this.state;
  }

  update(change: Change<S>): void {
    const next = change(this.state);
    if (next === this.state) return;
    this.state = next;
    if (!this.told) return;
    this.told = false;
    this.later(() => this.tell());
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private tell(): void {
    this.told = true;
    for (const listener of [...this.listeners]) listener();
  }
}

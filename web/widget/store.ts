import { type Action, type ChatState, reduce, START } from "./state";

type Listener = (state: ChatState, before: ChatState) => void;

/** Holds the state and tells who listens when it has changed. */
export class Store {
  #state: ChatState = START;
  readonly #listeners = new Set<Listener>();

  get state(): ChatState {
    return this.#state;
  }

  dispatch(action: Action): void {
    const before = this.#state;
    const next = reduce(before, action);
    if (next === before) return;
    this.#state = next;
    for (const listener of this.#listeners) listener(next, before);
  }

  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

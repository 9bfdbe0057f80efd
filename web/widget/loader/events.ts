import type { EventName, Events, Listener } from "../api";

type Listeners = { [Name in EventName]?: Set<Listener<Name>> };

/** Who on the page listens to what. What a listener breaks is the page's own matter. */
export class Told {
  readonly #listeners: Listeners = {};

  on<Name extends EventName>(name: Name, listener: Listener<Name>): () => void {
    this.#of(name).add(listener);
    return () => this.off(name, listener);
  }

  off<Name extends EventName>(name: Name, listener: Listener<Name>): void {
    this.#of(name).delete(listener);
  }

  tell<Name extends EventName>(name: Name, detail: Events[Name]): void {
    for (const listener of [...this.#of(name)]) {
      try {
        listener(detail);
      } catch (error) {
        reportError(error);
      }
    }
  }

  #of<Name extends EventName>(name: Name): Set<Listener<Name>> {
    return (this.#listeners[name] ??= new Set() as never) as Set<Listener<Name>>;
  }
}

/** All entries of a transcript; one that says the same as before is not drawn again. */

import { Component } from "preact";
import type { Entry } from "../state/transcript";
import { EntryView, turnsOfCustomer } from "./entry";

export function Entries({ entries }: { readonly entries: readonly Entry[] }) {
  const turns = turnsOfCustomer(entries);
  return (
    <>
      {entries.map((entry) => (
        <Kept key={entry.key} entry={entry} repeated={isRepeated(entry, turns)} />
      ))}
    </>
  );
}

interface KeptProps {
  readonly entry: Entry;
  /** What was understood stands with the customer's words already. */
  readonly repeated: boolean;
}

class Kept extends Component<KeptProps> {
  override shouldComponentUpdate(next: KeptProps): boolean {
    return next.repeated !== this.props.repeated || !isSame(next.entry, this.props.entry);
  }

  override render({ entry, repeated }: KeptProps) {
    return <EntryView entry={entry} repeated={repeated} />;
  }
}

function isRepeated(entry: Entry, turns: ReadonlySet<string>): boolean {
  if (entry.kind !== "message" || entry.message.author.kind !== "bot") return false;
  const { understanding } = entry.message;
  return understanding !== null && turns.has(understanding.turn_id);
}

function isSame(one: Entry, other: Entry): boolean {
  const names = Object.keys(one) as (keyof Entry)[];
  return names.length === Object.keys(other).length && names.every((name) => Object.is(one[name], other[name]));
}

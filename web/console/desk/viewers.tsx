/** Who else has this conversation before his eyes, and who is writing in it. */

import { Avatar } from "../elements/person";
import { useSelect, useWords } from "../elements/use";
import type { Named } from "../api/shapes";

const SHOWN = 3;
const NOBODY: readonly Named[] = [];

export function Viewers({ conversation }: { readonly conversation: string }) {
  const { t } = useWords();
  const me = useSelect((state) => state.me?.id);
  const all = useSelect((state) => (state.viewing?.conversation === conversation ? state.viewing.agents : NOBODY));
  const typing = useSelect((state) => state.typing.get(conversation));
  const others = all.filter(({ id }) => id !== me);
  const writes = typing?.kind === "agent" ? typing.name : null;
  const [first] = others;
  if (first === undefined) return null;
  const looking =
    others.length === 1
      ? t("viewing.one", { name: first.name })
      : t("viewing.many", { name: first.name, count: others.length - 1 });
  const words = writes === null ? looking : t("viewing.writing", { name: writes });
  return (
    <div class={writes === null ? "viewers" : "viewers viewers--writing"} role="status" title={others.map(({ name }) => name).join(", ")}>
      <span class="viewers__faces" aria-hidden="true">
        {others.slice(0, SHOWN).map(({ id, name }) => (
          <Avatar key={id} name={name} seed={id} small />
        ))}
      </span>
      <span class="viewers__words">{words}</span>
    </div>
  );
}

/** How far it is proved who somebody is, in words. */

import { Icon } from "../elements/icon";
import { useWords } from "../elements/use";
import type { Proof } from "../api/shapes";

export function ProofMark({ proof }: { readonly proof: Proof }) {
  const { t } = useWords();
  return (
    <span class={`proof proof--${proof}`}>
      <Icon name="shield" size={14} /> {t(`proof.${proof}`)}
    </span>
  );
}

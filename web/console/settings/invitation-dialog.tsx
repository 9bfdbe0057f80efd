/** What a new agent needs to sign in: shown once, to be passed on. */

import { Copyable } from "../elements/copyable";
import { Dialog } from "../elements/dialog";
import { useWords } from "../elements/use";

export interface Invitation {
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

export function InvitationDialog({ invitation, onClose }: { readonly invitation: Invitation; readonly onClose: () => void }) {
  const { t } = useWords();
  const { name, email, password } = invitation;
  return (
    <Dialog title={t("invitation.title", { name })} onClose={onClose}>
      <p class="box box--plain">{t("invitation.text")}</p>
      <Copyable label={t("invitation.address")} text={`${location.origin}/console`} />
      <Copyable label={t("email")} text={email} />
      <Copyable label={t("password")} text={password} hint={t("invitation.change")} />
    </Dialog>
  );
}

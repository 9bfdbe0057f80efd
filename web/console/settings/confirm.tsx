/** A question before something is gone for good. */

import { Dialog } from "../elements/dialog";
import { useWords } from "../elements/use";

export interface ConfirmProps {
  readonly title: string;
  readonly text: string;
  readonly busy: boolean;
  readonly onClose: () => void;
  readonly onYes: () => void;
}

export function Confirm({ title, text, busy, onClose, onYes }: ConfirmProps) {
  const { t } = useWords();
  return (
    <Dialog title={title} submit={t("delete")} danger busy={busy} onClose={onClose} onSubmit={onYes}>
      <p>{text}</p>
    </Dialog>
  );
}

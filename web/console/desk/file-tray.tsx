/** Files that go with what is written: pictures shown small, all with a way to take them away. */

import { formatSize } from "../../shared/digits";
import { Button } from "../elements/button";
import { Icon } from "../elements/icon";
import { useApp, useWords } from "../elements/use";
import type { Draft, DraftFile } from "../state/drafts";
import { addressOf, isPicture } from "../state/files";

export function FileTray({ id, draft }: { readonly id: string; readonly draft: Draft }) {
  const app = useApp();
  const { t, locale } = useWords();
  const files = draft.files.filter((file) => file.tab === draft.tab);
  if (files.length === 0) return null;
  return (
    <ul class="files">
      {files.map((file) => (
        <li key={file.key} class={file.failed ? "files__one files__one--failed" : "files__one"}>
          <Mark file={file} />
          <span class="files__words">
            <bdi>{file.name}</bdi>
            <span class="muted">{file.failed ? t("attach.failed") : formatSize(file.size, locale)}</span>
          </span>
          <Button small look="quiet" icon="close" label={t("attach.remove", { name: file.name })} onPress={() => app.writing.detach(id, file.key)} />
        </li>
      ))}
    </ul>
  );
}

function Mark({ file }: { readonly file: DraftFile }) {
  if (file.failed) return <Icon name="warning" size={16} />;
  if (file.attachment === null) return <span class="spinner" />;
  if (!isPicture(file.attachment)) return <Icon name="file" size={16} />;
  return <img class="files__picture" src={addressOf(file.attachment)} alt="" />;
}

/** Files that came with a message: pictures shown, all else as links to save. */

import { formatSize } from "../../shared/digits";
import { Icon } from "../elements/icon";
import { useWords } from "../elements/use";
import type { Attachment } from "../api/shapes";
import { addressOf, isPicture } from "../state/files";
import { useLightbox } from "./lightbox";

export function Attachments({ attachments }: { readonly attachments: readonly Attachment[] }) {
  if (attachments.length === 0) return null;
  const pictures = attachments.filter(isPicture);
  const files = attachments.filter((attachment) => !isPicture(attachment));
  return (
    <>
      {pictures.length > 0 && (
        <ul class={pictures.length > 1 ? "attachments attachments--many" : "attachments"}>
          {pictures.map((attachment) => (
            <li key={attachment.id}>
              <Picture {...attachment} />
            </li>
          ))}
        </ul>
      )}
      {files.length > 0 && (
        <ul class="attachments">
          {files.map((attachment) => (
            <li key={attachment.id}>
              <File {...attachment} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function Picture(attachment: Attachment) {
  const { t } = useWords();
  const show = useLightbox();
  return (
    <button type="button" class="attachments__show" title={attachment.filename} onClick={() => show(attachment.id)}>
      <img
        class="attachments__picture"
        src={addressOf(attachment)}
        alt={t("picture.show", { name: attachment.filename })}
        loading="lazy"
      />
    </button>
  );
}

function File(attachment: Attachment) {
  const { t, locale } = useWords();
  return (
    <a class="attachments__file" href={addressOf(attachment)} target="_blank" rel="noopener" download={attachment.filename} title={t("download")}>
      <span class="attachments__kind">
        <Icon name="file" />
      </span>
      <span class="attachments__words">
        <bdi>{attachment.filename}</bdi>
        <span class="attachments__size">
          {endingOf(attachment.filename)} {formatSize(attachment.size, locale)}
        </span>
      </span>
      <Icon name="download" size={16} />
    </a>
  );
}

function endingOf(filename: string): string {
  const ending = /\.([a-z0-9]{1,5})$/i.exec(filename)?.[1];
  return ending === undefined ? "" : `${ending.toUpperCase()} ·`;
}

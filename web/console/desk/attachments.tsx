/** Files that came with a message: pictures shown, all else as links to save. */

import { formatSize } from "../../shared/digits";
import { Icon } from "../elements/icon";
import { useWords } from "../elements/use";
import type { Attachment } from "../api/shapes";

const PICTURES: ReadonlySet<string> = new Set(["image/png", "image/jpeg", "image/gif", "image/webp"]);

export function Attachments({ attachments }: { readonly attachments: readonly Attachment[] }) {
  if (attachments.length === 0) return null;
  return (
    <ul class="attachments">
      {attachments.map((attachment) => (
        <li key={attachment.id}>
          {PICTURES.has(attachment.content_type) ? <Picture {...attachment} /> : <File {...attachment} />}
        </li>
      ))}
    </ul>
  );
}

function Picture({ id, url, filename }: Attachment) {
  const address = addressOf(id, url);
  return (
    <a href={address} target="_blank" rel="noopener">
      <img class="attachments__picture" src={address} alt={filename} loading="lazy" />
    </a>
  );
}

function File({ id, url, filename, size }: Attachment) {
  const { locale } = useWords();
  return (
    <a class="attachments__file" href={addressOf(id, url)} target="_blank" rel="noopener" download={filename}>
      <Icon name="file" />
      <bdi>{filename}</bdi>
      <span class="muted">{formatSize(size, locale)}</span>
    </a>
  );
}

/** Customers' signed addresses expire; an agent's session reaches the same file. */
function addressOf(id: string, url: string): string {
  return url.startsWith("/api/") ? url : `/api/v1/attachments/${encodeURIComponent(id)}`;
}

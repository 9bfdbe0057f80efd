import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { formatSize } from "../../shared/digits";
import type { Attachment } from "../protocol";
import { useSurroundings } from "./context";
import { DownIcon, FileIcon } from "./icons";

const IMAGES = new Set(["image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"]);

/** A file of the conversation: an image is seen, anything else is fetched. */
export function File({ attachment }: { attachment: Attachment }): VNode {
  const { chat, t } = useSurroundings();
  const [isSeen, setSeen] = useState(IMAGES.has(attachment.contentType) && attachment.url !== "");
  if (!isSeen) return <Card attachment={attachment} />;
  const address = chat.address(attachment);
  return (
    <a class="image" href={address} target="_blank" rel="noopener noreferrer">
      <img
        src={address}
        alt={t("image", { filename: attachment.filename })}
        loading="lazy"
        onError={() => setSeen(false)}
      />
    </a>
  );
}

function Card({ attachment }: { attachment: Attachment }): VNode {
  const { chat, t, locale } = useSurroundings();
  const [failed, setFailed] = useState(false);
  const { filename, size } = attachment;
  const fetchIt = (): void => {
    chat.fetchFile(attachment).then(
      (blob) => {
        setFailed(false);
        save(blob, filename);
      },
      () => setFailed(true),
    );
  };
  return (
    <button type="button" class="file" aria-label={t("download", { filename })} onClick={fetchIt}>
      <FileIcon />
      <span class="names">
        <bdi class="filename">{filename}</bdi>
        <span class="size">{failed ? t("file_failed") : formatSize(size, locale)}</span>
      </span>
      <DownIcon />
    </button>
  );
}

/** Hands a file to the browser to keep; it is never opened as a page. */
function save(blob: Blob, filename: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = filename;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

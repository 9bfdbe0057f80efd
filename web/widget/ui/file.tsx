import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { formatSize } from "../../shared/digits";
import type { Attachment } from "../protocol";
import { useAsking, useSurroundings } from "./context";
import { DownIcon, FileIcon } from "./icons";

const IMAGES = new Set(["image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"]);

/** A file of the conversation: an image is seen, anything else is fetched. */
export function File({ attachment }: { attachment: Attachment }): VNode {
  const card = <Card attachment={attachment} />;
  if (!IMAGES.has(attachment.contentType) || attachment.url === "") return card;
  return <Picture address={attachment.url} alt={attachment.filename} otherwise={card} />;
}

interface PictureProps {
  readonly address: string;
  readonly alt?: string;
  readonly otherwise?: VNode;
}

/** A picture, or what stands for it when it cannot be had. */
export function Picture({ address, alt = "", otherwise }: PictureProps): VNode | null {
  const { chat } = useSurroundings();
  const [isLost, setLost] = useState(false);
  const href = chat.address(address);
  if (isLost || href === null) return otherwise ?? null;
  return (
    <a class="image" href={href} target="_blank" rel="noopener noreferrer">
      <img src={href} alt={alt} loading="lazy" onError={() => setLost(true)} />
    </a>
  );
}

function Card({ attachment }: { attachment: Attachment }): VNode {
  const { chat, t, locale } = useSurroundings();
  const [failed, ask] = useAsking();
  const { filename, size } = attachment;
  // By the session's right: the signed address may have grown old.
  const fetchIt = (): void => ask(save(chat.request(`attachments/${attachment.id}`), filename));
  return (
    <button type="button" class="file" aria-label={t("download", { filename })} onClick={fetchIt}>
      <FileIcon />
      <span class="names">
        <bdi class="filename">{filename}</bdi>
        <span class="size">{failed ? t("error_unavailable") : formatSize(size, locale)}</span>
      </span>
      <DownIcon />
    </button>
  );
}

/** Hands a file to the browser to keep; it is never opened as a page. */
export async function save(answer: Promise<Response>, filename: string): Promise<void> {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await (await answer).blob());
  link.download = filename;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

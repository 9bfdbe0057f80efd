/** Files as the console may show them. */

import type { Attachment } from "../api/shapes";

const PICTURES: ReadonlySet<string> = new Set(["image/png", "image/jpeg", "image/gif", "image/webp"]);

/** Only what the server says is a picture is shown as one; all else is for saving. */
export function isPicture({ content_type }: Pick<Attachment, "content_type">): boolean {
  return PICTURES.has(content_type);
}

/** Customers' signed addresses expire; an agent's session reaches the same file. */
export function addressOf({ id, url }: Pick<Attachment, "id" | "url">): string {
  return url.startsWith("/api/") ? url : `/api/v1/attachments/${encodeURIComponent(id)}`;
}

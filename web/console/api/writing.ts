/** What the agent API keeps for writing: drafts, canned replies, deliveries tried again. */

import type { Http } from "./http";
import type { Attachment, Message, OpenedConversation, Page } from "./shapes";

/** What one has begun to write in a conversation. `version` null: nothing is. */
interface Draft<File> {
  readonly version: string | null;
  readonly kind: "reply" | "note";
  readonly reply: string;
  readonly note: string;
  readonly attachments: readonly File[];
  readonly note_attachments: readonly File[];
  readonly reply_to: string | null;
}

export type KeptDraft = Draft<Attachment>;

/** To be kept: files by their ids. */
export type DraftWords = Draft<string>;

/** `locale` null: for all languages. */
export interface CannedReply {
  readonly id: string;
  readonly shortcut: string;
  readonly locale: string | null;
  readonly title: string;
  readonly text: string;
  readonly updated_at: string;
}

export function writingCalls(http: Http) {
  return {
    draft: (id: string) => http.send<KeptDraft>(`/conversations/${id}/draft`),
    keepDraft: (id: string, words: DraftWords) =>
      http.send<KeptDraft>(`/conversations/${id}/draft`, { method: "PUT", body: words }),
    retryDelivery: (id: string, delivery: string, key: string) =>
      http.send<OpenedConversation & { readonly message: Message }>(
        `/conversations/${id}/deliveries/${delivery}/retry`,
        { method: "POST", key, body: {} },
      ),
    cannedReplies: () => http.send<Page<CannedReply>>("/canned-replies", { query: { limit: 200 } }),
    makeCannedReply: (key: string, body: unknown) =>
      http.send<CannedReply>("/canned-replies", { method: "POST", key, body }),
    changeCannedReply: (id: string, body: unknown) =>
      http.send<CannedReply>(`/canned-replies/${id}`, { method: "PATCH", body }),
    removeCannedReply: (id: string) => http.send<null>(`/canned-replies/${id}`, { method: "DELETE" }),
  };
}

/** The frames of the web chat's WebSocket, as the gateway's reference describes them. */

export type AuthorKind = "customer" | "bot" | "agent" | "system";

export type ConversationState = "with_bot" | "waiting" | "with_agent" | "resolved";

export interface Author {
  readonly kind: AuthorKind;
  readonly name: string | null;
}

export interface Button {
  readonly label: string;
  readonly value: string;
}

export interface Attachment {
  readonly id: string;
  readonly filename: string;
  readonly contentType: string;
  readonly size: number;
  readonly url: string;
}

export interface Message {
  readonly id: string;
  /** Null only for a message of ours whose ack did not name the conversation. */
  readonly conversationId: string | null;
  readonly seq: number;
  readonly clientId: string | null;
  readonly author: Author;
  readonly text: string;
  readonly buttons: readonly Button[];
  readonly attachments: readonly Attachment[];
  /** The address of a picture that the bot shows. */
  readonly image: string | null;
  readonly replyTo: string | null;
  /** The value of the button that this message pressed. */
  readonly chosen: string | null;
  readonly at: string;
}

/** Whether people are there, and when they will be, if that is known. */
export interface Opening {
  readonly open?: boolean;
  readonly opensAt?: string | null;
}

export interface ReadyFrame extends Opening {
  readonly type: "ready";
  readonly conversationId: string | null;
  readonly epoch: string | null;
  readonly seq: number;
  readonly state: ConversationState | null;
}

export interface AckFrame {
  readonly type: "ack";
  readonly clientId: string;
  readonly messageId: string;
  readonly conversationId: string | null;
  readonly seq: number;
}

export interface StateFrame extends Opening {
  readonly type: "state";
  /** Null before the first conversation. */
  readonly state: ConversationState | null;
  readonly position?: number | null;
  readonly waitS?: number | null;
  readonly agent?: string | null;
  /** The customer's rating; there only when one is asked for. */
  readonly score?: number | null;
}

export interface ErrorFrame {
  readonly type: "error";
  readonly code: string;
  readonly clientId?: string | null;
}

export type ServerFrame =
  | ReadyFrame
  | AckFrame
  | StateFrame
  | ErrorFrame
  | { readonly type: "message"; readonly message: Message }
  | { readonly type: "typing"; readonly author: Author; readonly on: boolean }
  | { readonly type: "receipt"; readonly messageId: string; readonly status: string };

export type ClientFrame =
  | {
      type: "hello";
      token: string;
      since: number;
      recent: number;
      conversation_id?: string;
      epoch?: string;
    }
  | { type: "message"; client_id: string; text: string; attachments?: string[]; reply_to?: string }
  | { type: "choose"; client_id: string; message_id: string; value: string }
  | { type: "ask_for_person"; client_id: string }
  | { type: "typing"; on: boolean }
  | { type: "read"; seq: number; conversation_id: string }
  | { type: "ping" };

/** A text may have this many characters, counted as people count them: by code point. */
export const MAX_TEXT = 10_000;

/** The close codes that mean more than "try again". */
export const CLOSED_UNAUTHORIZED = 4401;
export const CLOSED_TOO_MANY = 4429;

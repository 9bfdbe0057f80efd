import type {
  Attachment,
  Author,
  AuthorKind,
  Button,
  ConversationState,
  Message,
  ReceiptStatus,
  ServerFrame,
} from "./protocol";

type Fields = Readonly<Record<string, unknown>>;

const AUTHORS: readonly AuthorKind[] = ["customer", "bot", "agent", "system"];
const STATES: readonly ConversationState[] = ["with_bot", "waiting", "with_agent", "resolved"];
const STATUSES: readonly ReceiptStatus[] = ["sent", "delivered", "read"];

/** Reads a frame of the gateway; null when it is none that this widget knows. */
export function readFrame(data: unknown): ServerFrame | null {
  const fields = parse(data);
  return fields && (READERS[string(fields["type"])]?.(fields) ?? null);
}

const READERS: Readonly<Record<string, (fields: Fields) => ServerFrame | null>> = {
  ready: (fields) => ({
    type: "ready",
    conversationId: optional(fields["conversation_id"]),
    epoch: optional(fields["epoch"]),
    seq: number(fields["seq"]) ?? 0,
    state: oneOf(STATES, fields["state"]),
  }),
  ack: (fields) => {
    const seq = number(fields["seq"]);
    const clientId = optional(fields["client_id"]);
    const messageId = optional(fields["message_id"]);
    if (seq === null || clientId === null || messageId === null) return null;
    const conversationId = optional(fields["conversation_id"]);
    return { type: "ack", clientId, messageId, conversationId, seq };
  },
  message: (fields) => {
    const message = readMessage(fields);
    return message && { type: "message", message };
  },
  state: (fields) => {
    const state = oneOf(STATES, fields["state"]);
    return (
      state && {
        type: "state",
        state,
        position: number(fields["position"]),
        waitS: number(fields["wait_s"]),
        agent: optional(fields["agent"]),
      }
    );
  },
  typing: (fields) => ({
    type: "typing",
    author: readAuthor(fields["author"]),
    on: fields["on"] === true,
  }),
  receipt: (fields) => {
    const messageId = optional(fields["message_id"]);
    const status = oneOf(STATUSES, fields["status"]);
    if (messageId === null || status === null) return null;
    return { type: "receipt", messageId, status };
  },
  error: (fields) => ({
    type: "error",
    code: string(fields["code"]),
    clientId: optional(fields["client_id"]),
  }),
};

export function readMessage(fields: Fields): Message | null {
  const id = optional(fields["id"]);
  const seq = number(fields["seq"]);
  if (id === null || seq === null) return null;
  return {
    id,
    seq,
    conversationId: optional(fields["conversation_id"]),
    clientId: optional(fields["client_id"]),
    author: readAuthor(fields["author"]),
    text: string(fields["text"]),
    buttons: list(fields["buttons"]).map(readButton),
    attachments: list(fields["attachments"]).map(readAttachment),
    image: optional(fields["image"]),
    replyTo: optional(fields["reply_to"]),
    chosen: optional(fields["chosen"]),
    at: string(fields["at"]),
  };
}

export function readAttachment(fields: Fields): Attachment {
  return {
    id: string(fields["id"]),
    filename: string(fields["filename"]),
    contentType: string(fields["content_type"]),
    size: number(fields["size"]) ?? 0,
    url: string(fields["url"]),
  };
}

function readAuthor(value: unknown): Author {
  const fields = record(value) ?? {};
  return { kind: oneOf(AUTHORS, fields["kind"]) ?? "system", name: optional(fields["name"]) };
}

function readButton(fields: Fields): Button {
  return { label: string(fields["label"]), value: string(fields["value"]) };
}

/** The object that a text holds; null when it is none. */
export function parse(text: unknown): Fields | null {
  try {
    return record(JSON.parse(string(text)));
  } catch {
    return null;
  }
}

export function record(value: unknown): Fields | null {
  return typeof value === "object" && value !== null ? (value as Fields) : null;
}

export function string(value: unknown): string {
  return typeof value === "string" ? value : "";
}

export function optional(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

function number(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

function list(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.map(record).filter((item) => item !== null) : [];
}

function oneOf<Value extends string>(values: readonly Value[], value: unknown): Value | null {
  return values.find((known) => known === value) ?? null;
}

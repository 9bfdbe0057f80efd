import type { Attachment, ClientFrame, Message } from "./protocol";

/**
 * Something the customer did that the gateway has not yet acknowledged. It is kept until then,
 * under one `clientId`, so that however often it is sent it is one message.
 */
export interface Outgoing {
  readonly clientId: string;
  readonly kind: "message" | "choose" | "ask_for_person";
  /** What the customer sees of it; for a button its label. */
  readonly text: string;
  readonly attachments: readonly Attachment[];
  readonly replyTo: string | null;
  /** The value of the pressed button. */
  readonly value: string | null;
  readonly at: string;
  /** Why the gateway refused it; null while it may still be sent. */
  readonly failure: string | null;
}

export function frameOf(outgoing: Outgoing): ClientFrame {
  const client_id = outgoing.clientId;
  if (outgoing.kind === "ask_for_person") return { type: "ask_for_person", client_id };
  if (outgoing.kind === "choose") {
    const { replyTo, value } = outgoing;
    return { type: "choose", client_id, message_id: replyTo ?? "", value: value ?? "" };
  }
  return {
    type: "message",
    client_id,
    text: outgoing.text,
    ...(outgoing.attachments.length > 0 && {
      attachments: outgoing.attachments.map((attachment) => attachment.id),
    }),
    ...(outgoing.replyTo && { reply_to: outgoing.replyTo }),
  };
}

/** The message that an acknowledged entry became. */
export function messageOf(
  outgoing: Outgoing,
  stored: { id: string; conversationId: string | null; seq: number },
): Message {
  return {
    ...stored,
    clientId: outgoing.clientId,
    author: { kind: "customer", name: null },
    text: outgoing.text,
    buttons: [],
    attachments: outgoing.attachments,
    image: null,
    replyTo: outgoing.replyTo,
    chosen: outgoing.kind === "choose" ? outgoing.value : null,
    at: outgoing.at,
  };
}

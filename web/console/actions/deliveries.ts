/** How answers get out: what the server tells of it, and trying again what did not. */

import { Problem } from "../api/problem";
import type { Delivery, Event } from "../api/shapes";
import type { Conversations } from "./conversations";
import type { Notices } from "./notices";
import type { Parts } from "./parts";

export const TELLS_OF_DELIVERY: ReadonlySet<string> = new Set(["delivery_changed", "delivery_retried"]);

export class Deliveries {
  constructor(
    private readonly parts: Parts,
    private readonly conversations: Conversations,
    private readonly notices: Notices,
  ) {}

  /** Sends a message once more that did not get out; the server refuses all others. */
  async retry(conversation: string, delivery: string): Promise<void> {
    const { api, newKey } = this.parts;
    try {
      const { message, ...told } = await api.retryDelivery(conversation, delivery, newKey());
      this.conversations.takeMessages(conversation, [message]);
      this.conversations.take(told);
    } catch (error) {
      if (isSettled(error)) this.notices.tell((t) => t("delivery.settled"));
      else this.notices.failure(error);
      void this.conversations.open(conversation);
    }
  }

  take(conversation: string, { data }: Event): void {
    const { message_id, delivery_id, state, error, attempts } = data as Record<string, unknown>;
    if (typeof message_id !== "string" || typeof state !== "string") return;
    this.conversations.changeMessage(conversation, message_id, (message) => ({
      ...message,
      delivery: {
        id: typeof delivery_id === "string" ? delivery_id : (message.delivery?.id ?? ""),
        state: state as Delivery["state"],
        error: typeof error === "string" ? error : null,
        attempts: typeof attempts === "number" ? attempts : (message.delivery?.attempts ?? 1),
      },
    }));
  }
}

/** Somebody else was faster. */
function isSettled(error: unknown): boolean {
  return error instanceof Problem && (error.body.type?.endsWith("/not-in-trouble") ?? false);
}

import type { TargetedEvent, VNode } from "preact";
import { useState } from "preact/hooks";
import { useAsking, useSurroundings } from "./context";

/** Where the customer can be reached once people are there again. */
export function Address(): VNode {
  const { chat, t } = useSurroundings();
  const [email, setEmail] = useState(chat.storage.email);
  const [failed, ask] = useAsking();
  const leave = (event: TargetedEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const email = new FormData(event.currentTarget).get("email") as string;
    ask(chat.request("email", { email }), () => {
      chat.storage.email = email;
      setEmail(email);
    });
  };
  if (email) return <p class="strip">{t("email_left", { email: `\u2068${email}\u2069` })}</p>;
  return (
    <form class="strip" onSubmit={leave}>
      <div class="field">
        <input
          type="email"
          name="email"
          required
          autocomplete="email"
          placeholder={t("email")}
          aria-label={t("email")}
          aria-invalid={failed}
        />
        <button class="primary">{t("send")}</button>
      </div>
    </form>
  );
}

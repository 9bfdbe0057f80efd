import type { TargetedEvent, VNode } from "preact";
import { useState } from "preact/hooks";
import { useAsking, useSurroundings } from "./context";

const SCORES = [1, 2, 3, 4, 5];

/** At the end the customer says how it was; he may change his mind, and add a word. */
export function Rating({ score }: { score: number | null }): VNode {
  const { chat, t } = useSurroundings();
  const [isSaid, setSaid] = useState(false);
  const [failed, ask] = useAsking();
  const rate = (score: number, comment?: string): void =>
    ask(chat.request("rating", { score, comment }), () => setSaid(!!comment));
  const said = (event: TargetedEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const comment = new FormData(event.currentTarget).get("comment");
    if (comment) rate(score ?? 0, comment as string);
  };
  return (
    <form class="rating" onSubmit={said}>
      <p role="status">{t(score ? "rating_thanks" : "rating_ask")}</p>
      <div role="group" aria-label={t("rating_ask")}>
        {SCORES.map((one) => (
          <button
            key={one}
            type="button"
            class={one <= (score ?? 0) ? "on" : ""}
            aria-label={t("rating_of", { score: one })}
            aria-pressed={one === score}
            onClick={() => rate(one)}
          >
            {one <= (score ?? 0) ? "★" : "☆"}
          </button>
        ))}
      </div>
      {score && !isSaid && (
        <div class="field">
          <textarea
            name="comment"
            rows={1}
            maxLength={2000}
            dir="auto"
            placeholder={t("rating_more")}
            aria-label={t("rating_more")}
          />
          <button class="primary">{t("send")}</button>
        </div>
      )}
      {failed && (
        <p class="over" role="alert">
          {t("error_unavailable")}
        </p>
      )}
    </form>
  );
}

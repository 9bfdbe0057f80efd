/** Two drafts of one agent, from two windows: none is thrown away unasked. */

import { Button } from "../elements/button";
import { useApp, useWords } from "../elements/use";
import type { KeptDraft } from "../api/writing";
import type { Draft } from "../state/drafts";

export function OtherDraft({ conversation, draft, other }: { readonly conversation: string; readonly draft: Draft; readonly other: KeptDraft }) {
  const app = useApp();
  const { t } = useWords();
  const words = other[draft.tab] || other.reply || other.note;
  return (
    <div class="box other-draft" role="status">
      <p class="other-draft__title">{t("draft.other")}</p>
      <blockquote dir="auto">{words.slice(0, 300)}</blockquote>
      <div class="other-draft__foot">
        <Button small onPress={() => app.writing.choose(conversation, "other")}>
          {t("draft.take")}
        </Button>
        <Button small look="quiet" onPress={() => app.writing.choose(conversation, "mine")}>
          {t("draft.mine")}
        </Button>
      </div>
    </div>
  );
}

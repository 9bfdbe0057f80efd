/** Why one cannot reply, who has it now, and the step that leads to it. What was begun is kept. */

import { Button } from "../elements/button";
import { Icon } from "../elements/icon";
import { useApp, useBusy, useWords } from "../elements/use";
import type { Conversation, Me } from "../api/shapes";
import type { Draft } from "../state/drafts";
import { leave } from "../state/verbs";
import { focusComposer } from "./text-area";

interface ClaimFirstProps {
  readonly conversation: Conversation;
  readonly me: Me;
  readonly draft: Draft;
}

export function ClaimFirst({ conversation, me, draft }: ClaimFirstProps) {
  const app = useApp();
  const { t } = useWords();
  const [busy, run] = useBusy();
  const why = leave("reply", conversation, me);
  const claimable = leave("claim", conversation, me) === "yes";
  return (
    <div class="closed" id="composer-panel" role="tabpanel" aria-labelledby="composer-tab-reply">
      <div class="closed__line">
        <p role="status">{why !== "yes" && why !== "absent" && t(`why.${why}`, { name: conversation.owner.name ?? "" })}</p>
        {claimable && (
          <Button look="primary" icon="claim" busy={busy} onPress={() => void run(() => app.verbs.claim(conversation.id, conversation.state === "with_agent"))}>
            {t(conversation.state === "waiting" ? "claim.toReply" : "verb.takeOver")}
          </Button>
        )}
        {conversation.state === "resolved" && (
          <Button look="primary" icon="reopen" busy={busy} onPress={() => void run(() => app.verbs.reopen(conversation.id))}>
            {t("verb.reopen")}
          </Button>
        )}
      </div>
      {draft.reply.trim() !== "" && <Kept id={conversation.id} draft={draft} />}
    </div>
  );
}

/** What was begun before another took the conversation helps him as a note. */
function Kept({ id, draft }: { readonly id: string; readonly draft: Draft }) {
  const app = useApp();
  const { t } = useWords();
  const toNote = (): void => {
    const note = [draft.note, draft.reply].filter(Boolean).join("\n");
    app.writing.write(id, { tab: "note", note, reply: "" });
    focusComposer();
  };
  return (
    <div class="closed__kept">
      <p class="muted">
        <Icon name="edit" size={14} /> {t("draft.kept")}
      </p>
      <blockquote dir="auto">{draft.reply}</blockquote>
      <Button small icon="note" onPress={toNote}>
        {t("draft.note")}
      </Button>
    </div>
  );
}

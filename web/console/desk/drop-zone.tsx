/** The conversation as a place to drop files: they join what is being written. */

import type { ComponentChildren } from "preact";
import { useRef, useState } from "preact/hooks";
import { Icon } from "../elements/icon";
import { useApp, useSelect, useWords } from "../elements/use";
import type { Conversation } from "../api/shapes";
import { emptyDraft } from "../state/drafts";
import { leave } from "../state/verbs";

export function DropZone({ conversation, children }: { readonly conversation: Conversation; readonly children: ComponentChildren }) {
  const app = useApp();
  const { t } = useWords();
  const [over, setOver] = useState(false);
  // Entering a part within leaves the part around it: the last one left is the zone itself.
  const depth = useRef(0);
  const takes = useSelect(({ me, drafts }) => {
    if (me === null) return false;
    return (drafts.get(conversation.id) ?? emptyDraft).tab === "note" || leave("reply", conversation, me) === "yes";
  });
  const brings = (event: DragEvent): boolean => takes && (event.dataTransfer?.types.includes("Files") ?? false);
  return (
    <div
      class="drop-zone"
      onDragEnter={(event) => {
        if (!brings(event)) return;
        depth.current++;
        setOver(true);
      }}
      onDragOver={(event) => brings(event) && event.preventDefault()}
      onDragLeave={(event) => {
        if (brings(event) && --depth.current <= 0) setOver(false);
      }}
      onDrop={(event) => {
        depth.current = 0;
        setOver(false);
        if (!brings(event)) return;
        event.preventDefault();
        for (const file of event.dataTransfer?.files ?? []) void app.writing.attach(conversation.id, file);
      }}
    >
      {children}
      {over && (
        <div class="drop-zone__veil">
          <p>
            <Icon name="attach" size={22} /> {t("composer.drop")}
          </p>
        </div>
      )}
    </div>
  );
}

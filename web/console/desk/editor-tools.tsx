/** What may be put into the text: files, emoji, a canned reply. */

import type { RefObject } from "preact";
import { useState } from "preact/hooks";
import { Button } from "../elements/button";
import { Icon } from "../elements/icon";
import { useWords } from "../elements/use";
import { EmojiPicker } from "./emoji-picker";
import { insertText } from "./text-area";

interface ToolsProps {
  readonly area: RefObject<HTMLTextAreaElement | null>;
  readonly onFiles: (files: Iterable<File>) => void;
}

export function EditorTools({ area, onFiles }: ToolsProps) {
  const { t } = useWords();
  const [emoji, setEmoji] = useState(false);
  const choose = (one: string): void => {
    setEmoji(false);
    if (area.current) insertText(area.current, one);
  };
  const close = (): void => {
    setEmoji(false);
    area.current?.focus();
  };
  return (
    <div class="editor__tools" role="group" aria-label={t("composer.tools")}>
      <AttachButton onFiles={onFiles} />
      <Button
        look="quiet"
        icon="emoji"
        class="composer__emoji"
        label={t("emoji")}
        expanded={emoji}
        onPress={() => setEmoji(!emoji)}
      />
      <Button look="quiet" icon="canned" label={t("canned.insert")} onPress={() => area.current && startSlash(area.current)} />
      {emoji && <EmojiPicker onChoose={choose} onClose={close} />}
    </div>
  );
}

function AttachButton({ onFiles }: Pick<ToolsProps, "onFiles">) {
  const { t } = useWords();
  return (
    <label class="button button--quiet button--bare" title={t("attach")}>
      <Icon name="attach" />
      <span class="hidden">{t("attach")}</span>
      <input
        class="hidden"
        type="file"
        multiple
        onChange={(event) => {
          onFiles([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = "";
        }}
      />
    </label>
  );
}

function startSlash(area: HTMLTextAreaElement): void {
  const before = area.value.slice(0, area.selectionStart);
  insertText(area, before === "" || /\s$/.test(before) ? "/" : " /");
}

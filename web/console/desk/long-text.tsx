/** A text that would push all else off the screen is folded until one wants it whole. */

import { useState } from "preact/hooks";
import { Text } from "../elements/text";
import { useWords } from "../elements/use";

const LONG = 1200;
const LINES = 18;

export function LongText({ text }: { readonly text: string }) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  if (text.length <= LONG && text.split("\n").length <= LINES) return <Text text={text} />;
  return (
    <>
      <div class={open ? undefined : "folded"}>
        <Text text={text} />
      </div>
      <button type="button" class="fold" aria-expanded={open} onClick={() => setOpen(!open)}>
        {t(open ? "text.less" : "text.more")}
      </button>
    </>
  );
}

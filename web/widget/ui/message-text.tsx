import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { type Part, splitLinks } from "../../shared/links";
import { useSurroundings } from "./context";

const LONG_TEXT = 900;
const LONG_LINES = 16;

/** A text that someone wrote: never markup, links safe, its direction its own, folded when long. */
export function MessageText({ text }: { text: string }): VNode {
  const { t } = useSurroundings();
  const [isOpen, setOpen] = useState(false);
  const isLong = text.length > LONG_TEXT || text.split("\n").length > LONG_LINES;
  return (
    <>
      <p class={isLong && !isOpen ? "text folded" : "text"} dir="auto">
        {splitLinks(text).map(drawn)}
      </p>
      {isLong && (
        <button type="button" class="plain fold" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {t(isOpen ? "show_less" : "show_more")}
        </button>
      )}
    </>
  );
}

function drawn({ text, href, isCode }: Part): VNode | string {
  if (href !== null) return <Link href={href} text={text} />;
  return isCode ? <bdi dir="ltr">{text}</bdi> : text;
}

function Link({ href, text }: { href: string; text: string }): VNode {
  return (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow" dir="ltr">
      {text}
    </a>
  );
}

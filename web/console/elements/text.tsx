/** What people wrote: its own direction, its line breaks, its safe links, nothing else. */

import { splitLinks, type Part } from "../../shared/links";

export function Text({ text }: { readonly text: string }) {
  return (
    <div class="text">
      {text.split("\n").map((line, index) => (
        <p key={index} dir="auto">
          {line === "" ? <br /> : splitLinks(line).map(drawPart)}
        </p>
      ))}
    </div>
  );
}

function drawPart({ text, href, isCode }: Part, key: number) {
  if (isCode) {
    return (
      <bdi key={key} dir="ltr">
        {text}
      </bdi>
    );
  }
  if (href === null) return text;
  return (
    <a key={key} href={href} target="_blank" rel="noopener noreferrer nofollow" dir="ltr">
      {text}
    </a>
  );
}

/** What people wrote: its own direction, its line breaks, its safe links, nothing else. */

import { splitLinks } from "../../shared/links";

export function Text({ text }: { readonly text: string }) {
  return (
    <div class="text">
      {text.split("\n").map((line, index) => (
        <p key={index} dir="auto">
          {line === "" ? <br /> : splitLinks(line).map((part, at) => linkOr(part, at))}
        </p>
      ))}
    </div>
  );
}

function linkOr({ text, href }: { readonly text: string; readonly href: string | null }, key: number) {
  if (href === null) return text;
  return (
    <a key={key} href={href} target="_blank" rel="noopener noreferrer nofollow" dir="ltr">
      {text}
    </a>
  );
}

/** A small window of emoji: arrows move, Enter takes one, Escape goes back to the text. */

import { useEffect, useRef, useState } from "preact/hooks";
import { direction } from "../../shared/locale";
import { useApp, useWords } from "../elements/use";
import { EMOJI, GROUPS, moved, noteEmoji, recentEmoji } from "../state/emoji";

const COLUMNS = 9;

export function EmojiPicker({ onChoose, onClose }: { readonly onChoose: (emoji: string) => void; readonly onClose: () => void }) {
  const { storage } = useApp();
  const { t, locale } = useWords();
  const box = useRef<HTMLDivElement>(null);
  const [recent] = useState(() => recentEmoji(storage));
  const groups = [
    ...(recent.length > 0 ? [{ name: "recent" as const, emoji: recent }] : []),
    ...GROUPS.map((name) => ({ name, emoji: EMOJI[name] })),
  ];
  useEffect(() => box.current?.querySelector("button")?.focus(), []);
  useEffect(() => {
    const elsewhere = (event: Event): void => {
      if (event.target instanceof Element && !event.target.closest(".emoji, .composer__emoji")) onClose();
    };
    document.addEventListener("pointerdown", elsewhere);
    return () => document.removeEventListener("pointerdown", elsewhere);
  }, [onClose]);
  const press = (event: KeyboardEvent): void => {
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      return onClose();
    }
    const all = [...(box.current?.querySelectorAll("button") ?? [])];
    const at = all.indexOf(document.activeElement as HTMLButtonElement);
    const next = moved(at, event.key, all.length, COLUMNS, direction(locale) === "rtl");
    if (next === at) return;
    event.preventDefault();
    all[next]?.focus();
  };
  return (
    <div class="emoji" ref={box} role="dialog" aria-label={t("emoji")} onKeyDown={press}>
      {groups.map(({ name, emoji }) => (
        <section key={name} aria-label={t(`emoji.${name}`)}>
          <h3 aria-hidden="true">{t(`emoji.${name}`)}</h3>
          <div class="emoji__grid">
            {emoji.map((one) => (
              <button
                key={one}
                type="button"
                onClick={() => {
                  noteEmoji(storage, one);
                  onChoose(one);
                }}
              >
                {one}
              </button>
            ))}
          </div>
        </section>
      ))}
    </div>
  );
}

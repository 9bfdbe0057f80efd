/** A picture over everything, large; arrows lead to the others of the conversation. */

import { createContext } from "preact";
import { useContext, useEffect, useRef } from "preact/hooks";
import { formatNumber } from "../../shared/digits";
import { direction } from "../../shared/locale";
import { Button } from "../elements/button";
import { Icon } from "../elements/icon";
import { useWords } from "../elements/use";
import type { Attachment } from "../api/shapes";
import { addressOf } from "../state/files";

type Show = (attachment: string) => void;

export const LightboxContext = createContext<Show>(() => undefined);

/** Shows a picture of this conversation large. */
export function useLightbox(): Show {
  return useContext(LightboxContext);
}

interface LightboxProps {
  readonly pictures: readonly Attachment[];
  readonly shown: string;
  readonly onShow: Show;
  readonly onClose: () => void;
}

export function Lightbox({ pictures, shown, onShow, onClose }: LightboxProps) {
  const { t, locale } = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const at = pictures.findIndex(({ id }) => id === shown);
  const picture = pictures[at];
  if (picture === undefined) return null;
  const step = (by: number): void => {
    const next = pictures[at + by];
    if (next !== undefined) onShow(next.id);
  };
  const forward = direction(locale) === "rtl" ? -1 : 1;
  return (
    <dialog
      ref={dialog}
      class="lightbox"
      aria-label={picture.filename}
      onClose={onClose}
      onClick={(event) => event.target instanceof Element && event.target.matches(".lightbox, .lightbox__stage") && dialog.current?.close()}
      onKeyDown={(event) => {
        if (event.key === "ArrowRight") step(forward);
        if (event.key === "ArrowLeft") step(-forward);
      }}
    >
      <header class="lightbox__head">
        <bdi class="lightbox__name">{picture.filename}</bdi>
        {pictures.length > 1 && (
          <span role="status">
            {t("picture.count", { number: formatNumber(at + 1, locale), count: formatNumber(pictures.length, locale) })}
          </span>
        )}
        <a class="button button--quiet button--bare" href={addressOf(picture)} download={picture.filename} aria-label={t("download")} title={t("download")}>
          <Icon name="download" />
        </a>
        <Button look="quiet" icon="close" label={t("close")} onPress={() => dialog.current?.close()} />
      </header>
      <div class="lightbox__stage">
        {at > 0 && <Button class="lightbox__step" look="quiet" icon="back" label={t("picture.previous")} onPress={() => step(-1)} />}
        <img src={addressOf(picture)} alt={picture.filename} />
        {at < pictures.length - 1 && <Button class="lightbox__step lightbox__step--next" look="quiet" icon="next" label={t("picture.next")} onPress={() => step(1)} />}
      </div>
    </dialog>
  );
}

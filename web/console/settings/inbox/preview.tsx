/** The chat as it will be: the real one, in a frame, at whatever moment of a conversation. */

import { useEffect, useRef, useState } from "preact/hooks";
import type { Locale } from "../../../shared/locale";
import { LOCALE_NAMES } from "../../../shared/locale";
import { Select, Switch } from "../../elements/field";
import { useWords } from "../../elements/use";
import { type Scene, SCENES } from "../../preview/scene";
import { LISTENING, type Show } from "../../preview/show";
import { type Draft, shownInbox } from "./draft";

export function Preview({ draft }: { readonly draft: Draft }) {
  const { t, locale: own } = useWords();
  const [chosen, setChosen] = useState<Locale>(own);
  const [scene, setScene] = useState<Scene>("bot");
  const [isDark, setDark] = useState(() => matchMedia("(prefers-color-scheme: dark)").matches);
  const [isPhone, setPhone] = useState(false);
  const [isOpen, setOpen] = useState(true);
  const locale = draft.locales.includes(chosen) ? chosen : draft.locale;
  const show: Show = { inbox: shownInbox(draft), locale, scheme: isDark ? "dark" : "light", scene, open: isOpen };
  return (
    <section class="preview" aria-labelledby="preview-title">
      <div class="preview__bar">
        <h2 id="preview-title">{t("inbox.preview")}</h2>
        <Switch label={t("inbox.preview.open")} on={isOpen} onChange={setOpen} />
        <Switch label={t("inbox.preview.dark")} on={isDark} onChange={setDark} />
        <Switch label={t("inbox.preview.phone")} on={isPhone} onChange={setPhone} />
      </div>
      <div class="preview__choices">
        <Select
          label={t("inbox.preview.scene")}
          value={scene}
          onValue={(value) => setScene(value as Scene)}
          choices={SCENES.map((one) => ({ value: one, label: t(`inbox.scene.${one}`) }))}
        />
        <Select
          label={t("language")}
          value={locale}
          onValue={(value) => setChosen(value as Locale)}
          choices={draft.locales.map((one) => ({ value: one, label: LOCALE_NAMES[one] }))}
        />
      </div>
      <Frame show={show} isPhone={isPhone} />
    </section>
  );
}

function Frame({ show, isPhone }: { readonly show: Show; readonly isPhone: boolean }) {
  const { t } = useWords();
  const frame = useRef<HTMLIFrameElement>(null);
  const [listens, setListens] = useState(0);
  const text = JSON.stringify(show);
  useEffect(() => {
    const heard = (event: MessageEvent): void => {
      const isOurs = event.source === frame.current?.contentWindow && event.data === LISTENING;
      if (isOurs) setListens((times) => times + 1);
    };
    addEventListener("message", heard);
    return () => removeEventListener("message", heard);
  }, []);
  useEffect(() => {
    if (listens > 0) frame.current?.contentWindow?.postMessage(JSON.parse(text), location.origin);
  }, [listens, text]);
  return (
    <div class={isPhone ? "preview__frame preview__frame--phone" : "preview__frame"}>
      <iframe ref={frame} src="/console/preview.html" title={t("inbox.preview")} />
    </div>
  );
}

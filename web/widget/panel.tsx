import { render } from "preact";
import { formatNumber } from "../shared/digits";
import { Chat } from "./chat";
import { loadWords } from "./locales";
import type { Host, Options, Panel } from "./options";
import sheet from "./panel.css?inline";
import { browserStorage, ChatStorage } from "./storage";
import { App } from "./ui/app";
import { SurroundingsContext } from "./ui/context";

/** Puts the panel into the launcher's tree and starts the chat. */
export async function mount(host: Host, options: Options): Promise<Panel> {
  const t = await loadWords(options.locale);
  const styles = new CSSStyleSheet();
  styles.replaceSync(sheet);
  host.root.adoptedStyleSheets.push(styles);
  const place = document.createElement("div");
  host.root.prepend(place);
  const chat = new Chat(options, new ChatStorage(options.inbox, browserStorage()));
  const surroundings = { chat, t, locale: options.locale };
  let focusTurn = 0;
  const draw = (isOpen: boolean): void =>
    render(
      <SurroundingsContext.Provider value={surroundings}>
        <App
          isOpen={isOpen}
          focusTurn={focusTurn}
          onClose={close}
          onUnread={(count) => host.unread(count ? formatNumber(count, options.locale) : "")}
        />
      </SurroundingsContext.Provider>,
      place,
    );
  const close = (): void => {
    draw(false);
    host.closed();
  };
  draw(false);
  chat.start();
  return {
    open(focus) {
      if (focus) focusTurn += 1;
      draw(true);
    },
    close,
  };
}

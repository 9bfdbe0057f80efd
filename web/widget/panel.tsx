import { render } from "preact";
import { Chat } from "./chat";
import { loadWords } from "./locales";
import { tellNews } from "./news";
import type { Host, Options, Panel } from "./options";
import sheet from "./panel.css?inline";
import { browserStorage, ChatStorage } from "./storage";
import { App } from "./ui/app";
import { Surrounded } from "./ui/context";

/** Puts the panel into the launcher's tree and starts the chat. */
export async function mount(host: Host, options: Options): Promise<Panel> {
  const chat = new Chat(options, new ChatStorage(options.inbox, browserStorage()));
  const panel = await showPanel(host, options, chat);
  tellNews(chat.store, (name, detail) => host.tell(name, detail));
  chat.start();
  return {
    ...panel,
    async renew() {
      await panel.renew();
      chat.renew();
    },
  };
}

/** The panel alone, of a chat that somebody else starts. */
export async function showPanel(host: Host, options: Options, chat: Chat): Promise<Panel> {
  const styles = new CSSStyleSheet();
  styles.replaceSync(sheet);
  host.root.adoptedStyleSheets.push(styles);
  const place = document.createElement("div");
  host.root.prepend(place);
  let surroundings = await surround(host, options, chat);
  let isOpen = false;
  let focusTurn = 0;
  let unread = 0;
  const tellUnread = (count: number): void => {
    if (count !== unread) host.tell("unread", { count });
    unread = count;
  };
  const draw = (): void =>
    render(
      <Surrounded value={surroundings}>
        <App isOpen={isOpen} focusTurn={focusTurn} onClose={close} onUnread={tellUnread} />
      </Surrounded>,
      place,
    );
  const close = (): void => {
    isOpen = false;
    draw();
    host.closed();
  };
  draw();
  return {
    open(focus) {
      isOpen = true;
      if (focus) focusTurn += 1;
      draw();
    },
    close,
    async renew() {
      surroundings = await surround(host, options, chat);
      draw();
    },
    describe: () => chat.describe(),
  };
}

async function surround(host: Host, { locale }: Options, chat: Chat) {
  const t = await loadWords(locale);
  return { chat, t, locale, inbox: host.inbox, choose: host.choose.bind(host) };
}

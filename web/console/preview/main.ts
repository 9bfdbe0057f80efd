/** The real launcher and the real panel on a page drawn in grey; nobody answers but this page. */

import { direction } from "../../shared/locale";
import { Chat } from "../../widget/chat";
import { readFrame } from "../../widget/frames";
import { Launcher } from "../../widget/loader/launcher";
import type { Options } from "../../widget/options";
import { showPanel } from "../../widget/panel";
import { type Area, ChatStorage } from "../../widget/storage";
import "./preview.css";
import { framesOf, type Wire } from "./scene";
import { isShow, LISTENING, type Show } from "./show";

const ACK_MS = 400;

/** What is typed into a preview is gone with it. */
const nothingKept: Area = {
  length: 0,
  key: () => null,
  getItem: () => null,
  setItem: () => undefined,
  removeItem: () => undefined,
};

class Preview {
  readonly #options: Options = {
    inbox: "preview",
    base: new URL("/", location.href).href,
    locale: "en",
    identity: null,
    attributes: {},
  };
  readonly #chat = new Chat(this.#options, new ChatStorage("preview", nothingKept));
  #launcher: Launcher | null = null;
  #shown: Show | null = null;

  constructor() {
    this.#chat.store.subscribe((state, before) => {
      for (const { clientId } of state.outbox) {
        if (!before.outbox.some((one) => one.clientId === clientId)) setTimeout(() => this.#ack(clientId), ACK_MS);
      }
    });
  }

  async show(show: Show): Promise<void> {
    const before = this.#shown;
    this.#shown = show;
    document.documentElement.dataset["scheme"] = show.scheme;
    document.documentElement.dir = direction(show.locale);
    this.#options.locale = show.locale;
    this.#launcher ??= this.#appear(show);
    this.#launcher.dress(show.inbox);
    this.#launcher.setScheme(show.inbox.appearance.scheme === "auto" ? show.scheme : null);
    this.#launcher.renew();
    if (before?.scene !== show.scene || before.locale !== show.locale) this.#play(show);
    if (before?.open !== show.open) {
      if (show.open) await this.#launcher.open(false);
      else this.#launcher.close();
    }
  }

  #appear({ inbox }: Show): Launcher {
    const launcher = new Launcher({
      inbox,
      options: this.#options,
      memory: { wasOpen: false, wasUsed: false, choose: () => undefined },
      load: (host) => showPanel(host, this.#options, this.#chat),
      tell: () => undefined,
    });
    launcher.appear();
    return launcher;
  }

  #play({ scene, locale }: Show): void {
    const { store } = this.#chat;
    store.dispatch({ type: "forgotten" });
    for (const { clientId } of store.state.outbox) store.dispatch({ type: "dropped", clientId });
    for (const frame of framesOf(scene, locale, Date.now())) this.#hear(frame);
    if (scene === "lost") store.dispatch({ type: "lost" });
  }

  #ack(client_id: string): void {
    const seq = this.#chat.store.state.transcript.seq + 1;
    this.#hear({ type: "ack", client_id, message_id: `message-${seq}`, conversation_id: "preview", seq });
  }

  #hear(wire: Wire): void {
    const frame = readFrame(JSON.stringify(wire));
    if (frame) this.#chat.store.dispatch({ type: "frame", frame });
  }
}

const preview = new Preview();

addEventListener("message", (event) => {
  if (event.origin === location.origin && isShow(event.data)) void preview.show(event.data);
});
if (parent !== window) parent.postMessage(LISTENING, location.origin);

import type { TargetedEvent, VNode } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { formatNumber } from "../../shared/digits";
import { awayLine } from "../headline";
import { MAX_TEXT } from "../protocol";
import type { ChatState } from "../state";
import { errorText } from "./bubble";
import { useSurroundings } from "./context";
import { ClipIcon, PersonIcon, SendIcon } from "./icons";
import { Tray } from "./tray";
import type { Uploads } from "./uploads";

const TALLEST_PX = 132;

interface Props {
  readonly state: ChatState;
  readonly uploads: Uploads;
  readonly input: { current: HTMLTextAreaElement | null };
}

/** Where the customer writes. Nothing typed is lost: without a connection it is kept. */
export function Composer({ state, uploads, input }: Props): VNode {
  const { chat, locale, t } = useSurroundings();
  const [text, setText] = useState("");
  const length = [...text].length;
  const isOver = length > MAX_TEXT;
  const isBusy = uploads.pending.some((one) => one.attachment === null);
  const isEmpty = text.trim() === "" && uploads.pending.length === 0;
  const canSend = !isEmpty && !isBusy && !isOver && state.phase !== "refused";
  useHeight(input, text);
  const send = (event: Event): void => {
    event.preventDefault();
    if (!canSend) return;
    chat.say(text.trim(), uploads.take());
    setText("");
    input.current?.focus();
  };
  const typed = (event: TargetedEvent<HTMLTextAreaElement>): void => {
    setText(event.currentTarget.value);
    if (event.currentTarget.value !== "") chat.typing();
  };
  const pressed = (event: KeyboardEvent): void => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) send(event);
  };
  const pasted = (event: ClipboardEvent): void => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    uploads.add(files);
  };
  return (
    <form class="composer" onSubmit={send}>
      <PersonChip state={state} />
      <Tray uploads={uploads} />
      <div class="field">
        <AttachButton uploads={uploads} />
        <textarea
          ref={input}
          rows={1}
          dir="auto"
          value={text}
          placeholder={t("message_placeholder")}
          aria-label={t("message_label")}
          aria-invalid={isOver}
          disabled={state.phase === "refused"}
          enterkeyhint="send"
          onInput={typed}
          onKeyDown={pressed}
          onPaste={pasted}
        />
        <button type="submit" class="send" aria-label={t("send")} disabled={!canSend}>
          <SendIcon />
        </button>
      </div>
      {(isOver || state.notice) && (
        <p class="over" role="alert">
          {errorText(isOver ? "too_long" : (state.notice ?? ""), t)}
          {isOver && ` ${formatNumber(length, locale)} / ${formatNumber(MAX_TEXT, locale)}`}
        </p>
      )}
    </form>
  );
}

/** Always in reach until a person has been asked for. */
function PersonChip({ state }: { state: ChatState }): VNode | null {
  const { chat, locale, t } = useSurroundings();
  const owner = state.status?.state;
  if (owner === "waiting" || owner === "with_agent" || state.phase === "refused") return null;
  const isAsked = state.outbox.some((outgoing) => outgoing.kind === "ask_for_person");
  return (
    <button
      type="button"
      class="person-chip"
      disabled={isAsked}
      onClick={() => chat.askForPerson(t("asked_for_person"))}
    >
      <PersonIcon />
      {t("talk_to_person")}
      {state.opening.open === false && <small>{awayLine(state, locale, t)}</small>}
    </button>
  );
}

function AttachButton({ uploads }: { uploads: Uploads }): VNode {
  const { t } = useSurroundings();
  const picker = useRef<HTMLInputElement>(null);
  const picked = (event: TargetedEvent<HTMLInputElement>): void => {
    uploads.add(event.currentTarget.files ?? []);
    event.currentTarget.value = "";
  };
  return (
    <>
      <button type="button" class="round" aria-label={t("attach")} onClick={() => picker.current?.click()}>
        <ClipIcon />
      </button>
      <input ref={picker} type="file" multiple hidden onChange={picked} />
    </>
  );
}

/** The field grows with the text, up to a few lines. */
function useHeight(input: Props["input"], text: string): void {
  useLayoutEffect(() => {
    const field = input.current;
    if (!field) return;
    field.style.height = "auto";
    field.style.height = `${Math.min(field.scrollHeight, TALLEST_PX)}px`;
  }, [text]);
}

import type { VNode } from "preact";
import type { Translate } from "../../shared/catalogue";
import { formatClock } from "../../shared/time";
import type { Word } from "../locales";
import type { Author, Button } from "../protocol";
import type { Line, Mark } from "../view";
import { useSurroundings } from "./context";
import { File, Picture } from "./file";
import { initials } from "./header";
import { AlertIcon, BotIcon, CheckIcon, ChecksIcon, HourglassIcon } from "./icons";
import { MessageText } from "./message-text";

export function nameOf(author: Author, t: Translate<Word>): string {
  if (author.kind === "customer") return t("you");
  return author.name ?? t(author.kind === "agent" ? "agent" : "assistant");
}

/** One message, told apart by who said it. */
export function Bubble({ line }: { line: Line }): VNode {
  const { t } = useSurroundings();
  const { message, first, last } = line;
  const { author, text } = message;
  if (author.kind === "system") return <Remark line={line} />;
  const isOthers = author.kind !== "customer";
  const classes = ["line", author.kind, first && "first", last && "last"].filter(Boolean).join(" ");
  return (
    <div class={classes}>
      {isOthers && <Avatar author={author} shown={last} />}
      <div class="said">
        <bdi class={first && isOthers ? "author" : "unseen"}>{nameOf(author, t)}</bdi>
        {message.attachments.map((attachment) => (
          <File key={attachment.id} attachment={attachment} />
        ))}
        {message.image && <Picture address={message.image} />}
        {text !== "" && (
          <div class="bubble">
            <MessageText text={text} />
          </div>
        )}
        {message.buttons.length > 0 && <Buttons line={line} />}
        {line.outgoing?.failure ? <Failure line={line} /> : last && <Foot line={line} />}
      </div>
    </div>
  );
}

/** What the system says stands between the messages, in nobody's voice. */
function Remark({ line }: { line: Line }): VNode {
  return (
    <p class="remark" dir="auto">
      {line.message.text}
    </p>
  );
}

function Avatar({ author, shown }: { author: Author; shown: boolean }): VNode {
  return (
    <span class={shown ? "avatar" : "avatar blank"} aria-hidden="true">
      {shown && (author.kind === "agent" && author.name ? initials(author.name) : <BotIcon />)}
    </span>
  );
}

/** The choices of a message; once one is taken, all are settled. */
function Buttons({ line }: { line: Line }): VNode {
  const { chat } = useSurroundings();
  const { message, chosen } = line;
  const press = (button: Button) => () => chat.choose(message, button);
  return (
    <div class="buttons">
      {message.buttons.map((button) => (
        <button
          key={button.value}
          type="button"
          class={chosen === button.value ? "choice chosen" : "choice"}
          disabled={line.settled}
          aria-pressed={chosen === button.value}
          onClick={press(button)}
          dir="auto"
        >
          {chosen === button.value && <CheckIcon />}
          {button.label}
        </button>
      ))}
    </div>
  );
}

function Foot({ line }: { line: Line }): VNode {
  const { locale } = useSurroundings();
  return (
    <div class="foot">
      <time dateTime={line.at.toISOString()}>{formatClock(line.at, locale)}</time>
      {line.mark && <MarkSign mark={line.mark} />}
    </div>
  );
}

const MARKS: Readonly<Record<Mark, () => VNode>> = {
  pending: HourglassIcon,
  kept: HourglassIcon,
  failed: AlertIcon,
  sent: CheckIcon,
  read: ChecksIcon,
};

function MarkSign({ mark }: { mark: Mark }): VNode {
  const { t } = useSurroundings();
  const label = mark === "failed" ? t("not_sent") : t(`mark_${mark}`);
  const Icon = MARKS[mark];
  return (
    <span class={`mark ${mark}`} role="img" aria-label={label} title={label}>
      <Icon />
    </span>
  );
}

function Failure({ line }: { line: Line }): VNode {
  const { chat, t } = useSurroundings();
  const clientId = line.outgoing?.clientId ?? "";
  return (
    <div class="failure" role="alert">
      <AlertIcon />
      <span>
        {t("not_sent")} {errorText(line.outgoing?.failure ?? "", t)}
      </span>
      <button type="button" class="plain" onClick={() => chat.retry(clientId)}>
        {t("try_again")}
      </button>
      <button type="button" class="plain" onClick={() => chat.discard(clientId)}>
        {t("discard")}
      </button>
    </div>
  );
}

export function errorText(code: string, t: Translate<Word>): string {
  switch (code) {
    case "too_long":
      return t("error_too_long");
    case "too_many":
      return t("error_too_many");
    case "bad_attachment":
      return t("error_bad_attachment");
    case "too_large":
      return t("error_too_large");
    default:
      return t("error_unavailable");
  }
}

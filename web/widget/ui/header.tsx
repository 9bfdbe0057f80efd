import type { VNode } from "preact";
import { type Company, headline } from "../headline";
import type { ChatState } from "../state";
import { useSurroundings } from "./context";
import { AlertIcon, BotIcon, CheckIcon, CloseIcon, HourglassIcon, PersonIcon } from "./icons";
import { Menu } from "./menu";

interface Props {
  readonly state: ChatState;
  readonly titleId: string;
  readonly onClose: () => void;
}

/** Tells the truth: who is there, or that nobody is. */
export function Header({ state, titleId, onClose }: Props): VNode {
  const { inbox, locale, t } = useSurroundings();
  const { company, text } = headline(state, t);
  return (
    <div class={`header ${company}`}>
      <Picture company={company} agent={state.status?.agent ?? null} />
      <div class="titles">
        <h2 id={titleId}>
          <bdi>{inbox.texts[locale]?.title || inbox.name}</bdi>
        </h2>
        <p role="status">
          {text}
        </p>
      </div>
      <Menu state={state} />
      <button type="button" class="round" aria-label={t("close")} onClick={onClose}>
        <CloseIcon />
      </button>
    </div>
  );
}

const PICTURES: Readonly<Record<Company, () => VNode>> = {
  bot: BotIcon,
  waiting: HourglassIcon,
  agent: PersonIcon,
  resolved: CheckIcon,
  none: AlertIcon,
};

function Picture({ company, agent }: { company: Company; agent: string | null }): VNode {
  const Icon = PICTURES[company];
  return (
    <span class="picture" aria-hidden="true">
      {company === "agent" && agent ? initials(agent) : <Icon />}
    </span>
  );
}

export function initials(name: string): string {
  const [first = "", second = ""] = name.trim().split(/\s+/);
  // A zero-width non-joiner keeps Persian and Arabic initials from joining into a word.
  return [first, second]
    .map((word) => [...word][0] ?? "")
    .filter(Boolean)
    .join("\u200c")
    .toUpperCase();
}

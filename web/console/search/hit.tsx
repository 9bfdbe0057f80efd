/** One line of what was found: who, where, when, and the words that were looked for. */

import { Icon, type IconName } from "../elements/icon";
import { Link } from "../elements/link";
import { Avatar, useContactName } from "../elements/person";
import { Recent } from "../elements/times";
import { useWords } from "../elements/use";
import type { Hit } from "../api/shapes";
import { sayOr } from "../locales/words";
import { contactName } from "../state/known";
import type { Route } from "../state/route";
import { reach } from "./reach";

export function HitLine({ hit }: { readonly hit: Hit }) {
  const { conversation } = hit;
  const name = hit.contact?.name ?? (conversation && contactName(conversation)) ?? null;
  return (
    <Link class={`hit hit--${hit.kind}`} to={placeOf(hit)} onFollow={() => hit.message && reach(hit.message.id)}>
      <Avatar name={name} seed={hit.contact?.id ?? conversation?.contact.id ?? ""} />
      <span class="hit__main">
        <span class="row__line">
          <span class="hit__name">
            <Name hit={hit} />
          </span>
          <span class="row__time">
            <Recent at={hit.at} />
          </span>
        </span>
        <Snippet hit={hit} />
        <Marks hit={hit} />
      </span>
    </Link>
  );
}

function Name({ hit }: { readonly hit: Hit }) {
  const { t } = useWords();
  const nameOf = useContactName();
  if (hit.contact !== null) return <bdi>{hit.contact.name ?? hit.contact.email ?? t("search.kind.contact.one")}</bdi>;
  return <bdi>{hit.conversation === null ? t("conversation") : nameOf(hit.conversation)}</bdi>;
}

function Snippet({ hit }: { readonly hit: Hit }) {
  return (
    <span class="hit__words" dir="auto">
      {hit.snippet.map((piece, at) => (piece.hit ? <mark key={at}>{piece.text}</mark> : piece.text))}
    </span>
  );
}

const AUTHORS: Readonly<Record<string, IconName>> = { customer: "customer", bot: "bot", agent: "agent", system: "system" };

function Marks({ hit }: { readonly hit: Hit }) {
  const { t } = useWords();
  const { conversation, message } = hit;
  return (
    <span class="row__marks">
      {hit.kind === "note" && (
        <span class="tag tag--note">
          <Icon name="note" size={12} /> {t("verb.note")}
        </span>
      )}
      {hit.kind === "contact" && (
        <span class="tag">
          <Icon name="account" size={12} /> {t("search.kind.contact.one")}
        </span>
      )}
      {message !== null && (
        <span class="tag">
          <Icon name={AUTHORS[message.author.kind] ?? "system"} size={12} />
          <bdi>{message.author.kind === "agent" && message.author.name ? message.author.name : t(`author.${message.author.kind}`)}</bdi>
        </span>
      )}
      {conversation && (
        <>
          <span class={`state state--${conversation.state}`}>{t(`state.${conversation.state}`)}</span>
          <span class="row__end">
            <span class="tag">
              {sayOr(t, "channel", conversation.channel)} · <bdi dir="ltr">#{conversation.number}</bdi>
            </span>
          </span>
        </>
      )}
    </span>
  );
}

/** A contact leads to its page, everything else to its conversation. */
function placeOf(hit: Hit): Route {
  if (hit.contact !== null) return { place: "contacts", contact: hit.contact.id };
  return { place: "desk", view: { kind: "all" }, conversation: hit.conversation?.id ?? null };
}

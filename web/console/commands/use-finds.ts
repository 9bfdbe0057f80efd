/** Conversations and contacts that the server finds for what is typed. */

import { useEffect, useState } from "preact/hooks";
import type { App } from "../app";
import type { Conversation, ListedContact } from "../api/shapes";
import { useContactName } from "../elements/person";
import { useApp, useWords } from "../elements/use";
import type { Command } from "../state/commands";
import { visitorMark } from "../state/known";
import type { Say } from "../locales/words";

const PAUSE_MS = 180;
const SHORTEST = 2;
const FEW = 6;

export interface Finds {
  readonly commands: readonly Command[];
  readonly busy: boolean;
}

interface Found {
  readonly typed: string;
  readonly conversations: readonly Conversation[];
  readonly contacts: readonly ListedContact[];
}

export function useFinds(typed: string): Finds {
  const app = useApp();
  const { t } = useWords();
  const nameOf = useContactName();
  const [found, setFound] = useState<Found | null>(null);
  const wanted = typed.trim();
  useEffect(() => {
    if (wanted.length < SHORTEST) return undefined;
    const stop = new AbortController();
    const timer = setTimeout(() => void look(app, wanted).then((all) => stop.signal.aborted || setFound(all)), PAUSE_MS);
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [wanted]);
  if (wanted.length < SHORTEST) return { commands: [], busy: false };
  const fresh = found?.typed === wanted ? found : null;
  return {
    busy: fresh === null,
    commands: fresh === null ? [] : [...conversationCommands(app, fresh, nameOf, t), ...contactCommands(app, fresh, t)],
  };
}

async function look(app: App, typed: string): Promise<Found> {
  const [conversations, contacts] = await Promise.all([
    app.api.conversations({ q: typed, limit: FEW }).catch(() => ({ items: [] })),
    app.api.contacts({ q: typed, limit: FEW }).catch(() => ({ items: [] })),
  ]);
  return { typed, conversations: conversations.items, contacts: contacts.items };
}

function conversationCommands(app: App, found: Found, nameOf: (of: Conversation) => string, t: Say): Command[] {
  return found.conversations.map((conversation) => ({
    id: `conversation/${conversation.id}`,
    group: "conversations",
    title: `${nameOf(conversation)} #${conversation.number}`,
    note: conversation.last_message?.text || t(`state.${conversation.state}`),
    icon: "chat",
    run: () => app.go({ place: "desk", view: { kind: "all" }, conversation: conversation.id }),
  }));
}

function contactCommands(app: App, found: Found, t: Say): Command[] {
  return found.contacts.map((contact) => ({
    id: `contact/${contact.id}`,
    group: "contacts",
    title: contact.name ?? t("visitor", { mark: visitorMark(contact.id) }),
    note: contact.email ?? t("contacts.conversations", { count: contact.conversations }),
    icon: "contacts",
    run: () => app.go({ place: "contacts", contact: contact.id }),
  }));
}

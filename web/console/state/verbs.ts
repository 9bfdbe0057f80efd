/** Which of the desk's verbs this agent may use on a conversation now, and if not, why. */

import type { Conversation, Me } from "../api/shapes";
import { isMine } from "./views";

export type Verb =
  | "claim"
  | "reply"
  | "note"
  | "transfer"
  | "return"
  | "snooze"
  | "resolve"
  | "reopen"
  | "slots";

/** `absent`: the verb has no meaning here. Other reasons are told to the agent. */
export type Leave = "yes" | "absent" | WhyNot;
export type WhyNot = "claim_first" | "with_bot" | "with_other" | "resolved";

type Person = Pick<Me, "id" | "role">;

export function leave(verb: Verb, conversation: Conversation, me: Person): Leave {
  switch (verb) {
    case "note":
      return "yes";
    case "claim":
      return toClaim(conversation, me);
    case "reply":
      return toReply(conversation, me);
    case "reopen":
      return conversation.state === "resolved" ? "yes" : "absent";
    case "resolve":
      return conversation.state === "with_bot" ? "yes" : toDecide(conversation, me);
    default:
      return toDecide(conversation, me);
  }
}

/** Supervisors and admins may decide on what others hold, and take it over. */
export function leads(me: Person): boolean {
  return me.role === "supervisor" || me.role === "admin";
}

function toClaim(conversation: Conversation, me: Person): Leave {
  if (conversation.state === "resolved" || isMine(conversation, me.id)) return "absent";
  return conversation.state === "with_agent" && !leads(me) ? "with_other" : "yes";
}

/** Only who holds a conversation speaks for it. */
function toReply(conversation: Conversation, me: Person): Leave {
  if (isMine(conversation, me.id)) return "yes";
  return WHY_NOT[conversation.state];
}

/** What waits is everybody's to decide on; what an agent holds is theirs. */
function toDecide(conversation: Conversation, me: Person): Leave {
  if (conversation.state === "resolved" || conversation.state === "with_bot") return "absent";
  if (conversation.state === "waiting") return "yes";
  return isMine(conversation, me.id) || leads(me) ? "yes" : "with_other";
}

const WHY_NOT = {
  waiting: "claim_first",
  with_bot: "with_bot",
  with_agent: "with_other",
  resolved: "resolved",
} as const;

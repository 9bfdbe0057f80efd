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
    case "reopen":
      return conversation.state === "resolved" ? "yes" : "absent";
    case "return":
      return conversation.state === "with_bot" ? "absent" : toAct(conversation, me);
    default:
      return toAct(conversation, me);
  }
}

export function isLead(me: Person): boolean {
  return me.role === "supervisor" || me.role === "admin";
}

function toClaim(conversation: Conversation, me: Person): Leave {
  if (conversation.state === "resolved" || isMine(conversation, me.id)) return "absent";
  if (conversation.state === "waiting" || isLead(me)) return "yes";
  return conversation.state === "with_bot" ? "with_bot" : "with_other";
}

function toAct(conversation: Conversation, me: Person): Leave {
  if (conversation.state === "resolved") return "resolved";
  if (isMine(conversation, me.id)) return "yes";
  if (conversation.state === "waiting") return "claim_first";
  return conversation.state === "with_bot" ? "with_bot" : "with_other";
}

"""Who may do what at the desk, beyond what the conversation's state allows. Pure.

Anybody may claim what waits or is with the bot, and leave a note. What an agent holds is his
to decide on; supervisors and admins lead, and may decide on everybody's.
"""

from __future__ import annotations

from gateway.model.agent import Agent, Role
from gateway.model.conversation import Conversation, State
from gateway.model.owner import OwnerKind


def leads(agent: Agent) -> bool:
    """Whether the agent may act on what another one holds, and take it over."""
    return agent.role.reaches(Role.SUPERVISOR)


def to_decide(agent: Agent, conversation: Conversation, verb: str) -> None:
    """To transfer, return, snooze or resolve. Raises OwnedByAnother."""
    if conversation.owner.kind is OwnerKind.AGENT and not leads(agent):
        conversation.must_be_held_by(agent.id, verb)


def to_set_slots(agent: Agent, conversation: Conversation) -> None:
    """While the bot is at it, its next answer would undo it. Raises IllegalMove."""
    if conversation.state is State.WAITING:
        return
    if conversation.state is not State.WITH_AGENT or not leads(agent):
        conversation.must_be_held_by(agent.id, "set slots of")

"""What each verb of the desk does to the conversation and to the rows around it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from gateway.errors import BadInput, NotFound
from gateway.events import EventKind
from gateway.ids import AgentId, HandoffId, QueueId, new_id
from gateway.model.conversation import Conversation, State
from gateway.model.handoff import Handoff
from gateway.model.message import AuthorKind, Message
from gateway.model.owner import Owner, OwnerKind
from gateway.model.turn import Guess
from gateway.model.why import why
from gateway.store import agents, conversations, handoffs, inboxes, messages, turns
from handoff import leave
from handoff.act import Act
from handoff.routing import route

MOST_SLOTS = 100
RECENT = 50
TAKEN_BY_AGENT = "taken_by_agent"
"""The reason of a handoff that nobody asked for: an agent took it from the bot."""


async def claim(act: Act, *, take_over: bool = False) -> Conversation:
    before, agent = act.before, act.agent
    after = before.claim(agent.id, take_over=take_over and leave.leads(agent))
    if after == before:
        return after
    await turns.drop_open(act.tx, before.id, "an agent took the conversation", act.now)
    if before.state is State.WITH_BOT:
        await _hand_off(act)
    await handoffs.take(act.tx, before.id, agent.id, act.now)
    act.tell_move(EventKind.CLAIMED, after)
    return after


async def transfer(act: Act, to: Owner) -> Conversation:
    """To whom it belongs already, it is not given again."""
    before = act.before
    leave.to_decide(act.agent, before, "transfer")
    if to.id is None or to == before.owner:
        return before
    if to.kind is OwnerKind.QUEUE:
        after = before.transfer_to_queue(QueueId(to.id), act.now)
        await _must_be_open_queue(act, QueueId(to.id))
    else:
        after = before.transfer_to_agent(AgentId(to.id))
        await _must_be_active_agent(act, AgentId(to.id))
        await handoffs.take(act.tx, before.id, AgentId(to.id), act.now)
    act.tell_move(EventKind.TRANSFERRED, after)
    return after


async def return_to_bot(act: Act, slots: Mapping[str, Any]) -> Conversation:
    leave.to_decide(act.agent, act.before, "return to the bot")
    after = act.before.return_to_bot()
    await handoffs.end(act.tx, after.id, "returned", act.now)
    after = _with_slots(act, after, slots)
    crossed = await _crossed(act)
    if crossed:
        after = replace(after, waiting_since=crossed[0].at)
        await turns.open_for(act.tx, crossed, [after])
    act.tell_move(EventKind.RETURNED_TO_BOT, after)
    return after


async def _crossed(act: Act) -> list[Message]:
    """What the customer wrote after an agent's last answer: it crossed the return.

    Without an answer there is none: what called for a person is not asked the bot again.
    """
    recent = await messages.latest(
        act.tx.connection, act.before.id, before=act.before.last_seq + 1, limit=RECENT
    )
    crossed: list[Message] = []
    for message in reversed(recent):
        if message.author.kind is AuthorKind.CUSTOMER:
            crossed.insert(0, message)
        elif message.author.kind is not AuthorKind.SYSTEM:
            return crossed if message.author.kind is AuthorKind.AGENT else []
    return []


async def snooze(act: Act, until: datetime) -> Conversation:
    leave.to_decide(act.agent, act.before, "snooze")
    after = act.before.snooze(until)
    act.tell(EventKind.SNOOZED, until=until.isoformat())
    return after


def wake(act: Act) -> Conversation:
    if act.before.snoozed_until is None:
        return act.before
    act.tell(EventKind.UNSNOOZED)
    return act.before.wake()


async def resolve(act: Act, outcome: str | None) -> Conversation:
    leave.to_decide(act.agent, act.before, "resolve")
    after = act.before.resolve(act.now, outcome)
    await turns.drop_open(act.tx, after.id, "an agent resolved the conversation", act.now)
    await handoffs.end(act.tx, after.id, "resolved", act.now)
    act.tell_move(EventKind.RESOLVED, after, outcome=outcome)
    return after


async def reopen(act: Act) -> Conversation:
    """Only the last one: in another the customer's answers would not be found."""
    before = act.before
    last = await conversations.latest(act.tx.connection, before.contact_id, before.inbox_id)
    if last is not None and last.number != before.number:
        why = f"the customer has gone on in conversation {last.number}"
        raise BadInput("conversation", why, code="gone_on")
    after = act.before.reopen(act.agent.id)
    act.tell_move(EventKind.REOPENED, after)
    return after


async def set_slots(act: Act, changes: Mapping[str, Any]) -> Conversation:
    leave.to_set_slots(act.agent, act.before)
    return _with_slots(act, act.before, changes)


async def _must_be_open_queue(act: Act, id: QueueId) -> None:
    try:
        queue = await inboxes.get_queue(act.tx.connection, id)
    except NotFound as exc:
        raise BadInput("queue", "no such queue") from exc
    if queue.disabled:
        raise BadInput("queue", "is closed")


async def _must_be_active_agent(act: Act, id: AgentId) -> None:
    try:
        agent = await agents.get(act.tx.connection, id)
    except NotFound as exc:
        raise BadInput("agent", "no such agent") from exc
    if agent.disabled:
        raise BadInput("agent", "is disabled")


async def _hand_off(act: Act) -> None:
    """The row that says that the bot's part ended here, and what it knew by then."""
    connection, before = act.tx.connection, act.before
    inbox = await inboxes.get(connection, before.inbox_id)
    routed = route(inbox=inbox, queues=await inboxes.list_queues(connection))
    because = why("taken_by_agent", agent=act.agent.name)
    handoff = Handoff(
        id=HandoffId(new_id()),
        conversation_id=before.id,
        reason=TAKEN_BY_AGENT,
        explanation=because.sentence,
        why=(because,),
        at=act.now,
        waiting_since=before.waiting_since or act.now,
        queue_id=routed.queue_id,
        from_seq=before.last_seq,
        guesses=await _last_guesses(act),
        slots=before.slots,
    )
    await handoffs.insert(act.tx, handoff)


async def _last_guesses(act: Act) -> tuple[Guess, ...]:
    understood = [
        turn.understanding
        for turn in await turns.closed(act.tx.connection, act.before.id, limit=5)
        if turn.understanding is not None
    ]
    return understood[-1].guesses if understood else ()


def _with_slots(act: Act, after: Conversation, changes: Mapping[str, Any]) -> Conversation:
    slots = {**after.slots, **changes}
    if slots == after.slots:
        return after
    if len(slots) > MOST_SLOTS:
        raise BadInput("slots", f"at most {MOST_SLOTS} of them")
    act.tell(EventKind.SLOTS_CHANGED, slots=slots)
    return replace(after, slots=slots)

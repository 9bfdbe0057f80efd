"""The desk: the verbs of agents.

Each verb is one unit of work on one locked conversation. What the conversation's state or
owner does not allow raises IllegalMove, or OwnedByAnother with the present owner; so of two
agents who are at it at once one wins, and the other is told who did.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from aiohttp import web

from gateway.clock import Clock
from gateway.errors import AtCapacity, BadInput, NotFound
from gateway.ids import ConversationId, DeliveryId, MessageId, QueueId
from gateway.model.agent import Agent
from gateway.model.conversation import Conversation
from gateway.model.message import Draft, Message, MessageKind
from gateway.model.owner import Owner
from gateway.outbox import Outbox
from gateway.store import agents, conversations, inboxes, waiting
from gateway.store.store import Store
from gateway.store.tx import Tx
from handoff import moves, redelivery
from handoff.act import Act, Move, carry_out
from handoff.agents import author
from handoff.words import Words, draft

LONGEST_SNOOZE = timedelta(days=366)


class Desk:
    """What agents do with conversations."""

    def __init__(self, store: Store, outbox: Outbox, clock: Clock) -> None:
        self._store = store
        self._outbox = outbox
        self._clock = clock

    async def claim(
        self, agent: Agent, id: ConversationId, *, take_over: bool = False
    ) -> Conversation:
        """Take what waits or is with the bot. Claiming what one holds changes nothing.

        From another agent a supervisor takes it only if he says that he means to.
        """
        return await self._act(agent, id, lambda act: moves.claim(act, take_over=take_over))

    async def claim_next(self, agent: Agent, queue: QueueId | None = None) -> Conversation | None:
        """Take the conversation that has waited longest; None only when nobody waits.

        Raises AtCapacity when the agent holds as many as he takes; a certain one he may claim.
        """
        now = self._clock()

        async def unit(tx: Tx) -> Conversation | None:
            await _must_be_known(tx, queue)
            await _must_have_room(tx, agent)
            before = await waiting.lock_oldest(tx, queue)
            if before is None:
                return None
            return await carry_out(Act(tx=tx, agent=agent, before=before, now=now), moves.claim)

        return await self._store.write(unit, key="claim next")

    async def reply(
        self, agent: Agent, id: ConversationId, said: Words
    ) -> tuple[Conversation, Message]:
        """Answer the customer; only who holds the conversation does. Wakes a snoozed one."""
        return await self._say(agent, id, said, MessageKind.MESSAGE)

    async def note(
        self, agent: Agent, id: ConversationId, said: Words
    ) -> tuple[Conversation, Message]:
        """Leave a word that only agents see; anybody may, at any time."""
        return await self._say(agent, id, said, MessageKind.NOTE)

    async def transfer(
        self, agent: Agent, id: ConversationId, to: Owner, note: str | None = None
    ) -> Conversation:
        """Give to a queue or an agent. The customer's wait goes on."""
        return await self._act(agent, id, lambda act: moves.transfer(act, to), note)

    async def return_to_bot(
        self,
        agent: Agent,
        id: ConversationId,
        note: str | None = None,
        slots: Mapping[str, Any] | None = None,
    ) -> Conversation:
        """The bot answers the customer's next message, knowing the slots that are given."""
        return await self._act(agent, id, lambda act: moves.return_to_bot(act, slots or {}), note)

    async def snooze(self, agent: Agent, id: ConversationId, until: datetime) -> Conversation:
        """Put aside until a time, or until somebody writes."""
        if not self._clock() < until < self._clock() + LONGEST_SNOOZE:
            raise BadInput("until", "a time within the next year")
        return await self._act(agent, id, lambda act: moves.snooze(act, until))

    async def resolve(
        self, agent: Agent, id: ConversationId, outcome: str | None = None
    ) -> Conversation:
        """The matter is settled. What the customer writes next finds the bot."""
        return await self._act(agent, id, lambda act: moves.resolve(act, outcome))

    async def reopen(self, agent: Agent, id: ConversationId) -> Conversation:
        """Go on with a resolved conversation, which the agent then holds."""
        return await self._act(agent, id, moves.reopen)

    async def set_slots(
        self, agent: Agent, id: ConversationId, slots: Mapping[str, Any]
    ) -> Conversation:
        """Correct what is known of the matter: those named are set, null forgets a value."""
        return await self._act(agent, id, lambda act: moves.set_slots(act, slots))

    async def retry(
        self, agent: Agent, id: ConversationId, delivery: DeliveryId
    ) -> tuple[Conversation, MessageId]:
        """Send a message once more whose delivery failed or is uncertain."""
        tried: list[MessageId] = []

        async def move(act: Act) -> Conversation:
            tried[:] = [await redelivery.retry(act, self._outbox, delivery)]
            return act.before

        after = await self._act(agent, id, move)
        self._outbox.ring()
        return after, tried[0]

    async def _act(
        self, agent: Agent, id: ConversationId, move: Move, note: str | None = None
    ) -> Conversation:
        now = self._clock()

        async def moved(act: Act) -> Conversation:
            return await self._noted(act, await move(act), note)

        async def unit(tx: Tx) -> Conversation:
            before = await conversations.lock(tx, id)
            return await carry_out(Act(tx=tx, agent=agent, before=before, now=now), moved)

        return await self._store.write(unit, key=id)

    async def _say(
        self, agent: Agent, id: ConversationId, said: Words, kind: MessageKind
    ) -> tuple[Conversation, Message]:
        posted: list[Message] = []

        async def move(act: Act) -> Conversation:
            awake = act.before
            if kind is MessageKind.MESSAGE:
                act.before.must_be_held_by(agent.id, "reply to")
                awake = moves.wake(act)
            words = await draft(act.tx, act.before, agent, said, kind)
            after, message = await self._outbox.post(act.tx, awake, words, act.now)
            posted[:] = [message]
            return after

        after = await self._act(agent, id, move)
        self._outbox.ring()
        return after, posted[0]

    async def _noted(self, act: Act, after: Conversation, note: str | None) -> Conversation:
        if not note:
            return after
        words = Draft(author=author(act.agent), text=note, kind=MessageKind.NOTE)
        after, _ = await self._outbox.post(act.tx, after, words, act.now)
        return after


DESK = web.AppKey("desk", Desk)


async def _must_have_room(tx: Tx, agent: Agent) -> None:
    now, load = await agents.lock_with_load(tx, agent.id)
    if now.capacity is not None and load >= now.capacity:
        raise AtCapacity(load, now.capacity)


async def _must_be_known(tx: Tx, queue: QueueId | None) -> None:
    """A closed queue may still be emptied."""
    if queue is None:
        return
    try:
        await inboxes.get_queue(tx.connection, queue)
    except NotFound as exc:
        raise BadInput("queue", "no such queue") from exc

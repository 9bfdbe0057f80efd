"""From what the store knows to what the agent API answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from gateway.events import Event
from gateway.ids import AgentId, ConversationId, InboxId, MessageId
from gateway.model.contact import Address, Contact
from gateway.model.conversation import Conversation
from gateway.model.delivery import Delivery
from gateway.model.handoff import Handoff
from gateway.model.inbox import Inbox
from gateway.model.message import Attachment, Author, Message
from gateway.model.owner import OwnerKind
from gateway.model.turn import Decision, Guess, Turn
from gateway.model.why import Why
from gateway.store import (
    agents,
    deliveries,
    handoffs,
    inboxes,
    lists,
    messages,
    seen,
    understandings,
)
from gateway.store.contact_lists import ListedContact
from gateway.store.lists import Listed
from gateway.store.seen import Seen
from gateway.store.store import Reading
from handoff import queues
from handoff import shapes as s

ATTACHMENTS = "/api/v1/attachments"


def summary(listed: Listed, known: Seen | None = None) -> s.ConversationShape:
    """`known` is how far the agent who asks has seen it."""
    it = listed.conversation
    queue = (
        s.Named(id=it.queue_id, name=listed.queue_name or "") if it.queue_id is not None else None
    )
    return s.ConversationShape(
        id=it.id,
        number=it.number,
        state=it.state,
        owner=_owner(listed),
        ownership=it.ownership,
        contact=s.ContactName(id=it.contact_id, name=listed.contact_name, proof=listed.proof),
        inbox=s.InboxName(id=it.inbox_id, name=listed.inbox_name, channel=listed.channel),
        channel=listed.channel,
        language=it.language,
        queue=queue,
        waiting_since=it.waiting_since,
        snoozed_until=it.snoozed_until,
        handoff=_mark(listed.handoff),
        last_message=s.LastMessage.model_validate(it.last_message) if it.last_message else None,
        last_seq=it.last_seq,
        created_at=it.created_at,
        updated_at=it.updated_at,
        resolved_at=it.resolved_at,
        outcome=it.outcome,
        seen_seq=known.seq if known else None,
        unread=known.unread if known else None,
    )


async def summaries(
    connection: Reading, found: Sequence[Listed], agent: AgentId
) -> list[s.ConversationShape]:
    """As this agent sees them: with what is unread."""
    known = await seen.of_agent(connection, agent, [each.conversation.id for each in found])
    return [summary(each, known.get(each.conversation.id)) for each in found]


async def opened(
    connection: Reading, id: ConversationId, agent: AgentId, now: datetime
) -> s.OpenedConversation:
    """Raises NotFound."""
    listed = await lists.one(connection, id)
    (whole,) = await summaries(connection, [listed], agent)
    place = await queues.position(connection, listed.conversation, now)
    return s.OpenedConversation(
        **dict(whole),
        slots=listed.conversation.slots,
        handoffs=await _handoffs(connection, listed.conversation),
        position=place.position if place else None,
    )


async def transcript(
    connection: Reading, id: ConversationId, part: Sequence[Message]
) -> list[s.MessageShape]:
    """A piece of one conversation, with what the bot understood turn by turn."""
    turns = await understandings.of_transcript(connection, id, part)
    sent = await deliveries.of_messages(connection, [each.id for each in part])
    return [message(each, sent.get(each.id), turns.get(each.id)) for each in part]


async def said(connection: Reading, added: Sequence[Message]) -> dict[str, s.MessageShape]:
    """Messages of any conversations as they are told live, by id."""
    if not added:
        return {}
    turns = await understandings.of_answers(connection, added)
    sent = await deliveries.of_messages(connection, [each.id for each in added])
    return {each.id: message(each, sent.get(each.id), turns.get(each.id)) for each in added}


async def one_message(connection: Reading, id: MessageId) -> s.MessageShape:
    found = await messages.by_ids(connection, [id])
    return (await said(connection, list(found.values())))[id]


def message(it: Message, delivery: Delivery | None, turn: Turn | None) -> s.MessageShape:
    return s.MessageShape(
        id=it.id,
        conversation_id=it.conversation_id,
        seq=it.seq,
        kind=it.kind,
        author=author(it.author),
        text=it.text,
        buttons=[s.ButtonShape(label=each.label, value=each.value) for each in it.buttons],
        attachments=[attachment(each) for each in it.attachments],
        image=it.image,
        reply_to=it.reply_to,
        chosen=it.chosen,
        at=it.at,
        delivery=_delivery(delivery),
        understanding=_understanding(turn),
    )


def attachment(it: Attachment) -> s.AttachmentShape:
    return s.AttachmentShape(
        id=it.id,
        filename=it.filename,
        content_type=it.content_type,
        size=it.size,
        url=f"{ATTACHMENTS}/{it.id}",
    )


def event(it: Event) -> s.EventShape:
    """The fact alone."""
    return s.EventShape(
        n=it.n,
        kind=it.kind,
        conversation_id=it.conversation_id,
        actor=author(it.actor),
        at=it.at,
        data=it.data,
    )


def author(it: Author) -> s.AuthorShape:
    return s.AuthorShape(kind=it.kind, id=it.id, name=it.name)


def contact(
    it: Contact,
    addresses: Iterable[Address],
    known_inboxes: Mapping[InboxId, Inbox],
    conversations: Iterable[Listed],
) -> s.ContactShape:
    return s.ContactShape(
        id=it.id,
        name=it.name,
        email=it.email,
        locale=it.locale,
        attributes=it.attributes,
        addresses=[_address(each, known_inboxes[each.inbox_id]) for each in addresses],
        conversations=[summary(each) for each in conversations],
    )


def listed_contact(it: ListedContact) -> s.ListedContactShape:
    return s.ListedContactShape(
        id=it.contact.id,
        name=it.contact.name,
        email=it.contact.email,
        addresses=[
            s.ReachedShape(channel=each.channel, peer=each.peer, proof=each.proof)
            for each in it.addresses
        ],
        conversations=it.conversations,
        created_at=it.contact.created_at,
        last_seen_at=it.last_seen_at,
    )


def _owner(listed: Listed) -> s.OwnerShape:
    owner = listed.conversation.owner
    names = {OwnerKind.AGENT: listed.agent_name, OwnerKind.QUEUE: listed.queue_name}
    return s.OwnerShape(kind=owner.kind, id=owner.id, name=names.get(owner.kind))


def _mark(handoff: Handoff | None) -> s.HandoffMark | None:
    return s.HandoffMark(reason=handoff.reason, at=handoff.at) if handoff else None


async def _handoffs(connection: Reading, of: Conversation) -> list[s.HandoffShape]:
    rows = await handoffs.of_conversation(connection, of.id)
    if not rows:
        return []
    queue_names = {each.id: each.name for each in await inboxes.list_queues(connection)}
    agent_names = {each.id: each.name for each in await agents.list_agents(connection)}
    return [
        _handoff(
            it,
            s.Named(id=it.queue_id, name=queue_names[it.queue_id]),
            s.Named(id=it.taken_by, name=agent_names[it.taken_by]) if it.taken_by else None,
        )
        for it in rows
    ]


def _handoff(it: Handoff, queue: s.Named, taken_by: s.Named | None) -> s.HandoffShape:
    return s.HandoffShape(
        id=it.id,
        reason=it.reason,
        explanation=it.explanation,
        why=_why(it.why),
        at=it.at,
        waiting_since=it.waiting_since,
        queue=queue,
        from_seq=it.from_seq,
        guesses=[_guess(each) for each in it.guesses],
        slots=it.slots,
        taken_at=it.taken_at,
        taken_by=taken_by,
        ended_at=it.ended_at,
        ended_by=it.ended_by,
    )


def _why(whys: Iterable[Why]) -> list[s.WhyShape]:
    return [s.WhyShape(code=each.code, params=each.params) for each in whys]


def _guess(it: Guess) -> s.GuessShape:
    return s.GuessShape(name=it.name, title=it.title, confidence=it.confidence)


def _delivery(it: Delivery | None) -> s.DeliveryShape | None:
    if it is None:
        return None
    return s.DeliveryShape(id=it.id, state=it.state, error=it.error, attempts=it.attempts)


def _understanding(turn: Turn | None) -> s.UnderstandingShape | None:
    if turn is None:
        return None
    it = turn.understanding
    first = it.intent if it else None
    return s.UnderstandingShape(
        turn_id=turn.id,
        intent=first.name if first else None,
        title=first.title if first else None,
        confidence=first.confidence if first else None,
        score=it.score if it else None,
        ranking=[_guess(each) for each in it.guesses] if it else [],
        entities=[
            s.EntityShape(entity=e.entity, value=e.value, start=e.start, end=e.end)
            for e in (it.entities if it else ())
        ],
        language=it.language if it else None,
        model=it.model if it else None,
        decision=turn.decision or Decision.DROPPED,
        reasons=list(turn.reasons),
        why=_why(turn.why),
        took_ms=turn.took_ms,
    )


def _address(it: Address, inbox: Inbox) -> s.AddressShape:
    return s.AddressShape(
        id=it.id,
        channel=inbox.channel,
        inbox=s.Named(id=inbox.id, name=inbox.name),
        peer=it.peer,
        proof=it.proof,
        last_seen_at=it.last_seen_at,
    )

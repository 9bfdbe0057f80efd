"""The way in: many customers' messages stored by a few statements.

One call takes all messages that wait, from any number of customers, and asks the database
the same handful of questions that one message would need. A message that was received
before is answered with what was stored then.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from gateway.events import Event, EventKind, message_added
from gateway.ids import (
    AddressId,
    AttachmentId,
    ContactId,
    ConversationId,
    InboxId,
    MessageId,
    Peer,
    new_id,
)
from gateway.model.contact import Address, Contact
from gateway.model.conversation import Conversation, State
from gateway.model.message import (
    Attachment,
    Author,
    AuthorKind,
    Inbound,
    Message,
    MessageKind,
    Received,
    preview,
)
from gateway.model.owner import BOT
from gateway.store import attachments, contacts, conversations, journal, messages, turns
from gateway.store.tx import Tx, take_numbers

SEEN_EVERY = timedelta(minutes=1)
"""How exactly an address's last use is kept."""

SYSTEM = Author(kind=AuthorKind.SYSTEM)

Key = tuple[str, str]
Matter = tuple[ContactId, InboxId]


async def receive_batch(tx: Tx, inbounds: Sequence[Inbound]) -> list[Received]:
    """Store the new ones among these messages, in their order, and answer for all."""
    new = await _keep_new(tx, inbounds)
    stored = await _store(tx, new) if new else {}
    missing = {_key(each) for each in inbounds} - stored.keys()
    known = await _known(tx, [each for each in inbounds if _key(each) in missing])
    return _answers(inbounds, stored, known)


async def _keep_new(tx: Tx, inbounds: Sequence[Inbound]) -> list[Inbound]:
    first: dict[Key, Inbound] = {}
    for each in inbounds:
        first.setdefault(_key(each), each)
    inserted = await journal.insert(tx, list(first.values()))
    return [each for key, each in first.items() if key in inserted]


async def _store(tx: Tx, new: list[Inbound]) -> dict[Key, Received]:
    addresses = await _addresses(tx, new)
    before = await _conversations(tx, new, addresses)
    current = dict(before)
    files = await attachments.unsent(tx, [id for each in new for id in each.attachment_ids])
    received: dict[Key, Received] = {}
    added: list[Message] = []
    for inbound in new:
        address = addresses[inbound.inbox_id, inbound.peer]
        matter = (address.contact_id, address.inbox_id)
        conversation = _awake(tx, current[matter], inbound)
        message = _message(conversation, inbound, address, files)
        current[matter] = _after(conversation, message, address, inbound)
        tx.tell(message_added(message, address.contact_id))
        added.append(message)
        with_bot = current[matter].state is State.WITH_BOT
        received[_key(inbound)] = _received(message, address, turn_waits=with_bot)
    await messages.insert(tx, added)
    await attachments.tie(tx, added)
    await conversations.save_received(tx, [(before[each], current[each]) for each in before])
    await _note_seen(tx, addresses.values(), new[-1].at)
    await turns.open_for(tx, added, list(current.values()))
    return received


async def _addresses(tx: Tx, new: list[Inbound]) -> dict[tuple[InboxId, Peer], Address]:
    peers = {(each.inbox_id, each.peer): each for each in new}
    found = await contacts.lock_addresses(tx, peers)
    unknown = [_new_contact(each) for key, each in peers.items() if key not in found]
    if unknown:
        made = await contacts.insert(tx, unknown)
        found.update({(each.inbox_id, each.peer): each for each in made})
    return found


def _new_contact(inbound: Inbound) -> tuple[Contact, Address]:
    contact = Contact(
        id=ContactId(new_id()),
        name=inbound.name,
        email=None,
        locale=inbound.language,
        created_at=inbound.at,
    )
    address = Address(
        id=AddressId(new_id()),
        contact_id=contact.id,
        inbox_id=inbound.inbox_id,
        peer=inbound.peer,
        proof=inbound.proof,
        created_at=inbound.at,
        last_seen_at=inbound.at,
    )
    return contact, address


async def _conversations(
    tx: Tx, new: list[Inbound], addresses: dict[tuple[InboxId, Peer], Address]
) -> dict[Matter, Conversation]:
    """For each contact and inbox the conversation that the messages belong to."""
    first: dict[Matter, tuple[Address, Inbound]] = {}
    for inbound in new:
        address = addresses[inbound.inbox_id, inbound.peer]
        first.setdefault((address.contact_id, address.inbox_id), (address, inbound))
    latest = await conversations.lock_latest(tx, first)
    going_on = {
        matter: latest[matter]
        for matter, (_, inbound) in first.items()
        if matter in latest and _goes_on(latest[matter], inbound)
    }
    starting = [each for matter, each in first.items() if matter not in going_on]
    return {**going_on, **(await _start(tx, starting) if starting else {})}


def _goes_on(last: Conversation, inbound: Inbound) -> bool:
    if last.state is not State.RESOLVED or last.resolved_at is None:
        return True
    return inbound.at - last.resolved_at < timedelta(seconds=inbound.reopen_within_s)


async def _start(tx: Tx, starting: list[tuple[Address, Inbound]]) -> dict[Matter, Conversation]:
    last = await take_numbers(tx, "conversation", len(starting))
    first = last - len(starting) + 1
    made = [
        _new_conversation(first + i, address, inbound)
        for i, (address, inbound) in enumerate(starting)
    ]
    await conversations.insert(tx, made)
    for each in made:
        tx.tell(_about(each, EventKind.CONVERSATION_STARTED, each.created_at))
    return {(each.contact_id, each.inbox_id): each for each in made}


def _new_conversation(number: int, address: Address, inbound: Inbound) -> Conversation:
    return Conversation(
        id=ConversationId(new_id()),
        number=number,
        contact_id=address.contact_id,
        inbox_id=address.inbox_id,
        address_id=address.id,
        owner=BOT,
        state=State.WITH_BOT,
        ownership=1,
        last_seq=0,
        language=inbound.language,
        created_at=inbound.at,
        updated_at=inbound.at,
    )


async def _note_seen(tx: Tx, used: Iterable[Address], at: datetime) -> None:
    stale = [each.id for each in used if at - each.last_seen_at > SEEN_EVERY]
    if stale:
        await contacts.seen(tx, stale, at)


def _awake(tx: Tx, conversation: Conversation, inbound: Inbound) -> Conversation:
    """The conversation that this message is said in: open, and not snoozed."""
    if conversation.state is State.RESOLVED:
        conversation = conversation.reopen()
        tx.tell(_about(conversation, EventKind.REOPENED, inbound.at))
    if conversation.snoozed_until is not None:
        conversation = conversation.wake()
        tx.tell(_about(conversation, EventKind.UNSNOOZED, inbound.at))
    return conversation


def _after(
    conversation: Conversation, message: Message, address: Address, inbound: Inbound
) -> Conversation:
    """The conversation with one message more."""
    return replace(
        conversation,
        last_seq=message.seq,
        address_id=address.id,
        waiting_since=conversation.waiting_since or message.at,
        updated_at=max(conversation.updated_at, message.at),
        language=conversation.language or inbound.language,
        last_message=preview(message),
    )


def _message(
    conversation: Conversation,
    inbound: Inbound,
    address: Address,
    files: dict[AttachmentId, Attachment],
) -> Message:
    mine = (files.get(id) for id in dict.fromkeys(inbound.attachment_ids))
    return Message(
        id=MessageId(new_id()),
        conversation_id=conversation.id,
        seq=conversation.last_seq + 1,
        kind=MessageKind.MESSAGE,
        author=Author(kind=AuthorKind.CUSTOMER, id=address.contact_id, name=inbound.name),
        text=inbound.text,
        at=inbound.at,
        inbox_id=inbound.inbox_id,
        address_id=address.id,
        external_id=inbound.external_id,
        client_id=inbound.client_id,
        reply_to=inbound.reply_to,
        chosen=inbound.chosen,
        attachments=tuple(f for f in mine if f is not None and f.address_id == address.id),
    )


async def _known(tx: Tx, repeated: list[Inbound]) -> dict[Key, Received]:
    """What was stored earlier for messages that came again."""
    if not repeated:
        return {}
    found = await messages.by_external(tx, [(e.inbox_id, e.external_id) for e in repeated])
    addresses = await contacts.lock_addresses(tx, {(e.inbox_id, e.peer) for e in repeated})
    by_id = {each.id: each for each in addresses.values()}
    return {
        key: _received(message, by_id[message.address_id])
        for key, message in found.items()
        if message.address_id in by_id
    }


def _answers(
    inbounds: Sequence[Inbound], stored: dict[Key, Received], known: dict[Key, Received]
) -> list[Received]:
    fresh = dict(stored)
    answers = []
    for each in inbounds:
        key = _key(each)
        if key in fresh:
            answers.append(fresh.pop(key))
        else:
            answers.append(replace(stored.get(key) or known[key], duplicate=True, message=None))
    return answers


def _received(message: Message, address: Address, *, turn_waits: bool = False) -> Received:
    return Received(
        message_id=message.id,
        conversation_id=message.conversation_id,
        contact_id=address.contact_id,
        address_id=address.id,
        seq=message.seq,
        duplicate=False,
        turn_waits=turn_waits,
        message=message,
    )


def _about(conversation: Conversation, kind: EventKind, at: datetime) -> Event:
    return Event(
        kind=kind,
        actor=SYSTEM if kind is EventKind.UNSNOOZED else Author(kind=AuthorKind.CUSTOMER),
        at=at,
        conversation_id=conversation.id,
        contact_id=conversation.contact_id,
    )


def _key(inbound: Inbound) -> Key:
    return (inbound.inbox_id, inbound.external_id)

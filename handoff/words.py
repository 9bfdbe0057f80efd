"""What an agent wants to say, checked against what is stored."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from gateway.errors import BadInput
from gateway.ids import AddressId, AttachmentId, ExternalId, MessageId
from gateway.model.agent import Agent
from gateway.model.conversation import Conversation
from gateway.model.message import Draft, MessageKind
from gateway.store import attachments, messages
from gateway.store.tx import Tx
from handoff.agents import author


@dataclass(frozen=True, kw_only=True)
class Words:
    """A text, files that the agent has stored before, what it answers, and where it goes."""

    text: str
    attachment_ids: tuple[AttachmentId, ...] = ()
    reply_to: MessageId | None = None
    key: str | None = None
    address_id: AddressId | None = None


async def draft(
    tx: Tx, conversation: Conversation, agent: Agent, said: Words, kind: MessageKind
) -> Draft:
    """Raises BadInput: nothing said, another's files, a foreign message or address."""
    if not said.text.strip() and not said.attachment_ids:
        raise BadInput("text", "must not be empty without an attachment")
    if said.address_id not in (None, conversation.address_id):
        raise BadInput("address", "the address that the customer uses")
    await _check_files(tx, agent, said)
    await _check_reply_to(tx, conversation, said, kind)
    return Draft(
        author=author(agent),
        text=said.text,
        kind=kind,
        attachment_ids=tuple(dict.fromkeys(said.attachment_ids)),
        reply_to=said.reply_to,
        once=_once(agent, conversation, said.key),
    )


def _once(agent: Agent, conversation: Conversation, key: str | None) -> ExternalId | None:
    if key is None:
        return None
    digest = hashlib.sha256(f"{conversation.id} {key}".encode()).hexdigest()
    return ExternalId(f"agent:{agent.id}:{digest}")


async def _check_files(tx: Tx, agent: Agent, said: Words) -> None:
    stored = await attachments.unsent(tx, said.attachment_ids)
    for id in said.attachment_ids:
        if id not in stored or stored[id].agent_id != agent.id:
            raise BadInput("attachments", "files that you stored and that were not sent yet")


async def _check_reply_to(
    tx: Tx, conversation: Conversation, said: Words, kind: MessageKind
) -> None:
    """A reply must not point the customer to a note."""
    if said.reply_to is None:
        return
    found = (await messages.by_ids(tx.connection, [said.reply_to])).get(said.reply_to)
    hidden = found is not None and found.kind is MessageKind.NOTE and kind is MessageKind.MESSAGE
    if found is None or found.conversation_id != conversation.id or hidden:
        raise BadInput("reply_to", "a message of this conversation")

"""Frames to `Inbound` and back: pure, and all that there is to know of either shape."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from channels.chat.frames import AskForPerson, Choose, Say, Words
from channels.chat.standing import Opening, Standing
from channels.chat.words import known_language, wants_person
from gateway.errors import (
    BadInput,
    IllegalMove,
    NotFound,
    NotSignedIn,
    PeykError,
    TooLarge,
    TooMany,
)
from gateway.ids import AttachmentId, ConversationId, ExternalId, MessageId
from gateway.model.conversation import Conversation
from gateway.model.message import (
    ASK_FOR_PERSON,
    Attachment,
    Author,
    Button,
    Inbound,
    Message,
    Received,
)
from gateway.model.visitor import Visitor

JsonObject = dict[str, Any]
Link = Callable[[AttachmentId], str]
"""Where a file can be had, by an address that is good for a while."""


@dataclass(frozen=True, kw_only=True)
class Context:
    """What an inbound message takes over from its inbox and its visitor."""

    visitor: Visitor
    locale: str
    reopen_within_s: int
    at: datetime
    buttons: tuple[Button, ...] = field(default=())


def inbound_of(words: Words, context: Context) -> Inbound:
    """The message that these words become. A pressed button reads as its label."""
    visitor = context.visitor
    return Inbound(
        inbox_id=visitor.inbox.id,
        peer=visitor.address.peer,
        external_id=ExternalId(f"{visitor.address.peer}:{words.client_id}"),
        text=text_of(words, context),
        at=context.at,
        payload={"type": words.type, **words.model_dump(mode="json", exclude_defaults=True)},
        client_id=words.client_id,
        reply_to=_reply_to(words),
        chosen=_chosen(words),
        attachment_ids=tuple(map(AttachmentId, words.attachments))
        if isinstance(words, Say)
        else (),
        language=known_language(context.locale),
        name=visitor.contact.name,
        proof=visitor.address.proof,
        reopen_within_s=context.reopen_within_s,
    )


def text_of(words: Words, context: Context) -> str:
    match words:
        case Say():
            return words.text
        case AskForPerson():
            return wants_person(context.locale)
        case Choose():
            labels = (each.label for each in context.buttons if each.value == words.value)
            return next(labels, "") or words.value


def message_frame(message: Message, link: Link) -> JsonObject:
    """What a customer gets of a message; ids of agents and storage keys stay behind."""
    return {
        "type": "message",
        "conversation_id": message.conversation_id,
        "seq": message.seq,
        "id": message.id,
        "author": author_of(message.author),
        "text": message.text,
        "buttons": [{"label": each.label, "value": each.value} for each in message.buttons],
        "attachments": [attachment_of(each, link) for each in message.attachments],
        "image": message.image,
        "at": timestamp(message.at),
        "client_id": message.client_id,
        "reply_to": message.reply_to,
        "chosen": message.chosen,
    }


def attachment_of(attachment: Attachment, link: Link) -> JsonObject:
    return {
        "id": attachment.id,
        "filename": attachment.filename,
        "content_type": attachment.content_type,
        "size": attachment.size,
        "url": link(attachment.id),
    }


def author_of(author: Author) -> JsonObject:
    return {"kind": author.kind.value, "name": author.name}


def opening_fields(opening: Opening) -> JsonObject:
    at = opening.opens_at
    return {"open": opening.is_open, "opens_at": timestamp(at) if at else None}


def ready_frame(
    visitor: Visitor, current: Conversation | None, epoch: str, opening: Opening
) -> JsonObject:
    return {
        "type": "ready",
        "conversation_id": current.id if current else None,
        "seq": current.last_seq if current else 0,
        "state": current.state.value if current else None,
        "epoch": epoch,
        "contact_id": visitor.contact.id,
        "contact_name": visitor.contact.name,
        **opening_fields(opening),
    }


def state_frame(standing: Standing | None, opening: Opening) -> JsonObject:
    """Before the first conversation there is nothing to say but whether people are there."""
    frame: JsonObject = {
        "type": "state",
        "conversation_id": standing.conversation.id if standing else None,
        "state": standing.conversation.state.value if standing else None,
        **opening_fields(opening),
    }
    if standing is None:
        return frame
    if standing.position is not None:
        frame |= {"position": standing.position, "wait_s": standing.wait_s}
    if standing.agent is not None:
        frame["agent"] = standing.agent
    if standing.is_rated:
        frame["score"] = standing.score
    return frame


def ack_frame(client_id: str, stored: Received | Message) -> JsonObject:
    return {
        "type": "ack",
        "client_id": client_id,
        "message_id": stored.id if isinstance(stored, Message) else stored.message_id,
        "conversation_id": stored.conversation_id,
        "seq": stored.seq,
    }


def done_frame(client_id: str, conversation_id: ConversationId | None) -> JsonObject:
    """The ack of what is no message."""
    return {
        "type": "ack",
        "client_id": client_id,
        "message_id": None,
        "conversation_id": conversation_id,
        "seq": None,
    }


def receipt_frame(message_id: MessageId, seq: int) -> JsonObject:
    """The message, and so everything before it, was read."""
    return {"type": "receipt", "message_id": message_id, "seq": seq, "status": "read"}


def typing_frame(author: Author, on: bool) -> JsonObject:
    return {"type": "typing", "author": author_of(author), "on": on}


def error_frame(error: PeykError, client_id: str | None = None) -> JsonObject:
    """What went wrong with a frame, and which field was to blame."""
    code = error_code(error)
    said = "try again in a moment" if code == "unavailable" else str(error)
    frame: JsonObject = {"type": "error", "code": code, "message": said}
    if isinstance(error, BadInput | TooLarge):
        frame["field"] = error.field
    if isinstance(error, TooMany):
        frame["retry_after"] = round(error.retry_after, 1)
    if client_id is not None:
        frame["client_id"] = client_id
    return frame


def error_code(error: PeykError) -> str:
    match error:
        case TooLarge(field="text"):
            return "too_long"
        case TooLarge():
            return "too_large"
        case BadInput(field=field) if field.partition(".")[0] == "attachments":
            return "bad_attachment"
        case BadInput():
            return "bad_frame"
        case TooMany():
            return "too_many"
        case NotSignedIn():
            return "unauthorized"
        case NotFound():
            return "not_found"
        case IllegalMove():
            return "not_now"
    return "unavailable"


def timestamp(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _reply_to(words: Words) -> MessageId | None:
    match words:
        case Say(reply_to=str(id)) | Choose(message_id=str(id)):
            return MessageId(id)
    return None


def _chosen(words: Words) -> str | None:
    match words:
        case Choose():
            return words.value
        case AskForPerson():
            return ASK_FOR_PERSON
    return None

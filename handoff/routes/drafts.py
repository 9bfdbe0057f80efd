"""/conversations/{id}/draft: what the agent who asks has begun to write there."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, Field

from gateway.ids import AttachmentId, ConversationId, MessageId, new_id
from gateway.inbox import MAX_ATTACHMENTS
from gateway.model.agent import Role
from gateway.model.begun import Begun, Kind
from gateway.model.message import Attachment
from gateway.store import attachments, conversations, drafts
from gateway.store.store import Reading
from gateway.web import keys
from gateway.web.body import Body, Id
from gateway.web.problem import Problem, ProblemError
from gateway.web.route import Call, Route
from handoff import views
from handoff.drafts import NewerDraft, forget, keep
from handoff.routes.verbs import Text
from handoff.shapes import AttachmentShape

Files = Annotated[list[Id], Field(default_factory=list, max_length=MAX_ATTACHMENTS)]


class DraftShape(BaseModel):
    """`version` null: nothing is begun. Files that were sent since are left out."""

    version: str | None
    kind: Kind
    reply: str
    note: str
    attachments: list[AttachmentShape]
    note_attachments: list[AttachmentShape]
    reply_to: str | None
    updated_at: datetime | None


class DraftBody(Body):
    """The whole draft, in the place of `version`: null where one knows of none."""

    version: Id | None
    kind: Annotated[Kind, Field(strict=False)] = Kind.REPLY
    reply: Text = ""
    note: Text = ""
    attachments: Files
    note_attachments: Files
    reply_to: Id | None = None


async def get_draft(call: Call[None]) -> DraftShape:
    """Every agent has one of his own, and sees no other's."""
    id = ConversationId(call.path["id"])
    async with call.app[keys.STORE].read() as connection:
        await conversations.get(connection, id)
        begun = await drafts.get(connection, call.agent.id, id)
        return await _shape(connection, begun, call.agent.id)


async def put_draft(call: Call[DraftBody]) -> DraftShape:
    """409 with the `draft` that stands when it is another version than the one named.

    A draft without words and files is none: its `version` is null again.
    """
    id, store = ConversationId(call.path["id"]), call.app[keys.STORE]
    begun = _begun(call.body, call.app[keys.CLOCK]())
    try:
        stands = await keep(store, call.agent.id, id, begun, over=call.body.version)
    except NewerDraft as error:
        raise await _newer(call, error) from error
    async with store.read() as connection:
        return await _shape(connection, stands, call.agent.id)


async def delete_draft(call: Call[None]) -> None:
    """Whatever is written there."""
    await forget(call.app[keys.STORE], call.agent.id, ConversationId(call.path["id"]))


def _begun(body: DraftBody, now: datetime) -> Begun:
    return Begun(
        version=new_id(),
        updated_at=now,
        kind=body.kind,
        reply=body.reply,
        note=body.note,
        attachments=tuple(map(AttachmentId, body.attachments)),
        note_attachments=tuple(map(AttachmentId, body.note_attachments)),
        reply_to=MessageId(body.reply_to) if body.reply_to else None,
    )


async def _newer(call: Call[Any], error: NewerDraft) -> ProblemError:
    async with call.app[keys.STORE].read() as connection:
        stands = await _shape(connection, error.stands, call.agent.id)
    return ProblemError(
        Problem(
            status=409,
            slug="newer-draft",
            detail=str(error),
            extra={"draft": stands.model_dump(mode="json")},
        )
    )


async def _shape(connection: Reading, begun: Begun | None, agent: str) -> DraftShape:
    ids = [*begun.attachments, *begun.note_attachments] if begun else []
    known = await attachments.by_ids(connection, ids) if ids else {}
    free = {id: each for id, each in known.items() if _is_free(each, agent)}
    return DraftShape(
        version=begun.version if begun else None,
        kind=begun.kind if begun else Kind.REPLY,
        reply=begun.reply if begun else "",
        note=begun.note if begun else "",
        attachments=_files(begun.attachments if begun else (), free),
        note_attachments=_files(begun.note_attachments if begun else (), free),
        reply_to=begun.reply_to if begun else None,
        updated_at=begun.updated_at if begun else None,
    )


def _is_free(file: Attachment, agent: str) -> bool:
    return file.agent_id == agent and file.message_id is None


def _files(
    ids: tuple[AttachmentId, ...], free: dict[AttachmentId, Attachment]
) -> list[AttachmentShape]:
    return [views.attachment(free[id]) for id in ids if id in free]


routes: tuple[Route, ...] = (
    Route(
        "GET",
        "/conversations/{id}/draft",
        get_draft,
        summary="What one has begun to write",
        tag="drafts",
        answer=DraftShape,
        role=Role.AGENT,
    ),
    Route(
        "PUT",
        "/conversations/{id}/draft",
        put_draft,
        summary="Keep what one has begun to write",
        tag="drafts",
        body=DraftBody,
        answer=DraftShape,
        role=Role.AGENT,
        problems=(409,),
    ),
    Route(
        "DELETE",
        "/conversations/{id}/draft",
        delete_draft,
        summary="Forget what one has begun to write",
        tag="drafts",
        role=Role.AGENT,
    ),
)

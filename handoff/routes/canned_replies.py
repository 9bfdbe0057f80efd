"""/canned-replies: what agents say again and again. All use them, supervisors write them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, StringConstraints

from gateway.errors import BadInput
from gateway.events import EventKind
from gateway.ids import new_id
from gateway.model.agent import Role
from gateway.model.begun import PLACES, CannedReply, unknown_places
from gateway.model.message import MAX_TEXT
from gateway.store import canned_replies
from gateway.store.tx import Tx
from gateway.web import keys
from gateway.web.body import Body, Name
from gateway.web.paging import Page, Paging, page_of
from gateway.web.route import Call, Route
from handoff.facts import changed
from handoff.routes.changes import wanted

Shortcut = Annotated[
    str,
    StringConstraints(strip_whitespace=True, to_lower=True, pattern=r"^[\w-]+$", max_length=50),
]
CannedText = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_TEXT)
]
Locale = Literal["en", "fa", "ar"]


class CannedReplyShape(BaseModel):
    """`locale` null: for all languages. `text` may leave `{{contact.name}}` and such open."""

    id: str
    shortcut: str
    locale: str | None
    title: str
    text: str
    updated_at: datetime


class NewCannedReply(Body):
    """`shortcut` is what agents type after a slash; once in each language.

    `text` may name `{{contact.name}}`, `{{agent.name}}`, `{{conversation.number}}` and
    `{{slots.NAME}}`, and after a bar what to say where nothing is known: `{{contact.name|there}}`.
    """

    shortcut: Shortcut
    locale: Locale | None = None
    title: Name
    text: CannedText


class CannedReplyChange(Body):
    """What stands here is changed; `locale` null makes it one for all languages."""

    shortcut: Shortcut | None = None
    locale: Locale | None = None
    title: Name | None = None
    text: CannedText | None = None


async def list_replies(call: Call[None, Paging]) -> Page[CannedReplyShape]:
    async with call.app[keys.STORE].read() as connection:
        known = await canned_replies.list_all(connection)
    page, following = page_of(known, call.query, lambda reply: (reply.created_at, reply.id))
    return Page(items=[_shape(each) for each in page], next=following)


async def make_reply(call: Call[NewCannedReply]) -> CannedReplyShape:
    body, now = call.body, call.app[keys.CLOCK]()
    _check(body.text)
    reply = CannedReply(
        id=new_id(),
        shortcut=body.shortcut,
        locale=body.locale,
        title=body.title,
        text=body.text,
        created_at=now,
        updated_at=now,
    )

    async def unit(tx: Tx) -> None:
        await canned_replies.insert(tx, reply)
        _tell(tx, call, reply.id, ["made"], now)

    await call.app[keys.STORE].write(unit)
    return _shape(reply)


async def change_reply(call: Call[CannedReplyChange]) -> CannedReplyShape:
    id, now = call.path["id"], call.app[keys.CLOCK]()
    changes = wanted(call.body, nullable=frozenset(["locale"]))
    _check(changes.get("text", ""))

    async def unit(tx: Tx) -> CannedReply:
        before = await canned_replies.get(tx.connection, id)
        if not changes:
            return before
        after = replace(before, **changes, updated_at=now)
        await canned_replies.change(tx, after)
        _tell(tx, call, id, sorted(changes), now)
        return after

    return _shape(await call.app[keys.STORE].write(unit, id))


async def delete_reply(call: Call[None]) -> None:
    id, now = call.path["id"], call.app[keys.CLOCK]()

    async def unit(tx: Tx) -> None:
        await canned_replies.delete(tx, id)
        _tell(tx, call, id, ["deleted"], now)

    await call.app[keys.STORE].write(unit, id)


def _check(text: str) -> None:
    """A place that nothing can fill would reach a customer as it stands."""
    if unknown := unknown_places(text):
        known = ", ".join([*PLACES, "slots.NAME"])
        raise BadInput("text", f"{unknown[0]!r} is not one of {known}", code="unknown_place")


def _tell(tx: Tx, call: Call[Any, Any], id: str, names: list[str], now: datetime) -> None:
    tx.tell(changed(EventKind.CANNED_REPLY_CHANGED, "canned_reply", id, names, call.agent, now))


def _shape(reply: CannedReply) -> CannedReplyShape:
    return CannedReplyShape(
        id=reply.id,
        shortcut=reply.shortcut,
        locale=reply.locale,
        title=reply.title,
        text=reply.text,
        updated_at=reply.updated_at,
    )


routes: tuple[Route, ...] = (
    Route(
        "GET",
        "/canned-replies",
        list_replies,
        summary="All canned replies",
        tag="canned replies",
        query=Paging,
        answer=Page[CannedReplyShape],
        role=Role.AGENT,
    ),
    Route(
        "POST",
        "/canned-replies",
        make_reply,
        summary="Write a canned reply",
        tag="canned replies",
        body=NewCannedReply,
        answer=CannedReplyShape,
        status=201,
        role=Role.SUPERVISOR,
    ),
    Route(
        "PATCH",
        "/canned-replies/{id}",
        change_reply,
        summary="Change a canned reply",
        tag="canned replies",
        body=CannedReplyChange,
        answer=CannedReplyShape,
        role=Role.SUPERVISOR,
    ),
    Route(
        "DELETE",
        "/canned-replies/{id}",
        delete_reply,
        summary="Delete a canned reply",
        tag="canned replies",
        role=Role.SUPERVISOR,
    ),
)

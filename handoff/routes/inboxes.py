"""/inboxes: the accounts of channels. Everybody sees their names, admins the rest."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Annotated, Any

from aiohttp import web
from pydantic import AfterValidator, BaseModel, StringConstraints, model_serializer
from pydantic import SerializerFunctionWrapHandler as Write

from gateway.errors import BadInput, NotFound
from gateway.events import EventKind
from gateway.ids import InboxId, QueueId, new_id
from gateway.model.agent import Role
from gateway.model.inbox import Inbox
from gateway.store import inboxes
from gateway.store.store import Reading
from gateway.store.tx import Tx
from gateway.web import keys
from gateway.web.body import Body, Id, Name
from gateway.web.paging import Page, Paging, page_of
from gateway.web.route import Call, Route
from handoff.facts import changed
from handoff.routes.changes import wanted
from handoff.routes.free_form import bounded

CheckSettings = Callable[[dict[str, Any]], object]
"""A channel's own check; raises pydantic's ValidationError, naming the fields."""

CHANNELS: web.AppKey[Mapping[str, CheckSettings]] = web.AppKey("channels' settings")
"""The channels of which inboxes can be made, each with the check of its settings."""

Settings = Annotated[dict[str, Any], AfterValidator(bounded)]


class InboxShape(BaseModel):
    """`key`, `queue` and `settings` are for admins, and absent for others."""

    id: str
    name: str
    channel: str
    disabled: bool
    key: str | None = None
    queue: str | None = None
    settings: dict[str, Any] | None = None

    @model_serializer(mode="wrap")
    def _without_what_is_absent(self, write: Write) -> dict[str, Any]:
        return {name: value for name, value in write(self).items() if value is not None}


class NewInbox(Body):
    """Without a queue its handoffs go to the default one."""

    name: Name
    channel: Annotated[str, StringConstraints(max_length=20)]
    queue: Id | None = None
    settings: Settings | None = None


class InboxChange(Body):
    """What stands here is changed; `settings` are replaced as a whole."""

    name: Name | None = None
    disabled: bool | None = None
    queue: Id | None = None
    settings: Settings | None = None


async def list_inboxes(call: Call[None, Paging]) -> Page[InboxShape]:
    async with call.app[keys.STORE].read() as connection:
        known = await inboxes.list_inboxes(connection)
    page, following = page_of(known, call.query, lambda inbox: (inbox.created_at, inbox.id))
    return Page(items=[_shape(each, call.agent.role) for each in page], next=following)


async def make_inbox(call: Call[NewInbox]) -> InboxShape:
    """The key is made here; a website names it to reach this inbox."""
    body, now = call.body, call.app[keys.CLOCK]()
    _check(call, body.channel, body.settings or {})

    async def unit(tx: Tx) -> Inbox:
        inbox = Inbox(
            id=InboxId(new_id()),
            channel=body.channel,
            key=secrets.token_urlsafe(12),
            name=body.name,
            queue_id=await _queue(tx.connection, body.queue),
            disabled=False,
            created_at=now,
            settings=body.settings or {},
        )
        await inboxes.insert(tx, inbox)
        tx.tell(changed(EventKind.INBOX_CHANGED, "inbox", inbox.id, ["made"], call.agent, now))
        return inbox

    return _shape(await call.app[keys.STORE].write(unit), call.agent.role)


async def change_inbox(call: Call[InboxChange]) -> InboxShape:
    """A disabled inbox takes no new visitors; its conversations stay."""
    id, changes, now = InboxId(call.path["id"]), wanted(call.body), call.app[keys.CLOCK]()

    async def unit(tx: Tx) -> Inbox:
        before = await inboxes.get(tx.connection, id)
        if "settings" in changes:
            _check(call, before.channel, changes["settings"])
        if changes:
            await inboxes.change(tx, id, **await _columns(tx.connection, changes, now))
            tx.tell(changed(EventKind.INBOX_CHANGED, "inbox", id, changes, call.agent, now))
        return await inboxes.get(tx.connection, id)

    return _shape(await call.app[keys.STORE].write(unit, id), call.agent.role)


def _check(call: Call[Any], channel: str, settings: dict[str, Any]) -> None:
    known = call.app[CHANNELS]
    if channel not in known:
        raise BadInput("channel", f"one of: {', '.join(sorted(known))}")
    known[channel](settings)


async def _columns(connection: Reading, changes: dict[str, Any], now: datetime) -> dict[str, Any]:
    columns = dict(changes)
    if "disabled" in columns:
        columns["disabled_at"] = now if columns.pop("disabled") else None
    if "queue" in columns:
        columns["queue_id"] = await _queue(connection, columns.pop("queue"))
    return columns


async def _queue(connection: Reading, id: str | None) -> QueueId:
    try:
        if id is None:
            return (await inboxes.default_queue(connection)).id
        return (await inboxes.get_queue(connection, QueueId(id))).id
    except NotFound as exc:
        raise BadInput("queue", "no such queue") from exc


def _shape(inbox: Inbox, role: Role) -> InboxShape:
    shown = InboxShape(id=inbox.id, name=inbox.name, channel=inbox.channel, disabled=inbox.disabled)
    if role is not Role.ADMIN:
        return shown
    admins = {"key": inbox.key, "queue": inbox.queue_id, "settings": inbox.settings}
    return shown.model_copy(update=admins)


routes: tuple[Route, ...] = (
    Route(
        "GET",
        "/inboxes",
        list_inboxes,
        summary="All inboxes",
        tag="inboxes",
        query=Paging,
        answer=Page[InboxShape],
        role=Role.AGENT,
    ),
    Route(
        "POST",
        "/inboxes",
        make_inbox,
        summary="Make an inbox",
        tag="inboxes",
        body=NewInbox,
        answer=InboxShape,
        status=201,
        role=Role.ADMIN,
    ),
    Route(
        "PATCH",
        "/inboxes/{id}",
        change_inbox,
        summary="Change, close or open an inbox",
        tag="inboxes",
        body=InboxChange,
        answer=InboxShape,
        role=Role.ADMIN,
    ),
)

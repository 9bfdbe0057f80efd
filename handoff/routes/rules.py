"""/rules: what goes to people whatever the bot thinks. For admins."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, StringConstraints

from gateway.errors import BadInput, NotFound
from gateway.events import EventKind
from gateway.ids import InboxId, QueueId, RuleId, is_id, new_id
from gateway.model.agent import Role
from gateway.model.inbox import Rule
from gateway.store import inboxes
from gateway.store.store import Reading
from gateway.store.tx import Tx
from gateway.web import keys
from gateway.web.body import Body, Id
from gateway.web.paging import Page, Paging, page_of
from gateway.web.route import Call, Route
from handoff.facts import changed
from handoff.routes.changes import wanted


class RuleKind(StrEnum):
    WORDS = "words"
    CONTACT = "contact"
    INBOX = "inbox"


Value = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]


class RuleShape(BaseModel):
    """`queue` null: the inbox's own queue."""

    id: str
    kind: RuleKind
    value: str
    queue: str | None
    enabled: bool


class NewRule(Body):
    """`value` is a word or phrase, a contact's id or email, or an inbox's id."""

    kind: RuleKind
    value: Value
    queue: Id | None = None
    enabled: bool = True


class RuleChange(Body):
    """What stands here is changed."""

    kind: RuleKind | None = None
    value: Value | None = None
    queue: Id | None = None
    enabled: bool | None = None


async def list_rules(call: Call[None, Paging]) -> Page[RuleShape]:
    async with call.app[keys.STORE].read() as connection:
        known = await inboxes.list_rules(connection)
    page, following = page_of(known, call.query, lambda rule: (rule.created_at, rule.id))
    return Page(items=[_shape(each) for each in page], next=following)


async def make_rule(call: Call[NewRule]) -> RuleShape:
    body, now = call.body, call.app[keys.CLOCK]()
    rule = Rule(
        id=new_id(),
        kind=body.kind.value,
        value=body.value,
        queue_id=QueueId(body.queue) if body.queue else None,
        enabled=body.enabled,
        created_at=now,
    )

    async def unit(tx: Tx) -> None:
        await _check(tx.connection, rule)
        await inboxes.insert_rule(tx, rule)
        tx.tell(changed(EventKind.RULE_CHANGED, "rule", rule.id, ["made"], call.agent, now))

    await call.app[keys.STORE].write(unit)
    return _shape(rule)


async def change_rule(call: Call[RuleChange]) -> RuleShape:
    id, now = RuleId(call.path["id"]), call.app[keys.CLOCK]()
    changes = wanted(call.body, nullable=frozenset(["queue"]))

    async def unit(tx: Tx) -> Rule:
        before = await inboxes.get_rule(tx.connection, id)
        if not changes:
            return before
        columns = _columns(changes)
        after = replace(before, **columns)
        await _check(tx.connection, after)
        await inboxes.change_rule(tx, id, **columns)
        tx.tell(changed(EventKind.RULE_CHANGED, "rule", id, changes, call.agent, now))
        return after

    return _shape(await call.app[keys.STORE].write(unit, id))


async def delete_rule(call: Call[None]) -> None:
    id, now = RuleId(call.path["id"]), call.app[keys.CLOCK]()

    async def unit(tx: Tx) -> None:
        await inboxes.delete_rule(tx, id)
        tx.tell(changed(EventKind.RULE_CHANGED, "rule", id, ["deleted"], call.agent, now))

    await call.app[keys.STORE].write(unit, id)


async def _check(connection: Reading, rule: Rule) -> None:
    if rule.queue_id is not None:
        await _must_be(inboxes.get_queue(connection, rule.queue_id), "queue", "no such queue")
    if rule.kind == RuleKind.INBOX:
        if not is_id(rule.value):
            raise BadInput("value", "an inbox's id")
        await _must_be(inboxes.get(connection, InboxId(rule.value)), "value", "no such inbox")
    if rule.kind == RuleKind.CONTACT and not is_id(rule.value) and "@" not in rule.value:
        raise BadInput("value", "a contact's id or email")
    if rule.kind == RuleKind.WORDS and not any(char.isalnum() for char in rule.value):
        raise BadInput("value", "at least one word")


async def _must_be(found: Any, field: str, otherwise: str) -> None:
    try:
        await found
    except NotFound as exc:
        raise BadInput(field, otherwise) from exc


def _columns(changes: dict[str, Any]) -> dict[str, Any]:
    columns = dict(changes)
    if "queue" in columns:
        columns["queue_id"] = columns.pop("queue")
    if "kind" in columns:
        columns["kind"] = columns["kind"].value
    return columns


def _shape(rule: Rule) -> RuleShape:
    return RuleShape(
        id=rule.id,
        kind=RuleKind(rule.kind),
        value=rule.value,
        queue=rule.queue_id,
        enabled=rule.enabled,
    )


routes: tuple[Route, ...] = (
    Route(
        "GET",
        "/rules",
        list_rules,
        summary="All hand-off rules",
        tag="rules",
        query=Paging,
        answer=Page[RuleShape],
        role=Role.ADMIN,
    ),
    Route(
        "POST",
        "/rules",
        make_rule,
        summary="Make a hand-off rule",
        tag="rules",
        body=NewRule,
        answer=RuleShape,
        status=201,
        role=Role.ADMIN,
    ),
    Route(
        "PATCH",
        "/rules/{id}",
        change_rule,
        summary="Change a hand-off rule",
        tag="rules",
        body=RuleChange,
        answer=RuleShape,
        role=Role.ADMIN,
    ),
    Route(
        "DELETE",
        "/rules/{id}",
        delete_rule,
        summary="Delete a hand-off rule",
        tag="rules",
        role=Role.ADMIN,
    ),
)

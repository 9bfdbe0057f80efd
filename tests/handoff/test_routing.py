"""Routing names the queue and says why."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from gateway.errors import NotFound
from gateway.ids import InboxId, QueueId
from gateway.model.inbox import Inbox, Queue, Rule
from handoff.routing import route

T0 = datetime(2026, 1, 1, tzinfo=UTC)


def queue(id: str, *, is_default: bool = False, disabled: bool = False) -> Queue:
    return Queue(
        id=QueueId(id), name=id.title(), is_default=is_default, disabled=disabled, created_at=T0
    )


SUPPORT, SALES, BILLING = queue("support", is_default=True), queue("sales"), queue("billing")
QUEUES = [SUPPORT, SALES, BILLING]
INBOX = Inbox(
    id=InboxId("i"),
    channel="chat",
    key="demo",
    name="Shop",
    queue_id=SALES.id,
    disabled=False,
    created_at=T0,
)
RULE = Rule(id="r", kind="words", value="invoice", queue_id=BILLING.id, enabled=True, created_at=T0)


def closed(which: Queue) -> list[Queue]:
    return [replace(each, disabled=each.id == which.id) for each in QUEUES]


def test_the_rule_s_queue_comes_first() -> None:
    routed = route(inbox=INBOX, queues=QUEUES, rule=RULE)
    assert routed.queue_id == BILLING.id
    assert "Billing" in routed.reason
    assert "invoice" in routed.reason


def test_without_a_rule_it_is_the_inbox_s_queue() -> None:
    routed = route(inbox=INBOX, queues=QUEUES)
    assert routed.queue_id == SALES.id
    assert "Shop" in routed.reason


def test_a_rule_without_a_queue_leaves_it_to_the_inbox() -> None:
    routed = route(inbox=INBOX, queues=QUEUES, rule=replace(RULE, queue_id=None))
    assert routed.queue_id == SALES.id


def test_a_closed_queue_is_passed_over_and_this_is_said() -> None:
    routed = route(inbox=INBOX, queues=closed(SALES))
    assert routed.queue_id == SUPPORT.id
    assert "Sales is closed" in routed.reason
    assert "default" in routed.reason


def test_a_closed_default_queue_leaves_the_first_open_one() -> None:
    inbox = replace(INBOX, queue_id=SUPPORT.id)
    assert route(inbox=inbox, queues=closed(SUPPORT)).queue_id == SALES.id


def test_without_any_queue_there_is_nowhere_to_go() -> None:
    with pytest.raises(NotFound):
        route(inbox=INBOX, queues=[])

"""The agents' API of conversations over real sockets: lists, one, what was said, the verbs."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from datetime import timedelta
from typing import Any

import orjson
import pytest

from gateway.ids import ConversationId, new_id
from gateway.model.agent import Agent
from gateway.model.inbox import Queue
from gateway.model.message import Author, AuthorKind, Button, Draft
from gateway.model.owner import Owner
from gateway.model.turn import Decision, Guess, Understanding
from gateway.outbox import Outbox
from gateway.store import contacts, conversations, lists, turns
from gateway.store.store import Store
from gateway.store.tx import Tx


@pytest.fixture
async def me(signed_in: Any, sara: Agent) -> Any:
    return await signed_in(sara)


async def ids(me: Any, **params: Any) -> list[str]:
    return [each["id"] for each in (await me.get("/conversations", **params))["items"]]


async def test_a_waiting_conversation_shows_all_that_a_row_needs(
    me: Any, customers: Any, clock: Any
) -> None:
    id = await customers.wait(text="x" * 300)
    (row,) = (await me.get("/conversations", state="waiting"))["items"]
    assert row == {
        "id": id,
        "number": 1,
        "state": "waiting",
        "owner": {"kind": "queue", "id": row["queue"]["id"], "name": "Support"},
        "ownership": 2,
        "contact": {"id": row["contact"]["id"], "name": None, "proof": "anonymous"},
        "inbox": {"id": row["inbox"]["id"], "name": "Demo", "channel": "chat"},
        "channel": "chat",
        "language": "en",
        "queue": {"id": row["queue"]["id"], "name": "Support"},
        "waiting_since": "2026-01-01T09:00:00Z",
        "snoozed_until": None,
        "handoff": {"reason": "asked_for_person", "at": "2026-01-01T09:00:00Z"},
        "last_message": {
            "seq": 1,
            "author_kind": "customer",
            "text": "x" * 200,
            "at": "2026-01-01T09:00:00Z",
        },
        "last_seq": 1,
        "created_at": "2026-01-01T09:00:00Z",
        "updated_at": "2026-01-01T09:00:00Z",
        "resolved_at": None,
        "outcome": None,
        "seen_seq": 0,
        "unread": 1,
    }


async def test_waiting_is_oldest_first_and_everything_else_newest_first(
    me: Any, customers: Any, clock: Any
) -> None:
    waiting = []
    for _ in range(3):
        waiting.append(await customers.wait())
        clock.forward(minutes=1)
    assert await ids(me, state="waiting") == waiting
    assert await ids(me) == waiting[::-1]


@pytest.mark.parametrize("state", ["waiting", ""])
async def test_pages_neither_skip_nor_repeat_while_the_list_grows(
    me: Any, customers: Any, clock: Any, state: str
) -> None:
    made = []
    for n in range(10):
        made.append(await customers.wait())
        clock.forward(seconds=n % 2)
    seen: list[str] = []
    cursor = ""
    while True:
        page = await me.get("/conversations", state=state, limit=3, cursor=cursor)
        seen += [each["id"] for each in page["items"]]
        await customers.write()
        cursor = page["next"]
        if cursor is None:
            break
    assert sorted(each for each in seen if each in made) == sorted(made)
    assert len(seen) == len(set(seen))


async def test_each_filter_finds_its_own(
    me: Any, sara: Agent, omid: Agent, desk: Any, customers: Any, sales: Queue, clock: Any
) -> None:
    with_bot, waiting = await customers.write(), await customers.wait()
    mine, theirs = await customers.wait(), await customers.wait()
    in_sales, asleep, over = await customers.wait(), await customers.wait(), await customers.wait()
    await desk.claim(sara, mine)
    await desk.claim(omid, theirs)
    await desk.transfer(sara, in_sales, Owner.queue(sales.id))
    await desk.snooze(sara, asleep, clock() + timedelta(hours=1))
    await desk.resolve(sara, over)
    contact = (await me.get(f"/conversations/{mine}"))["contact"]["id"]
    for params, expected in (
        ({"state": "with_bot"}, {with_bot}),
        ({"state": "waiting"}, {waiting, in_sales}),
        ({"state": "waiting", "snoozed": "true"}, {waiting, in_sales, asleep}),
        ({"state": "with_agent"}, {mine, theirs}),
        ({"state": "resolved"}, {over}),
        ({"queue": sales.id}, {in_sales}),
        ({"owner": "me"}, {mine}),
        ({"owner": omid.id}, {theirs}),
        ({"owner": "none"}, {with_bot, waiting, in_sales, asleep, over}),
        ({"contact": contact}, {mine}),
        ({"channel": "telegram"}, set()),
        ({"channel": "chat", "state": "resolved"}, {over}),
    ):
        assert set(await ids(me, **params)) == expected, params
    assert await me.get("/conversations/counts") == {
        "with_bot": 1,
        "waiting": 2,
        "with_agent": 2,
        "mine": 1,
        "snoozed": 1,
    }


async def test_a_search_finds_numbers_ids_names_emails_and_last_words(
    me: Any, customers: Any, store: Store
) -> None:
    first = await customers.write(text="Where is PK-1001?")
    second = await customers.write(text="100% سلام")
    conversation = await customers.now(second)
    await store.write(
        lambda tx: contacts.change(
            tx, conversation.contact_id, name="Mina Rad", email="mina@example.com"
        )
    )
    for q, expected in (
        ("pk-1001", [first]),
        ("سلام", [second]),
        ("0%", [second]),
        ("%", [second]),
        ("_", []),
        ("2", [second]),
        ("#2", [second]),
        ("۲", [second]),
        (first[:30], [first]),
        (second, [second]),
        ("mina r", [second]),
        ("MINA@example.com", [second]),
        ("nobody", []),
    ):
        assert await ids(me, q=q) == expected, q
    assert await ids(me, q="mina", state="resolved") == []


async def test_a_search_looks_on_behind_its_window(
    me: Any, customers: Any, monkeypatch: pytest.MonkeyPatch, clock: Any
) -> None:
    monkeypatch.setattr(lists, "WINDOW", 4)
    wanted = await customers.write(text="needle")
    for _ in range(9):
        clock.forward(seconds=1)
        await customers.write(text="hay")
    page = await me.get("/conversations", q="needle")
    pages = [page]
    while page["next"]:
        page = await me.get("/conversations", q="needle", cursor=page["next"])
        pages.append(page)
    assert [[each["id"] for each in page["items"]] for page in pages] == [[], [], [wanted]]
    assert await ids(me, q="#1") == [wanted]


async def test_one_conversation_brings_handoffs_slots_and_its_place(
    me: Any, sara: Agent, desk: Any, customers: Any, clock: Any
) -> None:
    first, second = await customers.wait(), await customers.wait()
    await desk.set_slots(sara, second, {"order_number": "PK-1001"})
    shown = await me.get(f"/conversations/{second}")
    assert shown["slots"] == {"order_number": "PK-1001"}
    assert shown["position"] == 2
    (handoff,) = shown["handoffs"]
    assert handoff["reason"] == "asked_for_person"
    assert handoff["guesses"] == [
        {"name": "order_status", "title": "Where is my order?", "confidence": 0.4}
    ]
    assert handoff["taken_by"] is None
    await me.post(f"/conversations/{first}/claim")
    taken = await me.get(f"/conversations/{first}")
    assert taken["handoffs"][0]["taken_by"] == {"id": sara.id, "name": "Sara"}
    assert taken["position"] is None
    assert (await me.get(f"/conversations/{second}"))["position"] == 1


async def test_the_transcript_shows_what_the_bot_understood_turn_by_turn(
    me: Any, customers: Any, store: Store, outbox: Outbox, clock: Any
) -> None:
    id = await customers.write("v1", "where is my order")
    await customers.write("v1", "it is PK-1001")
    await answered(store, outbox, id, clock, upto=1)
    items = (await me.get(f"/conversations/{id}/messages"))["items"]
    assert [(each["seq"], each["author"]["kind"]) for each in items] == [
        (1, "customer"),
        (2, "customer"),
        (3, "bot"),
    ]
    understood = items[0]["understanding"]
    assert (understood["intent"], understood["decision"]) == ("order_status", "answered")
    assert understood["ranking"][0] == {
        "name": "order_status",
        "title": "Order status",
        "confidence": 0.9,
    }
    assert items[1]["understanding"] is None
    assert items[2]["understanding"] == understood
    assert items[2]["buttons"] == [{"label": "Yes", "value": "/affirm"}]
    delivery = items[2]["delivery"]
    assert delivery.pop("id")
    assert delivery == {"state": "sent", "error": None, "attempts": 0}


async def answered(
    store: Store, outbox: Outbox, id: ConversationId, clock: Any, *, upto: int
) -> None:
    """As the bot's worker does it: claim the turn, answer a part of it."""
    understanding = Understanding(
        guesses=(Guess(name="order_status", confidence=0.9, title="Order status"),),
        entities=(),
        score=0.8,
        language="en",
        model="m1",
    )

    async def unit(tx: Tx) -> None:
        (turn,) = await turns.claim_due(tx, clock(), timedelta(seconds=30), 10)
        before = await conversations.lock(tx, id)
        assert await turns.close(
            tx,
            turn,
            before,
            answered_upto=upto,
            decision=Decision.ANSWERED,
            reasons=["the score is high enough"],
            understanding=understanding,
            took_ms=12,
            now=clock(),
        )
        draft = Draft(
            author=Author(kind=AuthorKind.BOT),
            text="Which one?",
            buttons=(Button(label="Yes", value="/affirm"),),
            turn_id=turn.id,
        )
        after, _ = await outbox.post(tx, before, draft, clock())
        await conversations.save(tx, before, after)

    await store.write(unit)


async def test_messages_are_read_forwards_and_backwards(
    me: Any, sara: Agent, customers: Any, desk: Any
) -> None:
    id = await customers.wait("v1")
    for n in range(9):
        await customers.write("v1", f"message {n}")
    await me.post(f"/conversations/{id}/notes", {"text": "a note"})
    path = f"/conversations/{id}/messages"
    first = await me.get(path, limit=4)
    assert ([m["seq"] for m in first["items"]], first["next"]) == ([1, 2, 3, 4], 4)
    rest = await me.get(path, since=4)
    assert ([m["seq"] for m in rest["items"]], rest["next"]) == ([5, 6, 7, 8, 9, 10, 11], None)
    last = await me.get(path, before=2**31 - 1, limit=3)
    assert ([m["seq"] for m in last["items"]], last["next"]) == ([9, 10, 11], 9)
    assert last["items"][-1]["kind"] == "note"
    begin = await me.get(path, before=3, limit=3)
    assert ([m["seq"] for m in begin["items"]], begin["next"]) == ([1, 2], None)


async def test_a_conversation_s_history_is_its_events(me: Any, customers: Any) -> None:
    id, other = await customers.wait(), await customers.wait()
    await me.post(f"/conversations/{id}/claim")
    await me.post(f"/conversations/{other}/claim")
    told = await me.get(f"/conversations/{id}/events", limit=2)
    more = await me.get(f"/conversations/{id}/events", since=told["next"])
    kinds = [each["kind"] for each in told["items"] + more["items"]]
    assert kinds[:2] == ["conversation_started", "message_added"]
    assert kinds[-1] == "claimed"
    claimed = more["items"][-1]
    assert claimed["actor"] == {
        "kind": "agent",
        "id": claimed["data"]["to"]["id"],
        "name": "Sara",
    }
    assert {"conversation", "message"}.isdisjoint(claimed)


async def test_an_agent_s_day(
    me: Any, sara: Agent, omid: Agent, customers: Any, sales: Queue, signed_in: Any, clock: Any
) -> None:
    id = await customers.wait("v1")
    shown = await me.post("/conversations/next")
    assert (shown["id"], shown["state"], shown["owner"]["name"]) == (id, "with_agent", "Sara")
    status, _ = await me.call("POST", "/conversations/next", json={"queue": sales.id})
    assert status == 204
    shown = await me.post(f"/conversations/{id}/replies", {"text": "Good morning"})
    assert shown["message"]["text"] == shown["last_message"]["text"] == "Good morning"
    assert shown["message"]["author"] == {"kind": "agent", "id": sara.id, "name": "Sara"}
    shown = await me.post(f"/conversations/{id}/notes", {"text": "nice person"})
    assert shown["message"]["kind"] == "note"
    until = (clock() + timedelta(hours=2)).isoformat()
    shown = await me.post(f"/conversations/{id}/snooze", {"until": until})
    assert shown["snoozed_until"] == "2026-01-01T11:00:00Z"
    shown = await me.post(f"/conversations/{id}/transfer", {"queue": sales.id, "note": "for you"})
    assert (shown["state"], shown["queue"]["name"]) == ("waiting", "Sales")
    shown = await me.post(f"/conversations/{id}/transfer", {"agent": omid.id})
    assert shown["owner"]["name"] == "Omid"
    theirs = await signed_in(omid)
    _, shown = await theirs.call(
        "PUT", f"/conversations/{id}/slots", json={"slots": {"city": "Yazd"}}
    )
    assert shown["slots"] == {"city": "Yazd"}
    shown = await theirs.post(
        f"/conversations/{id}/return-to-bot", {"slots": {"order_number": "PK-1001"}}
    )
    assert shown["state"] == "with_bot"
    assert shown["slots"] == {"city": "Yazd", "order_number": "PK-1001"}
    assert shown["handoffs"][0]["ended_by"] == "returned"
    shown = await theirs.post(f"/conversations/{id}/resolve", {"outcome": "sold"})
    assert (shown["state"], shown["outcome"]) == ("resolved", "sold")
    shown = await theirs.post(f"/conversations/{id}/reopen")
    assert shown["owner"]["name"] == "Omid"


async def test_a_lost_race_answers_409_with_the_present_owner(
    me: Any, sara: Agent, omid: Agent, signed_in: Any, customers: Any
) -> None:
    id = await customers.wait()
    await me.post(f"/conversations/{id}/claim")
    theirs = await signed_in(omid)
    for verb, body in (
        ("claim", {}),
        ("replies", {"text": "x"}),
        ("resolve", {}),
        ("return-to-bot", {}),
        ("transfer", {"agent": omid.id}),
    ):
        said = await theirs.post(f"/conversations/{id}/{verb}", body, expect=409)
        assert said["type"] == "https://peyk.dev/problems/owned-by-another"
        assert (said["state"], said["ownership"]) == ("with_agent", 3)
        assert said["owner"] == {"kind": "agent", "id": sara.id, "name": "Sara"}
    said = await me.post(f"/conversations/{id}/reopen", expect=409)
    assert said["type"] == "https://peyk.dev/problems/illegal-move"


async def test_a_reply_under_one_key_is_said_once(me: Any, customers: Any) -> None:
    id = await customers.wait()
    await me.post(f"/conversations/{id}/claim")
    answers = [
        await me.call(
            "POST",
            f"/conversations/{id}/replies",
            json={"text": "Hello"},
            headers={"Idempotency-Key": "k1"},
        )
        for _ in range(2)
    ]
    assert answers[0] == answers[1]
    assert len((await me.get(f"/conversations/{id}/messages"))["items"]) == 2


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "field"),
    [
        ("GET", "?state=asleep", None, 422, "state"),
        ("GET", "?owner=somebody", None, 422, "owner"),
        ("GET", "?queue=x", None, 422, "queue"),
        ("GET", "?cursor=x", None, 400, "cursor"),
        ("GET", "?limit=0", None, 422, "limit"),
        ("GET", "?snoozed=perhaps", None, 422, "snoozed"),
        ("GET", "?q=%00", None, 422, "q"),
        ("GET", "/{id}/messages?since=1&before=2", None, 422, "before"),
        ("GET", "/{id}/messages?since=99999999999", None, 422, "since"),
        ("GET", "/{id}/events?since=-1", None, 422, "since"),
        ("POST", "/next", {"queue": "x"}, 422, "queue"),
        ("POST", "/{id}/claim", {"x": 1}, 422, "x"),
        ("POST", "/{id}/replies", {}, 422, "text"),
        ("POST", "/{id}/replies", {"text": "x" * 10_001}, 422, "text"),
        ("POST", "/{id}/replies", {"text": "x", "attachments": ["x"]}, 422, "attachments.0"),
        ("POST", "/{id}/replies", {"text": "x", "attachments": [new_id()]}, 422, "attachments"),
        ("POST", "/{id}/replies", {"text": "x", "reply_to": new_id()}, 422, "reply_to"),
        ("POST", "/{id}/replies", {"text": "x", "address": new_id()}, 422, "address"),
        ("POST", "/{id}/notes", {"text": " "}, 422, "text"),
        ("POST", "/{id}/transfer", {}, 422, None),
        ("POST", "/{id}/transfer", {"queue": new_id(), "agent": new_id()}, 422, None),
        ("POST", "/{id}/transfer", {"queue": new_id()}, 422, "queue"),
        ("POST", "/{id}/transfer", {"agent": new_id()}, 422, "agent"),
        ("POST", "/{id}/snooze", {"until": "tomorrow"}, 422, "until"),
        ("POST", "/{id}/snooze", {"until": "2025-01-01T00:00:00Z"}, 422, "until"),
        ("POST", "/{id}/snooze", {"until": "0001-01-01T00:00:00+14:00"}, 422, "until"),
        ("POST", "/{id}/snooze", {"until": "9999-12-31T23:59:59-14:00"}, 422, "until"),
        ("POST", "/{id}/resolve", {"outcome": "x" * 201}, 422, "outcome"),
        ("PUT", "/{id}/slots", {"slots": {"": 1}}, 422, None),
        ("PUT", "/{id}/slots", {"slots": {"a": "x" * 20_001}}, 422, "slots"),
        ("PUT", "/{id}/slots", {"slots": {"a": [[[[[[[[[[[[1]]]]]]]]]]]]}}, 422, "slots"),
        ("POST", "/{id}/typing", {"on": "yes"}, 422, "on"),
    ],
)
async def test_bad_input_is_refused_by_its_name(
    me: Any,
    customers: Any,
    method: str,
    path: str,
    body: Any,
    status: int,
    field: str | None,
) -> None:
    id = await customers.wait()
    await me.post(f"/conversations/{id}/claim")
    given = {} if body is None else {"json": body}
    found, said = await me.call(method, "/conversations" + path.replace("{id}", id), **given)
    assert found == status, said
    if field:
        assert said["errors"][0]["field"] == field


async def test_a_cursor_that_no_list_gave_is_refused(me: Any, inbox: Any) -> None:
    for parts in (["0001-01-01T00:00:00+14:00", new_id()], ["9999-12-31T23:59:59-14:00", new_id()]):
        cursor = urlsafe_b64encode(orjson.dumps(parts)).decode().rstrip("=")
        status, said = await me.call("GET", "/conversations", params={"cursor": cursor})
        assert (status, said["errors"][0]["field"]) == (400, "cursor")


async def test_what_is_not_there_is_not_found(me: Any) -> None:
    for path in ("", "/messages", "/events"):
        status, _ = await me.call("GET", f"/conversations/{new_id()}{path}")
        assert status == 404
    status, _ = await me.call("POST", f"/conversations/{new_id()}/claim", json={})
    assert status == 404

"""The console's socket: every event once and in order, whatever happens to it."""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from typing import Any

import aiohttp
import orjson
import pytest
import sqlalchemy as sa
from aiohttp.test_utils import TestServer
from sqlalchemy.ext.asyncio import create_async_engine

from gateway.errors import PeykError
from gateway.events import Event, EventKind
from gateway.hub import EVERYTHING, LocalHub, Overrun, Typing, about_contact
from gateway.ids import new_id
from gateway.model.agent import Agent, Role
from gateway.model.message import Author, AuthorKind
from gateway.model.owner import Owner
from gateway.store import agents, tokens
from gateway.store.store import Store
from handoff import feed as feed_module
from handoff import frames as frames_module
from handoff import socket as socket_module
from handoff.agents import AGENTS
from handoff.desk import Desk
from handoff.feed import Feed
from handoff.words import Words

PASSWORD = "correct horse"

Socket = aiohttp.ClientWebSocketResponse
Connect = Callable[..., Awaitable["Console"]]


class Console:
    """A client of the socket that keeps all it was told."""

    def __init__(self, socket: Socket) -> None:
        self.socket = socket
        self.told: list[dict[str, Any]] = []
        self.start = 0

    async def send(self, **frame: Any) -> None:
        await self.socket.send_json(frame)

    async def next(self, *types: str) -> dict[str, Any]:
        """The next frame, or the next one of these types."""
        async with asyncio.timeout(20):
            while True:
                frame: dict[str, Any] = orjson.loads(await self.socket.receive_str())
                self.told.append(frame)
                if not types or frame["type"] in types:
                    return frame

    async def upto(self, n: int) -> list[int]:
        """The numbers of all events until this one."""
        while self.at < n:
            await self.next()
        return [each["n"] for each in self.events]

    async def closed(self) -> int | None:
        """The code with which the server ended it."""
        async with asyncio.timeout(20):
            while True:
                message = await self.socket.receive()
                if message.type in (aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSED):
                    return self.socket.close_code

    @property
    def at(self) -> int:
        """The last event that it knows of."""
        return int(self.events[-1]["n"]) if self.events else self.start

    @property
    def events(self) -> list[dict[str, Any]]:
        return [each for each in self.told if each["type"] == "event"]


@pytest.fixture
async def connect(server: TestServer, signed_in: Any, sara: Agent) -> AsyncIterator[Connect]:
    """Opens a socket of an agent and says hello."""
    browser = await signed_in(sara)
    opened: list[Socket] = []

    async def open_one(hello: dict[str, Any] | None = None, by: Any = None) -> Console:
        client = (by or browser).client
        socket = await client.ws_connect(
            "/api/v1/socket", headers=(by or browser).headers, autoping=True
        )
        opened.append(socket)
        console = Console(socket)
        if hello is not None:
            await console.send(type="hello", **hello)
            ready = await console.next("ready")
            reset = console.told[0]["type"] == "reset"
            console.start = ready["n"] if reset else hello.get("since", ready["n"])
        return console

    yield open_one
    for socket in opened:
        await socket.close()


async def last(customers: Any) -> int:
    return int((await customers.events())[-1].n)


async def test_a_new_console_is_told_where_the_store_stands(
    connect: Connect, customers: Any, sara: Agent
) -> None:
    await customers.wait()
    console = await connect({})
    ready = console.told[0]
    assert ready["n"] == await last(customers)
    assert ready["agent"]["id"] == sara.id
    assert len(ready["epoch"]) == 36
    assert console.events == []


async def test_a_live_event_brings_the_conversation_and_the_message(
    connect: Connect, customers: Any
) -> None:
    console = await connect({})
    id = await customers.wait("v1", "hello?")
    await console.upto(await last(customers))
    added = next(each for each in console.events if each["kind"] == "message_added")
    assert added["message"]["text"] == "hello?"
    assert added["conversation"]["id"] == id
    handed_off = console.events[-1]
    assert handed_off["kind"] == "handed_off"
    assert handed_off["conversation"]["state"] == "waiting"
    assert handed_off["data"] == {"reason": "asked_for_person"}
    assert "message" not in handed_off


async def test_resuming_from_any_number_gives_the_whole_rest_of_the_log(
    connect: Connect, customers: Any
) -> None:
    for n in range(5):
        await customers.wait(f"v{n}")
    end = await last(customers)
    for since in (0, 1, end // 2, end - 1):
        console = await connect({"since": since})
        assert await console.upto(end) == list(range(since + 1, end + 1))


async def test_a_console_far_behind_gets_it_page_by_page(
    connect: Connect, customers: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed_module, "AT_ONCE", 7)
    for n in range(10):
        await customers.wait(f"v{n}")
    end = await last(customers)
    console = await connect({"since": 0})
    assert await console.upto(end) == list(range(1, end + 1))


@pytest.mark.parametrize("hello", [{"since": 10**12}, {"since": 0, "epoch": "another store"}])
async def test_numbers_of_another_store_begin_anew(
    connect: Connect, customers: Any, hello: dict[str, Any]
) -> None:
    await customers.wait()
    console = await connect(hello)
    assert [each["type"] for each in console.told] == ["reset", "ready"]
    await customers.wait()
    numbers = await console.upto(await last(customers))
    assert numbers[0] == console.told[1]["n"] + 1


async def test_the_right_epoch_resumes(connect: Connect, customers: Any) -> None:
    await customers.wait()
    epoch = (await connect({})).told[0]["epoch"]
    console = await connect({"since": 1, "epoch": epoch})
    assert (await console.upto(await last(customers)))[0] == 2


async def test_reconnecting_again_and_again_under_traffic_shows_each_event_once_in_order(
    connect: Connect, customers: Any, desk: Desk, sara: Agent, omid: Agent
) -> None:
    async def traffic() -> None:
        for n in range(60):
            id = await customers.write(f"v{n % 7}")
            with contextlib.suppress(PeykError):
                await desk.claim(random.choice([sara, omid]), id)
                await desk.resolve(sara, id)

    busy = asyncio.create_task(traffic())
    seen: list[int] = []
    chance = random.Random(7)
    while not busy.done():
        console = await connect({"since": seen[-1] if seen else 0})
        for _ in range(chance.randint(1, 12)):
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(0.05):
                    await console.next("event")
        seen += [each["n"] for each in console.events]
        await console.socket.close()
    await busy
    end = await last(customers)
    console = await connect({"since": seen[-1] if seen else 0})
    if not seen or seen[-1] < end:
        seen += await console.upto(end)
    assert seen == list(range(1, end + 1))


async def test_news_out_of_order_doubled_or_lost_changes_nothing(
    connect: Connect, customers: Any, hub: LocalHub, feed: Feed, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(3)
    held: list[tuple[str, Any]] = []
    publish = hub.publish

    def unreliable(topic: str, news: Any) -> None:
        if not isinstance(news, Event):
            return publish(topic, news)
        held.append((topic, news))
        if len(held) >= 5:
            chance.shuffle(held)
            for each in held[1:]:
                publish(*each)
                if chance.random() < 0.3:
                    publish(*each)
            if chance.random() < 0.3:
                publish(EVERYTHING, Overrun())
            held.clear()
        return None

    monkeypatch.setattr(hub, "publish", unreliable)
    consoles = [await connect({}) for _ in range(3)]
    for n in range(20):
        await customers.write(f"v{n % 4}")
    end = await last(customers)
    for console in consoles:
        assert await console.upto(end) == list(range(console.told[0]["n"] + 1, end + 1))


async def test_an_event_that_commits_late_is_not_missed(
    connect: Connect, customers: Any, store: Store, database_url: str
) -> None:
    """A second writer holds the counter open while others want to go on."""
    if store.is_sqlite:
        pytest.skip("SQLite has one writer: nothing can commit late")
    console = await connect({})
    first = console.told[0]["n"]
    other = create_async_engine(database_url)
    async with other.connect() as connection:
        taken = await connection.scalar(
            sa.text("UPDATE counters SET value = value + 1 WHERE name = 'event' RETURNING value")
        )
        await connection.execute(
            sa.text(
                "INSERT INTO events (n, kind, actor_kind, data, at) "
                "VALUES (:n, 'queue_changed', 'system', '{}', now())"
            ),
            {"n": taken},
        )
        writing = asyncio.create_task(customers.wait())
        await asyncio.sleep(0.5)
        assert not writing.done()
        await connection.commit()
    await writing
    await other.dispose()
    end = await last(customers)
    assert await console.upto(end) == list(range(first + 1, end + 1))
    assert console.events[0]["kind"] == "queue_changed"


async def test_what_another_process_writes_is_found_without_any_news(
    connect: Connect, customers: Any, hub: LocalHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed_module, "LOOK_EVERY_S", 0.2)
    console = await connect({})
    monkeypatch.setattr(hub, "publish", lambda topic, news: None)
    await customers.wait()
    end = await last(customers)
    assert await console.upto(end) == list(range(console.told[0]["n"] + 1, end + 1))


async def test_a_snapshot_with_the_events_since_is_a_fresh_snapshot(
    connect: Connect,
    customers: Any,
    desk: Desk,
    sara: Agent,
    omid: Agent,
    sales: Any,
    signed_in: Any,
    clock: Any,
) -> None:
    browser = await signed_in(sara)
    made = [await customers.wait(f"v{n}") for n in range(3)]
    console = await connect({})
    known = await snapshot(browser)
    chance = random.Random(11)
    verbs: list[Callable[[Agent, Any], Awaitable[object]]] = [
        lambda me, it: desk.claim(me, it),
        lambda me, it: desk.reply(me, it, Words(text="hello")),
        lambda me, it: desk.note(me, it, Words(text="hm")),
        lambda me, it: desk.transfer(me, it, Owner.queue(sales.id), "please"),
        lambda me, it: desk.transfer(me, it, Owner.agent(omid.id)),
        lambda me, it: desk.return_to_bot(me, it, None, {"n": chance.random()}),
        lambda me, it: desk.snooze(me, it, clock() + timedelta(hours=1)),
        lambda me, it: desk.resolve(me, it, "done"),
        lambda me, it: desk.reopen(me, it),
        lambda me, it: desk.set_slots(me, it, {"n": chance.random()}),
    ]
    for step in range(60):
        clock.forward(seconds=1)
        if chance.random() < 0.3:
            made.append(await customers.write(f"v{chance.randrange(6)}"))
        with contextlib.suppress(PeykError):
            await chance.choice(verbs)(chance.choice([sara, omid]), chance.choice(made))
        if step % 10 == 0 or step == 59:
            before = len(console.events)
            await console.upto(await last(customers))
            for event in console.events[before:]:
                if "conversation" in event:
                    known[event["conversation"]["id"]] = event["conversation"]
            assert known == await snapshot(browser)


async def snapshot(browser: Any) -> dict[str, Any]:
    """Without what this agent alone has seen: events speak to all alike."""
    page = await browser.get("/conversations", limit=200)
    own = ("seen_seq", "unread")
    return {it["id"]: {k: v for k, v in it.items() if k not in own} for it in page["items"]}


async def test_an_event_is_written_down_once_for_all_consoles(
    connect: Connect, customers: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[int] = []
    encode = frames_module.encode

    async def counted(connection: Any, told: Any) -> Any:
        written.extend(each.n for each in told)
        return await encode(connection, told)

    consoles = [await connect({}) for _ in range(5)]
    monkeypatch.setattr(feed_module, "encode", counted)
    await customers.wait()
    end = await last(customers)
    for console in consoles:
        await console.upto(end)
    assert len(written) == len(set(written))


async def test_a_reader_that_does_not_read_costs_nothing_and_catches_up(
    connect: Connect, customers: Any, feed: Feed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed, "_at_hand", type(feed._at_hand)(maxlen=10))
    slow, quick = await connect({}), await connect({})
    for n in range(40):
        await customers.write(f"v{n % 3}", "x" * 9000)
    end = await last(customers)
    await quick.upto(end)
    assert await slow.upto(end) == list(range(slow.told[0]["n"] + 1, end + 1))


async def test_typing_is_seen_by_agents_and_only_of_the_holder_by_the_customer(
    connect: Connect, customers: Any, desk: Desk, omid: Agent, signed_in: Any, hub: LocalHub
) -> None:
    id = await customers.wait()
    contact_id = (await customers.now(id)).contact_id
    mine, theirs = await connect({}), await connect({}, await signed_in(omid))
    await desk.claim(omid, id)
    with hub.listen(about_contact(contact_id)) as customer:
        await mine.send(type="typing", conversation_id=id, on=True)
        seen = await theirs.next("typing")
        assert (seen["author"]["name"], seen["on"]) == ("Sara", True)
        assert customer.rest() == []
        await theirs.send(type="typing", conversation_id=id, on=True)
        while (await mine.next("typing"))["author"]["name"] != "Omid":
            pass
        (heard,) = customer.rest()
        assert isinstance(heard, Typing)
        assert heard.author.name == "Omid"


async def test_typing_over_http_is_the_same(
    connect: Connect, customers: Any, signed_in: Any, omid: Agent
) -> None:
    id = await customers.wait()
    console = await connect({})
    browser = await signed_in(omid)
    status, _ = await browser.call("POST", f"/conversations/{id}/typing", json={"on": True})
    assert status == 204
    assert (await console.next("typing"))["author"]["name"] == "Omid"


async def test_a_customer_s_typing_is_seen_by_agents(
    connect: Connect, customers: Any, hub: LocalHub
) -> None:
    conversation = await customers.now(await customers.wait())
    console = await connect({})
    author = Author(kind=AuthorKind.CUSTOMER, id=conversation.contact_id)
    hub.publish(
        about_contact(conversation.contact_id),
        Typing(
            conversation_id=conversation.id,
            contact_id=conversation.contact_id,
            author=author,
            on=True,
        ),
    )
    seen = await console.next("typing")
    assert (seen["conversation_id"], seen["author"]["kind"]) == (conversation.id, "customer")


async def test_presence_is_told_live_and_as_an_event(
    connect: Connect, signed_in: Any, omid: Agent
) -> None:
    console = await connect({})
    browser = await signed_in(omid)
    await browser.call("PUT", "/me/presence", json={"status": "away"})
    await console.next("presence")
    while not console.events:
        await console.next()
    told = {each["type"]: each for each in console.told}
    assert told["presence"] == {"type": "presence", "agent_id": omid.id, "presence": "away"}
    assert told["event"]["kind"] == "presence_changed"


async def test_a_pong_says_how_far_the_events_have_come(connect: Connect, customers: Any) -> None:
    console = await connect({})
    await customers.wait()
    latest = (await customers.events())[-1].n
    await console.send(type="ping")
    while (frame := await console.next())["type"] != "pong":
        pass
    assert frame["n"] == latest


async def test_a_ping_is_answered_and_what_is_no_frame_is_named(
    connect: Connect, customers: Any
) -> None:
    console = await connect({})
    await console.send(type="ping")
    assert (await console.next())["type"] == "pong"
    for text in ("", "x", "[]", '{"type":"dance"}', '{"type":"typing"}', '{"type":"hello"}'):
        await console.socket.send_str(text)
        assert (await console.next())["code"] == "bad_frame"
    await console.socket.send_bytes(b"\x00")
    assert (await console.next())["code"] == "bad_frame"
    await console.send(type="typing", conversation_id=new_id(), on=True)
    assert (await console.next())["code"] == "not_found"
    await console.send(type="ping")
    assert (await console.next())["type"] == "pong"


@pytest.mark.parametrize("text", ["x", '{"type":"ping"}', '{"type":"hello","since":-1}'])
async def test_who_does_not_say_hello_is_shown_out(connect: Connect, text: str) -> None:
    console = await connect()
    await console.socket.send_str(text)
    assert await console.closed() == 4400


async def test_who_says_nothing_is_shown_out(
    connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket_module, "HELLO_WITHIN_S", 0.1)
    assert await (await connect()).closed() == 4400


async def test_too_many_frames_end_the_connection(connect: Connect) -> None:
    console = await connect({})
    with contextlib.suppress(ConnectionError):
        for _ in range(200):
            await console.send(type="ping")
    assert await console.closed() == 4429


async def test_a_frame_too_large_ends_the_connection(connect: Connect) -> None:
    console = await connect({})
    await console.socket.send_str("x" * 20_000)
    assert await console.closed() == 1009


async def test_too_many_sockets_of_one_agent_are_refused(
    connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed_module, "SOCKETS_OF_ONE_AGENT", 2)
    first = await connect({})
    await connect({})
    third = await connect()
    await third.send(type="hello")
    assert await third.closed() == 4429
    await first.socket.close()
    await asyncio.sleep(0.1)
    await connect({})


async def test_who_is_signed_out_is_shown_out_within_seconds(
    connect: Connect, sara: Agent, store: Store, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket_module, "STILL_EVERY_S", 0.1)
    console = await connect({})
    await store.write(lambda tx: tokens.revoke_all(tx, sara.id, clock()))
    assert await console.closed() == 4401


async def test_a_disabled_agent_is_shown_out_within_seconds(
    connect: Connect, sara: Agent, store: Store, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket_module, "STILL_EVERY_S", 0.1)
    console = await connect({})
    await store.write(lambda tx: agents.change(tx, sara.id, disabled_at=clock()))
    assert await console.closed() == 4401


async def test_nobody_listens_without_being_signed_in(server: TestServer) -> None:
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await session.ws_connect(server.make_url("/api/v1/socket"))
        assert refused.value.status == 401


async def test_a_browser_s_session_opens_it_from_our_pages_alone_and_until_it_ends(
    server: TestServer,
    make_agent: Any,
    store: Store,
    hub: LocalHub,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(socket_module, "STILL_EVERY_S", 0.1)
    made = server.app[AGENTS]
    await made.make(name="Lena", email="lena@example.com", role=Role.AGENT, password=PASSWORD)
    url = server.make_url("/api/v1/socket")
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        credentials = {"email": "lena@example.com", "password": PASSWORD}
        async with session.post(server.make_url("/api/v1/session"), json=credentials) as response:
            csrf = (await response.json())["csrf_token"]
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await session.ws_connect(url, origin="https://evil.example")
        assert refused.value.status == 403
        console = Console(await session.ws_connect(url, origin=str(server.make_url("/").origin())))
        await console.send(type="hello")
        assert (await console.next())["agent"]["name"] == "Lena"
        headers = {"X-CSRF-Token": csrf}
        async with session.delete(server.make_url("/api/v1/session"), headers=headers) as gone:
            assert gone.status == 204
        assert await console.closed() == 4401


async def test_a_plain_request_is_told_to_upgrade(signed_in: Any, sara: Agent) -> None:
    browser = await signed_in(sara)
    status, said = await browser.call("GET", "/socket")
    assert (status, said["status"]) == (426, 426)


async def test_the_gateway_says_goodbye_when_it_stops(connect: Connect, feed: Feed) -> None:
    console = await connect({})
    feed.close()
    assert await console.closed() == 1001


async def test_no_admin_s_secret_travels_with_events(
    connect: Connect, signed_in: Any, admin: Agent, customers: Any
) -> None:
    console = await connect({})
    boss = await signed_in(admin)
    made = await boss.post(
        "/inboxes",
        {"name": "Shop", "channel": "chat", "settings": {"greeting": "s3cret"}},
        expect=201,
    )
    await boss.post(
        "/agents",
        {"name": "New", "email": "new@example.com", "password": "correct horse"},
        expect=201,
    )
    await boss.post("/rules", {"kind": "words", "value": "s3cret"}, expect=201)
    await console.upto(await last(customers))
    assert [each["kind"] for each in console.events] == [
        "inbox_changed",
        "agent_changed",
        "rule_changed",
    ]
    told = orjson.dumps(console.events).decode()
    for secret in (made["key"], "s3cret", "new@example.com", "correct horse"):
        assert secret not in told


async def test_every_kind_of_event_can_be_told(
    connect: Connect, store: Store, clock: Any, customers: Any
) -> None:
    console = await connect({})
    for kind in set(EventKind) - {EventKind.MESSAGE_ADDED}:
        event = Event(kind=kind, actor=Author(kind=AuthorKind.SYSTEM), at=clock())

        async def unit(tx: Any, event: Event = event) -> None:
            tx.tell(event)

        await store.write(unit)
    await console.upto(await last(customers))
    assert len(console.events) == len(EventKind) - 1

"""What a page is told stays whole: over broken connections, restarts and slow readers."""

from __future__ import annotations

import asyncio
import base64
import json
import random
import socket
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from gateway.hub import BOX, LocalHub, about_contact
from gateway.ids import InboxId, QueueId, new_id
from gateway.model.inbox import Inbox, Queue
from gateway.model.message import Draft
from gateway.store import conversations, inboxes
from gateway.store.store import Store, opened
from gateway.store.tx import Tx
from tests.channels.chat.site import BOT, ChatSite, Line, Page, client_id, serving

RECONNECTS = 100


class Reader:
    """A page whose connection breaks again and again; it keeps what every page keeps."""

    def __init__(self, page: Page, rng: random.Random) -> None:
        self._page = page
        self._rng = rng
        self._unsent: dict[str, str] = {}
        self._conversation: str | None = None
        self._epoch: str | None = None
        self.last = 0
        self.transcript: dict[int, str] = {}
        self.told_again = 0

    @property
    def is_done(self) -> bool:
        return not self._unsent

    def write(self, text: str) -> None:
        self._unsent[client_id()] = text

    async def connect_for(self, seconds: float) -> None:
        """Connect, send what was not acknowledged, read a while, and break off rudely."""
        line = self._page.socket(
            **{"since": self.last} if self._conversation else {},
            **{"conversation_id": self._conversation} if self._conversation else {},
            **{"epoch": self._epoch} if self._epoch else {},
        )
        with suppress(TimeoutError, ConnectionError):
            async with asyncio.timeout(seconds):
                await line.__aenter__()
                self._epoch = line.ready["epoch"]
                for id, text in list(self._unsent.items()):
                    await line.send({"type": "message", "client_id": id, "text": text})
                while True:
                    self._take(await line.next())
        self._break_off(line)

    def _take(self, frame: dict[str, Any]) -> None:
        if frame["type"] not in ("message", "ack"):
            return
        self._conversation = frame["conversation_id"]
        seq = frame["seq"]
        id = frame["client_id"]
        text = self._unsent.pop(id, None) if id else None
        text = frame.get("text", text)
        if text is None:
            return
        self.told_again += seq in self.transcript
        if frame["type"] == "message":
            assert seq > self.last, "told again, or out of order"
        self.transcript[seq] = text
        self.last = max(self.last, seq)

    def _break_off(self, line: Line) -> None:
        broken = line._socket
        connection = broken._response.connection if broken else None
        if connection is not None and connection.transport is not None:
            connection.transport.abort()


async def test_a_hundred_broken_connections_leave_the_transcript_whole(site: ChatSite) -> None:
    rng = random.Random(7)
    page = await site.visit()
    await site.change_settings(limits={"messages_burst": 1e6, "frames_burst": 1e6})
    first = await page.say("hello")
    id = first["conversation_id"]
    agent = await site.agent()
    reader = Reader(page, rng)
    busy = True

    async def chatter() -> None:
        n = 0
        while busy:
            n += 1
            await site.say_as_bot(id, f"bot {n}")
            if n % 5 == 0:
                await site.note(id, agent, f"note {n}")
            if n % 3 == 0:
                await page.say(f"other tab {n}")
            await asyncio.sleep(rng.uniform(0, 0.02))

    talking = asyncio.create_task(chatter())
    for n in range(RECONNECTS):
        reader.write(f"mine {n}")
        await reader.connect_for(rng.uniform(0.005, 0.08))
    busy = False
    await talking
    while not reader.is_done or reader.last < (await site.conversation(id)).last_seq:
        await reader.connect_for(0.5)

    stored = {each.seq: each.text for each in await site.messages(id)}
    assert reader.transcript == stored
    assert len([t for t in stored.values() if t.startswith("mine")]) == RECONNECTS
    assert not any(t.startswith("note") for t in reader.transcript.values())


async def test_a_page_resumes_after_a_restart(
    database_url: str, tmp_path: Path, clock: Any, request: Any
) -> None:
    hub = LocalHub()
    async with opened(database_url, hub) as store:
        inbox = await _inbox(store)
        async with serving(store, hub, inbox, clock, tmp_path) as site:
            page = await site.visit()
            async with page.socket() as line:
                ack = await line.say("before")
                epoch = line.ready["epoch"]
                url = site.chat.links.address(ack["message_id"])
            token = page.token
    hub = LocalHub()
    async with (
        opened(database_url, hub) as store,
        serving(store, hub, inbox, clock, tmp_path) as site,
    ):
        await site.say_as_bot(ack["conversation_id"], "while you were away")
        page = site.page()
        page.token = token
        hello = {"since": 1, "conversation_id": ack["conversation_id"], "epoch": epoch}
        async with page.socket(**hello) as line:
            assert (await line.get("message"))["text"] == "while you were away"
            assert (await line.say("before", ack["client_id"])) == ack
        status, said = await page.open_session()
        assert (status, said["conversation_id"]) == (201, ack["conversation_id"])
        assert site.chat.links.address(ack["message_id"]) == url


async def test_what_others_said_before_an_ack_comes_before_the_ack(site: ChatSite) -> None:
    page = await site.visit()
    id = (await page.say("hello"))["conversation_id"]
    async with page.socket(since=1) as line:
        ids = [client_id() for _ in range(20)]
        for each in ids:
            await asyncio.gather(
                site.say_as_bot(id, "from the bot"),
                line.send({"type": "message", "client_id": each, "text": "mine"}),
            )
        await line.get("ack", client_id=ids[-1])
        await line.silence()
    seqs = [f["seq"] for f in line.seen if f["type"] in ("message", "ack")]
    assert seqs == sorted(seqs)
    assert set(range(2, 42)) == set(seqs)


async def test_an_ack_waits_for_what_came_before_it(site: ChatSite, monkeypatch: Any) -> None:
    """Even when the news of it have not come through yet."""
    page = await site.visit()
    id = (await page.say("hello"))["conversation_id"]
    async with page.socket(since=1) as line:
        await line.get("state")
        with monkeypatch.context() as muted:
            muted.setattr(site.hub, "publish", lambda topic, news: None)
            await site.say_as_bot(id, "first")
            ack = await line.say("second")
    assert [f["seq"] for f in line.seen if f["type"] in ("message", "ack")] == [2, 3]
    assert ack["seq"] == 3


async def test_a_slow_reader_takes_little_memory_and_misses_nothing(site: ChatSite) -> None:
    page = await site.visit()
    id = (await page.say("hello"))["conversation_id"]
    reader, writer = await _slow_socket(site, page)
    batches, size = 12, 100
    for batch in range(batches):
        await _post_many(site, id, [f"{batch * size + n} " + "x" * 2000 for n in range(size)])
        await asyncio.sleep(0.01)
    (served,) = site.chat._sockets
    transport = served.wire.transport
    assert transport is not None
    assert 0 < transport.get_write_buffer_size() < 256 * 1024
    (listener,) = site.hub._listeners[about_contact(page.contact_id)]
    assert listener._box.qsize() <= BOX

    texts: list[str] = []
    async with asyncio.timeout(60):
        while len(texts) < batches * size + 1:
            frame = json.loads(await _read_frame(reader))
            if frame["type"] == "message":
                texts.append(frame["text"].partition(" ")[0])
    assert texts == ["hello", *map(str, range(batches * size))]
    writer.transport.abort()


async def test_a_page_that_takes_nothing_at_all_is_cut_off(
    site: ChatSite, monkeypatch: Any
) -> None:
    monkeypatch.setattr("channels.chat.wire.PATIENCE", 0.5)
    page = await site.visit()
    id = (await page.say("hello"))["conversation_id"]
    _, writer = await _slow_socket(site, page)
    for _ in range(4):
        await _post_many(site, id, ["x" * 9_000] * 100)
    async with asyncio.timeout(10):
        while site.chat._sockets:
            await asyncio.sleep(0.05)
    assert about_contact(page.contact_id) not in site.hub._listeners
    writer.transport.abort()


async def test_news_that_the_hub_lost_are_found_in_the_store(
    site: ChatSite, monkeypatch: Any
) -> None:
    monkeypatch.setattr("channels.chat.feed.LOOK_EVERY", 0.2)
    page = await site.visit()
    id = (await page.say("hello"))["conversation_id"]
    async with page.socket(since=1) as line:
        monkeypatch.setattr(site.hub, "publish", lambda topic, news: None)
        await site.say_as_bot(id, "unheard of")
        await site.hand_off((await site.conversation(id)).id)
        assert (await line.get("message"))["text"] == "unheard of"
        await line.get("state", state="waiting")


async def test_news_out_of_order_are_told_in_order(site: ChatSite, monkeypatch: Any) -> None:
    page = await site.visit()
    id = (await page.say("hello"))["conversation_id"]
    publish = site.hub.publish
    kept: list[Any] = []
    async with page.socket(since=1) as line:
        monkeypatch.setattr(site.hub, "publish", lambda topic, news: kept.append((topic, news)))
        for n in range(6):
            await site.say_as_bot(id, str(n))
        for topic, news in reversed(kept):
            publish(topic, news)
        for topic, news in kept:
            publish(topic, news)
        await line.silence()
        assert line.texts == [str(n) for n in range(6)]


async def _inbox(store: Store) -> Inbox:
    queue = Queue(
        id=QueueId(new_id()),
        name="Support",
        is_default=True,
        disabled=False,
        created_at=datetime.now(UTC),
    )
    inbox = Inbox(
        id=InboxId(new_id()),
        channel="chat",
        key="demo",
        name="Demo",
        queue_id=queue.id,
        disabled=False,
        created_at=queue.created_at,
    )
    await store.write(lambda tx: inboxes.insert_queue(tx, queue))
    await store.write(lambda tx: inboxes.insert(tx, inbox))
    return inbox


async def _post_many(site: ChatSite, id: str, texts: list[str]) -> None:
    """In one transaction, so that the news come in a burst."""
    now = site.clock()

    async def unit(tx: Tx) -> None:
        before = await conversations.lock(tx, (await site.conversation(id)).id)
        after = before
        for text in texts:
            after, _ = await site.outbox.post(tx, after, Draft(author=BOT, text=text), now)
        await conversations.save(tx, before, after)

    await site.store.write(unit)


async def _slow_socket(
    site: ChatSite, page: Page
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """A WebSocket by hand, of which nothing is read unless asked."""
    host, port = site.server.host, site.server.port
    narrow = socket.socket()
    narrow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    narrow.setblocking(False)
    await asyncio.get_running_loop().sock_connect(narrow, (host, port))
    reader, writer = await asyncio.open_connection(sock=narrow, limit=4096)
    key = base64.b64encode(b"0123456789abcdef").decode()
    writer.write(
        f"GET /chat/v1/socket HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\n"
        f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\n"
        "Sec-WebSocket-Version: 13\r\n\r\n".encode()
    )
    assert b"101" in (await reader.readuntil(b"\r\n\r\n"))
    hello = json.dumps({"type": "hello", "token": page.token}).encode()
    assert len(hello) < 126
    writer.write(bytes([0x81, 0x80 | len(hello), 0, 0, 0, 0]) + hello)
    assert json.loads(await _read_frame(reader))["type"] == "ready"
    (served,) = site.chat._sockets
    assert served.wire.transport is not None
    ours: socket.socket = served.wire.transport.get_extra_info("socket")
    ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 16 * 1024)
    return reader, writer


async def _read_frame(reader: asyncio.StreamReader) -> bytes:
    """The next text frame; pings are passed over."""
    while True:
        head = await reader.readexactly(2)
        length = head[1] & 0x7F
        if length >= 126:
            length = int.from_bytes(await reader.readexactly(2 if length == 126 else 8), "big")
        data = await reader.readexactly(length)
        if head[0] & 0x0F == 1:
            return data

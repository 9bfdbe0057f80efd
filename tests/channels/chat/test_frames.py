"""Frames: what is read, what is refused, and that no frame does any harm."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from aiohttp import WSMsgType
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from channels.chat.frames import FRAMES, MAX_FRAME, Frame, Say, read_frame
from gateway.errors import BadInput
from gateway.store import tables
from tests.channels.chat.site import ChatSite

ASKED = "I would like to talk to a person."

ID = "01890000-0000-7000-8000-000000000000"
UUID = "2f1a4c1e-0d5a-4b6e-9f39-6c2f6a1c7b11"

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats()
    | st.text()
    | st.sampled_from([*FRAMES, UUID, ID, "\x00", "\ud800", "9" * 5000]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
NAMES = ["client_id", "text", "attachments", "reply_to", "message_id", "value", "on", "seq"]
NAMES += ["token", "since", "conversation_id", "epoch"]
HOSTILE = st.one_of(
    st.binary(max_size=200),
    st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")),
    JSON.map(lambda value: json.dumps(value).encode()),
    st.builds(
        lambda kind, rest: json.dumps({**rest, "type": kind}).encode(),
        st.sampled_from([*FRAMES, "ready", "", "HELLO"]),
        st.dictionaries(st.sampled_from(NAMES), JSON, max_size=6),
    ),
    st.integers(1, 40_000).map(lambda n: b"[" * n),
    st.integers(1, 5_000).map(lambda n: b'{"type":' * n),
)


@given(HOSTILE)
def test_a_frame_is_read_or_refused_with_the_name_of_a_field(raw: bytes) -> None:
    result = _read(raw)
    assert isinstance(result, Frame) or result.field


def _read(raw: bytes) -> Frame | BadInput:
    try:
        return read_frame(raw)
    except BadInput as error:
        return error


@pytest.mark.parametrize(
    ("frame", "field"),
    [
        ({}, "type"),
        ({"type": None}, "type"),
        ({"type": ["message"]}, "type"),
        ({"type": "shout"}, "type"),
        ({"type": "message", "text": "x"}, "client_id"),
        ({"type": "message", "client_id": "1", "text": "x"}, "client_id"),
        ({"type": "message", "client_id": UUID + "\n", "text": "x"}, "client_id"),
        ({"type": "message", "client_id": UUID, "text": 5}, "text"),
        ({"type": "message", "client_id": UUID, "text": None}, "text"),
        ({"type": "message", "client_id": UUID, "attachments": "x"}, "attachments"),
        ({"type": "message", "client_id": UUID, "attachments": ["x"]}, "attachments.0"),
        ({"type": "message", "client_id": UUID, "attachments": [ID] * 21}, "attachments"),
        ({"type": "message", "client_id": UUID, "text": "x", "reply_to": "x"}, "reply_to"),
        ({"type": "choose", "client_id": UUID, "value": "/yes"}, "message_id"),
        ({"type": "choose", "client_id": UUID, "message_id": ID}, "value"),
        ({"type": "ask_for_person"}, "client_id"),
        ({"type": "typing"}, "on"),
        ({"type": "typing", "on": "yes"}, "on"),
        ({"type": "read"}, "seq"),
        ({"type": "read", "seq": -1}, "seq"),
        ({"type": "read", "seq": 1.5}, "seq"),
        ({"type": "read", "seq": 2**31}, "seq"),
        ({"type": "read", "seq": True}, "seq"),
        ({"type": "hello"}, "token"),
        ({"type": "hello", "token": "x", "since": "1"}, "since"),
    ],
)
def test_a_field_of_the_wrong_shape_is_named(frame: dict[str, Any], field: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_frame(json.dumps(frame).encode())
    assert refused.value.field == field


def test_names_that_are_not_known_are_passed_over() -> None:
    raw = json.dumps({"type": "message", "client_id": UUID, "text": "x", "mood": "good"})
    assert read_frame(raw.encode()) == Say(client_id=UUID, text="x")


def test_what_no_database_takes_is_left_out_of_a_text() -> None:
    raw = b'{"type":"message","client_id":"%s","text":"a\\u0000b\\ud83d c"}' % UUID.encode()
    assert read_frame(raw) == Say(client_id=UUID, text="ab? c")


HARMLESS = (
    ("", "bad_frame", "frame"),
    ("not json", "bad_frame", "frame"),
    ("[]", "bad_frame", "frame"),
    ("null", "bad_frame", "frame"),
    ('{"type":"message"}', "bad_frame", "client_id"),
    ('{"type":"hello","token":"x"}', "bad_frame", "type"),
    ('{"type":"message","client_id":"' + UUID + '","text":" \\n "}', "bad_frame", "text"),
    (b"\x00\x01", "bad_frame", "frame"),
    ('{"type":"typing","on":true,"x":"' + "x" * MAX_FRAME + '"}', "too_large", "frame"),
)


async def test_a_bad_frame_is_answered_and_the_talk_goes_on(site: ChatSite) -> None:
    page = await site.visit()
    async with page.socket() as line:
        for raw, code, field in HARMLESS:
            await line.send(raw)
            error = await line.get("error")
            assert (error["code"], error["field"]) == (code, field), raw[:50]
            assert error["message"]
        assert (await line.say("still here"))["seq"] == 1
    assert await site.count(tables.journal) == 1


async def test_text_that_is_no_utf8_is_answered_too(site: ChatSite) -> None:
    page = await site.visit()
    async with page.socket() as line:
        await line.socket.send_frame(b'{"type":"\xff\xfe"}', WSMsgType.TEXT)
        assert (await line.get("error"))["code"] == "bad_frame"
        assert (await line.say("still here"))["seq"] == 1


async def test_a_frame_that_names_its_client_id_gets_it_back(site: ChatSite) -> None:
    page = await site.visit()
    async with page.socket() as line:
        await line.send({"type": "message", "client_id": UUID, "text": ["x"]})
        assert (await line.get("error"))["client_id"] == UUID
        await line.send({"type": "message", "client_id": UUID, "text": "x", "reply_to": ID})
        error = await line.get("error")
        assert (error["code"], error["client_id"]) == ("not_found", UUID)
        await line.send({"type": "message", "client_id": UUID, "text": "", "attachments": [ID]})
        error = await line.get("error")
        assert (error["code"], error["client_id"]) == ("bad_attachment", UUID)
        assert (await line.say("now", UUID))["seq"] == 1


HARMFUL = st.lists(HOSTILE.filter(lambda raw: len(raw) < MAX_FRAME), max_size=40)


async def test_hostile_frames_close_nothing_store_nothing_and_break_nothing(
    site: ChatSite, caplog: pytest.LogCaptureFixture
) -> None:
    """One socket takes them all; a page next to it goes on as if nothing were."""
    unlimited = {"frames_burst": 1e9, "messages_burst": 1e9}
    await site.change_settings(limits=unlimited)
    page, neighbour = await site.visit(), await site.visit()
    said = await page.say("the first")
    before = {t.name: await site.count(t) for t in (tables.contacts, tables.conversations)}
    loop = asyncio.get_running_loop()
    async with page.socket(since=1) as line, neighbour.socket() as beside:

        async def attack(frames: list[bytes]) -> None:
            for raw in frames:
                await line.socket.send_frame(raw, WSMsgType.TEXT)
            await line.send({"type": "ping"})
            async with asyncio.timeout(10):
                while (await line.next())["type"] != "pong":
                    pass

        @settings(
            max_examples=150,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
        )
        @given(HARMFUL)
        def attacks(frames: list[bytes]) -> None:
            asyncio.run_coroutine_threadsafe(attack(frames), loop).result(30)

        await loop.run_in_executor(None, attacks)
        assert (await line.say("the last"))["conversation_id"] == said["conversation_id"]
        assert (await beside.say("undisturbed"))["seq"] == 1
    errors = [f for f in line.seen if f["type"] == "error"]
    assert len(errors) > 100
    assert {f["code"] for f in errors} <= {
        "bad_frame",
        "too_long",
        "too_large",
        "bad_attachment",
        "not_found",
    }
    assert "Traceback" not in caplog.text
    assert await site.count(tables.contacts) == before["contacts"]
    stored = await site.messages(said["conversation_id"])
    odd = [each.text for each in stored if each.client_id == UUID]
    assert len(odd) <= 1
    # A frame may turn out to be a good one, which asks for a person.
    others = [t.text for t in stored if t.client_id != UUID and t.text != ASKED]
    assert others == ["the first", "the last"]

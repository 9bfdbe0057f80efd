"""Idempotency-Key: a repeat gets the first answer, and nothing is done twice."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from aiohttp import web

from gateway.errors import NotFound
from gateway.model.agent import Agent, Role
from gateway.web import idempotency, keys
from gateway.web.body import Nothing
from gateway.web.route import Call, Route, mount

Staff = dict[Role, Agent]
TOKENS = "/api/v1/tokens"


@pytest.fixture
async def browser(open_browser: Any, staff: Staff) -> Any:
    browser = open_browser()
    await browser.sign_in("agent@example.com")
    return browser


async def names(browser: Any) -> list[str]:
    _, said = await browser.call("GET", TOKENS)
    return [token["name"] for token in said["items"]]


def key(value: str) -> dict[str, str]:
    return {"Idempotency-Key": value}


async def test_a_repeat_is_answered_with_the_first_answer(browser: Any) -> None:
    first = await browser.call("POST", TOKENS, json={"name": "a"}, headers=key("k"))
    second = await browser.call("POST", TOKENS, json={"name": "a"}, headers=key("k"))
    assert first[0] == 201
    assert second == first
    assert await names(browser) == ["a"]


async def test_without_a_key_a_repeat_is_another(browser: Any) -> None:
    await browser.call("POST", TOKENS, json={"name": "a"})
    await browser.call("POST", TOKENS, json={"name": "a"})
    assert await names(browser) == ["a", "a"]


async def test_a_replay_says_that_it_is_one(browser: Any) -> None:
    for replayed in (None, "true"):
        async with browser.client.post(
            TOKENS, json={"name": "a"}, headers={**browser.headers, **key("k")}
        ) as response:
            assert response.headers.get("Idempotent-Replayed") == replayed
            assert response.content_type == "application/json"


async def test_the_key_of_another_request_is_refused(
    browser: Any, open_browser: Any, staff: Staff
) -> None:
    await browser.call("POST", TOKENS, json={"name": "a"}, headers=key("k"))
    status, said = await browser.call("POST", TOKENS, json={"name": "b"}, headers=key("k"))
    assert (status, said["errors"][0]["field"]) == (422, "Idempotency-Key")
    assert await names(browser) == ["a"]


async def test_two_agents_keys_are_their_own(browser: Any, open_browser: Any) -> None:
    other = open_browser()
    await other.sign_in("admin@example.com")
    _, one = await browser.call("POST", TOKENS, json={"name": "a"}, headers=key("k"))
    _, two = await other.call("POST", TOKENS, json={"name": "a"}, headers=key("k"))
    assert one["token"] != two["token"]


async def test_many_at_once_are_done_once(browser: Any) -> None:
    found = await asyncio.gather(
        *(browser.call("POST", TOKENS, json={"name": "a"}, headers=key("k")) for _ in range(20))
    )
    assert {status for status, _ in found} == {201}
    assert len({said["token"] for _, said in found}) == 1
    assert await names(browser) == ["a"]


async def test_a_failure_is_not_kept(browser: Any) -> None:
    bad = {"name": "a", "expires_at": "2020-01-01T00:00:00Z"}
    assert (await browser.call("POST", TOKENS, json=bad, headers=key("k")))[0] == 422
    assert (await browser.call("POST", TOKENS, json={"name": "a"}, headers=key("k")))[0] == 201


async def test_a_key_is_forgotten_after_a_day(browser: Any, clock: Any) -> None:
    await browser.call("POST", TOKENS, json={"name": "a"}, headers=key("k"))
    for _ in range(3):
        clock.forward(hours=9)
        await browser.call("GET", "/api/v1/me")
    await browser.call("POST", TOKENS, json={"name": "a"}, headers=key("k"))
    assert await names(browser) == ["a", "a"]


@pytest.mark.parametrize("bad", ["x" * 201, "é", "a\tb"])
async def test_a_key_that_is_no_key_is_refused(browser: Any, bad: str) -> None:
    status, said = await browser.call("POST", TOKENS, json={"name": "a"}, headers=key(bad))
    assert (status, said["errors"][0]["in"]) == (422, "header")


async def test_the_answer_cannot_be_read_from_the_store(
    app: web.Application, browser: Any, tmp_path: Any
) -> None:
    _, said = await browser.call("POST", TOKENS, json={"name": "a"}, headers=key("k"))
    if app[keys.STORE].is_sqlite:
        kept = b"".join(path.read_bytes() for path in tmp_path.glob("peyk.db*"))
        assert said["id"].encode() in kept
        assert said["token"].encode() not in kept


class Slow:
    """A verb that waits until it is let go, and counts."""

    def __init__(self) -> None:
        self.go = asyncio.Event()
        self.running = asyncio.Semaphore(0)
        self.begun = 0
        self.fails = False

    async def __call__(self, call: Call[Nothing]) -> web.StreamResponse:
        self.begun += 1
        self.running.release()
        await self.go.wait()
        if self.fails:
            raise NotFound("parcel")
        return web.Response(status=200, body=b"{}", content_type="application/json")


@pytest.fixture
def slow(app: web.Application) -> Slow:
    slow = Slow()
    route = Route("POST", "/slow", slow, summary="", tag="", body=Nothing, role=Role.AGENT)
    mount(app, "/t", [route])
    return slow


async def test_a_repeat_waits_for_the_first_and_gives_up_with_a_hint(
    slow: Slow, browser: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(idempotency, "PATIENCE", 0.2)
    first = asyncio.create_task(browser.call("POST", "/t/slow", headers=key("k")))
    await slow.running.acquire()
    status, said = await browser.call("POST", "/t/slow", headers=key("k"))
    assert (status, said["type"].rpartition("/")[2]) == (409, "still-running")
    slow.go.set()
    assert (await first)[0] == 200
    assert (await browser.call("POST", "/t/slow", headers=key("k")))[0] == 200
    assert slow.begun == 1


async def test_a_repeat_runs_itself_when_the_first_failed(slow: Slow, browser: Any) -> None:
    slow.fails = True
    first = asyncio.create_task(browser.call("POST", "/t/slow", headers=key("k")))
    await slow.running.acquire()
    second = asyncio.create_task(browser.call("POST", "/t/slow", headers=key("k")))
    await asyncio.sleep(0.1)
    slow.go.set()
    assert (await first)[0] == 404
    slow.fails = False
    assert (await second)[0] in (200, 404)
    assert slow.begun == 2


async def test_a_dead_first_request_is_taken_over(slow: Slow, browser: Any, clock: Any) -> None:
    first = asyncio.create_task(browser.call("POST", "/t/slow", headers=key("k")))
    await slow.running.acquire()
    clock.forward(seconds=61)
    second = asyncio.create_task(browser.call("POST", "/t/slow", headers=key("k")))
    await slow.running.acquire()
    slow.go.set()
    assert [status for status, _ in await asyncio.gather(first, second)] == [200, 200]

"""Signing in, staying signed in, and being signed out."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import pytest
from aiohttp import web

from gateway.errors import NotSignedIn
from gateway.model.agent import Agent, Role
from gateway.web import auth, keys
from gateway.web.site import Site
from handoff.agents import AGENTS

Staff = dict[Role, Agent]
AGENT = "agent@example.com"


async def test_a_sign_in_gives_a_cookie_that_scripts_cannot_read(
    open_browser: Any, staff: Staff
) -> None:
    browser = open_browser()
    assert await browser.sign_in("AGENT@example.com ") == 200
    (cookie,) = browser.client.session.cookie_jar
    assert (cookie.key, cookie["httponly"], cookie["samesite"]) == ("peyk_session", True, "Strict")
    status, said = await browser.call("GET", "/api/v1/me")
    assert status == 200
    assert (said["id"], said["role"]) == (staff[Role.AGENT].id, "agent")
    assert said["csrf_token"] == browser.headers["X-CSRF-Token"]


async def test_the_cookie_is_secure_where_browsers_come_by_https(
    app: web.Application, open_browser: Any, staff: Staff
) -> None:
    app._state[keys.SITE] = Site(public_url="https://chat.example.com")
    browser = open_browser()
    body = {"email": AGENT, "password": "correct horse"}
    async with browser.client.post("/api/v1/session", json=body) as response:
        assert response.cookies["peyk_session"]["secure"] is True


async def test_neither_cookie_nor_token_is_kept_in_the_store(
    app: web.Application, open_browser: Any, staff: Staff, tmp_path: Any
) -> None:
    browser = open_browser()
    await browser.sign_in(AGENT)
    _, made = await browser.call("POST", "/api/v1/tokens", json={"name": "ci"})
    (cookie,) = browser.client.session.cookie_jar
    if app[keys.STORE].is_sqlite:
        kept = b"".join(path.read_bytes() for path in tmp_path.glob("peyk.db*"))
        assert staff[Role.AGENT].id.encode() in kept
        assert cookie.value.encode() not in kept
        assert made["token"].encode() not in kept


@pytest.mark.parametrize(
    ("email", "password"),
    [(AGENT, "wrong"), ("nobody@example.com", "correct horse"), (AGENT, ""), ("", "")],
)
async def test_wrong_credentials_are_told_the_same(
    open_browser: Any, staff: Staff, email: str, password: str
) -> None:
    body = {"email": email, "password": password}
    status, said = await open_browser().call("POST", "/api/v1/session", json=body)
    assert (status, said["detail"]) == (401, "the email or the password is wrong")


async def test_an_unknown_email_takes_as_long_as_a_wrong_password(
    open_browser: Any, staff: Staff
) -> None:
    async def took(email: str) -> float:
        started = time.perf_counter()
        await open_browser().sign_in(email, "wrong")
        return time.perf_counter() - started

    await took(AGENT)
    known = sorted([await took(AGENT) for _ in range(5)])[2]
    unknown = sorted([await took(f"{n}@example.com") for n in range(5)])[2]
    assert 0.2 < unknown / known < 5


async def test_guessing_at_one_email_is_throttled_and_ends(
    open_browser: Any, staff: Staff, clock: Any
) -> None:
    browser = open_browser()
    for _ in range(10):
        assert await browser.sign_in(AGENT, "wrong") == 401
    body = {"email": AGENT, "password": "correct horse"}
    async with browser.client.post("/api/v1/session", json=body) as response:
        assert response.status == 429
        assert 0 < int(response.headers["Retry-After"]) <= 15 * 60
    assert await browser.sign_in("supervisor@example.com") == 200
    clock.forward(minutes=16)
    assert await browser.sign_in(AGENT) == 200


async def test_many_guesses_at_once_do_not_pass_together(open_browser: Any, staff: Staff) -> None:
    browser = open_browser()
    found = await asyncio.gather(*(browser.sign_in(AGENT, "wrong") for _ in range(40)))
    assert sorted(set(found)) == [401, 429]
    assert found.count(401) == 10


async def test_guessing_from_one_network_address_is_throttled(
    open_browser: Any, staff: Staff
) -> None:
    browser = open_browser()
    for n in range(50):
        assert await browser.sign_in(f"{n}@example.com", "wrong") == 401
    assert await browser.sign_in(AGENT) == 429


async def test_a_success_forgets_the_failures_before(open_browser: Any, staff: Staff) -> None:
    browser = open_browser()
    for _ in range(3):
        for _ in range(9):
            await browser.sign_in(AGENT, "wrong")
        assert await browser.sign_in(AGENT) == 200


async def test_a_changing_request_by_cookie_needs_the_csrf_token(
    open_browser: Any, staff: Staff
) -> None:
    browser, other = open_browser(), open_browser()
    await browser.sign_in(AGENT)
    await other.sign_in("supervisor@example.com")
    good = browser.headers.pop("X-CSRF-Token")
    bodies: list[dict[str, str]] = [
        {},
        {"X-CSRF-Token": ""},
        {"X-CSRF-Token": "x" * 43},
        {"X-CSRF-Token": other.headers["X-CSRF-Token"]},
    ]
    for headers in bodies:
        status, _ = await browser.call(
            "PUT", "/api/v1/me/presence", json={"status": "online"}, headers=headers
        )
        assert status == 403
    browser.headers["X-CSRF-Token"] = good
    status, said = await browser.call("PUT", "/api/v1/me/presence", json={"status": "online"})
    assert (status, said["presence"]) == (200, "online")


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1", "x"])
async def test_another_sites_page_changes_nothing(
    open_browser: Any, staff: Staff, origin: str
) -> None:
    browser = open_browser()
    await browser.sign_in(AGENT)
    status, _ = await browser.call(
        "PUT", "/api/v1/me/presence", json={"status": "away"}, headers={"Origin": origin}
    )
    assert status == 403
    body = {"email": AGENT, "password": "correct horse"}
    status, _ = await browser.call("POST", "/api/v1/session", json=body, headers={"Origin": origin})
    assert status == 403


async def test_our_own_page_may_change_things(open_browser: Any, staff: Staff) -> None:
    browser = open_browser()
    await browser.sign_in(AGENT)
    own = str(browser.client.make_url("")).rstrip("/")
    status, _ = await browser.call(
        "PUT", "/api/v1/me/presence", json={"status": "away"}, headers={"Origin": own}
    )
    assert status == 200


async def test_an_upgrade_from_another_site_is_refused(open_browser: Any, staff: Staff) -> None:
    browser = open_browser()
    await browser.sign_in(AGENT)
    headers = {"Origin": "https://evil.example", "Upgrade": "websocket", "Connection": "Upgrade"}
    assert (await browser.call("GET", "/api/v1/me", headers=headers))[0] == 403


async def test_signing_out_ends_the_session(open_browser: Any, staff: Staff) -> None:
    browser = open_browser()
    await browser.sign_in(AGENT)
    (cookie,) = browser.client.session.cookie_jar
    assert (await browser.call("DELETE", "/api/v1/session"))[0] == 204
    assert len(browser.client.session.cookie_jar) == 0
    browser.client.session.cookie_jar.update_cookies({"peyk_session": cookie.value})
    assert (await browser.call("GET", "/api/v1/me"))[0] == 401


async def test_a_session_ends_idle_and_in_any_case(
    open_browser: Any, staff: Staff, clock: Any
) -> None:
    idle, busy = open_browser(), open_browser()
    await idle.sign_in(AGENT)
    await busy.sign_in(AGENT)
    for _ in range(27):
        clock.forward(hours=6)
        assert (await busy.call("GET", "/api/v1/me"))[0] == 200
    assert (await idle.call("GET", "/api/v1/me"))[0] == 401
    clock.forward(hours=7)
    assert (await busy.call("GET", "/api/v1/me"))[0] == 401


async def test_ones_own_sessions_are_listed_and_ended_but_nobody_elses(
    open_browser: Any, staff: Staff
) -> None:
    one, two, other = open_browser(), open_browser(), open_browser()
    await one.sign_in(AGENT)
    await two.sign_in(AGENT)
    await other.sign_in("admin@example.com")
    _, said = await one.call("GET", "/api/v1/sessions")
    assert [each["current"] for each in said["items"]].count(True) == 1
    (second,) = [each["id"] for each in said["items"] if not each["current"]]
    assert (await other.call("DELETE", f"/api/v1/sessions/{second}"))[0] == 404
    assert (await two.call("GET", "/api/v1/me"))[0] == 200
    assert (await one.call("DELETE", f"/api/v1/sessions/{second}"))[0] == 204
    assert (await two.call("GET", "/api/v1/me"))[0] == 401
    assert (await one.call("GET", "/api/v1/me"))[0] == 200


async def test_a_personal_token_acts_as_its_agent_until_revoked(
    open_browser: Any, staff: Staff
) -> None:
    browser, program = open_browser(), open_browser()
    await browser.sign_in(AGENT)
    status, made = await browser.call("POST", "/api/v1/tokens", json={"name": "ci"})
    assert status == 201
    assert made["token"].startswith("peyk_")
    program.headers["Authorization"] = f"Bearer {made['token']}"
    status, me = await program.call("PUT", "/api/v1/me/presence", json={"status": "online"})
    assert (status, me["id"], me["csrf_token"]) == (200, staff[Role.AGENT].id, None)
    _, listed = await browser.call("GET", "/api/v1/tokens")
    assert [(t["name"], "token" in t) for t in listed["items"]] == [("ci", False)]
    assert listed["items"][0]["last_used_at"] is not None
    assert (await program.call("DELETE", "/api/v1/session"))[0] == 404
    assert (await browser.call("DELETE", f"/api/v1/tokens/{made['id']}"))[0] == 204
    assert (await program.call("GET", "/api/v1/me"))[0] == 401


async def test_a_personal_token_expires(open_browser: Any, staff: Staff, clock: Any) -> None:
    browser, program = open_browser(), open_browser()
    await browser.sign_in(AGENT)
    body = {"name": "ci", "expires_at": "2026-01-01T10:00:00Z"}
    _, made = await browser.call("POST", "/api/v1/tokens", json=body)
    program.headers["Authorization"] = f"Bearer {made['token']}"
    assert (await program.call("GET", "/api/v1/me"))[0] == 200
    clock.forward(hours=2)
    assert (await program.call("GET", "/api/v1/me"))[0] == 401
    status, said = await browser.call("POST", "/api/v1/tokens", json=body)
    assert (status, said["errors"][0]["field"]) == (422, "expires_at")


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer x", "Basic YTpi", "Bearer peyk_x", "é"])
async def test_a_bad_authorization_is_no_login_even_beside_a_good_cookie(
    open_browser: Any, staff: Staff, header: str
) -> None:
    browser = open_browser()
    await browser.sign_in(AGENT)
    headers = {"Authorization": header}
    assert (await browser.call("GET", "/api/v1/me", headers=headers))[0] == 401


async def test_a_disabled_agent_stops_at_once(open_browser: Any, staff: Staff) -> None:
    browser, program, admin = open_browser(), open_browser(), open_browser()
    await browser.sign_in(AGENT)
    _, made = await browser.call("POST", "/api/v1/tokens", json={"name": "ci"})
    program.headers["Authorization"] = f"Bearer {made['token']}"
    await admin.sign_in("admin@example.com")
    path = f"/api/v1/agents/{staff[Role.AGENT].id}"
    status, said = await admin.call("PATCH", path, json={"disabled": True})
    assert (status, said["disabled"]) == (200, True)
    assert (await browser.call("GET", "/api/v1/me"))[0] == 401
    assert (await program.call("GET", "/api/v1/me"))[0] == 401
    assert await browser.sign_in(AGENT) == 401
    await admin.call("PATCH", path, json={"disabled": False})
    assert (await browser.call("GET", "/api/v1/me"))[0] == 401
    assert await browser.sign_in(AGENT) == 200


async def test_a_role_that_is_taken_away_is_gone_at_once(open_browser: Any, staff: Staff) -> None:
    admin, second = open_browser(), open_browser()
    await admin.sign_in("admin@example.com")
    body = {"name": "Two", "email": "two@example.com", "role": "admin", "password": "correct horse"}
    _, made = await admin.call("POST", "/api/v1/agents", json=body)
    await second.sign_in("two@example.com")
    await admin.call("PATCH", f"/api/v1/agents/{made['id']}", json={"role": "agent"})
    assert (await second.call("POST", "/api/v1/agents", json=body))[0] == 403


async def test_a_new_password_ends_the_other_sessions(open_browser: Any, staff: Staff) -> None:
    here, there = open_browser(), open_browser()
    await here.sign_in(AGENT)
    await there.sign_in(AGENT)
    wrong = {"password": {"current": "wrong", "new": "another horse"}}
    status, said = await here.call("PATCH", "/api/v1/me", json=wrong)
    assert (status, said["errors"][0]["field"]) == (422, "password.current")
    right = {"password": {"current": "correct horse", "new": "another horse"}}
    assert (await here.call("PATCH", "/api/v1/me", json=right))[0] == 200
    assert (await there.call("GET", "/api/v1/me"))[0] == 401
    assert (await here.call("GET", "/api/v1/me"))[0] == 200
    assert await there.sign_in(AGENT) == 401
    assert await there.sign_in(AGENT, "another horse") == 200


async def test_a_password_set_by_an_admin_ends_sessions_and_tokens(
    open_browser: Any, staff: Staff
) -> None:
    browser, program, admin = open_browser(), open_browser(), open_browser()
    await browser.sign_in(AGENT)
    _, made = await browser.call("POST", "/api/v1/tokens", json={"name": "ci"})
    program.headers["Authorization"] = f"Bearer {made['token']}"
    await admin.sign_in("admin@example.com")
    path = f"/api/v1/agents/{staff[Role.AGENT].id}"
    assert (await admin.call("PATCH", path, json={"password": "another horse"}))[0] == 200
    assert (await browser.call("GET", "/api/v1/me"))[0] == 401
    assert (await program.call("GET", "/api/v1/me"))[0] == 401


async def test_the_first_admin_is_made_once(app: web.Application) -> None:
    made = await app[AGENTS].make_first_admin("root@example.com", None)
    assert made is not None
    assert len(made) >= 16
    assert await app[AGENTS].make_first_admin("root@example.com", None) is None
    assert await app[AGENTS].make_first_admin("other@example.com", "given") is None


async def test_the_first_admin_signs_in_with_the_given_password(
    app: web.Application, open_browser: Any
) -> None:
    assert await app[AGENTS].make_first_admin("Root@Example.com", "given") is None
    assert await open_browser().sign_in("root@example.com", "given") == 200


async def test_asking_whether_a_caller_is_still_there_does_not_keep_them(
    app: web.Application, open_browser: Any, staff: Staff, clock: Any
) -> None:
    browser = open_browser()
    await browser.sign_in(AGENT)
    (cookie,) = browser.client.session.cookie_jar
    caller = auth.Caller(
        agent=staff[Role.AGENT], secret_hash=auth.hash_secret(cookie.value), session_id="any"
    )
    for _ in range(2):
        clock.forward(hours=5)
        assert (await auth.still(app, caller)).agent.id == staff[Role.AGENT].id
    clock.forward(hours=5)
    with pytest.raises(NotSignedIn):
        await auth.still(app, caller)


async def test_a_socket_of_a_disabled_agent_learns_of_it(
    app: web.Application, open_browser: Any, staff: Staff
) -> None:
    browser = open_browser()
    await browser.sign_in(AGENT)
    _, made = await browser.call("POST", "/api/v1/tokens", json={"name": "ci"})
    caller = auth.Caller(
        agent=staff[Role.AGENT], secret_hash=auth.hash_secret(made["token"]), token_id="any"
    )
    assert (await auth.still(app, caller)).token_id == made["id"]
    await app[AGENTS].change(staff[Role.AGENT].id, staff[Role.ADMIN], disabled=True)
    with pytest.raises(NotSignedIn):
        await auth.still(app, caller)

"""Sessions: who a visitor is, who he is not, and how long."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import jwt
import pytest

from channels.chat.sessions import LIFETIME
from gateway.ids import ContactId, new_id
from gateway.model.contact import Proof
from gateway.store import contacts, tables
from tests.channels.chat.site import ChatSite

SECRET = "a secret of the shop, thirty-two bytes and more"
IDENTITY = {"alg": "HS256", "key": SECRET}


def identity(site: ChatSite, sub: str = "sara", *, key: str = SECRET, **more: Any) -> str:
    exp = site.clock() + timedelta(minutes=5)
    claims = {"sub": sub, "jti": new_id(), "exp": int(exp.timestamp()), **more}
    return jwt.encode(claims, key, algorithm="HS256")


async def test_a_new_visitor_gets_a_session_and_the_inboxs_words(site: ChatSite) -> None:
    await site.change_settings(greeting={"en": "Hello", "fa": "سلام"}, locale="en")
    page = site.page()
    status, said = await page.open_session(locale="fa-IR")
    assert status == 201
    assert said["conversation_id"] is None
    assert len(said["token"]) >= 43
    assert said["inbox"] == {"name": "Demo", "locale": "en", "greeting": "سلام"}
    (address,) = await addresses_of(site, page.contact_id)
    assert address.proof is Proof.ANONYMOUS


async def test_a_visitor_who_returns_finds_his_conversation(site: ChatSite) -> None:
    page = await site.visit()
    said = await page.say("hello")
    token, contact = page.token, page.contact_id
    site.clock.forward(days=30)  # type: ignore[attr-defined]
    status, again = await page.open_session()
    assert (status, again["token"], again["contact_id"]) == (201, token, contact)
    assert again["conversation_id"] == said["conversation_id"]
    async with page.socket() as line:
        assert (await line.get("message"))["text"] == "hello"


async def test_only_the_hash_of_a_token_is_stored(site: ChatSite) -> None:
    page = await site.visit()
    async with site.store.read() as connection:
        rows = (await connection.execute(tables.visitor_sessions.select())).all()
    assert len(rows) == 1
    assert page.token not in str(rows)


async def test_an_unknown_token_resumes_nothing(site: ChatSite) -> None:
    page = site.page()
    page.token = "x" * 43
    for _ in range(2):
        status, said = await page.open_session()
        assert (status, said["type"].rpartition("/")[2]) == (401, "not-signed-in")
    assert (await page.call("GET", "/messages"))[0] == 401
    assert await site.count(tables.contacts) == 0


async def test_a_session_slides_while_it_is_used_and_ends_when_it_is_not(
    site: ChatSite,
) -> None:
    page = await site.visit()
    for _ in range(4):
        site.clock.forward(days=LIFETIME.days * 0.6)  # type: ignore[attr-defined]
        assert (await page.call("GET", "/messages"))[0] == 200
    site.clock.forward(days=LIFETIME.days + 1)  # type: ignore[attr-defined]
    assert (await page.call("GET", "/messages"))[0] == 401
    await site.chat.sessions.forget_expired()
    assert await site.count(tables.visitor_sessions) == 0


async def test_a_claim_is_kept_of_a_new_contact_and_finds_no_known_one(site: ChatSite) -> None:
    await site.change_settings(identity=IDENTITY)
    known = site.page()
    await known.open_session(identity=identity(site, email="sara@shop.example", name="Sara"))
    await known.say("my secret order")
    liar = site.page()
    status, said = await liar.open_session(email="sara@shop.example", name="Sara")
    assert status == 201
    assert said["contact_id"] != known.contact_id
    assert said["conversation_id"] is None
    async with site.store.read() as connection:
        contact = await contacts.get(connection, ContactId(liar.contact_id))
    assert (contact.name, contact.email) == ("Sara", "sara@shop.example")
    (address,) = await addresses_of(site, liar.contact_id)
    assert address.proof is Proof.CLAIMED
    async with liar.socket() as line:
        assert [f for f in await line.silence() if f["type"] == "message"] == []


async def test_a_claim_on_resuming_changes_nothing(site: ChatSite) -> None:
    page = await site.visit(name="Sara")
    await page.open_session(name="The Queen", email="queen@example.com")
    async with site.store.read() as connection:
        contact = await contacts.get(connection, ContactId(page.contact_id))
    assert (contact.name, contact.email) == ("Sara", None)


async def test_a_signed_visitor_is_the_same_contact_on_every_device(site: ChatSite) -> None:
    await site.change_settings(identity=IDENTITY)
    phone, laptop = site.page(), site.page()
    await phone.open_session(identity=identity(site, name="Sara"))
    await laptop.open_session(identity=identity(site, name="Sara"))
    assert phone.contact_id == laptop.contact_id
    assert phone.token != laptop.token
    (address,) = await addresses_of(site, phone.contact_id)
    assert (address.peer, address.proof) == ("user:sara", Proof.SIGNED)
    async with phone.socket() as a, laptop.socket() as b:
        said = await a.say("from the phone")
        assert (await b.get("message"))["text"] == "from the phone"
        assert (await b.say("from the laptop"))["conversation_id"] == said["conversation_id"]


async def test_an_identity_opens_one_session_and_the_session_goes_on(site: ChatSite) -> None:
    await site.change_settings(identity=IDENTITY)
    page, thief = site.page(), site.page()
    token = identity(site)
    assert (await page.open_session(identity=token))[0] == 201
    status, said = await thief.open_session(identity=token)
    assert status == 401
    assert "used before" in said["detail"]
    assert (await page.open_session())[0] == 201


async def test_of_many_who_use_one_identity_at_once_one_gets_in(site: ChatSite) -> None:
    await site.change_settings(identity=IDENTITY)
    token = identity(site)
    pages = [site.page() for _ in range(12)]
    answers = await asyncio.gather(*(each.open_session(identity=token) for each in pages))
    assert sorted(status for status, _ in answers) == [201] + [401] * 11
    assert await site.count(tables.contacts) == 1
    assert await site.count(tables.visitor_sessions) == 1


async def test_a_used_identity_is_refused_until_it_would_be_expired_anyway(
    site: ChatSite,
) -> None:
    await site.change_settings(identity=IDENTITY)
    token = identity(site)
    assert (await site.page().open_session(identity=token))[0] == 201
    for minutes in (4, 1, 1, 5):
        site.clock.forward(minutes=minutes)  # type: ignore[attr-defined]
        await site.chat.sessions.forget_expired()
        assert (await site.page().open_session(identity=token))[0] == 401
    assert await site.count(tables.used_identities) == 0


async def test_an_anonymous_visitor_who_identifies_gets_the_known_contacts_session(
    site: ChatSite,
) -> None:
    await site.change_settings(identity=IDENTITY)
    page = await site.visit()
    anonymous = page.contact_id
    before = await page.say("as nobody")
    status, said = await page.open_session(identity=identity(site, name="Sara"))
    assert (status, said["conversation_id"]) == (201, None)
    assert page.contact_id != anonymous
    after = await page.say("as Sara")
    assert after["conversation_id"] != before["conversation_id"]
    stored = await site.conversation(before["conversation_id"])
    assert stored.contact_id == anonymous


async def test_the_site_may_tell_a_new_name(site: ChatSite) -> None:
    await site.change_settings(identity=IDENTITY)
    page = site.page()
    await page.open_session(identity=identity(site, name="Sara", email="old@shop.example"))
    async with page.socket() as line:
        assert line.ready["contact_name"] == "Sara"
        await site.page().open_session(identity=identity(site, name="Sara Ahmadi"))
        await asyncio.sleep(0.1)
        ack = await line.say("hello")
    (message,) = await site.messages(ack["conversation_id"])
    assert message.author.name == "Sara Ahmadi"
    async with site.store.read() as connection:
        contact = await contacts.get(connection, ContactId(page.contact_id))
    assert (contact.name, contact.email) == ("Sara Ahmadi", "old@shop.example")


async def test_an_identity_and_a_token_of_another_inbox_are_refused(site: ChatSite) -> None:
    await site.change_settings(identity=IDENTITY)
    other = await site.other_inbox("other", identity={**IDENTITY, "key": SECRET[::-1]})
    page = site.page()
    status, _ = await page.open_session(inbox=other.key, identity=identity(site))
    assert status == 401
    await page.open_session()
    status, _ = await page.open_session(inbox=other.key)
    assert status == 401


async def test_no_token_of_a_bad_identity_is_counted_as_used(site: ChatSite) -> None:
    await site.change_settings(identity=IDENTITY)
    assert (await site.page().open_session(identity=identity(site, key=SECRET[::-1])))[0] == 401
    assert await site.count(tables.used_identities) == 0
    assert await site.count(tables.contacts) == 0


@pytest.mark.parametrize(
    "body",
    [
        {"inbox": 5},
        {"name": ""},
        {"name": "x" * 201},
        {"email": "nobody"},
        {"locale": "not a locale"},
        {"identity": 5},
        {"identity": "x" * 9000},
        {"surprise": 1},
    ],
)
async def test_a_session_asked_for_badly_names_the_field(
    site: ChatSite, body: dict[str, Any]
) -> None:
    status, said = await site.page().open_session(**body)
    assert status == 422
    assert [each["field"] for each in said["errors"]] == list(body)


async def test_an_inbox_that_is_none_or_is_closed_has_no_sessions(site: ChatSite) -> None:
    page = await site.visit()
    assert (await site.page().open_session(inbox="nothing"))[0] == 404
    await site.change_settings(identity={"alg": "none", "key": ""})
    assert (await site.page().open_session())[0] == 404
    assert (await page.call("GET", "/messages"))[0] == 404


async def test_sessions_of_one_network_address_are_limited(site: ChatSite) -> None:
    await site.change_settings(
        limits={"loopback_too": True, "network_sessions_burst": 3, "network_sessions_per_s": 0.1}
    )
    statuses = [(await site.page().open_session())[0] for _ in range(4)]
    assert statuses == [201, 201, 201, 429]
    site.clock.forward(seconds=11)  # type: ignore[attr-defined]
    assert (await site.page().open_session())[0] == 201


async def addresses_of(site: ChatSite, contact_id: str) -> list[Any]:
    async with site.store.read() as connection:
        return await contacts.addresses_of(connection, ContactId(contact_id))

"""An address that is left, and a rating at the end: by socket and by HTTP alike."""

from __future__ import annotations

from typing import Any

import pytest

from gateway.events import Event, EventKind
from gateway.ids import AddressId, ContactId
from gateway.model.contact import Proof
from gateway.model.conversation import Conversation
from gateway.model.rating import Rating
from gateway.store import contacts, events, ratings, tables
from handoff.words import Words
from tests.channels.chat.site import ChatSite, Line, Page, client_id
from tests.channels.chat.test_identity import SECRET, signed


async def told(site: ChatSite, kind: EventKind) -> list[Event]:
    async with site.store.read() as connection:
        return [each for each in await events.since(connection, 0) if each.kind is kind]


async def rating_of(site: ChatSite, conversation: Conversation) -> Rating | None:
    async with site.store.read() as connection:
        return await ratings.of(connection, conversation)


async def give(line: Line, kind: str, **fields: Any) -> dict[str, Any]:
    """What comes back: an ack or an error."""
    id = client_id()
    await line.send({"type": kind, "client_id": id, **fields})
    while (frame := await line.next())["type"] not in ("ack", "error"):
        pass
    assert frame["client_id"] == id
    return frame


async def resolved(site: ChatSite, line: Line, *, by: str | None = None) -> Conversation:
    """A conversation in which this agent answered, and that he resolved."""
    ack = await line.say("help")
    id = (await site.conversation(ack["conversation_id"])).id
    agent = await site.agent(by or "Sara")
    if by is not None:
        await site.desk.claim(agent, id)
        await site.desk.reply(agent, id, Words(text="Done."))
    else:
        await site.desk.claim(agent, id)
    await site.desk.resolve(agent, id)
    await line.get("state", state="resolved")
    return await site.conversation(id)


async def test_an_address_that_is_left_is_claimed_and_told_to_agents(site: ChatSite) -> None:
    page = await site.visit()
    async with page.socket() as line:
        said = await line.say("a person please")
        ack = await give(line, "leave_address", email=" Sara@Example.com ")
        assert ack == {
            "type": "ack",
            "client_id": ack["client_id"],
            "message_id": None,
            "conversation_id": said["conversation_id"],
            "seq": None,
        }
        await give(line, "leave_address", email="sara@example.com")
    async with site.store.read() as connection:
        contact = await contacts.get(connection, ContactId(page.contact_id))
        (address,) = await contacts.addresses_of(connection, contact.id)
    assert (contact.email, address.proof) == ("sara@example.com", Proof.CLAIMED)
    (event,) = await told(site, EventKind.ADDRESS_LEFT)
    assert event.conversation_id == said["conversation_id"]
    assert event.data == {"email": "sara@example.com"}
    (changed,) = await told(site, EventKind.CONTACT_CHANGED)
    assert changed.data == {"contact_id": page.contact_id, "changed": ["email"]}


async def test_an_address_can_be_left_before_anything_is_said(site: ChatSite) -> None:
    page = await site.visit()
    status, said = await page.call("PUT", "/email", json={"email": "sara@example.com"})
    assert (status, said) == (200, {"email": "sara@example.com"})
    (event,) = await told(site, EventKind.ADDRESS_LEFT)
    assert event.conversation_id is None


async def test_what_the_site_signed_for_is_not_overwritten(site: ChatSite) -> None:
    await site.change_settings(identity={"alg": "HS256", "key": SECRET})
    page = await site.visit(identity=signed(email="signed@example.com"))
    await page.call("PUT", "/email", json={"email": "other@example.com"})
    async with site.store.read() as connection:
        contact = await contacts.get(connection, ContactId(page.contact_id))
        address: AddressId = (await contacts.addresses_of(connection, contact.id))[0].id
        assert (await contacts.address(connection, address)).proof is Proof.SIGNED
    assert contact.email == "signed@example.com"
    assert contact.attributes["left_address"] == "other@example.com"
    assert len(await told(site, EventKind.ADDRESS_LEFT)) == 1


async def test_a_rating_is_kept_once_for_each_resolution(site: ChatSite) -> None:
    page = await site.visit()
    async with page.socket() as line:
        conversation = await resolved(site, line, by="Nasrin")
        assert [f["score"] for f in line.seen if f.get("state") == "resolved"] == [None]
        assert (await give(line, "rate", score=2))["type"] == "ack"
        assert (await line.get("state", state="resolved"))["score"] == 2
        assert (await give(line, "rate", score=5, comment="ممنون!"))["type"] == "ack"
        await give(line, "rate", score=5)
        rating = await rating_of(site, conversation)
        assert rating is not None
        assert (rating.score, rating.comment) == (5, "ممنون!")
        assert rating.agent_id is not None
        facts = [each.data for each in await told(site, EventKind.RATED)]
        assert [(each["score"], each["comment"]) for each in facts] == [(2, None), (5, "ممنون!")]
        assert {each["agent_id"] for each in facts} == {rating.agent_id}
        again = await resolved(site, line)
        assert again.ownership > conversation.ownership
        await give(line, "rate", score=1)
    assert await site.count(tables.ratings) == 2
    async with page.socket() as line:
        assert (await line.get("state"))["score"] == 1


async def test_nobody_is_rated_when_only_the_bot_answered(site: ChatSite) -> None:
    page = await site.visit()
    async with page.socket() as line:
        conversation = await resolved(site, line)
        await give(line, "rate", score=4)
    rating = await rating_of(site, conversation)
    assert rating is not None
    assert rating.agent_id is None


async def test_what_is_not_resolved_cannot_be_rated(site: ChatSite) -> None:
    page = await site.visit()
    async with page.socket() as line:
        assert (await give(line, "rate", score=5))["code"] == "not_found"
        await line.say("hello")
        assert (await give(line, "rate", score=5))["code"] == "not_now"
    assert (await page.call("PUT", "/rating", json={"score": 5}))[0] == 409
    assert await site.count(tables.ratings) == 0


@pytest.mark.parametrize("wrong", [{"score": 0}, {"score": 6}, {"score": "5"}, {}])
async def test_a_score_is_a_number_from_one_to_five(
    site: ChatSite, wrong: dict[str, object]
) -> None:
    page = await site.visit()
    async with page.socket() as line:
        await resolved(site, line)
        assert (await give(line, "rate", **wrong))["code"] == "bad_frame"
    assert (await page.call("PUT", "/rating", json=wrong))[0] in (400, 422)


async def test_an_inbox_that_asks_for_no_rating_takes_none(site: ChatSite) -> None:
    await site.change_settings(rating=False)
    page: Page = await site.visit()
    async with page.socket() as line:
        await resolved(site, line)
        assert all("score" not in frame for frame in line.seen)
        assert (await give(line, "rate", score=5))["code"] == "not_found"


async def test_by_http_the_last_word_counts_too(site: ChatSite) -> None:
    page = await site.visit()
    async with page.socket() as line:
        conversation = await resolved(site, line)
    for score in (1, 3):
        body = {"score": score, "comment": "so so"}
        status, said = await page.call("PUT", "/rating", json=body)
        assert (status, said) == (200, {"conversation_id": conversation.id, **body})

"""The WebSocket: greeting, acknowledging, telling, resuming, closing."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from gateway.errors import StoreUnavailable
from gateway.hub import EVERYTHING, Typing, about_contact
from gateway.model.delivery import DeliveryState
from gateway.model.message import ASK_FOR_PERSON, Author, AuthorKind, Button, Inbound, Received
from gateway.store import inboxes, tables
from tests.channels.chat.site import ChatSite, client_id


async def test_a_message_is_acknowledged_once_it_is_stored(site: ChatSite) -> None:
    page = await site.visit()
    async with page.socket() as line:
        assert line.ready["conversation_id"] is None
        assert (line.ready["seq"], line.ready["state"]) == (0, None)
        id = client_id()
        ack = await line.say("salam", id)
        stored = await site.messages(ack["conversation_id"])
    assert ack == {
        "type": "ack",
        "client_id": id,
        "message_id": stored[0].id,
        "conversation_id": stored[0].conversation_id,
        "seq": 1,
    }
    assert [(each.text, each.client_id, each.seq) for each in stored] == [("salam", id, 1)]
    assert stored[0].author.kind is AuthorKind.CUSTOMER


async def test_the_same_client_id_twice_is_one_message_and_two_equal_acks(
    site: ChatSite,
) -> None:
    page = await site.visit()
    id = client_id()
    async with page.socket() as line:
        first = await line.say("once", id)
        second = await line.say("once", id)
    assert first == second
    async with page.socket() as line:
        assert await line.say("once", id) == first
    assert [each.text for each in await site.messages(first["conversation_id"])] == ["once"]


async def test_the_same_client_id_of_two_visitors_is_two_messages(site: ChatSite) -> None:
    one, other = await site.visit(), await site.visit()
    id = client_id()
    async with one.socket() as a, other.socket() as b:
        first, second = await a.say("mine", id), await b.say("mine", id)
    assert first["conversation_id"] != second["conversation_id"]


async def test_what_the_bot_says_reaches_the_page_and_is_marked_delivered(
    site: ChatSite,
) -> None:
    page = await site.visit()
    async with page.socket() as line:
        ack = await line.say("where is my order")
        buttons = (Button(label="Yes", value="/yes"),)
        message = await site.say_as_bot(ack["conversation_id"], "This one?", buttons=buttons)
        frame = await line.get("message")
        assert frame == {
            "type": "message",
            "conversation_id": ack["conversation_id"],
            "seq": 2,
            "id": message.id,
            "author": {"kind": "bot", "name": "Peyk"},
            "text": "This one?",
            "buttons": [{"label": "Yes", "value": "/yes"}],
            "attachments": [],
            "image": None,
            "at": "2026-01-01T09:00:00Z",
            "client_id": None,
            "reply_to": None,
            "chosen": None,
        }
        receipt = await line.get("receipt")
        assert (receipt["message_id"], receipt["status"]) == (ack["message_id"], "read")
        await _until(site, ack["conversation_id"], [DeliveryState.DELIVERED])


async def test_reading_marks_the_deliveries_and_tells_the_other_tabs(site: ChatSite) -> None:
    page = await site.visit()
    async with page.socket() as one, page.socket() as other:
        ack = await one.say("hello")
        id = ack["conversation_id"]
        first = await site.say_as_bot(id, "a")
        second = await site.say_as_bot(id, "b")
        await one.get("message", text="b")
        await one.send({"type": "read", "seq": 3})
        receipt = await other.get("receipt", message_id=second.id)
        assert receipt["status"] == "read"
        await _until(site, id, [DeliveryState.READ, DeliveryState.READ])
        assert not [f for f in await one.silence() if f.get("message_id") == second.id]
        await one.send({"type": "read", "seq": 2})
        assert await one.silence() == []
    assert first.seq == 2


async def test_tabs_are_in_step_and_the_sender_gets_its_ack_alone(site: ChatSite) -> None:
    page = await site.visit()
    async with page.socket() as one, page.socket() as other:
        ack = await one.say("from one")
        frame = await other.get("message")
        assert (frame["text"], frame["client_id"]) == ("from one", ack["client_id"])
        assert frame["author"]["kind"] == "customer"
        await other.say("from the other")
        assert (await one.get("message"))["text"] == "from the other"
        await site.say_as_bot(ack["conversation_id"], "to both")
        for line in (one, other):
            assert (await line.get("message"))["text"] == "to both"
    assert one.texts == ["from the other", "to both"]
    assert other.texts == ["from one", "to both"]


async def test_a_page_that_comes_back_gets_exactly_what_it_missed_in_order(
    site: ChatSite,
) -> None:
    page = await site.visit()
    async with page.socket() as line:
        ack = await line.say("one")
    id = ack["conversation_id"]
    for text in ("two", "three", "four"):
        await site.say_as_bot(id, text)
    async with page.socket(since=2) as line:
        assert line.ready["seq"] == 4
        assert [(await line.get("message"))["text"] for _ in range(2)] == ["three", "four"]
        assert [f for f in await line.silence() if f["type"] == "message"] == []
    async with page.socket(since=4, conversation_id=id, epoch=line.ready["epoch"]) as line:
        assert [f for f in await line.silence() if f["type"] == "message"] == []
    async with page.socket() as line:
        assert [(await line.get("message"))["seq"] for _ in range(4)] == [1, 2, 3, 4]


async def test_since_may_stand_in_the_address(site: ChatSite) -> None:
    page = await site.visit()
    said = await page.say("one")
    await site.say_as_bot(said["conversation_id"], "two")
    url = site.server.make_url("/chat/v1/socket?since=1")
    async with site.session.ws_connect(url) as socket:
        await socket.send_json({"type": "hello", "token": page.token})
        frames = [await socket.receive_json() for _ in range(3)]
    assert [f["text"] for f in frames if f["type"] == "message"] == ["two"]


@pytest.mark.parametrize(
    "hello",
    [
        {"since": 1, "epoch": "another store's"},
        {"since": 1, "conversation_id": "01890000-0000-7000-8000-000000000000"},
        {"since": 99},
    ],
)
async def test_a_page_that_knows_another_story_gets_all_of_this_one(
    site: ChatSite, hello: dict[str, object]
) -> None:
    page = await site.visit()
    said = await page.say("one")
    await site.say_as_bot(said["conversation_id"], "two")
    async with page.socket(**hello) as line:
        assert [(await line.get("message"))["text"] for _ in range(2)] == ["one", "two"]


async def test_a_new_conversation_begins_after_the_rest_of_the_old_one(
    site: ChatSite,
) -> None:
    await site.change_settings(reopen_within_s=0)
    page = await site.visit()
    old = (await page.say("old"))["conversation_id"]
    agent = await site.agent()
    await site.desk.claim(agent, old)
    await site.say_as_bot(old, "goodbye")
    await site.desk.resolve(agent, old)
    async with page.socket(since=2, conversation_id=old) as line:
        assert line.ready["state"] == "resolved"
        ack = await line.say("new")
        assert (ack["seq"], ack["conversation_id"] != old) == (1, True)
        states = [f for f in line.seen if f["type"] == "state"]
        assert (states[-1]["conversation_id"], states[-1]["state"]) == (
            ack["conversation_id"],
            "with_bot",
        )
        await site.say_as_bot(ack["conversation_id"], "again?")
        assert (await line.get("message"))["conversation_id"] == ack["conversation_id"]
    async with page.socket(since=1, conversation_id=old) as line:
        told = [await line.get("message") for _ in range(3)]
    assert [(f["text"], f["seq"]) for f in told] == [("goodbye", 2), ("new", 1), ("again?", 2)]


async def test_a_resolved_conversation_goes_on_with_the_next_message(site: ChatSite) -> None:
    page = await site.visit()
    async with page.socket() as line:
        first = await line.say("hello")
        agent = await site.agent()
        conversation = await site.conversation(first["conversation_id"])
        await site.desk.claim(agent, conversation.id)
        await site.desk.resolve(agent, conversation.id)
        assert (await line.get("state", state="resolved"))["type"] == "state"
        second = await line.say("one more thing")
        assert second["conversation_id"] == first["conversation_id"]
        assert [f["state"] for f in line.seen if f["type"] == "state"][-1] == "with_bot"


async def test_states_are_told_with_place_and_with_the_agents_name_alone(
    site: ChatSite,
) -> None:
    page = await site.visit()
    async with page.socket() as line:
        ack = await line.say("a person please")
        id = (await site.conversation(ack["conversation_id"])).id
        await site.hand_off(id)
        waiting = await line.get("state", state="waiting")
        assert (waiting["position"], waiting["wait_s"]) == (1, None)
        agent = await site.agent("Nasrin")
        await site.desk.claim(agent, id)
        assert await line.get("state", state="with_agent") == {
            "type": "state",
            "conversation_id": id,
            "state": "with_agent",
            "open": True,
            "opens_at": None,
            "agent": "Nasrin",
        }
        await site.desk.return_to_bot(agent, id)
        assert "agent" not in await line.get("state", state="with_bot")
    async with page.socket(since=99) as line:
        await line.get("state", state="with_bot")


async def test_those_who_wait_are_told_when_the_queue_moves(site: ChatSite) -> None:
    first, second = await site.visit(), await site.visit()
    agent = await site.agent()
    async with first.socket() as a, second.socket() as b:
        one = await site.conversation((await a.say("first"))["conversation_id"])
        two = await site.conversation((await b.say("second"))["conversation_id"])
        await site.hand_off(one.id)
        await site.hand_off(two.id)
        assert (await a.get("state", state="waiting"))["position"] == 1
        assert (await b.get("state", state="waiting"))["position"] == 2
        await site.desk.claim(agent, one.id)
        assert (await b.get("state", position=1))["state"] == "waiting"


async def test_notes_never_reach_a_customer(site: ChatSite) -> None:
    page = await site.visit()
    agent = await site.agent()
    async with page.socket() as line:
        ack = await line.say("hello")
        await site.note(ack["conversation_id"], agent, "a secret")
        await site.say_as_bot(ack["conversation_id"], "an answer")
        assert (await line.get("message"))["seq"] == 3
        await site.note(ack["conversation_id"], agent, "another secret")
        note = (await site.messages(ack["conversation_id"], notes=True))[-1]
        await line.send(
            {"type": "message", "client_id": client_id(), "text": "?", "reply_to": note.id}
        )
        assert (await line.get("error"))["code"] == "not_found"
    async with page.socket() as line:
        assert [f["text"] for f in await line.silence() if f["type"] == "message"] == [
            "hello",
            "an answer",
        ]
        assert "secret" not in str(line.seen)
    _, said = await page.call("GET", "/messages")
    assert [each["text"] for each in said["items"]] == ["hello", "an answer"]
    assert "secret" not in str(said)


async def test_nothing_of_agents_but_their_name_reaches_a_customer(site: ChatSite) -> None:
    page = await site.visit()
    agent = await site.agent("Nasrin")
    async with page.socket() as line:
        ack = await line.say("hello")
        id = (await site.conversation(ack["conversation_id"])).id
        await site.desk.claim(agent, id)
        author = Author(kind=AuthorKind.AGENT, id=agent.id, name=agent.name)
        await site.say_as_bot(id, "I am here", author=author)
        frame = await line.get("message")
        assert frame["author"] == {"kind": "agent", "name": "Nasrin"}
        await line.silence()
    everything = str(line.seen)
    assert agent.id not in everything
    assert agent.email not in everything


async def test_another_visitors_messages_never_come(site: ChatSite) -> None:
    one, other = await site.visit(), await site.visit()
    async with one.socket() as a, other.socket() as b:
        mine = await a.say("mine")
        await b.say("theirs")
        await site.say_as_bot(mine["conversation_id"], "to one")
        await a.get("message", text="to one")
        assert [f for f in await b.silence() if f["type"] in ("message", "typing")] == []
    async with other.socket(since=0, conversation_id=mine["conversation_id"]) as b:
        told = [f["text"] for f in await b.silence() if f["type"] == "message"]
    assert told == ["theirs"]


async def test_a_pressed_button_says_its_label(site: ChatSite) -> None:
    page = await site.visit()
    async with page.socket() as line:
        ack = await line.say("order")
        buttons = (Button(label="Track it", value="/track"), Button(label="No", value="/no"))
        asked = await site.say_as_bot(ack["conversation_id"], "What now?", buttons=buttons)
        id = client_id()
        press = {"type": "choose", "client_id": id, "message_id": asked.id, "value": "/track"}
        await line.send(press)
        first = await line.get("ack", client_id=id)
        await line.send(press)
        assert await line.get("ack", client_id=id) == first
        stored = (await site.messages(ack["conversation_id"]))[-1]
    assert (stored.text, stored.chosen, stored.reply_to) == ("Track it", "/track", asked.id)


async def test_another_press_of_the_same_buttons_is_another_message(site: ChatSite) -> None:
    page = await site.visit()
    async with page.socket() as line:
        ack = await line.say("order")
        buttons = (Button(label="Yes", value="/yes"), Button(label="No", value="/no"))
        asked = await site.say_as_bot(ack["conversation_id"], "Well?", buttons=buttons)
        for value in ("/yes", "/no"):
            id = client_id()
            await line.send(
                {"type": "choose", "client_id": id, "message_id": asked.id, "value": value}
            )
            await line.get("ack", client_id=id)
    stored = await site.messages(ack["conversation_id"])
    assert [each.chosen for each in stored] == [None, None, "/yes", "/no"]


async def test_only_a_button_that_was_offered_to_this_visitor_can_be_pressed(
    site: ChatSite,
) -> None:
    page, stranger = await site.visit(), await site.visit()
    ack = await page.say("order")
    asked = await site.say_as_bot(
        ack["conversation_id"], "Well?", buttons=(Button(label="Yes", value="/yes"),)
    )
    press = {"type": "choose", "client_id": client_id(), "message_id": asked.id}
    async with page.socket() as line, stranger.socket() as other:
        await line.send({**press, "value": "/restart"})
        error = await line.get("error")
        assert (error["code"], error["field"]) == ("bad_frame", "value")
        assert error["client_id"] == press["client_id"]
        await other.send({**press, "value": "/yes"})
        assert (await other.get("error"))["code"] == "not_found"
        await line.send({**press, "message_id": ack["message_id"], "value": "/yes"})
        assert (await line.get("error"))["code"] == "bad_frame"
    assert len(await site.messages(ack["conversation_id"])) == 2


async def test_the_wish_for_a_person_is_said_in_the_customers_language(site: ChatSite) -> None:
    page = await site.visit(locale="fa-IR")
    async with page.socket() as line:
        id = client_id()
        await line.send({"type": "ask_for_person", "client_id": id})
        ack = await line.get("ack", client_id=id)
    (stored,) = await site.messages(ack["conversation_id"])
    assert (stored.text, stored.chosen) == ("می‌خواهم با یک نفر صحبت کنم.", ASK_FOR_PERSON)
    assert (await site.conversation(ack["conversation_id"])).language == "fa"


async def test_typing_goes_both_ways_and_not_back_to_its_own_tabs(site: ChatSite) -> None:
    page = await site.visit(name="Sara")
    async with page.socket() as one, page.socket() as other:
        ack = await one.say("hello")
        id = (await site.conversation(ack["conversation_id"])).id
        await other.get("message")
        with site.hub.listen(EVERYTHING) as console:
            for _ in range(5):
                await one.send({"type": "typing", "on": True})
            await one.send({"type": "typing", "on": False})
            heard = [await asyncio.wait_for(console.get(), 2) for _ in range(2)]
        assert [(e.on, e.author.name) for e in heard if isinstance(e, Typing)] == [
            (True, "Sara"),
            (False, "Sara"),
        ]
        agent = Author(kind=AuthorKind.AGENT, id="secret-id", name="Nasrin")
        news = Typing(conversation_id=id, contact_id=page.contact_id, author=agent, on=True)
        for _ in range(3):
            site.hub.publish(about_contact(page.contact_id), news)
        site.hub.publish(about_contact(page.contact_id), replace(news, on=False))
        for line in (one, other):
            typing = [f for f in await line.silence() if f["type"] == "typing"]
            assert typing == [
                {"type": "typing", "author": {"kind": "agent", "name": "Nasrin"}, "on": on}
                for on in (True, False)
            ]


async def test_an_unknown_token_is_told_so_and_closed_with_4401(site: ChatSite) -> None:
    page = site.page()
    page.token = "nobody's"
    async with page.raw_socket() as socket:
        await socket.send_json({"type": "hello", "token": "nobody's"})
        assert (await socket.receive_json())["code"] == "unauthorized"
        await socket.receive()
        assert socket.close_code == 4401


async def test_who_does_not_say_hello_is_closed_with_4401(
    site: ChatSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("channels.chat.socket.HELLO_WITHIN", 0.2)
    async with site.page().raw_socket() as socket:
        await socket.send_str("{}")
        assert (await socket.receive_json())["code"] == "bad_frame"
        assert (await socket.receive_json())["code"] == "unauthorized"
        await socket.receive()
        assert socket.close_code == 4401


async def test_frames_before_hello_are_refused(site: ChatSite) -> None:
    async with site.page().raw_socket() as socket:
        await socket.send_json({"type": "ask_for_person", "client_id": client_id()})
        assert (await socket.receive_json())["code"] == "unauthorized"
        await socket.receive()
        assert socket.close_code == 4401


async def test_a_request_that_is_no_upgrade_is_told_426(site: ChatSite) -> None:
    status, said = await site.page().call("GET", "/socket")
    assert (status, said["status"]) == (426, 426)


async def test_shutting_down_closes_with_1001(site: ChatSite) -> None:
    page = await site.visit()
    async with page.socket() as line:
        await site.chat.close(site.app)
        assert await line.closed() == 1001
    assert (await page.call("GET", "/messages"))[0] == 200
    with pytest.raises(Exception, match="503"):
        await page.raw_socket()


async def test_a_flood_is_told_and_closed_with_4429(site: ChatSite) -> None:
    await site.change_settings(limits={"frames_burst": 10, "frames_per_s": 0.1})
    page = await site.visit()
    async with page.socket() as line:
        for _ in range(20):
            await line.send({"type": "ping"})
        assert await line.closed() == 4429
    codes = [f.get("code") for f in line.seen if f["type"] == "error"]
    assert codes == ["too_many"]
    assert len([f for f in line.seen if f["type"] == "pong"]) == 10


async def test_too_many_messages_are_refused_and_may_be_sent_later(
    site: ChatSite,
) -> None:
    await site.change_settings(limits={"messages_burst": 3, "messages_per_s": 1})
    page = await site.visit()
    async with page.socket() as line:
        acks = [await line.say(str(i)) for i in range(3)]
        id = client_id()
        await line.send({"type": "message", "client_id": id, "text": "4"})
        error = await line.get("error")
        assert (error["code"], error["client_id"]) == ("too_many", id)
        assert error["retry_after"] > 0
        site.clock.forward(seconds=2)  # type: ignore[attr-defined]
        assert (await line.say("4", id))["seq"] == 4
    assert len(await site.messages(acks[0]["conversation_id"])) == 4


async def test_a_visitor_has_so_many_sockets_and_no_more(site: ChatSite) -> None:
    await site.change_settings(limits={"sockets": 2})
    page = await site.visit()
    async with page.socket(), page.socket():
        async with page.raw_socket() as third:
            await third.send_json({"type": "hello", "token": page.token})
            assert (await third.receive_json())["code"] == "too_many"
            await third.receive()
            assert third.close_code == 4429
        other = await site.visit()
        async with other.socket() as line:
            assert line.ready
    async with page.socket() as line:
        assert line.ready


async def test_a_network_address_has_so_many_sockets_and_no_more(site: ChatSite) -> None:
    await site.change_settings(limits={"loopback_too": True, "network_sockets": 2})
    pages = [await site.visit() for _ in range(3)]
    async with pages[0].socket(), pages[1].socket(), pages[2].raw_socket() as third:
        await third.send_json({"type": "hello", "token": pages[2].token})
        assert (await third.receive_json())["code"] == "too_many"


async def test_messages_of_one_socket_keep_their_order(site: ChatSite) -> None:
    page = await site.visit()
    async with page.socket() as line:
        ids = [client_id() for _ in range(40)]
        for n, id in enumerate(ids):
            await line.send({"type": "message", "client_id": id, "text": str(n)})
        acks = [await line.get("ack") for _ in ids]
    assert [each["client_id"] for each in acks] == ids
    stored = await site.messages(acks[0]["conversation_id"])
    assert [each.text for each in stored] == [str(n) for n in range(40)]


async def test_ten_thousand_characters_are_taken_and_one_more_is_not(site: ChatSite) -> None:
    page = await site.visit()
    async with page.socket() as line:
        ack = await line.say("ی" * 10_000)
        await line.send({"type": "message", "client_id": client_id(), "text": "x" * 10_001})
        error = await line.get("error")
        assert (error["code"], error["field"]) == ("too_long", "text")
        assert (await line.say("after"))["seq"] == 2
    assert len((await site.messages(ack["conversation_id"]))[0].text) == 10_000


async def test_two_conversations_of_a_contact_in_other_inboxes_stay_apart(
    site: ChatSite,
) -> None:
    other = await site.other_inbox("other")
    page = await site.visit()
    elsewhere = site.page()
    await elsewhere.open_session(inbox=other.key)
    async with page.socket() as a, elsewhere.socket() as b:
        await a.say("here")
        await b.say("there")
        assert [f for f in await a.silence() if f["type"] == "message"] == []
    assert await site.count(tables.conversations) == 2


async def test_new_settings_of_an_inbox_hold_for_open_sockets_too(site: ChatSite) -> None:
    page = await site.visit()
    async with page.socket() as line:
        await line.say("one")
        await site.change_settings(limits={"messages_burst": 1, "messages_per_s": 0.01})
        await site.tell_inbox_changed()
        await line.say("two")
        await line.send({"type": "message", "client_id": client_id(), "text": "three"})
        assert (await line.get("error"))["code"] == "too_many"


async def test_a_disabled_inbox_takes_nobody_new_and_finishes_its_conversations(
    site: ChatSite,
) -> None:
    page = await site.visit()
    await page.say("before")
    await site.store.write(lambda tx: inboxes.change(tx, site.inbox.id, disabled_at=site.clock()))
    assert (await site.page().open_session())[0] == 404
    async with page.socket() as line:
        assert (await line.say("after"))["seq"] == 2


async def test_when_the_store_is_gone_nothing_is_acknowledged(
    site: ChatSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = await site.visit()
    async with page.socket() as line:
        id = client_id()
        with monkeypatch.context() as broken:

            async def unavailable(inbound: Inbound) -> Received:
                raise StoreUnavailable("SELECT secrets FROM nowhere")

            broken.setattr(site.store, "receive", unavailable)
            await line.send({"type": "message", "client_id": id, "text": "hello"})
            error = await line.get("error")
        assert (error["code"], error["client_id"]) == ("unavailable", id)
        assert "SELECT" not in error["message"]
        assert (await line.say("hello", id))["seq"] == 1


async def _until(site: ChatSite, id: str, states: list[DeliveryState]) -> None:
    expected = [each.value for each in states]
    async with asyncio.timeout(5):
        while await site.delivery_states(id) != expected:
            await asyncio.sleep(0.02)

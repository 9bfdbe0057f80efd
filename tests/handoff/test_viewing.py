"""Who looks at a conversation: told to those who look at it, and forgotten in time."""

from __future__ import annotations

from typing import Any

import pytest

from gateway.hub import Viewing
from gateway.ids import AgentId, ConversationId, new_id
from gateway.model.agent import Agent
from handoff.viewing import FORGOTTEN_AFTER_S, Viewers
from tests.handoff.test_socket import Connect, connect

__all__ = ["connect"]

ONE = ConversationId("one")


def look(agent: str, console: str = "", *, on: bool = True) -> Viewing:
    return Viewing(
        conversation_id=ONE,
        console=console or f"console of {agent}",
        agent_id=AgentId(agent),
        name=agent.title(),
        on=on,
    )


def test_who_looks_is_known_until_he_looks_away() -> None:
    viewers = Viewers()
    assert viewers.take(look("sara"), 0) is True
    assert viewers.take(look("omid"), 1) is True
    assert viewers.take(look("sara"), 2) is False
    assert viewers.of(ONE) == {"sara": "Sara", "omid": "Omid"}
    assert viewers.take(look("sara", on=False), 3) is True
    assert viewers.take(look("sara", on=False), 4) is False
    assert viewers.of(ONE) == {"omid": "Omid"}


def test_an_agent_with_two_consoles_looks_until_both_are_gone() -> None:
    viewers = Viewers()
    viewers.take(look("sara", "desk"), 0)
    viewers.take(look("sara", "phone"), 0)
    viewers.take(look("sara", "desk", on=False), 1)
    assert viewers.of(ONE) == {"sara": "Sara"}
    viewers.take(look("sara", "phone", on=False), 1)
    assert viewers.of(ONE) == {}


def test_who_fell_silent_is_forgotten() -> None:
    viewers = Viewers()
    viewers.take(look("sara"), 0)
    viewers.take(look("omid"), FORGOTTEN_AFTER_S)
    assert viewers.forget_silent(FORGOTTEN_AFTER_S) == set()
    assert viewers.forget_silent(FORGOTTEN_AFTER_S + 1) == {ONE}
    assert viewers.of(ONE) == {"omid": "Omid"}


@pytest.fixture
async def others(signed_in: Any, omid: Agent) -> Any:
    return await signed_in(omid)


async def test_two_who_look_at_a_conversation_see_each_other(
    connect: Connect, others: Any, customers: Any, sara: Agent, omid: Agent
) -> None:
    id = await customers.wait()
    mine, his = await connect({}), await connect({}, others)
    await mine.send(type="viewing", conversation_id=id)
    alone = await mine.next("viewing")
    assert alone["agents"] == [{"id": sara.id, "name": "Sara"}]
    await his.send(type="viewing", conversation_id=id)
    both = [{"id": sara.id, "name": "Sara"}, {"id": omid.id, "name": "Omid"}]
    assert (await his.next("viewing"))["agents"] == both
    assert await mine.next("viewing") == {"type": "viewing", "conversation_id": id, "agents": both}


async def test_whoever_goes_elsewhere_or_away_is_no_longer_seen(
    connect: Connect, others: Any, customers: Any, omid: Agent
) -> None:
    id, elsewhere = await customers.wait(), await customers.wait()
    mine, his = await connect({}), await connect({}, others)
    await mine.send(type="viewing", conversation_id=id)
    await mine.next("viewing")
    for leave in ("elsewhere", "nowhere", "away"):
        await his.send(type="viewing", conversation_id=id)
        assert len((await mine.next("viewing"))["agents"]) == 2
        if leave == "away":
            await his.socket.close()
        else:
            to = elsewhere if leave == "elsewhere" else None
            await his.send(type="viewing", conversation_id=to)
        assert len((await mine.next("viewing"))["agents"]) == 1


async def test_who_looks_at_another_conversation_is_not_told(
    connect: Connect, others: Any, customers: Any
) -> None:
    id, elsewhere = await customers.wait(), await customers.wait()
    mine, his = await connect({}), await connect({}, others)
    await mine.send(type="viewing", conversation_id=elsewhere)
    await mine.next("viewing")
    await his.send(type="viewing", conversation_id=id)
    await his.next("viewing")
    await mine.send(type="ping")
    assert (await mine.next())["type"] == "pong"


async def test_there_is_nothing_to_look_at_in_no_conversation(connect: Connect) -> None:
    mine = await connect({})
    await mine.send(type="viewing", conversation_id=new_id())
    assert (await mine.next("error"))["code"] == "not_found"
    await mine.send(type="viewing", conversation_id="x")
    assert (await mine.next("error"))["code"] == "bad_frame"

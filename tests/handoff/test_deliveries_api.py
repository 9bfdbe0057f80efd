"""What did not get out is sent once more, when an agent decides so."""

from __future__ import annotations

from typing import Any

import pytest

from gateway.channel import Outgoing, Sent
from gateway.errors import SendError
from gateway.events import EventKind
from gateway.ids import ExternalId, new_id
from gateway.model.agent import Agent
from gateway.outbox import Outbox
from gateway.store.store import Store


class Network:
    """A channel that pushes, and refuses while there is `trouble`."""

    kind = "chat"
    customers_fetch = False

    def __init__(self) -> None:
        self.sent: list[str] = []
        self.trouble: SendError | None = None

    async def send(self, outgoing: Outgoing) -> Sent:
        if self.trouble is not None:
            raise self.trouble
        self.sent.append(outgoing.message.text)
        return Sent(external_id=ExternalId(f"n{len(self.sent)}"))


@pytest.fixture
def network() -> Network:
    return Network()


@pytest.fixture
def outbox(store: Store, clock: Any, network: Network) -> Outbox:
    return Outbox(store, {"chat": network}, clock)


@pytest.fixture
async def me(signed_in: Any, sara: Agent) -> Any:
    return await signed_in(sara)


@pytest.fixture
async def path(me: Any, customers: Any) -> str:
    """A conversation that Sara holds."""
    path = f"/conversations/{await customers.wait()}"
    await me.post(f"{path}/claim")
    return path


async def say(me: Any, path: str, outbox: Outbox, text: str = "Salam") -> Any:
    """A reply, and what became of it."""
    id = (await me.post(f"{path}/replies", {"text": text}))["message"]["id"]
    await outbox.send_due()
    return await shown(me, path, id)


async def shown(me: Any, path: str, id: str) -> Any:
    items = (await me.get(f"{path}/messages"))["items"]
    return next(each for each in items if each["id"] == id)


async def test_a_failed_delivery_is_retried_and_arrives(
    me: Any, path: str, outbox: Outbox, network: Network, customers: Any
) -> None:
    network.trouble = SendError("blocked by the customer", permanent=True)
    failed = (await say(me, path, outbox))["delivery"]
    assert (failed["state"], failed["error"]) == ("failed", "blocked by the customer")

    network.trouble = None
    said = await me.post(f"{path}/deliveries/{failed['id']}/retry")
    again = said["message"]["delivery"]
    assert again == {"id": again["id"], "state": "pending", "error": None, "attempts": 0}
    await outbox.send_due()
    assert network.sent == ["Salam"]
    arrived = (await shown(me, path, said["message"]["id"]))["delivery"]
    assert (arrived["id"], arrived["state"]) == (again["id"], "sent")

    (told,) = [e for e in await customers.events() if e.kind is EventKind.DELIVERY_RETRIED]
    assert (told.actor.name, told.conversation_id) == ("Sara", path.rpartition("/")[2])
    assert told.data == {
        "message_id": said["message"]["id"],
        "delivery_id": again["id"],
        "state": "pending",
        "error": None,
        "attempts": 0,
        "was": {
            "delivery_id": failed["id"],
            "state": "failed",
            "error": "blocked by the customer",
        },
    }


async def test_what_may_have_arrived_is_sent_again_only_by_an_agent(
    me: Any, path: str, outbox: Outbox, network: Network
) -> None:
    network.trouble = SendError("no answer", uncertain=True)
    uncertain = (await say(me, path, outbox))["delivery"]
    assert uncertain["state"] == "uncertain"
    network.trouble = None
    await outbox.send_due()
    assert network.sent == []
    await me.post(f"{path}/deliveries/{uncertain['id']}/retry")
    await outbox.send_due()
    assert network.sent == ["Salam"]


async def test_what_went_out_is_not_sent_again(
    me: Any, path: str, outbox: Outbox, network: Network
) -> None:
    sent = (await say(me, path, outbox))["delivery"]
    said = await me.post(f"{path}/deliveries/{sent['id']}/retry", expect=409)
    assert said["type"].endswith("/not-in-trouble")
    assert said["delivery"] == {"id": sent["id"], "state": "sent"}
    await outbox.send_due()
    assert network.sent == ["Salam"]


async def test_two_who_retry_at_once_send_it_once(
    me: Any, path: str, outbox: Outbox, network: Network, signed_in: Any, boss: Agent
) -> None:
    network.trouble = SendError("blocked", permanent=True)
    failed = (await say(me, path, outbox))["delivery"]
    retry = f"{path}/deliveries/{failed['id']}/retry"
    await me.post(retry)
    await (await signed_in(boss)).post(retry, expect=409)
    network.trouble = None
    await outbox.send_due()
    assert network.sent == ["Salam"]


async def test_only_who_decides_on_the_conversation_retries(
    me: Any, path: str, outbox: Outbox, network: Network, signed_in: Any, omid: Agent
) -> None:
    network.trouble = SendError("blocked", permanent=True)
    failed = (await say(me, path, outbox))["delivery"]
    other = await signed_in(omid)
    said = await other.post(f"{path}/deliveries/{failed['id']}/retry", expect=409)
    assert said["owner"]["name"] == "Sara"


async def test_a_delivery_of_another_conversation_is_not_found(
    me: Any, path: str, outbox: Outbox, network: Network, customers: Any
) -> None:
    network.trouble = SendError("blocked", permanent=True)
    failed = (await say(me, path, outbox))["delivery"]
    other = f"/conversations/{await customers.wait()}"
    await me.post(f"{other}/deliveries/{failed['id']}/retry", expect=404)
    await me.post(f"{path}/deliveries/{new_id()}/retry", expect=404)

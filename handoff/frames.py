"""What the console's socket says and hears."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal, NamedTuple

import orjson
from pydantic import Field, TypeAdapter

from gateway.events import Event, EventKind
from gateway.hub import PresenceNews
from gateway.hub import Typing as TypingNews
from gateway.ids import AgentId, ConversationId, MessageId
from gateway.model.message import Message
from gateway.store import lists, messages
from gateway.store.store import Reading
from gateway.web.body import Body, Id
from handoff import views
from handoff.shapes import EventFrame

QUIET = frozenset(
    {EventKind.DELIVERY_CHANGED, EventKind.DELIVERY_RETRIED, EventKind.READ_BY_CUSTOMER}
)
"""These change nothing that a list shows, and bring no summary."""


class Hello(Body):
    """`since` is the last event that the client knows, of the store `epoch`."""

    type: Literal["hello"]
    since: Annotated[int, Field(ge=0, lt=2**63)] | None = None
    epoch: Annotated[str, Field(max_length=100)] | None = None


class Typing(Body):
    type: Literal["typing"]
    conversation_id: Id
    on: bool


class Viewing(Body):
    """What the console shows; null when it shows no conversation."""

    type: Literal["viewing"]
    conversation_id: Id | None


class Ping(Body):
    type: Literal["ping"]


ClientFrame = Annotated[Hello | Typing | Viewing | Ping, Field(discriminator="type")]
_CLIENT: TypeAdapter[Hello | Typing | Viewing | Ping] = TypeAdapter(ClientFrame)


class Frame(NamedTuple):
    """An event written down, for any number of sockets."""

    n: int
    body: bytes


def read_frame(text: str) -> Hello | Typing | Viewing | Ping:
    """Raises pydantic's ValidationError."""
    return _CLIENT.validate_json(text, strict=True)


async def encode(connection: Reading, told: Sequence[Event]) -> list[Frame]:
    """Events with the conversations they changed, as these are now, and what was said."""
    touched = {e.conversation_id for e in told if e.conversation_id and e.kind not in QUIET}
    known = await lists.by_ids(connection, touched) if touched else {}
    said = await views.said(connection, await _messages(connection, told))
    return [_frame(each, known, said) for each in told]


def typing_frame(news: TypingNews) -> bytes:
    author = views.author(news.author).model_dump(mode="json")
    return _dumps("typing", conversation_id=news.conversation_id, author=author, on=news.on)


def viewing_frame(id: ConversationId, agents: Mapping[AgentId, str]) -> bytes:
    """All who look at it now."""
    named = [{"id": agent, "name": name} for agent, name in agents.items()]
    return _dumps("viewing", conversation_id=id, agents=named)


def presence_frame(news: PresenceNews) -> bytes:
    return _dumps("presence", agent_id=news.agent_id, presence=news.presence.value)


def ready_frame(n: int, epoch: str, agent: dict[str, Any]) -> bytes:
    return _dumps("ready", n=n, epoch=epoch, agent=agent)


def pong_frame(n: int | None) -> bytes:
    """`n` is the latest event now: a console that has an older one knows that it is behind.

    It is None while the store does not say.
    """
    return _dumps("pong", n=n)


def error_frame(code: str, message: str) -> bytes:
    return _dumps("error", code=code, message=message)


RESET = orjson.dumps({"type": "reset"})


def _frame(event: Event, known: dict[ConversationId, lists.Listed], said: dict[str, Any]) -> Frame:
    listed = known.get(event.conversation_id) if event.conversation_id else None
    frame = EventFrame(
        **dict(views.event(event))
        | {
            "conversation": views.summary(listed) if listed and event.kind not in QUIET else None,
            "message": said.get(_message_id(event) or ""),
        }
    )
    return Frame(event.n, frame.model_dump_json().encode())


async def _messages(connection: Reading, told: Sequence[Event]) -> list[Message]:
    """What was added; what did not ride along with its news is read."""
    with_them = [each.message for each in told if each.message is not None]
    missing = [id for e in told if e.message is None and (id := _message_id(e))]
    found = await messages.by_ids(connection, missing) if missing else {}
    return [*with_them, *found.values()]


def _message_id(event: Event) -> MessageId | None:
    if event.kind is not EventKind.MESSAGE_ADDED:
        return None
    return MessageId(event.data["message_id"])


def _dumps(type: str, **said: Any) -> bytes:
    return orjson.dumps({"type": type, **said})

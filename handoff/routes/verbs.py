"""The desk's verbs, a resource for each: /conversations/{id}/claim and so on."""

from __future__ import annotations

from typing import Annotated, Any, Self

from pydantic import AfterValidator, AwareDatetime, BaseModel, Field, StringConstraints
from pydantic import model_validator as check_whole

from gateway.ids import AddressId, AgentId, AttachmentId, ConversationId, MessageId, QueueId
from gateway.inbox import MAX_ATTACHMENTS
from gateway.model.agent import Role
from gateway.model.message import MAX_TEXT
from gateway.model.owner import Owner
from gateway.web import keys
from gateway.web.body import Body, Id, Nothing
from gateway.web.idempotency import HEADER
from gateway.web.route import Call, Handler, Route
from handoff import views
from handoff.desk import DESK
from handoff.routes.conversations import opened, opened_now
from handoff.routes.free_form import bounded
from handoff.shapes import OpenedConversation, SaidConversation
from handoff.typing import tell_typing
from handoff.words import Words

Text = Annotated[str, StringConstraints(max_length=MAX_TEXT)]
SlotName = Annotated[str, StringConstraints(pattern=r"^\w[\w.-]{0,99}$")]
Slots = Annotated[dict[SlotName, Any], AfterValidator(bounded)]


class NextBody(Body):
    """Without a queue the longest wait of all queues ends."""

    queue: Id | None = None


class NoteBody(Body):
    """Text, attachments, or both."""

    text: Text = ""
    attachments: Annotated[list[Id], Field(default_factory=list, max_length=MAX_ATTACHMENTS)]
    reply_to: Id | None = None

    def words(self, key: str | None, address: str | None = None) -> Words:
        return Words(
            key=key,
            text=self.text,
            attachment_ids=tuple(AttachmentId(each) for each in self.attachments),
            reply_to=MessageId(self.reply_to) if self.reply_to else None,
            address_id=AddressId(address) if address else None,
        )


class ReplyBody(NoteBody):
    """Text, attachments, or both. `address` can only be the one in use."""

    address: Id | None = None


class TransferBody(Body):
    """To a queue or to an agent."""

    queue: Id | None = None
    agent: Id | None = None
    note: Text | None = None

    @check_whole(mode="after")
    def _one_of_them(self) -> Self:
        if (self.queue is None) == (self.agent is None):
            raise ValueError("name either a queue or an agent")
        return self


class ClaimBody(Body):
    """`take_over`: a supervisor takes it from the agent who holds it."""

    take_over: bool = False


class ReturnBody(Body):
    """`slots` are added to those that are known; null forgets one."""

    note: Text | None = None
    slots: Slots | None = None


class SnoozeBody(Body):
    until: AwareDatetime


class ResolveBody(Body):
    outcome: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)] | None = None


class SlotsBody(Body):
    """Those that are named are set; null forgets one; the others stay."""

    slots: Slots


class TypingBody(Body):
    on: bool


async def claim_next(call: Call[NextBody]) -> OpenedConversation | None:
    """The one that has waited longest; 204 when nobody waits, 409 at one's capacity."""
    queue = QueueId(call.body.queue) if call.body.queue else None
    claimed = await call.app[DESK].claim_next(call.agent, queue)
    return await opened_now(call, claimed.id) if claimed else None


async def claim(call: Call[ClaimBody]) -> OpenedConversation:
    """A lost race is 409 with the present owner. Claiming one's own changes nothing."""
    await call.app[DESK].claim(call.agent, _id(call), take_over=call.body.take_over)
    return await opened(call)


async def reply(call: Call[ReplyBody]) -> SaidConversation:
    """Only who holds the conversation answers the customer."""
    said = call.body.words(call.request.headers.get(HEADER), call.body.address)
    _, message = await call.app[DESK].reply(call.agent, _id(call), said)
    return await with_message(call, message.id)


async def note(call: Call[NoteBody]) -> SaidConversation:
    """Only agents see it; it may be left in any state."""
    said = call.body.words(call.request.headers.get(HEADER))
    _, message = await call.app[DESK].note(call.agent, _id(call), said)
    return await with_message(call, message.id)


async def transfer(call: Call[TransferBody]) -> OpenedConversation:
    wanted = call.body
    if wanted.queue is not None:
        to = Owner.queue(QueueId(wanted.queue))
    else:
        to = Owner.agent(AgentId(wanted.agent or ""))
    await call.app[DESK].transfer(call.agent, _id(call), to, wanted.note)
    return await opened(call)


async def return_to_bot(call: Call[ReturnBody]) -> OpenedConversation:
    """The bot answers the customer's next message."""
    wanted = call.body
    await call.app[DESK].return_to_bot(call.agent, _id(call), wanted.note, wanted.slots)
    return await opened(call)


async def snooze(call: Call[SnoozeBody]) -> OpenedConversation:
    """Until a time, or until somebody writes."""
    await call.app[DESK].snooze(call.agent, _id(call), call.body.until)
    return await opened(call)


async def resolve(call: Call[ResolveBody]) -> OpenedConversation:
    await call.app[DESK].resolve(call.agent, _id(call), call.body.outcome or None)
    return await opened(call)


async def reopen(call: Call[Nothing]) -> OpenedConversation:
    """The agent then holds it."""
    await call.app[DESK].reopen(call.agent, _id(call))
    return await opened(call)


async def set_slots(call: Call[SlotsBody]) -> OpenedConversation:
    await call.app[DESK].set_slots(call.agent, _id(call), call.body.slots)
    return await opened(call)


async def typing(call: Call[TypingBody]) -> None:
    """Told live, kept nowhere."""
    await tell_typing(call.app, call.agent, _id(call), call.body.on)


def _id(call: Call[Any]) -> ConversationId:
    return ConversationId(call.path["id"])


async def with_message(call: Call[Any], id: MessageId) -> SaidConversation:
    now = call.app[keys.CLOCK]()
    async with call.app[keys.STORE].read() as connection:
        whole = await views.opened(connection, _id(call), call.agent.id, now)
        message = await views.one_message(connection, id)
    return SaidConversation(**dict(whole), message=message)


def _verb(
    name: str,
    handler: Handler,
    summary: str,
    body: type[BaseModel] = Nothing,
    answer: type[BaseModel] | None = OpenedConversation,
    method: str = "POST",
) -> Route:
    return Route(
        method,
        f"/conversations/{{id}}/{name}",
        handler,
        summary=summary,
        tag="desk",
        body=body,
        answer=answer,
        role=Role.AGENT,
        problems=(409,),
    )


routes: tuple[Route, ...] = (
    Route(
        "POST",
        "/conversations/next",
        claim_next,
        summary="Claim the conversation that has waited longest",
        tag="desk",
        body=NextBody,
        answer=OpenedConversation,
        role=Role.AGENT,
        problems=(409,),
    ),
    _verb("claim", claim, "Take a conversation", ClaimBody),
    _verb("replies", reply, "Answer the customer", ReplyBody, SaidConversation),
    _verb("notes", note, "Leave a note", NoteBody, SaidConversation),
    _verb("transfer", transfer, "Give to a queue or an agent", TransferBody),
    _verb("return-to-bot", return_to_bot, "Give back to the bot", ReturnBody),
    _verb("snooze", snooze, "Put aside until a time", SnoozeBody),
    _verb("resolve", resolve, "Settle the matter", ResolveBody),
    _verb("reopen", reopen, "Go on with a settled matter"),
    _verb("slots", set_slots, "Correct what is known", SlotsBody, method="PUT"),
    _verb("typing", typing, "Say that one writes", TypingBody, None),
)

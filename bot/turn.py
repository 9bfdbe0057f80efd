"""What a claimed turn needs to be asked and answered: read in one look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.bot import Question
from bot.fallback import Earlier
from bot.rules import applying
from gateway.ids import ConversationId
from gateway.model.contact import Contact
from gateway.model.conversation import Conversation, State
from gateway.model.inbox import Inbox, Rule
from gateway.model.message import ASK_FOR_PERSON, AuthorKind, Message
from gateway.model.turn import Turn
from gateway.store import inboxes, messages, turns
from gateway.store.cases import surroundings
from gateway.store.store import Reading, Store

HISTORY = 40
"""How many turns back the rule looks, and twice as many messages."""

LONGEST = 200
"""So many messages of a turn are asked at once; the rest is a turn of its own."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The part of the turn that is asked now: up to `upto_seq`."""

    upto_seq: int
    text: str
    choice: str | None = None
    asked_for_person: bool = False
    has_files_only: bool = False


@dataclass(frozen=True, kw_only=True)
class Case:
    """A turn with its conversation, as they were when it was claimed."""

    turn: Turn
    conversation: Conversation
    contact: Contact
    inbox: Inbox
    asked: Asked
    rule: Rule | None
    earlier: Sequence[Earlier]
    dialogue: Sequence[dict[str, Any]]

    @property
    def is_the_bots(self) -> bool:
        return still_the_bots(self.conversation, self.turn)

    @property
    def question(self) -> Question:
        return Question(
            conversation_id=self.conversation.id,
            turn_id=self.turn.id,
            channel=self.inbox.channel,
            text=None if self.asked.choice else self.asked.text,
            choice=self.asked.choice,
            language=self.conversation.language,
            slots=self.conversation.slots,
            dialogue=tuple(self.dialogue),
            returned=self.conversation.returned,
        )


def still_the_bots(conversation: Conversation, turn: Turn) -> bool:
    """Whether the bot may still answer this turn: promise 4 of the design."""
    return conversation.state is State.WITH_BOT and conversation.ownership == turn.ownership


async def read_case(store: Store, turn: Turn) -> Case:
    async with store.read() as connection:
        around = await surroundings(connection, turn.conversation_id)
        rules = await inboxes.list_rules(connection)
        closed = await turns.outcomes(
            connection, turn.conversation_id, turn.ownership, limit=HISTORY
        )
        history, said = await _said(connection, turn, 2 * HISTORY if closed else 0)
    asked = first_part(turn, said)
    return Case(
        turn=turn,
        conversation=around.conversation,
        contact=around.contact,
        inbox=around.inbox,
        asked=asked,
        rule=applying(rules, asked.text, around.contact, around.inbox),
        earlier=[_earlier_of(each, history) for each in closed],
        dialogue=around.dialogue,
    )


def first_part(turn: Turn, said: Sequence[Message]) -> Asked:
    """A pressed button is asked alone; words that stand together are asked together."""
    mine = [each for each in said if each.author.kind is AuthorKind.CUSTOMER]
    if not mine:
        return Asked(upto_seq=turn.last_seq, text="")
    first = mine[0]
    if first.chosen is not None:
        wants_person = first.chosen == ASK_FOR_PERSON
        return Asked(
            upto_seq=first.seq,
            text=first.text,
            choice=None if wants_person else first.chosen,
            asked_for_person=wants_person,
        )
    together = _until_a_button(mine)
    text = "\n".join(each.text for each in together if each.text.strip())
    return Asked(upto_seq=together[-1].seq, text=text, has_files_only=not text)


def _until_a_button(mine: Sequence[Message]) -> list[Message]:
    together: list[Message] = []
    for each in mine:
        if each.chosen is not None:
            break
        together.append(each)
    return together


async def _said(connection: Reading, turn: Turn, back: int) -> tuple[list[Message], list[Message]]:
    """The messages before the turn, as many as asked for, and those of the turn."""
    upto = min(turn.last_seq, turn.first_seq + LONGEST - 1)
    found = await messages.latest(
        connection,
        turn.conversation_id,
        before=upto + 1,
        limit=upto + 1 - turn.first_seq + back,
    )
    return (
        [each for each in found if each.seq < turn.first_seq],
        [each for each in found if each.seq >= turn.first_seq],
    )


def _earlier_of(turn: Turn, said: Sequence[Message]) -> Earlier:
    asked = [
        each.text
        for each in said
        if turn.first_seq <= each.seq <= turn.last_seq and each.author.kind is AuthorKind.CUSTOMER
    ]
    answered = [each.text for each in said if each.turn_id == turn.id]
    return Earlier(
        text="\n".join(asked),
        matter=turn.matter,
        decision=turn.decision or _never(turn.conversation_id),
        said=tuple(answered),
    )


def _never(id: ConversationId) -> Any:
    raise RuntimeError(f"a closed turn of {id} has no decision")

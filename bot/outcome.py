"""What the rule made of a turn, and writing it: one transaction.

The answer is written only if the conversation is still the bot's under the ownership with
which the turn was opened; otherwise it is dropped, and the drop is recorded. What is said,
the handoff, the deliveries and the bot's memory commit together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot import catalogue
from bot.fallback import Answered, AskBack, HandOff, Verdict, matter_of
from bot.turn import Case, still_the_bots
from gateway.events import Event, EventKind
from gateway.ids import HandoffId, new_id
from gateway.model.conversation import Conversation
from gateway.model.handoff import Handoff
from gateway.model.message import ASK_FOR_PERSON, Author, AuthorKind, Button, Draft
from gateway.model.turn import Answer, Decision, Guess, Said
from gateway.model.why import Why, why
from gateway.outbox import Outbox
from gateway.store import conversations, handoffs, inboxes, messages, turns
from gateway.store.tx import Tx
from handoff.routing import route

BOT_AUTHOR = Author(kind=AuthorKind.BOT)
SYSTEM = Author(kind=AuthorKind.SYSTEM)


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """A case with its verdict. `took_ms` is the time until the verdict stood."""

    case: Case
    verdict: Verdict
    answer: Answer | None
    took_ms: int

    @property
    def says_answer(self) -> bool:
        """Whether the customer gets the bot's own words."""
        verdict = self.verdict
        return isinstance(verdict, Answered) or (
            isinstance(verdict, HandOff) and verdict.say_answer
        )


@dataclass(frozen=True, kw_only=True)
class Written:
    """What was recorded; `more` says that another part of the turn is to be answered."""

    decision: Decision
    more: bool = False


async def write(tx: Tx, outcome: Outcome, outbox: Outbox, now: datetime) -> Written | None:
    """What was recorded, or None when another worker holds the turn by now."""
    turn = outcome.case.turn
    before = await conversations.lock(tx, turn.conversation_id)
    if not still_the_bots(before, turn):
        return await _drop(tx, outcome, before, now)
    decision = _decision(outcome.verdict)
    last_seq = await _close(tx, outcome, before, decision, outcome.verdict.why, now)
    if last_seq is None:
        return None
    after = await _say(tx, before, outcome, outbox, now)
    after = await _remember(tx, before, after, outcome, now)
    if isinstance(outcome.verdict, HandOff):
        after = await _hand_off(tx, before, after, outcome, outcome.verdict, outbox, now)
    else:
        after = replace(after, waiting_since=await _still_waiting(tx, outcome.case, last_seq))
    data = {
        "turn_id": turn.id,
        "decision": decision.value,
        "reasons": [each.sentence for each in outcome.verdict.why],
    }
    tx.tell(_fact(EventKind.TURN_ANSWERED, before, data, now))
    await conversations.save(tx, before, after)
    return Written(decision=decision, more=last_seq > outcome.case.asked.upto_seq)


async def _drop(tx: Tx, outcome: Outcome, before: Conversation, now: datetime) -> Written | None:
    """The conversation is a person's by now: what the bot would have said is not said."""
    because = why("not_the_bots")
    if await _close(tx, outcome, before, Decision.DROPPED, [because], now) is None:
        return None
    data = {"turn_id": outcome.case.turn.id, "reasons": [because.sentence]}
    tx.tell(_fact(EventKind.TURN_DROPPED, before, data, now))
    return Written(decision=Decision.DROPPED)


async def _close(
    tx: Tx,
    outcome: Outcome,
    before: Conversation,
    decision: Decision,
    because: Sequence[Why],
    now: datetime,
) -> int | None:
    """The last message's number that the turn had come to, if it was still ours."""
    answer = outcome.answer
    return await turns.close(
        tx,
        outcome.case.turn,
        before,
        answered_upto=outcome.case.asked.upto_seq,
        decision=decision,
        reasons=[each.sentence for each in because],
        why=because,
        understanding=answer.understanding if answer else None,
        matter=matter_of(answer) if answer else None,
        took_ms=outcome.took_ms,
        now=now,
    )


async def _say(
    tx: Tx, before: Conversation, outcome: Outcome, outbox: Outbox, now: datetime
) -> Conversation:
    after = before
    for said in _words(outcome):
        draft = Draft(
            author=BOT_AUTHOR,
            text=said.text,
            buttons=said.buttons,
            image=said.image,
            turn_id=outcome.case.turn.id,
        )
        after, _ = await outbox.post(tx, after, draft, now)
    return after


async def _remember(
    tx: Tx, before: Conversation, after: Conversation, outcome: Outcome, now: datetime
) -> Conversation:
    """Slots, language, dialogue; a turn that was not understood leaves none in the dialogue."""
    answer = outcome.answer
    if answer is None:
        return after
    after = replace(after, language=answer.understanding.language)
    if not outcome.says_answer:
        return after
    await conversations.save_dialogue(tx, before.id, answer.dialogue)
    kept = {
        name: value
        for name, value in before.slots.items()
        if value is not None and name not in answer.forgotten
    }
    slots = {**kept, **answer.slots}
    if slots != before.slots:
        tx.tell(_fact(EventKind.SLOTS_CHANGED, before, {"slots": slots}, now))
    return replace(after, slots=slots, returned=False)


async def _hand_off(
    tx: Tx,
    before: Conversation,
    after: Conversation,
    outcome: Outcome,
    verdict: HandOff,
    outbox: Outbox,
    now: datetime,
) -> Conversation:
    """To the queue, with all that is known; the customer is told. His wait goes on."""
    after, _ = await outbox.post(tx, after, _notice(verdict, after), now)
    routed = route(
        inbox=outcome.case.inbox,
        queues=await inboxes.list_queues(tx.connection),
        rule=outcome.case.rule,
    )
    waiting = replace(after, waiting_since=before.waiting_since or now)
    waiting = waiting.ask_for_person(routed.queue_id, now)
    handoff = Handoff(
        id=HandoffId(new_id()),
        conversation_id=before.id,
        reason=verdict.reason,
        explanation=f"{verdict.explanation} {routed.reason}",
        why=(*verdict.why, *routed.why),
        at=now,
        waiting_since=waiting.waiting_since or now,
        queue_id=routed.queue_id,
        from_seq=outcome.case.asked.upto_seq,
        guesses=_guesses(outcome.answer),
        slots=after.slots,
    )
    await handoffs.insert(tx, handoff)
    await turns.drop_open(tx, before.id, "handed off meanwhile", now)
    data = {"reason": verdict.reason, "queue_id": routed.queue_id, "handoff_id": handoff.id}
    tx.tell(_fact(EventKind.HANDED_OFF, before, data, now))
    return waiting


def _decision(verdict: Verdict) -> Decision:
    if isinstance(verdict, HandOff):
        return Decision.HANDED_OFF
    return Decision.CLARIFIED if isinstance(verdict, AskBack) else Decision.ANSWERED


def _words(outcome: Outcome) -> Sequence[Said]:
    if isinstance(outcome.verdict, AskBack):
        language = outcome.answer.understanding.language if outcome.answer else None
        return [_question_back(outcome.verdict.suggestions, language)]
    return outcome.answer.said if outcome.answer and outcome.says_answer else ()


def _question_back(suggestions: Sequence[Guess], language: str | None) -> Said:
    offered = [Button(label=each.title or each.name, value=f"/{each.name}") for each in suggestions]
    person = Button(label=catalogue.text("talk_to_person", language), value=ASK_FOR_PERSON)
    return Said(text=catalogue.text("not_understood", language), buttons=(*offered, person))


def _notice(verdict: HandOff, conversation: Conversation) -> Draft:
    key = "bot_failed" if verdict.reason == "bot_failed" else "handed_off"
    return Draft(author=SYSTEM, text=catalogue.text(key, conversation.language))


def _guesses(answer: Answer | None) -> tuple[Guess, ...]:
    return answer.understanding.guesses if answer else ()


async def _still_waiting(tx: Tx, case: Case, last_seq: int) -> datetime | None:
    """When the first message came that this turn does not answer, if there is one."""
    if last_seq <= case.asked.upto_seq:
        return None
    rest = await messages.since(tx.connection, case.conversation.id, case.asked.upto_seq)
    return next((m.at for m in rest if m.author.kind is AuthorKind.CUSTOMER), None)


def _fact(kind: EventKind, conversation: Conversation, data: dict[str, Any], at: datetime) -> Event:
    return Event(
        kind=kind,
        actor=BOT_AUTHOR,
        at=at,
        conversation_id=conversation.id,
        contact_id=conversation.contact_id,
        data=data,
    )

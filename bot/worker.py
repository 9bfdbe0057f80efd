"""The turn worker: claims turns, asks the bot outside any transaction, writes the outcome."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Sequence
from datetime import timedelta

import structlog

from bot.bot import Bot
from bot.fallback import HandOff, Situation, Thresholds, decide
from bot.outcome import Outcome, Written, write
from bot.turn import Case, read_case
from gateway.clock import Clock
from gateway.errors import BotFailed, StoreUnavailable
from gateway.metrics import Metrics
from gateway.model.turn import Answer, Decision, Turn
from gateway.outbox import Outbox
from gateway.store import turns
from gateway.store.store import Store
from gateway.store.tx import Tx

log = structlog.get_logger(__name__)

POLL_S = 1.0
MARGIN = timedelta(seconds=5)
"""What a turn may take beyond the bot's deadline before another worker may claim it."""

FINISH_WITHIN_S = 3.0
"""How long the turns under way may take to end when we are to end."""


class TurnWorker:
    """Answers due turns, `at_once` of them at a time."""

    def __init__(
        self,
        store: Store,
        bot: Bot,
        outbox: Outbox,
        metrics: Metrics,
        clock: Clock,
        *,
        limits: Thresholds,
        deadline_s: float,
        at_once: int,
    ) -> None:
        self._store = store
        self._bot = bot
        self._outbox = outbox
        self._metrics = metrics
        self._clock = clock
        self._limits = limits
        self._lease = timedelta(seconds=deadline_s) + MARGIN
        self._at_once = at_once
        self._bell = asyncio.Event()
        self._running: set[asyncio.Task[None]] = set()

    def ring(self) -> None:
        """There may be a turn."""
        self._bell.set()

    async def run(self) -> None:
        """Answer what is due until cancelled; then finish what is held, if it is quick."""
        try:
            with self._store.turns_taken_by(self._take):
                while True:
                    await self._round()
        finally:
            await _finish(self._running)

    async def answer_due(self) -> int:
        """Claim what is due now and answer it; how many turns that were."""
        claimed = await self._claim(self._at_once)
        await asyncio.gather(*(self._answer(each) for each in claimed))
        return len(claimed)

    async def _round(self) -> None:
        self._bell.clear()
        free = self._free
        claimed = await self._claim(free) if free else []
        self._begin(claimed)
        if len(claimed) < free or not free:
            await _wait(self._bell)

    @property
    def _free(self) -> int:
        """Two commits at once may together claim a few more than there were."""
        return max(0, self._at_once - len(self._running))

    async def _take(self, tx: Tx) -> list[Turn]:
        """Claim in the commit of the customers' messages, and begin right after it."""
        if not self._free:
            return []
        claimed = await turns.claim_due(tx, self._clock(), self._lease, self._free)
        tx.afterwards(lambda: self._begin(claimed))
        return claimed

    def _begin(self, claimed: Sequence[Turn]) -> None:
        for turn in claimed:
            task = asyncio.create_task(self._answer_and_ring(turn), name="turn")
            self._running.add(task)
            task.add_done_callback(self._running.discard)

    async def _claim(self, limit: int) -> list[Turn]:
        now = self._clock()
        try:
            return await self._store.write(
                lambda tx: turns.claim_due(tx, now, self._lease, limit), key="turns"
            )
        except StoreUnavailable as error:
            log.warning("turns wait for the store", error=str(error))
            await asyncio.sleep(POLL_S)
            return []

    async def _answer_and_ring(self, turn: Turn) -> None:
        more = True
        try:
            more = await self._answer(turn)
        except StoreUnavailable as error:
            log.warning("a turn waits for the store", turn=turn.id, error=str(error))
        except Exception:
            log.exception("a turn failed", turn=turn.id)
        finally:
            if more or not self._free:
                self.ring()

    async def _answer(self, turn: Turn) -> bool:
        """Whether there is more of it to answer."""
        started = time.perf_counter()
        case = await read_case(self._store, turn)
        outcome = await self._consider(case, started)
        try:
            written = await self._write(outcome)
        except StoreUnavailable:
            raise
        except Exception:
            if outcome.answer is None:
                raise
            log.exception("an answer could not be written", turn=turn.id)
            outcome = self._outcome(case, started, failure="unusable")
            written = await self._write(outcome)
        self._outbox.ring()
        if written is None:
            return False
        self._count(outcome, written.decision, time.perf_counter() - started)
        return written.more

    async def _consider(self, case: Case, started: float) -> Outcome:
        needs_no_bot = case.asked.asked_for_person or case.asked.has_files_only or case.rule
        if needs_no_bot or not case.is_the_bots:
            return self._outcome(case, started)
        try:
            answer = await self._bot.ask(case.question)
        except BotFailed as error:
            log.warning("the bot failed", turn=case.turn.id, why=error.why)
            return self._outcome(case, started, failure=error.why)
        return self._outcome(case, started, answer=answer)

    def _outcome(
        self,
        case: Case,
        started: float,
        *,
        answer: Answer | None = None,
        failure: str | None = None,
    ) -> Outcome:
        asked = case.asked
        situation = Situation(
            text=asked.text,
            answer=answer,
            failure=failure,
            asked_for_person=asked.asked_for_person,
            pressed=asked.choice is not None,
            has_files_only=asked.has_files_only,
            rule=case.rule,
            earlier=case.earlier,
        )
        verdict = decide(situation, self._limits)
        took_ms = round(1000 * (time.perf_counter() - started))
        return Outcome(case=case, verdict=verdict, answer=answer, took_ms=took_ms)

    async def _write(self, outcome: Outcome) -> Written | None:
        return await self._store.write(
            lambda tx: write(tx, outcome, self._outbox, self._clock()),
            key=outcome.case.turn.conversation_id,
        )

    def _count(self, outcome: Outcome, decision: Decision, seconds: float) -> None:
        self._metrics.turns.labels(decision.value).inc()
        self._metrics.turn_seconds.observe(seconds)
        if decision is not Decision.DROPPED:
            self._metrics.answers.labels(decision.value).inc()
        if isinstance(outcome.verdict, HandOff) and decision is Decision.HANDED_OFF:
            self._metrics.handoffs.labels(outcome.verdict.reason).inc()


async def _wait(bell: asyncio.Event) -> None:
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(bell.wait(), POLL_S)


async def _finish(turns_under_way: set[asyncio.Task[None]]) -> None:
    """A turn that is cut off stays a row: it is taken up when its lease has run out."""
    if turns_under_way:
        _, late = await asyncio.wait(turns_under_way, timeout=FINISH_WITHIN_S)
        for each in late:
            each.cancel()
        await asyncio.gather(*late, return_exceptions=True)

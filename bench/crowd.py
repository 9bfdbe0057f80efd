"""A crowd of customers, put into a store: who they are, what they say, that they wait."""

from __future__ import annotations

import asyncio
import random
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

import sqlalchemy as sa

from gateway.ids import ConversationId, ExternalId, Peer, new_id
from gateway.model.inbox import Inbox
from gateway.model.message import Inbound
from gateway.store.store import Store
from gateway.store.tables import contacts, conversations, handoffs, turns
from gateway.store.tx import Tx

AT_ONCE = 200
NAMED = 0.8
REASONS = ("asked_for_person", "not_understood", "needs_person", "bot_failed")
NAMES = {
    "en": ("Emma Hughes", "Liam Walsh", "Olivia Stone", "Noah Berg", "Ava Lindqvist"),
    "fa": ("سارا احمدی", "امید رضایی", "مریم کاظمی", "علی‌رضا شریفی", "نگار موسوی"),
    "ar": ("أحمد المنصور", "فاطمة الزهراء", "خالد العتيبي", "ليلى حدّاد", "يوسف ناصر"),
}
WORDS = {
    "en": "order parcel refund invoice delivery address card payment shoes size colour late "
    "broken please thanks when where account password courier box return week",
    "fa": "سفارش بسته بازگشت فاکتور ارسال نشانی کارت پرداخت کفش اندازه رنگ دیر شکسته لطفا "
    "ممنون کِی کجا حساب گذرواژه پیک جعبه می‌خواهم هفته نرسیده",
    "ar": "طلب طرد استرداد فاتورة توصيل عنوان بطاقة دفع حذاء مقاس لون متأخر مكسور من فضلك "
    "شكرا متى أين حساب كلمة مندوب صندوق إرجاع أسبوع",
}


@dataclass(frozen=True, kw_only=True)
class Customer:
    """Somebody who wrote, and the conversation it is in."""

    peer: Peer
    language: str
    conversation: ConversationId
    at: datetime


class Crowd:
    """Fills a store through its own ways in; the same seed makes the same crowd."""

    def __init__(self, store: Store, inbox: Inbox, seed: int = 7) -> None:
        self._store = store
        self._inbox = inbox
        self._random = random.Random(seed)

    def sentence(self, language: str, words: int = 12) -> str:
        known = WORDS[language].split()
        said = [self._random.choice(known) for _ in range(words)]
        return f"{' '.join(said)} ORD-{self._random.randrange(100_000):05}"

    async def come(self, count: int, until: datetime, *, over: timedelta) -> list[Customer]:
        """So many new customers write their first message, one after the other in time."""
        languages = [self._random.choice(("en", "fa", "ar")) for _ in range(count)]
        came: list[Customer] = []
        for first in range(0, count, AT_ONCE):
            some = range(first, min(first + AT_ONCE, count))
            times = [until - over * (1 - n / count) for n in some]
            writing = (self._first(languages[n], at) for n, at in zip(some, times, strict=True))
            came += await asyncio.gather(*writing)
        return came

    async def say(self, customer: Customer, at: datetime, text: str | None = None) -> None:
        """One more message of somebody who wrote before."""
        said = text or self.sentence(customer.language)
        await self._store.receive(self._inbound(customer.peer, customer.language, said, at))

    async def wait(self, customers: Sequence[Customer]) -> None:
        """They are handed to people, and most of them have names.

        The rows are written as a handoff leaves them, many at once: one by one through the
        bot's own way a large crowd would take many minutes.
        """
        for first in range(0, len(customers), AT_ONCE):
            some = customers[first : first + AT_ONCE]
            await self._store.write(partial(self._hand_off, customers=some))

    async def _first(self, language: str, at: datetime) -> Customer:
        peer = Peer(f"visitor:{uuid.UUID(int=self._random.getrandbits(128))}")
        inbound = self._inbound(peer, language, self.sentence(language), at)
        received = await self._store.receive(inbound)
        return Customer(peer=peer, language=language, conversation=received.conversation_id, at=at)

    def _inbound(self, peer: Peer, language: str, text: str, at: datetime) -> Inbound:
        return Inbound(
            inbox_id=self._inbox.id,
            peer=peer,
            external_id=ExternalId(new_id()),
            text=text,
            at=at,
            payload={"text": text},
            language=language,
        )

    async def _hand_off(self, tx: Tx, customers: Sequence[Customer]) -> None:
        queue = self._inbox.queue_id
        rows = [{"in": each.conversation} for each in customers]
        await tx.execute(_WAITS.values(owner_id=queue, queue_id=queue), rows)
        await tx.execute(_NO_TURN, rows)
        await tx.execute(sa.insert(handoffs), [self._handoff(each) for each in customers])
        named = [each for each in customers if self._random.random() < NAMED]
        names = [
            {"in": each.conversation, "as": self._random.choice(NAMES[each.language])}
            for each in named
        ]
        await tx.execute(_IS_CALLED, names)

    def _handoff(self, customer: Customer) -> dict[str, object]:
        return {
            "id": new_id(),
            "conversation_id": customer.conversation,
            "reason": self._random.choice(REASONS),
            "explanation": "The customer asked for a person.",
            "at": customer.at,
            "waiting_since": customer.at,
            "queue_id": self._inbox.queue_id,
            "from_seq": 1,
            "guesses": [],
            "slots": {},
        }


_OF_THEM = sa.bindparam("in", type_=conversations.c.id.type)
_WAITS = (
    sa.update(conversations)
    .where(conversations.c.id == _OF_THEM)
    .values(state="waiting", owner_kind="queue", ownership=2)
)
_NO_TURN = (
    sa.update(turns)
    .where(turns.c.conversation_id == _OF_THEM)
    .values(closed_at=turns.c.created_at, decision="dropped")
)
_IS_CALLED = (
    sa.update(contacts)
    .where(
        contacts.c.id
        == sa.select(conversations.c.contact_id)
        .where(conversations.c.id == _OF_THEM)
        .scalar_subquery()
    )
    .values(name=sa.bindparam("as"))
)

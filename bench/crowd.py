"""A crowd of customers, put into a store: who they are, what they say, that they wait."""

from __future__ import annotations

import asyncio
import random
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from gateway.events import Event, EventKind
from gateway.ids import ContactId, ConversationId, ExternalId, HandoffId, Peer, new_id
from gateway.model.handoff import Handoff
from gateway.model.inbox import Inbox
from gateway.model.message import Author, AuthorKind, Inbound
from gateway.store import contacts, conversations, handoffs, turns
from gateway.store.store import Store
from gateway.store.tx import Tx

AT_ONCE = 200
BOT = Author(kind=AuthorKind.BOT)
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

    async def wait(self, customers: Sequence[Customer], *, named: bool = True) -> None:
        """They are handed to people, and most of them have names."""
        for first in range(0, len(customers), AT_ONCE):
            some = customers[first : first + AT_ONCE]

            async def unit(tx: Tx, some: Sequence[Customer] = some) -> None:
                for each in some:
                    await self._hand_off(tx, each)
                    if named and self._random.random() < 0.8:
                        await self._name(tx, each)

            await self._store.write(unit)

    async def _first(self, language: str, at: datetime) -> Customer:
        peer = Peer(f"visitor:{uuid.UUID(int=self._random.getrandbits(128))}")
        inbound = self._inbound(peer, language, self.sentence(language), at)
        received = await self._store.receive(inbound)
        return Customer(peer=peer, language=language, conversation=received.conversation_id)

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

    async def _hand_off(self, tx: Tx, customer: Customer) -> None:
        before = await conversations.lock(tx, customer.conversation)
        at = before.updated_at
        after = before.ask_for_person(self._inbox.queue_id, at)
        handoff = Handoff(
            id=HandoffId(new_id()),
            conversation_id=before.id,
            reason=self._random.choice(REASONS),
            explanation="The customer asked for a person.",
            at=at,
            waiting_since=after.waiting_since or at,
            queue_id=self._inbox.queue_id,
            from_seq=after.last_seq,
            guesses=(),
            slots=after.slots,
        )
        await handoffs.insert(tx, handoff)
        await turns.drop_open(tx, before.id, "handed off", at)
        await conversations.save(tx, before, after)
        tx.tell(_handed_off(before.id, before.contact_id, handoff.reason, at))

    async def _name(self, tx: Tx, customer: Customer) -> None:
        conversation = await conversations.get(tx.connection, customer.conversation)
        name = self._random.choice(NAMES[customer.language])
        await contacts.change(tx, conversation.contact_id, name=name)


def _handed_off(id: ConversationId, contact_id: ContactId, reason: str, at: datetime) -> Event:
    return Event(
        kind=EventKind.HANDED_OFF,
        actor=BOT,
        at=at,
        conversation_id=id,
        contact_id=contact_id,
        data={"reason": reason},
    )

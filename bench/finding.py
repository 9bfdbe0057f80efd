"""Search over 100,000 messages, on both databases: what an agent waits for a page of it."""

from __future__ import annotations

import asyncio
import random
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from statistics import median, quantiles

from bench.crowd import NAMES, WORDS, Crowd
from bench.databases import POSTGRESQL, SQLITE, postgresql, sqlite_url
from bench.result import Result
from bench.store import Scene
from gateway.clock import utc_now
from gateway.first_start import prepare
from gateway.hub import Hub, LocalHub
from gateway.indexer import Indexer
from gateway.model.search import terms_of
from gateway.store import inboxes, indexing, messages, search
from gateway.store.search import EntryKind, Wanted
from gateway.store.store import Store, opened

MESSAGES = 100_000
CONVERSATIONS = 5_000
AT_ONCE = 500
QUESTIONS = 200
ROUNDS = 7
RECEIVED = 1_500
WRITING = 50
PAGE = 50
SAID = frozenset({EntryKind.MESSAGE, EntryKind.NOTE})


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A kind of question, and many of that kind."""

    name: str
    questions: Sequence[str]
    author: str | None = None


async def measure() -> list[Result]:
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="peyk-bench-")))
        urls = {
            SQLITE: sqlite_url(folder),
            POSTGRESQL: stack.enter_context(postgresql())("search"),
        }
        results: list[Result] = []
        for engine, url in urls.items():
            async with _scene(url) as (store, hub, per_s):
                results.append(_indexed(engine, per_s))
                for asked in _kinds():
                    results += await _measure(engine, store, asked)
                results.append(await _way_in(engine, store, hub))
        return results


@asynccontextmanager
async def _scene(url: str) -> AsyncIterator[tuple[Store, Hub, float]]:
    """A store with all the messages in its index, and how fast they came into it."""
    hub = LocalHub()
    async with opened(url, hub) as store:
        await prepare(store, utc_now, demo=True)
        async with store.read() as connection:
            (inbox,) = await inboxes.list_inboxes(connection)
        await _fill(Crowd(store, inbox))
        started = time.perf_counter()
        await Indexer(store, hub, rest=0).catch_up()
        async with store.read() as connection:
            assert (await indexing.progress(connection)).behind == 0
        yield store, hub, MESSAGES / (time.perf_counter() - started)


async def _fill(crowd: Crowd) -> None:
    now = utc_now()
    came = await crowd.come(CONVERSATIONS, now, over=timedelta(days=90))
    for first in range(CONVERSATIONS, MESSAGES, AT_ONCE):
        some = range(first, min(first + AT_ONCE, MESSAGES))
        await asyncio.gather(*(crowd.say(came[n % CONVERSATIONS], now) for n in some))


def _kinds() -> list[Asked]:
    """What agents ask: from a word that is everywhere to a code that is nowhere else."""
    dice = random.Random(3)
    words = [each for language in WORDS.values() for each in language.split()]
    pairs = [f"{dice.choice(words)} {dice.choice(words)}" for _ in range(QUESTIONS)]
    codes = [f"ORD-{dice.randrange(100_000):05}" for _ in range(QUESTIONS)]
    beginnings = [dice.choice(words)[:2] for _ in range(QUESTIONS)]
    arabic = [dice.choice(WORDS["fa"].split()).translate(_ARABIC) for _ in range(QUESTIONS)]
    ones = [dice.choice(words) for _ in range(QUESTIONS)]
    return [
        Asked(name="a code", questions=codes),
        Asked(name="two words", questions=pairs),
        Asked(name="a word that is in thousands", questions=ones),
        Asked(name="two letters", questions=beginnings),
        Asked(name="Persian on an Arabic keyboard", questions=arabic),
        Asked(name="a word, of one who said nothing", questions=ones, author="system"),
        Asked(name="nothing there", questions=[f"{name}xq" for name in NAMES["en"]]),
    ]


_ARABIC = str.maketrans({"ک": "ك", "ی": "ي", "ه": "ة"})


async def _measure(engine: str, store: Store, asked: Asked) -> list[Result]:
    times: list[float] = []
    found = 0
    for question in asked.questions:
        started = time.perf_counter()
        found += await _page(store, question, asked.author)
        times.append((time.perf_counter() - started) * 1000)
    about = f"{found / len(asked.questions):.1f} of a page of {PAGE} found"
    name = f"search, {engine}: {asked.name}"
    p95 = quantiles(times, n=20)[-1] if len(times) > 20 else max(times)
    return [
        _ms(f"{name}, p50", median(times), about),
        _ms(f"{name}, p95", p95, about, target=100),
    ]


async def _page(store: Store, question: str, author: str | None) -> int:
    """As the route asks: the entries, and what was said in them."""
    wanted = Wanted(terms=terms_of(question), kinds=SAID, author=author)
    async with store.read() as connection:
        found = await search.find(connection, wanted, before=None, limit=PAGE + 1)
        await messages.by_ids(connection, [each.message_id for each in found])
    return min(len(found), PAGE)


async def _way_in(engine: str, store: Store, hub: Hub) -> Result:
    """What the way in brings while the index follows it, in turns with what it brings alone."""
    async with store.read() as connection:
        (inbox,) = await inboxes.list_inboxes(connection)
    customers = Scene(store, inbox.id)
    alone: list[float] = []
    followed: list[float] = []
    for _ in range(ROUNDS):
        alone.append(await customers.receive(RECEIVED, WRITING))
        following = asyncio.create_task(Indexer(store, hub).run())
        followed.append(await customers.receive(RECEIVED, WRITING))
        following.cancel()
        with suppress(asyncio.CancelledError):
            await following
    return Result(
        name=f"search, {engine}: messages received, {WRITING} at once, while the index follows",
        value=round(median(followed)),
        unit="/s",
        better="higher",
        compared_with=f"without the index {median(alone):,.0f}/s in turns",
    )


def _indexed(engine: str, per_s: float) -> Result:
    return Result(
        name=f"search, {engine}: messages taken into the index without a rest",
        value=round(per_s),
        unit="/s",
        better="higher",
    )


def _ms(name: str, value: float, about: str, target: float | None = None) -> Result:
    return Result(
        name=name,
        value=round(value, 2),
        unit="ms",
        better="lower",
        compared_with=about,
        target=target,
    )

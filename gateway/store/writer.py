"""Group commit: units of work that arrive together share one transaction.

A unit is an async function of a `Tx`. It must be repeatable: when the group's transaction
fails for a reason that may pass (a deadlock), each unit runs again in one of its own. When
a unit raises, the group runs again with each unit in a savepoint of its own, so that what
raises is rolled back alone, and its caller gets the error. Nothing is answered before the
commit; after it the events are published, then the callers wake.

On SQLite one lane writes, as the database allows one writer. On PostgreSQL two lanes keep
the server busy while one waits for its disk; the units of one key stay in order because
they take the same lane.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, cast
from zlib import crc32

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from gateway.errors import StoreUnavailable
from gateway.events import Event
from gateway.store.tx import Tx

LARGEST_GROUP = 200

CROWD = 5
BREATH_S = 0.003
"""After a group of a crowd the next one waits this long: those who were just answered come
back in it, and one large group costs less than two."""

TRIES = 5

Unit = Callable[[Tx], Awaitable[Any]]
Batch = Callable[[Tx, Sequence[Any]], Awaitable[Sequence[Any]]]
Publish = Callable[[Sequence[Event]], None]


@dataclass(frozen=True, kw_only=True)
class _Work:
    """One unit, or one item of a batch that many callers fill together."""

    done: asyncio.Future[Any]
    unit: Unit | None = None
    batch: Batch | None = None
    item: Any = None


class Writer:
    """Runs units in shared transactions; `publish` is told the events after each commit."""

    def __init__(self, engine: AsyncEngine, publish: Publish, lanes: int) -> None:
        self._lanes = [_Lane(engine, publish) for _ in range(lanes)]

    def start(self) -> None:
        for lane in self._lanes:
            lane.start()

    async def stop(self) -> None:
        """Finish what was given, then end."""
        for lane in self._lanes:
            await lane.stop()

    async def run(self, unit: Unit, key: str = "") -> Any:
        """Run the unit and answer its result once it is durable.

        Raises what the unit raises, or StoreUnavailable when nothing could be committed.
        """
        return await self._lane(key).give(unit=unit)

    async def run_item(self, batch: Batch, item: Any, key: str = "") -> Any:
        """Like `run`, for work that is done for many items in a few statements."""
        return await self._lane(key).give(batch=batch, item=item)

    def _lane(self, key: str) -> _Lane:
        return self._lanes[crc32(key.encode()) % len(self._lanes)]


class _Lane:
    def __init__(self, engine: AsyncEngine, publish: Publish) -> None:
        self._engine = engine
        self._publish = publish
        self._waiting: asyncio.Queue[_Work | None] = asyncio.Queue()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = asyncio.create_task(self._loop(), name="store writer")

    async def stop(self) -> None:
        if self._task is not None:
            self._waiting.put_nowait(None)
            await self._task
            self._task = None

    async def give(
        self, *, unit: Unit | None = None, batch: Batch | None = None, item: Any = None
    ) -> Any:
        if self._task is None or self._task.done():
            raise StoreUnavailable("the store is closed")
        done: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._waiting.put_nowait(_Work(done=done, unit=unit, batch=batch, item=item))
        return await done

    async def _loop(self) -> None:
        stopping = False
        while not stopping:
            group = [await self._waiting.get()]
            while len(group) < LARGEST_GROUP and not self._waiting.empty():
                group.append(self._waiting.get_nowait())
            stopping = None in group
            works = [work for work in group if work is not None and not work.done.done()]
            if works:
                await self._commit(works)
            if len(works) >= CROWD and not stopping:
                await asyncio.sleep(BREATH_S)
        self._refuse_the_rest()

    def _refuse_the_rest(self) -> None:
        while not self._waiting.empty():
            work = self._waiting.get_nowait()
            if work is not None and not work.done.done():
                work.done.set_exception(StoreUnavailable("the store is closing"))

    async def _commit(self, works: list[_Work], *, guarded: bool = False) -> None:
        try:
            await self._commit_together(works, guarded=guarded)
        except Exception as error:
            if _may_pass(error):
                for work in works:
                    await self._commit_alone(work)
            elif guarded or isinstance(error, _Uncertain):
                _fail(works, _as_ours(error))
            else:
                await self._commit(works, guarded=True)

    async def _commit_alone(self, work: _Work) -> None:
        for attempt in range(TRIES):
            try:
                await self._commit_together([work], guarded=True)
                break
            except Exception as error:
                if attempt == TRIES - 1 or not _may_pass(error):
                    _fail([work], _as_ours(error))
                    break
                await asyncio.sleep(0.01 * 2**attempt)

    async def _commit_together(self, works: list[_Work], *, guarded: bool) -> None:
        async with self._engine.connect() as connection:
            tx = Tx(connection)
            results = await _run_all(tx, works, guarded=guarded)
            told = await tx.write_events()
            await _durably(connection)
        tx.committed()
        if told:
            self._publish(told)
        for work, result in zip(works, results, strict=True):
            _answer(work, result)


async def _durably(connection: AsyncConnection) -> None:
    """Commit. When that fails nobody knows whether it happened, so it is not tried again.

    The connection is not used again either: a failed fsync leaves it in an unknown state.
    """
    try:
        await connection.commit()
    except Exception as error:
        await connection.invalidate()
        if _is_definite(error):
            raise
        raise _Uncertain(f"the commit failed: {error}") from error


class _Uncertain(StoreUnavailable):
    """Nobody knows whether it was committed."""


@dataclass(frozen=True)
class _Raised:
    error: Exception


async def _run_all(tx: Tx, works: list[_Work], *, guarded: bool) -> list[Any]:
    """What each work came to; unguarded, the first error ends it."""
    run = _run_guarded if guarded else _run_plainly
    results: list[Any] = [None] * len(works)
    batches: dict[Batch, list[int]] = {}
    for i, work in enumerate(works):
        if work.batch is not None:
            batches.setdefault(work.batch, []).append(i)
    for batch, places in batches.items():
        found = await _run_batch(tx, run, batch, [works[i].item for i in places])
        for i, result in zip(places, found, strict=True):
            results[i] = result
    for i, work in enumerate(works):
        if work.unit is not None:
            results[i] = await run(tx, work.unit)
    return results


Run = Callable[[Tx, Unit], Awaitable[Any]]


async def _run_batch(tx: Tx, run: Run, batch: Batch, items: list[Any]) -> Sequence[Any]:
    """All items together; if that is rolled back, each alone, to find the culprit."""
    together = await run(tx, lambda tx: batch(tx, items))
    if not isinstance(together, _Raised):
        return cast(Sequence[Any], together)
    if len(items) == 1:
        return [together]
    alone = [await _run_batch(tx, run, batch, [item]) for item in items]
    return [results[0] for results in alone]


async def _run_plainly(tx: Tx, unit: Unit) -> Any:
    return await unit(tx)


async def _run_guarded(tx: Tx, unit: Unit) -> Any:
    mark = tx.mark
    try:
        async with tx.connection.begin_nested():
            return await unit(tx)
    except Exception as error:
        if _may_pass(error):
            raise
        tx.forget_since(mark)
        return _Raised(error)


def _may_pass(error: Exception) -> bool:
    """Deadlocks, lost connections, a locked database: nothing was committed, try again."""
    return isinstance(error, DBAPIError) and (is_lost(error) or _is_definite(error))


def is_lost(error: DBAPIError) -> bool:
    """The database is gone, or busy beyond all patience: not the statement's own fault."""
    return isinstance(error, OperationalError | InterfaceError) or error.connection_invalidated


def _is_definite(error: Exception) -> bool:
    """The database says itself that it rolled back: a deadlock, or a failed serialisation."""
    orig = error.orig if isinstance(error, DBAPIError) else None
    return getattr(orig, "sqlstate", None) in ("40001", "40P01", "55P03")


def _as_ours(error: Exception) -> Exception:
    if isinstance(error, DBAPIError | OSError):
        unavailable = StoreUnavailable(str(error))
        unavailable.__cause__ = error
        return unavailable
    return error


def _fail(works: list[_Work], error: Exception) -> None:
    for work in works:
        if not work.done.done():
            work.done.set_exception(error)


def _answer(work: _Work, result: Any) -> None:
    if work.done.done():
        return
    if isinstance(result, _Raised):
        work.done.set_exception(result.error)
    else:
        work.done.set_result(result)

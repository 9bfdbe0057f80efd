"""/search: what was said, who said it, and conversations by their number."""

from __future__ import annotations

from typing import Annotated

from pydantic import AwareDatetime, Field, StringConstraints

from gateway.ids import InboxId
from gateway.model.agent import Role
from gateway.model.search import terms_of
from gateway.store import search
from gateway.store.search import EntryKind, Wanted
from gateway.store.store import Reading
from gateway.web import keys
from gateway.web.body import Id
from gateway.web.paging import Page, Paging, read_number, write_number
from gateway.web.route import Call, Route
from handoff.search import MOST_CONTACTS, Hit, HitKind, called, hits, words_for

Asked = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
Author = Annotated[str, StringConstraints(pattern=r"^(customer|bot|agent|system|[0-9a-f-]{36})$")]

SAID = frozenset({EntryKind.MESSAGE, EntryKind.NOTE})
CONTACTS = frozenset({EntryKind.CONTACT})


class SearchQuery(Paging):
    """All words of `q` must be there; the last letters of each may be missing.

    Quotation marks ask for words exactly as they follow. `author` is customer, bot, agent,
    or an agent's id; `from` and `to` bound the time, the first included, the second not.
    """

    q: Asked = ""
    kind: HitKind | None = None
    inbox: Id | None = None
    channel: Annotated[str, StringConstraints(max_length=20)] | None = None
    author: Author | None = None
    since: AwareDatetime | None = Field(None, alias="from")
    until: AwareDatetime | None = Field(None, alias="to")

    @property
    def narrows_what_was_said(self) -> bool:
        """Only what was said has an inbox, an author and a time."""
        return any((self.inbox, self.channel, self.author, self.since, self.until))


async def search_all(call: Call[None, SearchQuery]) -> Page[Hit]:
    """Without a kind: conversations of that number and some contacts first, then what was said,
    newest first. The next pages go on with what was said."""
    query = call.query
    before = read_number(query.cursor) if query.cursor else None
    async with call.app[keys.STORE].read() as connection:
        first = [] if before is not None else await _first(connection, call)
        wanted = _wanted(query, _kinds(query))
        found = await search.find(connection, wanted, before=before, limit=query.limit + 1)
        part = found[: query.limit]
        lines = await hits(connection, part, wanted, call.agent.id)
    following = write_number(part[-1].number) if len(found) > len(part) else None
    return Page(items=[*first, *lines], next=following)


async def _first(connection: Reading, call: Call[None, SearchQuery]) -> list[Hit]:
    query, agent = call.query, call.agent.id
    found: list[Hit] = []
    if query.kind in (None, HitKind.CONVERSATION) and not query.narrows_what_was_said:
        found += await called(connection, query.q, agent)
    if query.kind is None and not query.narrows_what_was_said:
        wanted = _wanted(query, CONTACTS)
        people = await search.find(connection, wanted, before=None, limit=MOST_CONTACTS)
        found += await hits(connection, people, wanted, agent)
    return found


def _kinds(query: SearchQuery) -> frozenset[EntryKind]:
    if query.kind is None:
        return SAID
    if query.kind is HitKind.CONVERSATION:
        return frozenset()
    return frozenset({EntryKind(query.kind.value)})


def _wanted(query: SearchQuery, kinds: frozenset[EntryKind]) -> Wanted:
    return Wanted(
        terms=terms_of(words_for(query.q)),
        kinds=kinds,
        inbox=InboxId(query.inbox) if query.inbox else None,
        channel=query.channel,
        author=query.author,
        since=query.since,
        until=query.until,
    )


routes: tuple[Route, ...] = (
    Route(
        "GET",
        "/search",
        search_all,
        summary="Find what was said, contacts, and conversations by number",
        tag="search",
        query=SearchQuery,
        answer=Page[Hit],
        role=Role.AGENT,
    ),
)

"""/contacts: a person, where he can be reached, and what he came for before."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, StringConstraints

from gateway.errors import BadInput
from gateway.events import EventKind
from gateway.ids import ContactId
from gateway.model.agent import Role
from gateway.store import contact_lists, contacts, inboxes, lists
from gateway.store.tx import Tx
from gateway.web import keys
from gateway.web.body import Body, Email, Name
from gateway.web.paging import Page, Paging, read_cursor, write_cursor
from gateway.web.route import Call, Route
from handoff import views
from handoff.facts import changed
from handoff.routes.changes import wanted
from handoff.routes.free_form import bounded
from handoff.shapes import ContactShape, ListedContactShape

AttributeName = Annotated[str, StringConstraints(min_length=1, max_length=100)]
Attributes = Annotated[dict[AttributeName, Any], AfterValidator(bounded)]


class ContactChange(Body):
    """What stands here is changed; null forgets, of `attributes` each by itself."""

    name: Name | None = None
    email: Email | None = None
    attributes: Attributes | None = None


class ContactQuery(Paging):
    """`q`: a part of the name or email, or a whole email, address or id."""

    q: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)] = ""


async def list_contacts(call: Call[None, ContactQuery]) -> Page[ListedContactShape]:
    """Newest first."""
    wanted_page = call.query
    after = ContactId(read_cursor(wanted_page.cursor)[1]) if wanted_page.cursor else None
    async with call.app[keys.STORE].read() as connection:
        found, last = await contact_lists.page(
            connection, q=wanted_page.q, after=after, limit=wanted_page.limit
        )
    # The list runs along ids alone; the time only fills the cursor's first place.
    following = write_cursor(call.app[keys.CLOCK](), last) if last else None
    return Page(items=[views.listed_contact(each) for each in found], next=following)


async def get_contact(call: Call[Any]) -> ContactShape:
    id = ContactId(call.path["id"])
    async with call.app[keys.STORE].read() as connection:
        contact = await contacts.get(connection, id)
        known = {each.id: each for each in await inboxes.list_inboxes(connection)}
        return views.contact(
            contact,
            await contacts.addresses_of(connection, id),
            known,
            await lists.of_contact(connection, id),
        )


async def change_contact(call: Call[ContactChange]) -> ContactShape:
    """What an agent writes here proves nothing: an address keeps its proof."""
    id, now = ContactId(call.path["id"]), call.app[keys.CLOCK]()
    changes = wanted(call.body, nullable=frozenset(["name", "email"]))

    async def unit(tx: Tx) -> None:
        before = await contacts.lock(tx, id)
        columns = dict(changes)
        if "attributes" in columns:
            columns["attributes"] = _merged(before.attributes, columns["attributes"])
        if columns:
            await contacts.change(tx, id, **columns)
            tx.tell(changed(EventKind.CONTACT_CHANGED, "contact", id, changes, call.agent, now))

    await call.app[keys.STORE].write(unit, id)
    return await get_contact(call)


def _merged(before: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    merged = {**before, **changes}
    kept = {name: value for name, value in merged.items() if value is not None}
    try:
        return bounded(kept)
    except ValueError as exc:
        raise BadInput("attributes", str(exc)) from exc


routes: tuple[Route, ...] = (
    Route(
        "GET",
        "/contacts",
        list_contacts,
        summary="Contacts, newest first, or those that a search finds",
        tag="contacts",
        query=ContactQuery,
        answer=Page[ListedContactShape],
        role=Role.AGENT,
    ),
    Route(
        "GET",
        "/contacts/{id}",
        get_contact,
        summary="A contact with addresses and latest conversations",
        tag="contacts",
        answer=ContactShape,
        role=Role.AGENT,
    ),
    Route(
        "PATCH",
        "/contacts/{id}",
        change_contact,
        summary="Change what is known of a contact",
        tag="contacts",
        body=ContactChange,
        answer=ContactShape,
        role=Role.AGENT,
    ),
)

"""Contacts and their addresses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from gateway.errors import NotFound
from gateway.ids import AddressId, ContactId, InboxId, Peer, new_id
from gateway.model.contact import Address, Contact, Proof
from gateway.store.tables import addresses, contacts
from gateway.store.tx import Tx
from gateway.store.types import among

_a = addresses.c


async def get(connection: AsyncConnection, id: ContactId) -> Contact:
    """Raises NotFound."""
    row = (await connection.execute(sa.select(contacts).where(contacts.c.id == id))).one_or_none()
    if row is None:
        raise NotFound("contact", id)
    return contact_of(row)


async def by_ids(connection: AsyncConnection, ids: Iterable[ContactId]) -> dict[ContactId, Contact]:
    rows = await connection.execute(sa.select(contacts).where(contacts.c.id.in_(list(ids))))
    return {each.id: each for each in map(contact_of, rows)}


async def lock(tx: Tx, id: ContactId) -> Contact:
    """The contact, changed by nobody else until the commit. Raises NotFound."""
    statement = sa.select(contacts).where(contacts.c.id == id).with_for_update(key_share=True)
    row = (await tx.connection.execute(statement)).one_or_none()
    if row is None:
        raise NotFound("contact", id)
    return contact_of(row)


async def address(connection: AsyncConnection, id: AddressId) -> Address:
    """Raises NotFound."""
    row = (await connection.execute(_ADDRESS, {"id": id})).one_or_none()
    if row is None:
        raise NotFound("address", id)
    return address_of(row)


async def addresses_of(connection: AsyncConnection, id: ContactId) -> list[Address]:
    rows = await connection.execute(
        sa.select(addresses).where(_a.contact_id == id).order_by(_a.created_at)
    )
    return [address_of(row) for row in rows]


async def find_or_make(
    tx: Tx,
    inbox_id: InboxId,
    peer: Peer,
    now: datetime,
    *,
    proof: Proof = Proof.ANONYMOUS,
    name: str | None = None,
    email: str | None = None,
    locale: str | None = None,
) -> Address:
    """The address of this peer, locked; made together with its contact if it is new."""
    found = await lock_addresses(tx, [(inbox_id, peer)])
    if (inbox_id, peer) in found:
        return found[inbox_id, peer]
    contact = Contact(id=ContactId(new_id()), name=name, email=email, locale=locale, created_at=now)
    return (await insert(tx, [(contact, _new_address(contact, inbox_id, peer, proof))]))[0]


async def lock_addresses(
    tx: Tx, peers: Iterable[tuple[InboxId, Peer]]
) -> dict[tuple[InboxId, Peer], Address]:
    """The known ones among these peers, locked in one order for everybody."""
    wanted = set(peers)
    lists = {"inboxes": list({inbox for inbox, _ in wanted}), "peers": [p for _, p in wanted]}
    found = [address_of(row) for row in await tx.connection.execute(_LOCK_ADDRESSES, lists)]
    by_peer = {(each.inbox_id, each.peer): each for each in found}
    return {key: each for key, each in by_peer.items() if key in wanted}


async def insert(tx: Tx, new: Sequence[tuple[Contact, Address]]) -> list[Address]:
    """Store new contacts with one address each.

    Where another transaction was first with an address, its contact is the one.
    """
    await tx.execute(sa.insert(contacts), [_contact_row(contact) for contact, _ in new])
    statement = tx.insert(addresses).on_conflict_do_nothing(index_elements=["inbox_id", "peer"])
    await tx.execute(statement, [_address_row(each) for _, each in new])
    stored = await lock_addresses(tx, [(each.inbox_id, each.peer) for _, each in new])
    lost = [c.id for c, a in new if stored[a.inbox_id, a.peer].contact_id != c.id]
    if lost:
        await tx.execute(sa.delete(contacts).where(contacts.c.id.in_(lost)))
    return [stored[each.inbox_id, each.peer] for _, each in new]


async def change(tx: Tx, id: ContactId, **values: Any) -> None:
    """Set `name`, `email`, `locale` or `attributes`."""
    await tx.execute(sa.update(contacts).where(contacts.c.id == id).values(**values))


async def prove(tx: Tx, id: AddressId, proof: Proof) -> None:
    await tx.execute(sa.update(addresses).where(_a.id == id).values(proof=proof.value))


async def seen(tx: Tx, ids: Iterable[AddressId], at: datetime) -> None:
    await tx.connection.execute(_SEEN, {"ids": sorted(ids), "at": at})


_ADDRESS = sa.select(addresses).where(_a.id == sa.bindparam("id"))
_LOCK_ADDRESSES = (
    sa.select(addresses)
    .where(among(_a.inbox_id, "inboxes"), among(_a.peer, "peers"))
    .order_by(_a.id)
    .with_for_update(key_share=True)
)
_SEEN = sa.update(addresses).where(among(_a.id, "ids")).values(last_seen_at=sa.bindparam("at"))


def _new_address(contact: Contact, inbox_id: InboxId, peer: Peer, proof: Proof) -> Address:
    return Address(
        id=AddressId(new_id()),
        contact_id=contact.id,
        inbox_id=inbox_id,
        peer=peer,
        proof=proof,
        created_at=contact.created_at,
        last_seen_at=contact.created_at,
    )


def contact_of(row: Any) -> Contact:
    return Contact(
        id=ContactId(row.id),
        name=row.name,
        email=row.email,
        locale=row.locale,
        created_at=row.created_at,
        attributes=row.attributes,
    )


def address_of(row: Any) -> Address:
    return Address(
        id=AddressId(row.id),
        contact_id=ContactId(row.contact_id),
        inbox_id=InboxId(row.inbox_id),
        peer=Peer(row.peer),
        proof=Proof(row.proof),
        created_at=row.created_at,
        last_seen_at=row.last_seen_at,
    )


def _contact_row(contact: Contact) -> dict[str, Any]:
    return {
        "id": contact.id,
        "name": contact.name,
        "email": contact.email,
        "locale": contact.locale,
        "attributes": contact.attributes,
        "created_at": contact.created_at,
    }


def _address_row(address: Address) -> dict[str, Any]:
    return {
        "id": address.id,
        "contact_id": address.contact_id,
        "inbox_id": address.inbox_id,
        "peer": address.peer,
        "proof": address.proof.value,
        "created_at": address.created_at,
        "last_seen_at": address.last_seen_at,
    }

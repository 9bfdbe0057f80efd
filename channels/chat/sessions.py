"""Visitors' sessions: opened, resumed, and found by their token.

A token is 256 random bits of which the store keeps the hash. It lives as long as it is
used now and then. A visitor who is nobody yet gets an address of his own; one whom the
site signs for gets the address of that person, on whatever device.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from channels.chat.attributes import OF_PAGE, merged
from channels.chat.identity import LEEWAY, BadIdentity, Identity, verify
from channels.chat.settings import ChatSettings
from gateway.clock import Clock
from gateway.errors import NotSignedIn
from gateway.events import Event, EventKind
from gateway.ids import Peer, new_id
from gateway.model.contact import Address, Contact, Proof
from gateway.model.inbox import Inbox
from gateway.model.message import Author, AuthorKind
from gateway.model.visitor import Visitor
from gateway.store import contacts, used_identities, visitor_sessions
from gateway.store.store import Store
from gateway.store.tx import Tx
from gateway.web.auth import hash_secret, new_secret

LIFETIME = timedelta(days=180)
"""A session that was not used for so long is over."""

SEEN_EVERY = timedelta(hours=12)
"""How exactly a session's last use is kept."""


@dataclass(frozen=True, kw_only=True)
class Claimed:
    """What a page says of its visitor; nobody vouches for it."""

    name: str | None = None
    email: str | None = None
    locale: str | None = None
    attributes: Mapping[str, object] = field(default_factory=dict)

    @property
    def proof(self) -> Proof:
        return Proof.CLAIMED if self.name or self.email else Proof.ANONYMOUS


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A session together with its token, which nobody can be told a second time."""

    token: str
    visitor: Visitor


class Sessions:
    """The sessions of all web chat inboxes."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def start(self, inbox: Inbox, claimed: Claimed) -> Opened:
        """A new visitor with a contact of his own, whatever he claims to be."""
        now = self._clock()
        peer = Peer(f"visitor:{new_id()}")

        async def unit(tx: Tx) -> Opened:
            address = await contacts.find_or_make(
                tx,
                inbox.id,
                peer,
                now,
                proof=claimed.proof,
                name=claimed.name,
                email=claimed.email,
                locale=claimed.locale,
            )
            before = await contacts.get(tx.connection, address.contact_id)
            said = merged(before.attributes, claimed.attributes, OF_PAGE)
            contact = await _know(tx, before, replace(before, attributes=said), now)
            return await _open(tx, address, contact, inbox, claimed.locale, now)

        return await self._store.write(unit, key=peer)

    async def identify(
        self,
        inbox: Inbox,
        settings: ChatSettings,
        token: str,
        locale: str | None,
        attributes: Mapping[str, object],
    ) -> Opened:
        """The contact whom the site signs for. Raises BadIdentity, also for a replay."""
        now = self._clock()
        identity = verify(token, settings.identity, inbox.key, now)
        peer = Peer(f"user:{identity.subject}")

        async def unit(tx: Tx) -> Opened:
            kept_until = identity.expires_at + 2 * LEEWAY
            if not await used_identities.use(tx, inbox.id, identity.jti, kept_until):
                raise BadIdentity("identity: this token was used before; sign a new one")
            address = await _signed_address(tx, inbox, peer, identity, locale, now)
            before = await contacts.get(tx.connection, address.contact_id)
            contact = await _know(tx, before, _after(before, identity, attributes), now)
            return await _open(tx, address, contact, inbox, locale, now)

        return await self._store.write(unit, key=peer)

    async def resume(
        self, token: str, inbox: Inbox, locale: str | None, attributes: Mapping[str, object]
    ) -> Opened:
        """The visitor of an earlier session. Raises NotSignedIn."""
        visitor = await self.find(token)
        if visitor.inbox.id != inbox.id:
            raise NotSignedIn("the token is for another inbox")
        if locale is not None and locale != visitor.locale:
            id = visitor.session_id
            await self._store.write(lambda tx: visitor_sessions.change(tx, id, locale=locale))
            visitor = replace(visitor, locale=locale)
        if attributes:
            visitor = replace(visitor, contact=await self._describe(visitor, attributes))
        return Opened(token=token, visitor=visitor)

    async def find(self, token: str) -> Visitor:
        """Whose token this is; using it lengthens its life. Raises NotSignedIn."""
        now = self._clock()
        async with self._store.read() as connection:
            visitor = await visitor_sessions.find(connection, hash_secret(token), now)
        if visitor is None:
            raise NotSignedIn("the session is unknown or over; open a new one")
        if now - visitor.seen_at > SEEN_EVERY:
            await self._lengthen(visitor.session_id, now)
        return visitor

    async def forget_expired(self) -> None:
        """Delete sessions that are over and identities that have expired."""
        now = self._clock()

        async def unit(tx: Tx) -> None:
            await visitor_sessions.forget_expired(tx, now)
            await used_identities.forget_expired(tx, now)

        await self._store.write(unit)

    async def _describe(self, visitor: Visitor, attributes: Mapping[str, object]) -> Contact:
        now = self._clock()

        async def unit(tx: Tx) -> Contact:
            before = await contacts.lock(tx, visitor.contact.id)
            said = merged(before.attributes, attributes, OF_PAGE)
            return await _know(tx, before, replace(before, attributes=said), now)

        return await self._store.write(unit, key=visitor.address.peer)

    async def _lengthen(self, session_id: str, now: datetime) -> None:
        await self._store.write(
            lambda tx: visitor_sessions.change(
                tx, session_id, seen_at=now, expires_at=now + LIFETIME
            )
        )


async def _open(
    tx: Tx, address: Address, contact: Contact, inbox: Inbox, locale: str | None, now: datetime
) -> Opened:
    token = new_secret()
    visitor = Visitor(
        session_id=new_id(),
        address=address,
        contact=contact,
        inbox=inbox,
        locale=locale,
        seen_at=now,
        expires_at=now + LIFETIME,
    )
    await visitor_sessions.insert(tx, visitor, hash_secret(token))
    return Opened(token=token, visitor=visitor)


async def _signed_address(
    tx: Tx, inbox: Inbox, peer: Peer, identity: Identity, locale: str | None, now: datetime
) -> Address:
    address = await contacts.find_or_make(
        tx,
        inbox.id,
        peer,
        now,
        proof=Proof.SIGNED,
        name=identity.name,
        email=identity.email,
        locale=locale,
    )
    if address.proof is not Proof.SIGNED:
        await contacts.prove(tx, address.id, Proof.SIGNED)
    return replace(address, proof=Proof.SIGNED)


def _after(before: Contact, identity: Identity, said: Mapping[str, object]) -> Contact:
    """The contact as the site signs for him now, and as its page says beside that."""
    signed = merged(before.attributes, identity.attributes)
    return replace(
        before,
        name=identity.name or before.name,
        email=identity.email or before.email,
        attributes=merged(signed, said, OF_PAGE),
    )


async def _know(tx: Tx, before: Contact, after: Contact, now: datetime) -> Contact:
    """Stores what is known of the contact now, and tells it, if it is anything new."""
    changed = [name for name in _TOLD if getattr(before, name) != getattr(after, name)]
    if changed:
        await contacts.change(tx, after.id, **{name: getattr(after, name) for name in changed})
        tx.tell(
            Event(
                kind=EventKind.CONTACT_CHANGED,
                actor=Author(kind=AuthorKind.SYSTEM),
                at=now,
                contact_id=after.id,
                data={"contact_id": after.id, "changed": changed},
            )
        )
    return after


_TOLD = ("attributes", "email", "name")

"""Who is let in: by his token, from which site, and how much at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace

from aiohttp import web

from channels.chat.limits import Doors, Places
from channels.chat.sessions import Sessions
from channels.chat.settings import ChatSettings, settings_of
from gateway.clock import Clock
from gateway.errors import NotAllowed, NotFound, NotSignedIn
from gateway.model.inbox import Inbox
from gateway.model.visitor import Visitor
from gateway.store import inboxes
from gateway.store.store import Store
from gateway.web import keys
from gateway.web.site import is_loopback

CHANNEL = "chat"


@dataclass(frozen=True, kw_only=True)
class Admitted:
    """A visitor, the rules of his inbox, and the network address he comes from."""

    visitor: Visitor
    settings: ChatSettings
    network: str | None
    as_of: int
    """Which change of the inboxes' settings this is after."""


class Gate:
    """Asked before anything else. What it refuses has cost little."""

    def __init__(self, store: Store, clock: Clock, sessions: Sessions) -> None:
        self._store = store
        self._sessions = sessions
        self._places = Places()
        self._doors = Doors(clock)
        self._changes = 0

    async def shown(self, key: str, request: web.Request) -> tuple[Inbox, ChatSettings]:
        """The inbox of a page that wants to show the chat. Raises NotFound or NotAllowed."""
        async with self._store.read() as connection:
            inbox = await inboxes.by_key(connection, CHANNEL, key)
        settings = settings_of(inbox)
        _check_site(settings, request)
        return inbox, settings

    async def inbox(self, key: str, request: web.Request) -> tuple[Inbox, ChatSettings]:
        """The inbox of a page that wants a session. Raises NotFound, NotAllowed or TooMany."""
        inbox, settings = await self.shown(key, request)
        network = _network(settings, request)
        if network is not None:
            self._doors.session(settings.limits, network)
        return inbox, settings

    async def admit(self, token: str, request: web.Request) -> Admitted:
        """The visitor of a session. Raises NotSignedIn, NotFound or NotAllowed."""
        as_of = self._changes
        visitor = await self._sessions.find(token)
        settings = settings_of(visitor.inbox)
        _check_site(settings, request)
        return Admitted(
            visitor=visitor,
            settings=settings,
            network=_network(settings, request),
            as_of=as_of,
        )

    def forget_settings(self) -> None:
        """An admin changed some inbox."""
        self._changes += 1

    async def refreshed(self, admitted: Admitted) -> Admitted:
        """The same visitor under the settings of now; wrong ones are not taken over."""
        if admitted.as_of == self._changes:
            return admitted
        as_of = self._changes
        async with self._store.read() as connection:
            inbox = await inboxes.get(connection, admitted.visitor.inbox.id)
        with suppress(NotFound):
            return replace(admitted, settings=settings_of(inbox), as_of=as_of)
        return replace(admitted, as_of=as_of)

    async def admit_request(self, request: web.Request) -> Admitted:
        """The visitor of a request with a bearer token; each counts as a frame."""
        admitted = await self.admit(bearer(request), request)
        self.frame(admitted)
        return admitted

    @contextmanager
    def place(self, admitted: Admitted) -> Iterator[None]:
        """A socket's place, given back at the end. Raises TooMany."""
        limits = admitted.settings.limits
        with ExitStack() as taken:
            who = admitted.visitor.address.id
            taken.enter_context(self._places.taken(who, limits.sockets))
            if admitted.network is not None:
                network = f"network {admitted.network}"
                taken.enter_context(self._places.taken(network, limits.network_sockets))
            yield

    def frame(self, admitted: Admitted) -> None:
        """Raises TooMany."""
        self._doors.frame(admitted.settings.limits, admitted.visitor.address.id)

    def message(self, admitted: Admitted) -> None:
        """Raises TooMany."""
        self._doors.message(admitted.settings.limits, admitted.visitor.address.id, admitted.network)

    def upload(self, admitted: Admitted) -> None:
        """Raises TooMany."""
        self._doors.upload(admitted.settings.limits, admitted.visitor.address.id, admitted.network)

    def uploaded(self, admitted: Admitted, size: int) -> None:
        """Raises TooMany, when others were faster to use up what was left."""
        self._doors.uploaded(
            admitted.settings.limits, admitted.visitor.address.id, admitted.network, size
        )


def bearer(request: web.Request) -> str:
    """The token of the Authorization header. Raises NotSignedIn."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise NotSignedIn("send the session's token as Authorization: Bearer")
    return token.strip()


def _check_site(settings: ChatSettings, request: web.Request) -> None:
    """Browsers say which site's page asks; programs that are no browser may stay silent."""
    origin = request.headers.get("Origin")
    if origin is None or settings.allows(origin):
        return
    if not request.app[keys.SITE].is_own_origin(request, origin):
        raise NotAllowed("this inbox does not serve pages of that site")


def _network(settings: ChatSettings, request: web.Request) -> str | None:
    """The network address whose limits count, if any."""
    address = request.app[keys.SITE].network_address(request)
    exempt = is_loopback(address) and not settings.limits.loopback_too
    return None if exempt else address

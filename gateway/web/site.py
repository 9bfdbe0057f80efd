"""Where this gateway stands in the network: its own address, and the proxy before it."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address

from aiohttp import web
from yarl import URL


@dataclass(frozen=True, kw_only=True)
class Site:
    """`public_url` is the gateway's address as browsers see it, if it is known.

    With `trust_proxy` a proxy stands before every request and adds to X-Forwarded-For.
    """

    public_url: str | None = None
    trust_proxy: bool = False

    @property
    def secure(self) -> bool:
        """Whether browsers come by https, so that cookies may demand it."""
        return (self.public_url or "").startswith("https://")

    def is_own_origin(self, request: web.Request, origin: str) -> bool:
        """Whether a page of ours sent this; its host is enough, as a proxy may end https."""
        try:
            url = URL(origin)
            return url.host is not None and url.raw_authority in self._authorities(request)
        except ValueError:
            return False

    def _authorities(self, request: web.Request) -> set[str]:
        own = {request.host.lower()}
        if self.public_url:
            own.add(URL(self.public_url).raw_authority)
        return own

    def network_address(self, request: web.Request) -> str:
        """Who is at the other end, for limits and records; behind a proxy, whom it names.

        An IPv6 address counts as its /64, which is what one household gets.
        """
        address = request.remote or "unknown"
        if self.trust_proxy:
            last = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
            address = last or address
        return _household(address)


def is_loopback(address: str) -> bool:
    """Whether a `network_address` is this machine's own."""
    try:
        return ip_address(address.partition("/")[0]).is_loopback
    except ValueError:
        return False


def _household(address: str) -> str:
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return address[:64].encode("ascii", "replace").decode()
    if isinstance(parsed, IPv6Address) and not parsed.is_loopback:
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return f"{IPv6Address(int(parsed) >> 64 << 64)}/64"
    return str(parsed)

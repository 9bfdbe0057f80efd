"""The typed keys under which gateway.app puts the parts that handlers need."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING

from aiohttp import web

from gateway.clock import Clock
from gateway.files import Files
from gateway.hub import Hub
from gateway.metrics import Metrics
from gateway.store.store import Store
from gateway.web.site import Site

if TYPE_CHECKING:
    from gateway.web.health import Part, Refresh

STORE = web.AppKey("store", Store)
HUB: web.AppKey[Hub] = web.AppKey("hub")
CLOCK: web.AppKey[Clock] = web.AppKey("clock")
SITE = web.AppKey("site", Site)
FILES: web.AppKey[Files] = web.AppKey("files")
MAX_ATTACHMENT = web.AppKey("max_attachment", int)
"""The most bytes that one attachment may have."""
METRICS = web.AppKey("metrics", Metrics)
PARTS: web.AppKey[Callable[[], Awaitable[Sequence[Part]]]] = web.AppKey("parts")
"""Tells what /readyz is to ask at this moment."""
REFRESHES: web.AppKey[Sequence[Refresh]] = web.AppKey("refreshes")
"""What /metrics calls first, to set the gauges of what is counted in the store."""

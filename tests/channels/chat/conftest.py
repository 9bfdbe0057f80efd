"""The web chat over real sockets, on each store."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from gateway.clock import Clock
from gateway.hub import LocalHub
from gateway.model.inbox import Inbox
from gateway.store.store import Store
from tests.channels.chat.site import ChatSite, serving


@pytest.fixture
async def site(
    store: Store, hub: LocalHub, inbox: Inbox, clock: Clock, tmp_path: Path
) -> AsyncIterator[ChatSite]:
    async with serving(store, hub, inbox, clock, tmp_path / "files") as site:
        yield site

"""By what an agent is known: a browser's session, or a personal API token."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from gateway.ids import AgentId


@dataclass(frozen=True, kw_only=True)
class Session:
    """A sign-in of one browser. Its secret is in the cookie alone; we keep the hash."""

    id: str
    agent_id: AgentId
    csrf_token: str
    network_address: str
    user_agent: str
    created_at: datetime
    seen_at: datetime
    expires_at: datetime


@dataclass(frozen=True, kw_only=True)
class Token:
    """A personal API token: it may do what its agent may."""

    id: str
    agent_id: AgentId
    name: str
    created_at: datetime
    last_used_at: datetime | None
    expires_at: datetime | None

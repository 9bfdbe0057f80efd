"""Agents and their roles."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from gateway.ids import AgentId
from gateway.model.preferences import Preferences


class Role(StrEnum):
    """What an agent may do; each role may do all that the one before it may."""

    AGENT = "agent"
    SUPERVISOR = "supervisor"
    ADMIN = "admin"

    def reaches(self, needed: Role) -> bool:
        order = list(Role)
        return order.index(self) >= order.index(needed)


class Presence(StrEnum):
    ONLINE = "online"
    AWAY = "away"
    OFFLINE = "offline"


@dataclass(frozen=True, kw_only=True)
class Agent:
    """A person who answers customers.

    `capacity` is how many conversations he takes by himself, None for any number.
    """

    id: AgentId
    name: str
    email: str
    role: Role
    presence: Presence
    locale: str | None
    disabled: bool
    created_at: datetime
    capacity: int | None = None
    preferences: Preferences = field(default_factory=Preferences)

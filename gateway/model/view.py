"""A saved view: a name for a way to look at the list of conversations."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from gateway.ids import AgentId, ViewId


@dataclass(frozen=True, kw_only=True)
class View:
    """`agent_id` is whose it is, None for one that all agents share.

    `query` is what the list is asked: names and values of its filters.
    """

    id: ViewId
    agent_id: AgentId | None
    name: str
    created_at: datetime
    query: dict[str, str | bool] = field(default_factory=dict)

    @property
    def shared(self) -> bool:
        return self.agent_id is None

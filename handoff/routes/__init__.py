"""The addresses under /api/v1, one module for each noun."""

from __future__ import annotations

from gateway.web.route import Route
from handoff.routes import agents, me, session, tokens

routes: tuple[Route, ...] = (
    *session.routes,
    *me.routes,
    *tokens.routes,
    *agents.routes,
)
"""All of them, in the order in which the document lists them."""

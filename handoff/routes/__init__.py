"""The addresses under /api/v1, one module for each noun."""

from __future__ import annotations

from gateway.web.route import Route
from handoff.routes import (
    agents,
    attachments,
    contacts,
    conversations,
    drafts,
    inboxes,
    me,
    queues,
    rules,
    session,
    socket,
    tokens,
    verbs,
)

routes: tuple[Route, ...] = (
    *session.routes,
    *me.routes,
    *tokens.routes,
    *agents.routes,
    *conversations.routes,
    *verbs.routes,
    *drafts.routes,
    *attachments.routes,
    *contacts.routes,
    *queues.routes,
    *inboxes.routes,
    *rules.routes,
    *socket.routes,
)
"""All of them, in the order in which the document lists them."""

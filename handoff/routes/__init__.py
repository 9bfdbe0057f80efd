"""The addresses under /api/v1, one module for each noun."""

from __future__ import annotations

from gateway.web.route import Route
from handoff.routes import (
    agents,
    attachments,
    canned_replies,
    contacts,
    conversations,
    deliveries,
    drafts,
    first_steps,
    inboxes,
    me,
    queues,
    rules,
    search,
    seen,
    session,
    socket,
    tokens,
    verbs,
    views,
)

routes: tuple[Route, ...] = (
    *session.routes,
    *me.routes,
    *tokens.routes,
    *agents.routes,
    *conversations.routes,
    *seen.routes,
    *search.routes,
    *views.routes,
    *verbs.routes,
    *deliveries.routes,
    *drafts.routes,
    *attachments.routes,
    *canned_replies.routes,
    *contacts.routes,
    *first_steps.routes,
    *queues.routes,
    *inboxes.routes,
    *rules.routes,
    *socket.routes,
)
"""All of them, in the order in which the document lists them."""

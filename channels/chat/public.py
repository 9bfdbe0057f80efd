"""What every page may know of an inbox before anybody chats: how it looks, and its words."""

from __future__ import annotations

import hashlib
from datetime import datetime

from aiohttp import ETag, web
from pydantic import BaseModel

from channels.chat.appearance import Appearance, Language, Texts
from channels.chat.channel import CHAT
from channels.chat.colour import Theme, theme
from channels.chat.settings import ChatSettings
from channels.chat.standing import opening_of
from gateway.model.inbox import Inbox
from gateway.web.route import Call, Route, answer

KEPT = "public, max-age=30, stale-while-revalidate=300"
"""An admin's change is seen soon, and no page waits for it."""


class InboxPage(BaseModel):
    """`open` says whether people are there now; `opens_at` when they will be."""

    name: str
    locale: Language
    locales: tuple[Language, ...]
    appearance: Appearance
    theme: Theme
    texts: dict[Language, Texts]
    greeting: dict[Language, str]
    open: bool
    opens_at: datetime | None


async def show_inbox(call: Call[None]) -> web.StreamResponse:
    """The answer depends on the site that asks: others than the allowed ones get 403."""
    chat, request = call.app[CHAT], call.request
    inbox, settings = await chat.gate.shown(call.path["key"], request)
    page = page_of(inbox, settings, chat.parts.clock())
    headers = {"Cache-Control": KEPT, "Vary": "Origin"}
    tag = hashlib.sha256(page.model_dump_json().encode()).hexdigest()[:20]
    known = request.if_none_match or ()
    response: web.Response
    if any(each.value in (tag, "*") for each in known):
        response = web.Response(status=304, headers=headers)
    else:
        response = answer(page, headers=headers)
    response.etag = ETag(tag)
    return response


def page_of(inbox: Inbox, settings: ChatSettings, now: datetime) -> InboxPage:
    """Of its words those in the languages that it offers."""
    opening = opening_of(settings, now)
    greetings = {each: settings.greeting_in(each) for each in settings.locales}
    return InboxPage(
        name=inbox.name,
        locale=settings.first_language,
        locales=settings.locales,
        appearance=settings.appearance,
        theme=theme(settings.appearance.accent),
        texts={each: said for each, said in settings.texts.items() if each in settings.locales},
        greeting={each: text for each, text in greetings.items() if text},
        open=opening.is_open,
        opens_at=opening.opens_at,
    )


routes: tuple[Route, ...] = (
    Route(
        "GET",
        "/inboxes/{key}",
        show_inbox,
        summary="How an inbox looks on pages, and its words",
        tag="chat",
        answer=InboxPage,
        problems=(403, 429),
    ),
)

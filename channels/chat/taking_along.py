"""The web chat over HTTP, beside the talk: what was said before, and what stays of it."""

from __future__ import annotations

from datetime import UTC, tzinfo
from zoneinfo import ZoneInfo

from aiohttp import web

from channels.chat.channel import CHAT
from channels.chat.convert import message_frame
from channels.chat.gate import Admitted
from channels.chat.incoming import locale_of
from channels.chat.shapes import (
    EarlierAnswer,
    EarlierQuery,
    EmailBody,
    RatingAnswer,
    RatingBody,
    TranscriptQuery,
)
from channels.chat.story import is_of, read_earlier, read_page
from channels.chat.transcript import CONTENT_TYPES, Transcript
from gateway.errors import BadInput, NotFound
from gateway.ids import ConversationId
from gateway.model.conversation import Conversation
from gateway.model.visitor import Visitor
from gateway.store import conversations
from gateway.store.store import Store
from gateway.web.route import Call, Route


async def list_earlier(call: Call[None, EarlierQuery]) -> EarlierAnswer:
    """For a page that scrolls back."""
    chat, query = call.app[CHAT], call.query
    admitted = await chat.gate.admit_request(call.request)
    page = await read_earlier(
        chat.parts.store, admitted.visitor, query.conversation_id, query.before, query.limit
    )
    items = [message_frame(each, chat.links.address) for each in page.messages]
    return EarlierAnswer(items=items, more=page.more)


async def transcript(call: Call[None, TranscriptQuery]) -> web.StreamResponse:
    """Written out while it is read, so its length does not matter."""
    chat, query = call.app[CHAT], call.query
    admitted = await chat.gate.admit_request(call.request)
    chat.gate.message(admitted)
    store = chat.parts.store
    conversation = await _asked_for(store, admitted.visitor, query.conversation_id)
    about = Transcript(
        inbox=admitted.visitor.inbox.name,
        number=conversation.number,
        locale=locale_of(admitted.visitor, admitted.settings),
        zone=_zone(admitted, query.timezone),
        saved_at=chat.parts.clock(),
    )
    response = web.StreamResponse(
        headers={
            "Content-Type": CONTENT_TYPES[query.format],
            "Content-Disposition": f'attachment; filename="{about.filename}.{query.format}"',
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
            "Cache-Control": "private, no-store",
        }
    )
    await response.prepare(call.request)
    await response.write(about.begin(query.format).encode())
    seq, more = 0, True
    while more:
        page = await read_page(store, conversation.id, seq)
        lines = (about.line(each, query.format) for each in page.messages)
        await response.write("".join(lines).encode())
        seq, more = page.upto, page.more
    await response.write(about.end(query.format).encode())
    await response.write_eof()
    return response


async def leave_email(call: Call[EmailBody]) -> EmailBody:
    """The address at which people may answer later."""
    chat = call.app[CHAT]
    admitted = await chat.gate.admit_request(call.request)
    chat.gate.message(admitted)
    await chat.wishes.leave_address(admitted.visitor, call.body.email)
    return call.body


async def rate(call: Call[RatingBody]) -> RatingAnswer:
    """Of the conversation that was resolved last."""
    chat, body = call.app[CHAT], call.body
    admitted = await chat.gate.admit_request(call.request)
    chat.gate.message(admitted)
    rating = await chat.wishes.rate(admitted.visitor, admitted.settings, body.score, body.comment)
    return RatingAnswer(
        conversation_id=rating.conversation_id, score=rating.score, comment=rating.comment
    )


routes: tuple[Route, ...] = (
    Route(
        "GET",
        "/messages/earlier",
        list_earlier,
        summary="The messages before those that the page has",
        tag="chat",
        query=EarlierQuery,
        answer=EarlierAnswer,
        problems=(401, 403, 404, 429),
    ),
    Route(
        "GET",
        "/transcript",
        transcript,
        summary="A conversation as a file to take along",
        tag="chat",
        query=TranscriptQuery,
        gives="text/plain",
        problems=(401, 403, 404, 429),
    ),
    Route(
        "PUT",
        "/email",
        leave_email,
        summary="Leave an address at which people can answer later",
        tag="chat",
        body=EmailBody,
        answer=EmailBody,
        problems=(401, 403, 429),
    ),
    Route(
        "PUT",
        "/rating",
        rate,
        summary="Rate the conversation that was resolved",
        tag="chat",
        body=RatingBody,
        answer=RatingAnswer,
        problems=(401, 403, 404, 409, 429),
    ),
)


async def _asked_for(store: Store, visitor: Visitor, id: str | None) -> Conversation:
    """Raises NotFound unless it is the visitor's."""
    async with store.read() as connection:
        if id is None:
            found = await conversations.latest(connection, visitor.contact.id, visitor.inbox.id)
        else:
            found = await conversations.get(connection, ConversationId(id))
    if found is None or not is_of(visitor, found):
        raise NotFound("conversation", id or "")
    return found


def _zone(admitted: Admitted, wanted: str | None) -> tzinfo:
    """The visitor's, else the inbox's."""
    hours = admitted.settings.hours
    if wanted is None:
        return hours.hours().zone if hours else UTC
    try:
        return ZoneInfo(wanted)
    except (ValueError, OSError, KeyError) as error:
        raise BadInput("timezone", "a time zone such as Asia/Tehran") from error

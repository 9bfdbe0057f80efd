"""The web chat over HTTP: sessions, messages for pages without a WebSocket, and files."""

from __future__ import annotations

from aiohttp import web

from channels.chat import public
from channels.chat.channel import CHAT as CHAT
from channels.chat.convert import attachment_of, message_frame, opening_fields
from channels.chat.frames import (
    AskForPerson,
    Choose,
    Say,
    Words,
)
from channels.chat.gate import bearer
from channels.chat.incoming import locale_of
from channels.chat.sessions import Claimed, Opened
from channels.chat.settings import ChatSettings
from channels.chat.shapes import (
    FileAnswer,
    InboxAnswer,
    MessagesAnswer,
    MessagesQuery,
    ReceivedAnswer,
    SessionAnswer,
    SessionBody,
    WordsBody,
)
from channels.chat.standing import opening_of
from channels.chat.story import PAGE, Have, Start, find_start, is_of, read_page
from channels.chat.taking_along import routes as taking_along
from gateway.errors import BadInput, NotFound
from gateway.ids import AttachmentId, MessageId, new_id
from gateway.model.inbox import Inbox
from gateway.model.message import Attachment, Message, MessageKind
from gateway.model.visitor import Visitor
from gateway.store import attachments, conversations, messages
from gateway.store.store import Store
from gateway.web.attachments import file_response, store_upload
from gateway.web.route import Call, Route, answer


async def open_session(call: Call[SessionBody]) -> SessionAnswer:
    """By a signed identity, by an earlier session's token, or as somebody new."""
    chat, body, request = call.app[CHAT], call.body, call.request
    inbox, settings = await chat.gate.inbox(body.inbox, request)
    locale = body.locale[:20] if body.locale else None
    said = body.attributes or {}
    if body.identity is not None:
        opened = await chat.sessions.identify(inbox, settings, body.identity, locale, said)
    elif "Authorization" in request.headers:
        opened = await chat.sessions.resume(bearer(request), inbox, locale, said)
    else:
        claimed = Claimed(name=body.name, email=body.email, locale=locale, attributes=said)
        opened = await chat.sessions.start(inbox, claimed)
    start = await find_start(chat.parts.store, opened.visitor, Have())
    return _session_answer(opened, settings, start)


async def list_messages(call: Call[None, MessagesQuery]) -> MessagesAnswer:
    """What a page without a WebSocket asks again and again."""
    chat, query = call.app[CHAT], call.query
    admitted = await chat.gate.admit_request(call.request)
    have = Have(since=query.since, conversation_id=query.conversation_id, epoch=query.epoch)
    start = await find_start(chat.parts.store, admitted.visitor, have)
    found, following = await _missed(chat.parts.store, start)
    for each in found:
        if each.author.id != admitted.visitor.contact.id:
            chat.receipts.delivered(admitted.visitor.address, each.conversation_id, each.seq)
    return MessagesAnswer(
        conversation_id=start.current.id if start.current else None,
        epoch=start.epoch,
        state=start.current.state.value if start.current else None,
        **opening_fields(opening_of(admitted.settings, chat.parts.clock())),
        items=[message_frame(each, chat.links.address) for each in found],
        next=following,
    )


async def say(call: Call[WordsBody]) -> web.StreamResponse:
    """201 when it was stored, 200 when it had been stored before: the answers are equal."""
    chat = call.app[CHAT]
    admitted = await chat.gate.admit_request(call.request)
    words = _words(call.body)
    chat.gate.message(admitted)
    received = await chat.incoming.receive(admitted.visitor, admitted.settings, words)
    said = ReceivedAnswer(
        message_id=received.message_id,
        seq=received.seq,
        conversation_id=received.conversation_id,
    )
    return answer(said, status=200 if received.duplicate else 201)


async def upload(call: Call[None]) -> FileAnswer:
    """Take a file that a message of this visitor may carry later."""
    chat = call.app[CHAT]
    admitted = await chat.gate.admit_request(call.request)
    chat.gate.upload(admitted)
    parts = chat.parts
    file = await store_upload(call.request, parts.files, parts.max_attachment_bytes)
    chat.gate.uploaded(admitted, file.size)
    attachment = Attachment(
        id=AttachmentId(new_id()),
        filename=file.filename,
        content_type=file.content_type,
        size=file.size,
        key=file.key,
        created_at=parts.clock(),
        address_id=admitted.visitor.address.id,
    )
    await parts.store.write(lambda tx: attachments.insert(tx, attachment))
    return FileAnswer(**attachment_of(attachment, chat.links.address))


async def download(call: Call[None]) -> web.StreamResponse:
    """To whom it was shown: by the session's token, or by an address signed for him."""
    chat, id = call.app[CHAT], AttachmentId(call.path["id"])
    if not chat.links.holds(id, call.request.query.get("sig", "")):
        admitted = await chat.gate.admit_request(call.request)
        await _check_shown(chat.parts.store, admitted.visitor, id)
    async with chat.parts.store.read() as connection:
        attachment = await attachments.get(connection, id)
    return file_response(chat.parts.files.path(attachment.key), attachment)


async def socket(call: Call[None]) -> web.StreamResponse:
    """See docs/reference for the frames."""
    return await call.app[CHAT].serve_socket(call.request)


routes: tuple[Route, ...] = (
    *public.routes,
    Route(
        "POST",
        "/sessions",
        open_session,
        summary="Open a visitor's session, or resume it",
        tag="chat",
        body=SessionBody,
        answer=SessionAnswer,
        status=201,
        problems=(401, 403, 404, 429),
    ),
    Route(
        "GET",
        "/messages",
        list_messages,
        summary="The messages that the page lacks",
        tag="chat",
        query=MessagesQuery,
        answer=MessagesAnswer,
        problems=(401, 403, 429),
    ),
    Route(
        "POST",
        "/messages",
        say,
        summary="Say something, press a button, or ask for a person",
        tag="chat",
        body=WordsBody,
        answer=ReceivedAnswer,
        status=201,
        problems=(401, 403, 404, 413, 429),
    ),
    Route(
        "POST",
        "/attachments",
        upload,
        summary="Upload a file for a message",
        tag="chat",
        takes="multipart/form-data",
        answer=FileAnswer,
        status=201,
        problems=(401, 403, 413, 415, 422, 429),
    ),
    Route(
        "GET",
        "/attachments/{id}",
        download,
        summary="A file of the visitor's conversations",
        tag="chat",
        gives="application/octet-stream",
        problems=(401, 403, 404, 429),
    ),
    Route(
        "GET",
        "/socket",
        socket,
        summary="The web chat's WebSocket",
        tag="chat",
        gives="application/json",
        problems=(426, 503),
    ),
    *taking_along,
)
"""Mounted at /chat/v1."""


def _session_answer(opened: Opened, settings: ChatSettings, start: Start) -> SessionAnswer:
    visitor = opened.visitor
    locale = locale_of(visitor, settings)
    inbox: Inbox = visitor.inbox
    return SessionAnswer(
        token=opened.token,
        contact_id=visitor.contact.id,
        conversation_id=start.current.id if start.current else None,
        epoch=start.epoch,
        inbox=InboxAnswer(
            name=inbox.name, locale=settings.locale, greeting=settings.greeting_in(locale)
        ),
    )


def _words(body: WordsBody) -> Words:
    """Raises BadInput unless it is exactly one of the three."""
    is_text = body.text is not None or bool(body.attachments)
    if [is_text, body.choose is not None, body.ask_for_person is True].count(True) != 1:
        raise BadInput("body", "one of: text or attachments, choose, ask_for_person")
    if body.choose is not None:
        choose = body.choose
        return Choose(client_id=body.client_id, message_id=choose.message_id, value=choose.value)
    if body.ask_for_person:
        return AskForPerson(client_id=body.client_id)
    return Say(
        client_id=body.client_id,
        text=body.text or "",
        attachments=body.attachments or [],
        reply_to=body.reply_to,
    )


async def _missed(store: Store, start: Start) -> tuple[list[Message], int | None]:
    """The first of what is missing, and the number to go on after if there is more."""
    found: list[Message] = []
    for id, after in start.after.items():
        page = await read_page(store, id, after)
        found += page.messages
        if page.more or len(found) >= PAGE:
            return found, found[-1].seq
    return found, None


async def _check_shown(store: Store, visitor: Visitor, id: AttachmentId) -> None:
    """Raises NotFound unless the visitor uploaded the file or was shown its message."""
    async with store.read() as connection:
        attachment = await attachments.get(connection, id)
        if attachment.address_id == visitor.address.id:
            return
        if attachment.message_id is None:
            raise NotFound("attachment", id)
        message = (await messages.by_ids(connection, [attachment.message_id])).get(
            MessageId(attachment.message_id)
        )
        if message is None or message.kind is not MessageKind.MESSAGE:
            raise NotFound("attachment", id)
        conversation = await conversations.get(connection, message.conversation_id)
    if not is_of(visitor, conversation):
        raise NotFound("attachment", id)

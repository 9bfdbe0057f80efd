"""/attachments: files that agents send, and files that customers sent, for agents alone."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from gateway.ids import AttachmentId, new_id
from gateway.model.agent import Role
from gateway.model.message import Attachment
from gateway.store import attachments
from gateway.web import keys
from gateway.web.attachments import file_response, store_upload
from gateway.web.route import Call, Route
from handoff import views
from handoff.shapes import AttachmentShape


async def upload(call: Call[Any]) -> AttachmentShape:
    """A form whose first part is `file`. The type is told by what is in it."""
    app = call.app
    stored = await store_upload(call.request, app[keys.FILES], app[keys.MAX_ATTACHMENT])
    attachment = Attachment(
        id=AttachmentId(new_id()),
        filename=stored.filename,
        content_type=stored.content_type,
        size=stored.size,
        key=stored.key,
        created_at=app[keys.CLOCK](),
        agent_id=call.agent.id,
    )
    await app[keys.STORE].write(lambda tx: attachments.insert(tx, attachment))
    return views.attachment(attachment)


async def download(call: Call[Any]) -> web.StreamResponse:
    """A few kinds of image may be shown in a page, all else is for saving."""
    async with call.app[keys.STORE].read() as connection:
        attachment = await attachments.get(connection, AttachmentId(call.path["id"]))
    return file_response(call.app[keys.FILES].path(attachment.key), attachment)


routes: tuple[Route, ...] = (
    Route(
        "POST",
        "/attachments",
        upload,
        summary="Store a file to send",
        tag="attachments",
        takes="multipart/form-data",
        answer=AttachmentShape,
        status=201,
        role=Role.AGENT,
    ),
    Route(
        "GET",
        "/attachments/{id}",
        download,
        summary="A stored file",
        tag="attachments",
        gives="application/octet-stream",
        role=Role.AGENT,
    ),
)

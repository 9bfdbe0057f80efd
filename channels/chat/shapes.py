"""The bodies, queries and answers of the web chat over HTTP."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, Field

from channels.chat.attributes import Attributes
from channels.chat.frames import LARGEST, ClientId, Comment, Score, Storable
from channels.chat.story import PAGE
from channels.chat.transcript import Format
from gateway.inbox import MAX_ATTACHMENTS
from gateway.web.body import Body, Email, Id, Name, Query


class SessionBody(Body):
    """`name`, `email` and `attributes` are what the page claims; only `identity` proves
    anything. An attribute that is null is taken back."""

    inbox: Annotated[str, Field(max_length=100)]
    name: Name | None = None
    email: Email | None = None
    locale: (
        Annotated[str, Field(max_length=35, pattern=r"^[A-Za-z]{2,3}([-_][A-Za-z0-9]{1,8})*$")]
        | None
    ) = None
    identity: Annotated[str, Field(max_length=8192)] | None = None
    attributes: Attributes | None = None


class InboxAnswer(BaseModel):
    name: str
    locale: str
    greeting: str | None


class SessionAnswer(BaseModel):
    token: str
    contact_id: str
    conversation_id: str | None
    epoch: str
    inbox: InboxAnswer


class MessagesQuery(Query):
    """What the page has: everything up to `since` of this conversation of this store."""

    since: Annotated[int, Field(ge=0, le=LARGEST)] = 0
    conversation_id: Id | None = None
    epoch: Annotated[str, Field(max_length=100)] | None = None


class MessagesAnswer(BaseModel):
    """`items` are message frames. When `next` is a number there are more after it, of the
    last item's conversation."""

    conversation_id: str | None
    epoch: str
    state: str | None
    open: bool
    opens_at: str | None
    items: list[dict[str, Any]]
    next: int | None


class EarlierQuery(Query):
    """What came before this message of this conversation, also in the conversation before."""

    conversation_id: Id
    before: Annotated[int, Field(ge=1, le=LARGEST)]
    limit: Annotated[int, Field(ge=1, le=PAGE)] = 50


class EarlierAnswer(BaseModel):
    """`items` are message frames of one conversation, in order; `more`: there are older ones."""

    items: list[dict[str, Any]]
    more: bool


class TranscriptQuery(Query):
    """Without an id it is the conversation going on. Times are told in `timezone`."""

    conversation_id: Id | None = None
    format: Format = "txt"
    timezone: Annotated[str, Field(max_length=60)] | None = None


class EmailBody(Body):
    """Where the customer can be reached; nobody vouches for it."""

    email: Email


class RatingBody(Body):
    score: Score
    comment: Comment | None = None


class RatingAnswer(BaseModel):
    conversation_id: str
    score: int
    comment: str | None


class ChooseBody(Body):
    message_id: Id
    value: Storable


class WordsBody(Body):
    """A message with a text or files; or a pressed button; or the wish for a person."""

    client_id: ClientId
    text: Storable | None = None
    attachments: Annotated[list[Id], Field(max_length=MAX_ATTACHMENTS)] | None = None
    reply_to: Id | None = None
    choose: ChooseBody | None = None
    ask_for_person: bool | None = None


class ReceivedAnswer(BaseModel):
    message_id: str
    seq: int
    conversation_id: str


class FileAnswer(BaseModel):
    id: str
    filename: str
    content_type: str
    size: int
    url: str

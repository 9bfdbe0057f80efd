"""/tokens: personal API tokens, for programs that act as an agent."""

from __future__ import annotations

from datetime import datetime

from pydantic import AwareDatetime, BaseModel

from gateway.errors import BadInput
from gateway.ids import new_id
from gateway.model.agent import Role
from gateway.model.session import Token
from gateway.store import tokens
from gateway.web import keys
from gateway.web.auth import TOKEN_PREFIX, hash_secret, new_secret
from gateway.web.body import Body, Name
from gateway.web.paging import Page, Paging, page_of
from gateway.web.route import Call, Route


class NewToken(Body):
    """Without `expires_at` the token works until it is revoked."""

    name: Name
    expires_at: AwareDatetime | None = None


class TokenShape(BaseModel):
    id: str
    name: str
    created_at: datetime
    last_used_at: datetime | None
    expires_at: datetime | None


class MadeToken(TokenShape):
    """`token` is shown this once."""

    token: str


async def list_tokens(call: Call[None, Paging]) -> Page[TokenShape]:
    now = call.app[keys.CLOCK]()
    async with call.app[keys.STORE].read() as connection:
        live = await tokens.list_live(connection, call.agent.id, now)
    page, following = page_of(live, call.query, lambda token: (token.created_at, token.id))
    return Page(items=[TokenShape(**_fields(token)) for token in page], next=following)


async def make_token(call: Call[NewToken]) -> MadeToken:
    """The token may do what its agent may, and stops when the agent is disabled."""
    now = call.app[keys.CLOCK]()
    if call.body.expires_at is not None and call.body.expires_at <= now:
        raise BadInput("expires_at", "must be in the future")
    secret = TOKEN_PREFIX + new_secret()
    token = Token(
        id=new_id(),
        agent_id=call.agent.id,
        name=call.body.name,
        created_at=now,
        last_used_at=None,
        expires_at=call.body.expires_at,
    )
    await call.app[keys.STORE].write(lambda tx: tokens.insert(tx, token, hash_secret(secret)))
    return MadeToken(token=secret, **_fields(token))


async def revoke_token(call: Call[None]) -> None:
    now = call.app[keys.CLOCK]()
    await call.app[keys.STORE].write(
        lambda tx: tokens.revoke(tx, call.path["id"], call.agent.id, now)
    )


def _fields(token: Token) -> dict[str, object]:
    return {name: getattr(token, name) for name in TokenShape.model_fields}


routes: tuple[Route, ...] = (
    Route(
        "GET",
        "/tokens",
        list_tokens,
        summary="One's own tokens",
        tag="tokens",
        query=Paging,
        answer=Page[TokenShape],
        role=Role.AGENT,
    ),
    Route(
        "POST",
        "/tokens",
        make_token,
        summary="Make a token",
        tag="tokens",
        body=NewToken,
        answer=MadeToken,
        status=201,
        role=Role.AGENT,
    ),
    Route(
        "DELETE",
        "/tokens/{id}",
        revoke_token,
        summary="Revoke a token",
        tag="tokens",
        role=Role.AGENT,
    ),
)

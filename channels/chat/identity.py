"""Identities that a site signs for its visitors: JSON Web Tokens, checked to the letter.

The algorithm is the inbox's, never the token's. A token is short-lived and opens one
session; the session then lives by its own token.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

import jwt
from jwt.types import Options
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
)

from channels.chat.attributes import Attributes
from channels.chat.settings import IdentityKey
from gateway.errors import NotSignedIn
from gateway.web.json import why_not_text

LONGEST = timedelta(hours=12)
"""How far ahead a token may expire."""

LEEWAY = timedelta(seconds=60)
"""By how much the site's clock may differ from ours."""

_OURS: Options = {
    "verify_signature": True,
    "verify_exp": False,
    "verify_nbf": False,
    "verify_iat": False,
    "verify_aud": False,
    "verify_iss": False,
    "verify_sub": False,
    "verify_jti": False,
}
"""The signature is the library's work; what the claims must say is checked here."""


@dataclass(frozen=True, kw_only=True)
class Identity:
    """Who the site says the visitor is; `jti` makes the token usable once."""

    subject: str
    jti: str
    expires_at: datetime
    name: str | None
    email: str | None
    attributes: dict[str, Any] = field(default_factory=dict)


class BadIdentity(NotSignedIn):
    """The site's word for a visitor cannot be taken."""


def verify(token: str, key: IdentityKey | None, inbox_key: str, now: datetime) -> Identity:
    """Whom the token names. Raises BadIdentity, which says why."""
    if key is None:
        raise BadIdentity("identity: this inbox has no key for identities")
    claims = _claims(_signed(token, key))
    _check_times(claims, now)
    if claims.aud is not None and inbox_key not in claims.audience:
        raise BadIdentity("identity: aud names another inbox")
    return Identity(
        subject=claims.sub,
        jti=claims.jti,
        expires_at=_moment(claims.exp),
        name=claims.name,
        email=claims.email,
        attributes=claims.attributes,
    )


def _plain(text: str) -> str:
    if why := why_not_text(text):
        raise ValueError(why)
    return text


_Text = Annotated[str, AfterValidator(_plain)]
_Id = Annotated[_Text, StringConstraints(min_length=1, max_length=200)]
_Seconds = Annotated[float, Field(ge=0, le=253_402_300_000, allow_inf_nan=False)]


class _Claims(BaseModel):
    model_config = ConfigDict(strict=True, extra="ignore", frozen=True)

    sub: _Id
    jti: _Id
    exp: _Seconds
    iat: _Seconds | None = None
    nbf: _Seconds | None = None
    aud: str | list[str] | None = None
    name: Annotated[_Text, StringConstraints(max_length=200)] | None = None
    email: Annotated[_Text, StringConstraints(max_length=320)] | None = None
    attributes: Attributes = {}

    @property
    def audience(self) -> list[str]:
        return [self.aud] if isinstance(self.aud, str) else self.aud or []


def _signed(token: str, key: IdentityKey) -> dict[str, Any]:
    try:
        decoded = jwt.decode_complete(token, key.key, algorithms=[key.alg], options=_OURS)
    except (jwt.PyJWTError, ValueError, TypeError, RecursionError) as error:
        raise BadIdentity("identity: not a token that this inbox's key signed") from error
    if decoded["header"].get("alg") != key.alg or "crit" in decoded["header"]:
        raise BadIdentity("identity: not a token that this inbox's key signed")
    return dict(decoded["payload"])


def _claims(payload: dict[str, Any]) -> _Claims:
    try:
        return _Claims.model_validate(payload)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        field = str(first["loc"][0]) if first["loc"] else "claims"
        raise BadIdentity(f"identity: {field}: {first['msg']}") from error


def _check_times(claims: _Claims, now: datetime) -> None:
    expires_at = _moment(claims.exp)
    if expires_at <= now - LEEWAY:
        raise BadIdentity("identity: exp has passed")
    if expires_at > now + LONGEST + LEEWAY:
        raise BadIdentity(f"identity: exp is more than {LONGEST} ahead")
    for name, value in (("iat", claims.iat), ("nbf", claims.nbf)):
        if value is not None and _moment(value) > now + LEEWAY:
            raise BadIdentity(f"identity: {name} lies in the future")
    if claims.iat is not None and claims.iat > claims.exp:
        raise BadIdentity("identity: iat is after exp")


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)

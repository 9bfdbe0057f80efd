"""The settings of a web chat inbox, as an admin writes them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self

import structlog
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from channels.chat.appearance import LANGUAGES, Appearance, Language, Texts
from gateway.errors import NotFound
from gateway.model.hours import Hours
from gateway.model.inbox import Inbox

SHORTEST_SECRET = 32
SHORTEST_RSA_BITS = 2048
MIB = 1024 * 1024

log = structlog.stdlib.get_logger(__name__)


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class IdentityKey(_Part):
    """By what the site signs its visitors' identities: one algorithm, one key, never a choice."""

    alg: Literal["HS256", "RS256"]
    key: str = Field(max_length=10_000)

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.alg == "HS256":
            _check_secret(self.key)
        else:
            _check_public_key(self.key)
        return self


class Limits(_Part):
    """How much one visitor may do; one network address may do `network_times` as much.

    A `burst` at once, then so many a second. This machine's own address has no limits of
    its own unless `loopback_too`: who comes from there comes through a proxy, or is a test.
    """

    messages_burst: float = Field(60, ge=1)
    messages_per_s: float = Field(5, gt=0)
    frames_burst: float = Field(300, ge=1)
    frames_per_s: float = Field(50, gt=0)
    uploads_burst: float = Field(20, ge=1)
    uploads_per_s: float = Field(0.2, gt=0)
    upload_bytes_burst: float = Field(200 * MIB, ge=1)
    upload_bytes_per_s: float = Field(0.1 * MIB, gt=0)
    sockets: int = Field(20, ge=1)
    loopback_too: bool = False
    network_times: float = Field(25, ge=1)
    network_sockets: int = Field(1_000, ge=1)
    network_sessions_burst: float = Field(1_000, ge=1)
    network_sessions_per_s: float = Field(5, gt=0)


class HoursSetting(_Part):
    """When people are there: `{"mon": [["09:00", "17:00"]]}`; days that are absent are closed."""

    timezone: str = Field(max_length=60)
    weekly: dict[str, Annotated[list[tuple[str, str]], Field(max_length=12)]] = {}
    closed_on: list[date] = Field([], max_length=1_000)

    @model_validator(mode="after")
    def _make_sense(self) -> Self:
        self.hours()
        return self

    def hours(self) -> Hours:
        return Hours.of(self.timezone, self.weekly, self.closed_on)


class ChatSettings(_Part):
    """`allowed_sites` are origins (`https://shop.example`); empty means any site.

    Without `hours` people are always there. `rating`: customers are asked at the end.
    `locale` is the inbox's own language, `locales` are those that the widget offers.
    """

    allowed_sites: tuple[str, ...] = Field((), max_length=200)
    identity: IdentityKey | None = None
    reopen_within_s: int = Field(7 * 24 * 3600, ge=0, le=10 * 365 * 24 * 3600)
    greeting: str | dict[str, str] | None = None
    locale: str = Field("en", max_length=20)
    limits: Limits = Limits()
    hours: HoursSetting | None = None
    rating: bool = True
    appearance: Appearance = Appearance()
    texts: dict[Language, Texts] = {}
    locales: tuple[Language, ...] = Field(LANGUAGES, min_length=1)

    @field_validator("locales")
    @classmethod
    def _each_once(cls, locales: tuple[Language, ...]) -> tuple[Language, ...]:
        if len(set(locales)) != len(locales):
            raise ValueError("names a language twice")
        return locales

    @field_validator("allowed_sites")
    @classmethod
    def _origins(cls, sites: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(_origin(site) for site in sites)

    @property
    def first_language(self) -> Language:
        """What the widget speaks to who reads none of the inbox's languages."""
        own = language(self.locale)
        return next((each for each in self.locales if each == own), self.locales[0])

    def greeting_in(self, locale: str) -> str | None:
        """The greeting in this language, in the inbox's own, or in whatever there is."""
        if not isinstance(self.greeting, dict):
            return self.greeting
        wanted = (locale, language(locale), self.locale, language(self.locale))
        found = (self.greeting[each] for each in wanted if each in self.greeting)
        return next(found, next(iter(self.greeting.values()), None))

    def allows(self, origin: str) -> bool:
        return not self.allowed_sites or origin.lower() in self.allowed_sites


def settings_of(inbox: Inbox) -> ChatSettings:
    """The inbox's settings; an inbox whose settings are wrong is closed: raises NotFound."""
    try:
        return ChatSettings.model_validate(inbox.settings, extra="ignore")
    except ValidationError as error:
        wrong = [".".join(map(str, each["loc"])) for each in error.errors(include_input=False)]
        log.error("inbox has wrong settings", inbox=inbox.id, wrong=wrong)
        raise NotFound("inbox", inbox.key) from error


def language(locale: str) -> str:
    """The language of a locale: `fa` of `fa-IR`."""
    return locale.replace("_", "-").partition("-")[0].lower()


def _origin(site: str) -> str:
    scheme, separator, rest = site.strip().lower().rstrip("/").partition("://")
    if not separator or scheme not in ("http", "https") or not rest or set(rest) & set("/?#@ *"):
        raise ValueError("expected origins such as https://shop.example")
    return f"{scheme}://{rest}"


def _check_secret(key: str) -> None:
    if len(key.encode()) < SHORTEST_SECRET:
        raise ValueError(f"a secret for HS256 has at least {SHORTEST_SECRET} bytes")
    if "-----BEGIN" in key or key.startswith("ssh-"):
        raise ValueError("this is a public key, which is no secret: use RS256")


def _check_public_key(key: str) -> None:
    try:
        public = load_pem_public_key(key.encode())
    except Exception as error:
        raise ValueError("expected a public key in PEM") from error
    if not isinstance(public, RSAPublicKey) or public.key_size < SHORTEST_RSA_BITS:
        raise ValueError(f"expected an RSA key of at least {SHORTEST_RSA_BITS} bits")

"""Signed identities: what is taken, and every way of cheating that is not."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from pydantic import ValidationError

from channels.chat.identity import BadIdentity, Identity, verify
from channels.chat.settings import ChatSettings, IdentityKey
from gateway.ids import new_id

NOW = datetime(2026, 1, 1, 9, tzinfo=UTC)
SECRET = "a secret of the shop that is long enough for every algorithm of its family"
PRIVATE = rsa.generate_private_key(public_exponent=65537, key_size=2048)
PUBLIC = PRIVATE.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
HS = IdentityKey(alg="HS256", key=SECRET)
RS = IdentityKey(alg="RS256", key=PUBLIC)


def claims(**changed: Any) -> dict[str, Any]:
    """Good claims, changed; a value of None leaves the claim out."""
    good = {
        "sub": "customer-7",
        "jti": new_id(),
        "iat": int(NOW.timestamp()),
        "exp": int((NOW + timedelta(minutes=5)).timestamp()),
        "name": "Sara",
        "email": "sara@shop.example",
    }
    return {name: value for name, value in {**good, **changed}.items() if value is not None}


def signed(key: Any = SECRET, alg: str = "HS256", **changed: Any) -> str:
    return jwt.encode(claims(**changed), key, algorithm=alg)


def by_hand(header: dict[str, Any], payload: Any, secret: bytes) -> str:
    """A token as no library would make it."""
    parts = [_b64(json.dumps(each).encode()) for each in (header, payload)]
    signature = hmac.new(secret, ".".join(parts).encode(), hashlib.sha256).digest()
    return ".".join([*parts, _b64(signature)])


def _b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def test_a_token_that_the_inboxs_secret_signed_names_the_visitor() -> None:
    assert verify(signed(jti="1"), HS, "demo", NOW) == Identity(
        subject="customer-7",
        jti="1",
        expires_at=NOW + timedelta(minutes=5),
        name="Sara",
        email="sara@shop.example",
    )


def test_a_token_that_the_sites_private_key_signed_names_the_visitor() -> None:
    assert verify(signed(PRIVATE, "RS256"), RS, "demo", NOW).subject == "customer-7"


def test_iat_name_and_email_may_be_absent() -> None:
    identity = verify(signed(iat=None, name=None, email=None), HS, "demo", NOW)
    assert (identity.name, identity.email) == (None, None)


ATTACKS: dict[str, tuple[Callable[[], str], IdentityKey]] = {
    "no algorithm": (lambda: jwt.encode(claims(), "", algorithm="none"), HS),
    "no algorithm, with RSA wanted": (lambda: jwt.encode(claims(), "", algorithm="none"), RS),
    "NoNe": (lambda: by_hand({"alg": "NoNe", "typ": "JWT"}, claims(), b""), HS),
    "the signature left out": (lambda: signed().rpartition(".")[0] + ".", HS),
    "the public key as a secret": (
        lambda: by_hand({"alg": "HS256", "typ": "JWT"}, claims(), PUBLIC.encode()),
        RS,
    ),
    "another algorithm of the same family": (lambda: signed(alg="HS512"), HS),
    "RSA where a secret is set": (lambda: signed(PRIVATE, "RS256"), HS),
    "a secret where RSA is set": (lambda: signed(), RS),
    "an elliptic key": (lambda: signed(ec.generate_private_key(ec.SECP256R1()), "ES256"), RS),
    "the wrong secret": (lambda: signed("another secret, also thirty-two bytes long"), HS),
    "the wrong private key": (
        lambda: signed(rsa.generate_private_key(public_exponent=65537, key_size=2048), "RS256"),
        RS,
    ),
    "a changed payload": (lambda: _changed(signed(), sub="admin"), HS),
    "a header that must be understood": (
        lambda: by_hand({"alg": "HS256", "crit": ["exp2"], "exp2": 1}, claims(), SECRET.encode()),
        HS,
    ),
    "a key of its own in the header": (
        lambda: by_hand({"alg": "HS256", "jwk": {"k": _b64(b"x")}}, claims(), b"x"),
        HS,
    ),
    "expired": (lambda: signed(exp=int(NOW.timestamp()) - 61), HS),
    "no expiry": (lambda: signed(exp=None), HS),
    "an expiry far away": (lambda: signed(exp=int(NOW.timestamp()) + 13 * 3600), HS),
    "an endless expiry": (
        lambda: by_hand({"alg": "HS256"}, claims(exp=1e400), SECRET.encode()),
        HS,
    ),
    "a text as expiry": (lambda: by_hand({"alg": "HS256"}, claims(exp="9"), SECRET.encode()), HS),
    "issued in the future": (lambda: signed(iat=int(NOW.timestamp()) + 3600), HS),
    "not valid yet": (lambda: signed(nbf=int(NOW.timestamp()) + 3600), HS),
    "no subject": (lambda: signed(sub=None), HS),
    "an empty subject": (lambda: signed(sub=""), HS),
    "a number as subject": (lambda: by_hand({"alg": "HS256"}, claims(sub=7), SECRET.encode()), HS),
    "a subject that is too long": (lambda: signed(sub="x" * 201), HS),
    "NUL in the subject": (lambda: signed(sub="a\x00b"), HS),
    "no jti": (lambda: signed(jti=None), HS),
    "an empty jti": (lambda: signed(jti=""), HS),
    "a name that is a list": (
        lambda: by_hand({"alg": "HS256"}, claims(name=["x"]), SECRET.encode()),
        HS,
    ),
    "for another audience": (lambda: signed(aud="another inbox"), HS),
    "claims that are a list": (lambda: by_hand({"alg": "HS256"}, [1], SECRET.encode()), HS),
    "no token at all": (lambda: "", HS),
    "dots": (lambda: "..", HS),
    "words": (lambda: "hello world", HS),
    "five parts": (lambda: "a.b.c.d.e", HS),
    "odd letters": (lambda: "\u06f1.\u06f2.\u06f3", HS),
    "deep": (lambda: _b64(b"[" * 5000) + "." + _b64(b"[" * 5000) + ".x", HS),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_token_is_refused(attack: str) -> None:
    make, key = ATTACKS[attack]
    with pytest.raises(BadIdentity, match="identity"):
        verify(make(), key, "demo", NOW)


def test_an_inbox_without_a_key_takes_no_identity() -> None:
    with pytest.raises(BadIdentity):
        verify(signed(), None, "demo", NOW)


def test_an_audience_must_be_the_inbox() -> None:
    for aud in ("demo", ["demo", "x"]):
        assert verify(signed(aud=aud), HS, "demo", NOW).subject == "customer-7"


@pytest.mark.parametrize(
    "key",
    [
        {"alg": "HS256", "key": "short"},
        {"alg": "HS256", "key": PUBLIC},
        {"alg": "RS256", "key": SECRET},
        {"alg": "none", "key": SECRET},
        {"alg": "HS512", "key": SECRET},
        {"key": SECRET},
        {"alg": "RS256", "key": ""},
    ],
)
def test_a_key_that_is_none_is_no_setting(key: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        ChatSettings.model_validate({"identity": key})


def _changed(token: str, **changed: Any) -> str:
    header, _, signature = token.split(".")
    return ".".join([header, _b64(json.dumps(claims(**changed)).encode()), signature])

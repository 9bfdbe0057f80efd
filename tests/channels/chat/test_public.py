"""What every page may know of an inbox: its looks, its words, and whether people are there."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import ValidationError

from channels.chat.settings import ChatSettings
from gateway.store import inboxes
from tests.channels.chat.site import ChatSite

LOOKS = {
    "accent": "#7a1f5c",
    "position": "start",
    "launcher": "text",
    "scheme": "dark",
    "offset": 64,
}


async def ask(site: ChatSite, key: str = "demo", **headers: str) -> tuple[int, Any, Any]:
    address = site.server.make_url(f"/chat/v1/inboxes/{key}")
    async with site.session.get(address, headers=headers) as response:
        said = await response.json() if response.status != 304 else None
        return response.status, said, response.headers


async def test_an_inbox_without_settings_has_looks_of_its_own(site: ChatSite) -> None:
    status, said, headers = await ask(site)
    assert status == 200
    assert said == {
        "name": "Demo",
        "locale": "en",
        "locales": ["en", "fa", "ar"],
        "appearance": {
            "accent": "#0f766e",
            "position": "end",
            "launcher": "icon",
            "scheme": "auto",
            "offset": 20,
        },
        "theme": {
            "strong": "#0c5c56",
            "on": "#ffffff",
            "link_light": "#0f766e",
            "link_dark": "#65a7a2",
        },
        "texts": {},
        "greeting": {},
        "open": True,
        "opens_at": None,
    }
    assert "max-age=" in headers["Cache-Control"]
    assert headers["Access-Control-Allow-Origin"] == "*"


async def test_a_page_is_told_what_the_admin_chose_and_nothing_secret(site: ChatSite) -> None:
    await site.change_settings(
        appearance=LOOKS,
        texts={"fa": {"title": " فروشگاه ", "launcher": "بپرسید"}, "ar": {"title": "متجر"}},
        locales=["fa", "en"],
        locale="fa-IR",
        greeting={"en": "Hello", "fa": "سلام", "ar": "مرحبا"},
        identity={"alg": "HS256", "key": "a secret of the shop, thirty-two bytes and more"},
        allowed_sites=["https://shop.example"],
    )
    _, said, _ = await ask(site)
    assert said["appearance"] == LOOKS
    assert said["texts"] == {"fa": {"title": "فروشگاه", "subtitle": None, "launcher": "بپرسید"}}
    assert (said["locale"], said["locales"]) == ("fa", ["fa", "en"])
    assert said["greeting"] == {"fa": "سلام", "en": "Hello"}
    assert "secret" not in str(said)
    assert "shop.example" not in str(said)


async def test_a_site_that_is_not_allowed_is_told_nothing(site: ChatSite) -> None:
    await site.change_settings(allowed_sites=["https://shop.example"])
    assert (await ask(site, Origin="https://shop.example"))[0] == 200
    status, said, headers = await ask(site, Origin="https://other.example")
    assert status == 403
    assert "appearance" not in said
    assert (await ask(site, Origin="https://shop.example"))[2]["Vary"] == "Origin"
    assert headers["Cache-Control"] == "no-store"


async def test_an_unknown_or_disabled_inbox_is_not_found(site: ChatSite) -> None:
    assert (await ask(site, "nothing"))[0] == 404
    now = site.clock()
    await site.store.write(lambda tx: inboxes.change(tx, site.inbox.id, disabled_at=now))
    assert (await ask(site))[0] == 404


async def test_what_has_not_changed_is_not_sent_again(site: ChatSite) -> None:
    _, _, headers = await ask(site)
    tag = headers["ETag"]
    status, _, again = await ask(site, **{"If-None-Match": tag})
    assert (status, again["ETag"]) == (304, tag)
    await site.change_settings(appearance=LOOKS)
    assert (await ask(site, **{"If-None-Match": tag}))[0] == 200


async def test_a_page_knows_when_nobody_is_there(site: ChatSite) -> None:
    now = site.clock().astimezone(UTC)
    await site.change_settings(
        hours={"timezone": "UTC", "weekly": {}, "closed_on": []}, rating=True
    )
    _, said, _ = await ask(site)
    assert (said["open"], said["opens_at"]) == (False, None)
    every_day = {day: [["23:58", "24:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}
    weekend = {day: [["23:58", "24:00"]] for day in ("sat", "sun")}
    await site.change_settings(hours={"timezone": "UTC", "weekly": every_day | weekend})
    _, said, _ = await ask(site)
    opens_at = datetime.fromisoformat(said["opens_at"])
    assert (said["open"], opens_at) == (
        False,
        now.replace(hour=23, minute=58, second=0, microsecond=0),
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"appearance": {"accent": "red"}},
        {"appearance": {"accent": "#fff"}},
        {"appearance": {"accent": "#12345g"}},
        {"appearance": {"accent": "#123456;}*{display:none"}},
        {"appearance": {"position": "left"}},
        {"appearance": {"offset": -1}},
        {"appearance": {"offset": 1000}},
        {"appearance": {"font": "Comic Sans"}},
        {"texts": {"de": {"title": "Laden"}}},
        {"texts": {"en": {"title": "x" * 61}}},
        {"locales": []},
        {"locales": ["en", "en"]},
        {"locales": ["de"]},
    ],
)
def test_wrong_looks_and_words_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        ChatSettings.model_validate(wrong)

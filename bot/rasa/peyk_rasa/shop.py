"""The shop's order API, as the bot's actions see it."""

import asyncio
import os
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import aiohttp

TIMEOUT = aiohttp.ClientTimeout(total=2.0)
NO_SUCH_ORDER = object()
STATES = frozenset({"processing", "shipped", "delivered", "cancelled"})


class ShopUnreachable(Exception):
    """The shop did not answer, or not in the shape that it promises."""


@dataclass(frozen=True, kw_only=True)
class Order:
    """An order as the shop tells it."""

    number: str
    state: str
    carrier: str
    eta: str
    items: tuple[tuple[str, int], ...]


async def find_order(number: str) -> Order | None:
    """The order with this number, or None; raises ShopUnreachable."""
    try:
        body = await _get(f"{_address()}/orders/{quote(number, safe='')}")
        return None if body is NO_SUCH_ORDER else _order(body)
    except (aiohttp.ClientError, asyncio.TimeoutError, OSError) as exc:
        raise ShopUnreachable("the shop does not answer") from exc
    except (ValueError, TypeError, KeyError, AttributeError) as exc:
        raise ShopUnreachable("the shop's answer has another shape than promised") from exc


def _address() -> str:
    address = os.environ.get("PEYK_SHOP_URL", "").rstrip("/")
    if not address:
        raise ShopUnreachable("PEYK_SHOP_URL is not set")
    return address


async def _get(address: str) -> Any:
    async with aiohttp.ClientSession(timeout=TIMEOUT) as session, session.get(address) as answer:
        if answer.status == 404:
            return NO_SUCH_ORDER
        answer.raise_for_status()
        return await answer.json()


def _order(body: dict[str, Any]) -> Order:
    if body["status"] not in STATES:
        raise ValueError("status")
    return Order(
        number=str(body["number"]),
        state=body["status"],
        carrier=str(body.get("carrier") or ""),
        eta=str(body.get("eta") or ""),
        items=tuple((str(item["name"]), int(item["quantity"])) for item in body["items"]),
    )

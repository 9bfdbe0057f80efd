"""The demo shop's order API: what a real shop would have, and the bot's action asks."""

from __future__ import annotations

import re
import unicodedata

from pydantic import BaseModel

from gateway.errors import NotFound
from gateway.web.route import Call, Route


class Item(BaseModel):
    name: str
    quantity: int


class Order(BaseModel):
    """`eta` is a date, or null when there is none to give."""

    number: str
    status: str
    carrier: str | None
    eta: str | None
    items: list[Item]


def _order(
    number: str, status: str, carrier: str | None, eta: str | None, **items: int
) -> tuple[str, Order]:
    bought = [Item(name=name.replace("_", " "), quantity=count) for name, count in items.items()]
    return number, Order(number=number, status=status, carrier=carrier, eta=eta, items=bought)


ORDERS = dict(
    [
        _order("PK-1001", "shipped", "Simorgh Express", "2026-12-03", Walnut_desk_lamp=1),
        _order("PK-1002", "processing", None, "2026-12-08", Ceramic_teapot=1, Tea_glass=6),
        _order("PK-1003", "delivered", "Simorgh Express", "2026-11-14", Wool_throw=1),
        _order("PK-1004", "cancelled", None, None, Copper_tray=2),
        _order("PK-1005", "processing", None, "2026-12-10", Linen_cushion=4),
        _order("PK-1006", "shipped", "Hoopoe Post", "2026-12-05", Kilim_runner=1, Rug_pad=1),
    ]
)


async def find_order(call: Call[None]) -> Order:
    """The number may be written as customers do: `pk 1001`, `1001`, `PK-۱۰۰۱`."""
    order = ORDERS.get(plain_number(call.path["number"]))
    if order is None:
        raise NotFound("order")
    return order


def plain_number(written: str) -> str:
    """The order number that is meant: digits of any script, with or without the prefix."""
    ascii_digits = "".join(
        str(unicodedata.digit(char)) if char.isdecimal() else char
        for char in unicodedata.normalize("NFKC", written)
    )
    found = re.fullmatch(r"(?:pk)?(\d{1,10})", re.sub(r"[\W_]+", "", ascii_digits).lower())
    return f"PK-{found[1]}" if found else ""


routes: tuple[Route, ...] = (
    Route(
        "GET",
        "/orders/{number}",
        find_order,
        summary="One order of the demo shop",
        tag="demo",
        answer=Order,
    ),
)
"""Mounted at /demo/api, before the demo's pages."""

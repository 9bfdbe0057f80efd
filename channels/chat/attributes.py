"""What a site knows of its visitor beside name and email: a plan, a cart, a customer number.

What the page says itself is kept under names that begin with `page.`: anybody can say it.
What stands in a signed identity is kept under its own name.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import AfterValidator, Field, StrictBool, StrictFloat, StrictInt, StringConstraints

from gateway.inbox import storable

OF_PAGE = "page."

MOST = 100
"""How many attributes a contact may have; what comes above that is not taken."""

_Name = Annotated[str, StringConstraints(pattern=r"^\w[\w .-]{0,49}$"), AfterValidator(storable)]
_Text = Annotated[str, StringConstraints(strict=True, max_length=500), AfterValidator(storable)]

Value = _Text | StrictBool | StrictInt | Annotated[StrictFloat, Field(allow_inf_nan=False)] | None
Attributes = Annotated[dict[_Name, Value], Field(max_length=50)]
"""As a page or an identity gives them; null takes one back."""


def merged(
    known: Mapping[str, object], said: Mapping[str, object], prefix: str = ""
) -> dict[str, object]:
    """What is known of the contact afterwards."""
    after = dict(known)
    for name, value in said.items():
        full = prefix + name
        if value is None:
            after.pop(full, None)
        elif full in after or len(after) < MOST:
            after[full] = value
    return after

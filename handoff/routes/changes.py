"""What a PATCH wants changed."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from gateway.errors import BadInput


def wanted(body: BaseModel, *, nullable: frozenset[str] = frozenset()) -> dict[str, Any]:
    """The fields that stand in the body. Null is refused where it means nothing."""
    changes = {name: getattr(body, name) for name in body.model_fields_set}
    for name, value in changes.items():
        if value is None and name not in nullable:
            raise BadInput(name, "must not be null")
    return changes

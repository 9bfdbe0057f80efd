"""JSON answers that any reader accepts."""

import json
from typing import Any

from sanic import HTTPResponse


def sent(status: int, body: dict[str, Any]) -> HTTPResponse:
    """The body as JSON in ASCII."""
    return HTTPResponse(json.dumps(body), status=status, content_type="application/json")


def problem(status: int, message: str) -> HTTPResponse:
    """An error that says what is wrong."""
    return sent(status, {"error": message})

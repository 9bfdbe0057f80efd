"""Structured logs: what happened, to which ids; never what anybody wrote.

Fields are ids, counts, durations and words of ours. As a last net, fields that hold
people's words or secrets by their name are left out, so that a slip in one call does
not put them on a disk.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import MutableMapping
from typing import Any, TextIO

import structlog
import structlog.tracebacks

HIDDEN = frozenset(
    {
        "answer", "authorization", "body", "cookie", "csrf_token", "email", "password", "payload",
        "secret", "subject", "text", "token",
    }
)  # fmt: skip
"""Fields that are never logged."""

# Neither shows the values of local variables: they hold what people wrote.
_traceback = structlog.processors.ExceptionRenderer(
    structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
)
_PLAIN = structlog.dev.plain_traceback

_SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
]


def set_up(format: str = "console", level: str = "info", stream: TextIO | None = None) -> None:
    """Send our own logs and those of the libraries through one place, to stderr.

    `format` is console, for people, or json: one object a line, for programs.
    """
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(_formatter(format, handler.stream))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.upper())
    _quieten_libraries()
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_SHARED,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


def _formatter(format: str, stream: Any) -> logging.Formatter:
    colours = hasattr(stream, "isatty") and stream.isatty()
    last: list[Any] = (
        [_traceback, structlog.processors.JSONRenderer()]
        if format == "json"
        else [structlog.dev.ConsoleRenderer(colors=colours, exception_formatter=_PLAIN)]
    )
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_SHARED,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, _hide, *last],
    )


def _quieten_libraries() -> None:
    """Access lines hold addresses with signatures, and SQL holds texts: warnings only."""
    for name in ("aiohttp.access", "aiosqlite", "asyncio", "sqlalchemy", "alembic"):
        logging.getLogger(name).setLevel(logging.WARNING)


def _hide(logger: Any, method: str, fields: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    for name in HIDDEN & fields.keys():
        fields[name] = "…"
    return fields

"""Logs: one shape for all, and never what anybody wrote."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from gateway import log


@pytest.fixture(autouse=True)
def _logging_as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    yield
    root.handlers = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_ours_and_the_libraries_lines_have_one_shape() -> None:
    stream = io.StringIO()
    log.set_up("json", "info", stream)
    structlog.stdlib.get_logger("gateway.x").info("turn_closed", turn_id="t1", took_ms=5)
    logging.getLogger("aiohttp.server").warning("odd %s", "thing")
    ours, theirs = lines(stream)
    assert (ours["event"], ours["turn_id"], ours["took_ms"]) == ("turn_closed", "t1", 5)
    assert (theirs["event"], theirs["level"]) == ("odd thing", "warning")
    assert {"at", "level", "logger", "event"} <= ours.keys() & theirs.keys()


@pytest.mark.parametrize("format", ["json", "console"])
def test_neither_texts_nor_secrets_nor_local_variables_are_written(format: str) -> None:
    stream = io.StringIO()
    log.set_up(format, "info", stream)
    logger = structlog.stdlib.get_logger("gateway.x")
    logger.info("slip", text="my PIN is 1234", token="peyk_1234", message_id="m1")
    try:
        inner = "my PIN is 1234"
        raise RuntimeError(f"{len(inner)} characters")
    except RuntimeError:
        logger.exception("failed")
    written = stream.getvalue()
    assert "1234" not in written
    assert "m1" in written
    assert "14 characters" in written


def test_below_the_level_nothing_is_written() -> None:
    stream = io.StringIO()
    log.set_up("json", "warning", stream)
    structlog.stdlib.get_logger("gateway.x").info("quiet")
    logging.getLogger("anything").info("quiet")
    assert stream.getvalue() == ""


def test_an_access_line_of_aiohttp_is_not_written() -> None:
    stream = io.StringIO()
    log.set_up("json", "info", stream)
    logging.getLogger("aiohttp.access").info("GET /chat/v1/attachments/1?sig=secret")
    assert stream.getvalue() == ""

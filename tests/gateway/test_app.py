"""The whole gateway, built as `peyk serve` builds it, with a bot that is not there."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from gateway.app import build, local_host
from gateway.settings import Settings
from gateway.store import inboxes
from gateway.web import keys

Client = TestClient[web.Request, web.Application]


@pytest.fixture
async def client(database_url: str, tmp_path: Path) -> AsyncIterator[Client]:
    settings = Settings.model_validate(
        {
            "database_url": database_url,
            "data_dir": tmp_path,
            "rasa_url": "http://127.0.0.1:9",
            "admin_password": "correct horse",
        }
    )
    async with TestClient(TestServer(build(settings))) as client:
        yield client


async def test_the_metrics_show_what_the_store_holds(client: Client) -> None:
    text = await (await client.get("/metrics")).text()
    assert 'peyk_queue_depth{queue="Support"} 0.0' in text
    assert 'peyk_queue_age_seconds{queue="Support"} 0.0' in text
    assert "peyk_turns_open 0.0" in text


async def test_each_inbox_says_whether_it_works(client: Client) -> None:
    assert client.app is not None
    store = client.app[keys.STORE]
    ready: dict[str, Any] = await (await client.get("/readyz")).json()
    assert ready["parts"]["inbox demo"] == "ok"
    assert ready["parts"]["bot"] != "ok"
    async with store.read() as connection:
        (demo,) = await inboxes.list_inboxes(connection)
    broken = {"allowed_sites": "not a list"}
    await store.write(lambda tx: inboxes.change(tx, demo.id, settings=broken))
    ready = await (await client.get("/readyz")).json()
    assert ready["parts"]["inbox demo"] == "its settings are wrong"
    assert ready["status"] == "ready"


async def test_the_document_describes_agents_and_customers(client: Client) -> None:
    paths = (await (await client.get("/api/v1/openapi.json")).json())["paths"]
    assert "/api/v1/conversations/{id}/claim" in paths
    assert "/chat/v1/sessions" in paths
    ids = [each["operationId"] for path in paths.values() for each in path.values()]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("host", "reached"),
    [("0.0.0.0", "127.0.0.1"), ("::", "127.0.0.1"), ("::1", "[::1]"), ("10.0.0.5", "10.0.0.5")],
)
def test_what_listens_is_reached_from_this_machine(host: str, reached: str) -> None:
    assert local_host(host) == reached

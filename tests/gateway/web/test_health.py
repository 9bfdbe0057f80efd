"""Health, readiness and metrics."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from prometheus_client.parser import text_string_to_metric_families

from gateway.metrics import Metrics
from gateway.web import health, keys
from gateway.web.health import Part, mount_health

Client = TestClient[web.Request, web.Application]


async def works() -> None:
    return None


async def is_down() -> str:
    return "no model"


async def breaks() -> None:
    raise RuntimeError("postgresql://user:password@host")


async def hangs() -> None:
    await asyncio.Event().wait()


@asynccontextmanager
async def client_with(*parts: Part) -> AsyncIterator[tuple[Client, Metrics]]:
    app = web.Application()
    metrics = app[keys.METRICS] = Metrics()

    async def asked() -> tuple[Part, ...]:
        return parts

    app[keys.PARTS] = asked

    async def refresh() -> None:
        metrics.show_queues({"Support": (3, 12.5)})

    app[keys.REFRESHES] = (refresh,)
    mount_health(app)
    async with TestClient(TestServer(app)) as client:
        yield client, metrics


async def ready(*parts: Part) -> tuple[int, Any]:
    async with client_with(*parts) as (client, _), client.get("/readyz") as response:
        return response.status, await response.json()


async def test_it_is_healthy_as_long_as_it_serves() -> None:
    down = Part(name="store", probe=is_down)
    async with client_with(down) as (client, _), client.get("/healthz") as response:
        assert response.status == 200


async def test_it_is_ready_when_each_part_works() -> None:
    status, said = await ready(Part(name="store", probe=works), Part(name="hub", probe=works))
    assert (status, said["parts"]) == (200, {"store": "ok", "hub": "ok"})


async def test_a_part_that_fails_says_why_without_secrets(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(health, "PATIENCE", 0.05)
    status, said = await ready(
        Part(name="store", probe=breaks),
        Part(name="bot", probe=is_down),
        Part(name="hub", probe=hangs),
        Part(name="inbox demo", probe=works),
    )
    assert status == 503
    assert said["parts"] == {
        "store": "failed: RuntimeError",
        "bot": "no model",
        "hub": "no answer within 0.05 s",
        "inbox demo": "ok",
    }


async def test_without_the_bot_it_is_ready_as_people_answer() -> None:
    status, said = await ready(
        Part(name="store", probe=works), Part(name="bot", probe=is_down, required=False)
    )
    assert (status, said["parts"]["bot"]) == (200, "no model")


async def test_prometheus_reads_the_metrics() -> None:
    async with client_with() as (client, metrics):
        metrics.handoffs.labels("asked_for_person").inc()
        metrics.turn_seconds.observe(0.03)
        async with client.get("/metrics") as response:
            assert response.content_type == "text/plain"
            text = await response.text()
        samples = {
            (sample.name, *sample.labels.values()): sample.value
            for family in text_string_to_metric_families(text)
            for sample in family.samples
        }
        assert samples["peyk_handoffs_total", "asked_for_person"] == 1
        assert samples["peyk_queue_depth", "Support"] == 3
        assert samples["peyk_queue_age_seconds", "Support"] == 12.5
        assert samples[("peyk_turn_seconds_count",)] == 1

"""The built pages: what is served where, how long it is kept, and under which policy."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from yarl import URL

from gateway.web import demo
from gateway.web.headers import guard, preflight
from gateway.web.problem import problems
from gateway.web.route import mount
from gateway.web.static import mount_static

Client = TestClient[web.Request, web.Application]

BUILT = {
    "widget/widget.js": "loader",
    "widget/panel-Bx3f9Q_z.js": "panel",
    "console/index.html": "<!doctype html>console",
    "console/preview.html": "<!doctype html>preview",
    "console/assets/main-C0ffee12.css": "body{}",
    "console/assets/overview-overview.js": "plain name",
    "demo/index.html": "<!doctype html>shop",
    "demo/lamp.svg": "<svg/>",
}
COMPRESSED = {"br": "widget/widget.js.br", "gzip": "widget/widget.js.gz"}


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    (tmp_path / "secret.txt").write_text("secret")
    for name, text in BUILT.items():
        path = tmp_path / "dist" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    for encoding, name in COMPRESSED.items():
        (tmp_path / "dist" / name).write_text(f"in {encoding}")
    return tmp_path / "dist"


@asynccontextmanager
async def serve(dist: Path) -> AsyncIterator[Client]:
    app = web.Application(middlewares=[problems, preflight])
    guard(app)
    mount(app, "/demo/api", demo.routes)
    mount_static(app, dist)
    plain = {"Accept-Encoding": "identity"}
    async with TestClient(TestServer(app), headers=plain) as client:
        yield client


@pytest.fixture
async def client(dist: Path) -> AsyncIterator[Client]:
    async with serve(dist) as client:
        yield client


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("/", "shop"),
        ("/demo/", "shop"),
        ("/demo/lamp.svg", "<svg/>"),
        ("/widget.js", "loader"),
        ("/widget/panel-Bx3f9Q_z.js", "panel"),
        ("/console", "console"),
        ("/console/", "console"),
        ("/console/conversations/0190-ab", "console"),
        ("/console/assets/main-C0ffee12.css", "body{}"),
    ],
)
async def test_each_address_has_its_file(client: Client, path: str, text: str) -> None:
    async with client.get(path) as response:
        assert response.status == 200
        assert text in await response.text()
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize(
    "path",
    [
        "/console/assets/gone-C0ffee13.js",
        "/widget/gone.js",
        "/widget/../../secret.txt",
        "/widget/%2e%2e/%2e%2e/secret.txt",
        "/widget/..%2f..%2fsecret.txt",
        "/demo/..%2f..%2fsecret.txt",
        "/widget/%00",
        "/widget/" + "x" * 5000,
        "/widget//etc/passwd",
        "/console/%2e%2e/%2e%2e/secret.txt",
    ],
)
async def test_what_is_not_built_is_not_found(client: Client, path: str) -> None:
    async with client.get(URL(path, encoded=True)) as response:
        assert response.status == 404
        assert "secret" not in await response.text()


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("/widget.js", "no-cache"),
        ("/widget/panel-Bx3f9Q_z.js", "public, max-age=31536000, immutable"),
        ("/console", "no-cache"),
        ("/console/assets/main-C0ffee12.css", "public, max-age=31536000, immutable"),
        ("/console/assets/overview-overview.js", "no-cache"),
    ],
)
async def test_only_what_never_changes_is_kept_for_ever(
    client: Client, path: str, kept: str
) -> None:
    async with client.get(path) as response:
        assert response.headers["Cache-Control"] == kept
        etag = response.headers["ETag"]
    async with client.get(path, headers={"If-None-Match": etag}) as response:
        assert response.status == 304


@pytest.mark.parametrize(
    ("taken", "given", "body"),
    [
        ("br, gzip", "br", b"in br"),
        ("gzip, deflate", "gzip", b"in gzip"),
        ("identity", None, b"loader"),
        ("", None, b"loader"),
    ],
)
async def test_what_the_build_compressed_is_served_so_to_who_takes_it(
    dist: Path, taken: str, given: str | None, body: bytes
) -> None:
    async with serve(dist) as client:
        session = client.session
        url = client.make_url("/widget.js")
        headers = {"Accept-Encoding": taken}
        async with session.get(url, headers=headers, auto_decompress=False) as response:
            assert response.status == 200
            assert response.headers.get("Content-Encoding") == given
            assert response.headers["Content-Type"] == "text/javascript; charset=utf-8"
            assert response.headers["Cache-Control"] == "no-cache"
            assert "Accept-Encoding" in response.headers["Vary"]
            assert await response.read() == body


@pytest.mark.parametrize("path", ["/", "/console", "/console/settings"])
async def test_pages_run_nothing_inline_and_stand_in_no_frame(client: Client, path: str) -> None:
    async with client.get(path) as response:
        policy = dict(
            part.strip().split(" ", 1)
            for part in response.headers["Content-Security-Policy"].split(";")
        )
    assert policy["default-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert not any("unsafe" in value or "*" in value for value in policy.values())
    assert "script-src" not in policy


async def test_only_the_console_may_frame_the_preview(client: Client) -> None:
    async with client.get("/console/preview.html") as response:
        policy = response.headers["Content-Security-Policy"]
        assert "frame-ancestors 'self'" in policy
        assert "default-src 'self'" in policy
        assert response.headers["X-Frame-Options"] == "SAMEORIGIN"
    async with client.get("/console") as response:
        assert response.headers["X-Frame-Options"] == "DENY"


async def test_any_site_may_load_the_widget_but_not_the_console(client: Client) -> None:
    for path, allowed in (("/widget.js", "*"), ("/widget/panel-Bx3f9Q_z.js", "*")):
        async with client.get(path, headers={"Origin": "https://shop.example"}) as response:
            assert response.headers["Access-Control-Allow-Origin"] == allowed
            assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    async with client.get("/console", headers={"Origin": "https://shop.example"}) as response:
        assert "Access-Control-Allow-Origin" not in response.headers
        assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"


async def test_a_browser_may_ask_whether_another_sites_page_may_chat(client: Client) -> None:
    headers = {"Origin": "https://shop.example", "Access-Control-Request-Method": "POST"}
    async with client.options("/chat/v1/sessions", headers=headers) as response:
        assert response.status == 204
        assert "Authorization" in response.headers["Access-Control-Allow-Headers"]
    async with client.options("/api/v1/me", headers=headers) as response:
        assert response.status == 404
        assert "Access-Control-Allow-Origin" not in response.headers


async def test_without_a_build_it_says_what_to_do(tmp_path: Path) -> None:
    async with serve(tmp_path / "nothing") as client:
        for path in ("/", "/console", "/widget.js"):
            async with client.get(path) as response:
                assert response.status == 503
                assert "make web" in await response.text()


@pytest.mark.parametrize(
    ("written", "status"),
    [
        ("PK-1001", "shipped"),
        ("pk 1002", "processing"),
        ("1003", "delivered"),
        (" pk-1004 ", "cancelled"),
        ("PK-۱۰۰۵", "processing"),
        ("PK١٠٠٦", "shipped"),
        ("ＰＫ－１００１", "shipped"),
        ("#1001", "shipped"),
    ],
)
async def test_an_order_is_found_however_its_number_is_written(
    client: Client, written: str, status: str
) -> None:
    async with client.get(URL("/demo/api/orders") / written) as response:
        said = await response.json()
    assert (response.status, said["status"]) == (200, status)
    assert said["number"].startswith("PK-100")
    assert all(item["name"] and item["quantity"] > 0 for item in said["items"])


@pytest.mark.parametrize("written", ["PK-9999", "x", "10011001100110011", "PK-1001 OR 1=1", "²"])
async def test_an_unknown_order_is_a_problem(client: Client, written: str) -> None:
    async with client.get(URL("/demo/api/orders") / written) as response:
        assert response.status == 404
        assert response.content_type == "application/problem+json"

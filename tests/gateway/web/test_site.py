"""Where a request comes from: whose page, and which network address."""

from __future__ import annotations

import pytest
from aiohttp.test_utils import make_mocked_request

from gateway.web.site import Site


@pytest.mark.parametrize(
    ("host", "public_url", "origin", "own"),
    [
        ("chat.example", None, "https://chat.example", True),
        ("chat.example", None, "http://chat.example", True),
        ("Chat.Example", None, "https://chat.example", True),
        ("127.0.0.1:8080", None, "http://127.0.0.1:8080", True),
        ("127.0.0.1:8080", None, "http://127.0.0.1:8081", False),
        ("chat.example", None, "https://chat.example.evil.example", False),
        ("chat.example", None, "https://evil.example", False),
        ("chat.example", None, "null", False),
        ("chat.example", None, "", False),
        ("chat.example", None, "http://[", False),
        ("inside:8080", "https://chat.example", "https://chat.example", True),
        ("inside:8080", "https://پیک.example", "https://xn--3ib0gqe.example", True),
    ],
)
def test_only_our_own_pages_are_ours(
    host: str, public_url: str | None, origin: str, own: bool
) -> None:
    request = make_mocked_request("POST", "/", headers={"Host": host})
    assert Site(public_url=public_url).is_own_origin(request, origin) is own


@pytest.mark.parametrize(
    ("remote", "forwarded", "trusted", "found"),
    [
        ("10.0.0.1", "203.0.113.9", False, "10.0.0.1"),
        ("10.0.0.1", "198.51.100.1, 203.0.113.9", True, "203.0.113.9"),
        ("10.0.0.1", "", True, "10.0.0.1"),
        ("2001:db8:1:2:3:4:5:6", "", False, "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "", False, "fe80::/64"),
        ("::ffff:203.0.113.9", "", False, "203.0.113.9"),
        ("10.0.0.1", "x" * 5000, True, "x" * 64),
    ],
)
def test_a_network_address_is_the_peers_or_what_a_trusted_proxy_names(
    remote: str, forwarded: str, trusted: bool, found: str
) -> None:
    request = make_mocked_request("GET", "/", headers={"X-Forwarded-For": forwarded})
    request = request.clone(remote=remote)
    assert Site(trust_proxy=trusted).network_address(request) == found

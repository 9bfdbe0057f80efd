import pytest

from tools.node import OLDEST, parse_version, version_of


@pytest.mark.parametrize(
    ("answer", "version"),
    [("v20.20.2\n", (20, 20)), ("v24.19.0", (24, 19)), ("", (0, 0)), ("not found", (0, 0))],
)
def test_the_version_is_read_off_what_node_prints(answer: str, version: tuple[int, int]) -> None:
    assert parse_version(answer) == version


def test_a_missing_node_is_older_than_any() -> None:
    assert version_of("node-that-is-not-there") < OLDEST

import pytest

from tools.advice import advise


@pytest.mark.parametrize(
    ("output", "word"),
    [
        ("error: No interpreter found for Python 3.10 in managed installations", "pyenv"),
        ("Error: No module named ensurepip", "python3-venv"),
        ("  Caused by: dns error: failed to lookup address information", "network"),
        ("npm error code EAI_AGAIN", "network"),
        ("OSError: [Errno 28] No space left on device", "disk"),
        ("THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE", "pinned"),
        ("npm error code EACCES", "another user"),
    ],
)
def test_a_known_failure_comes_with_what_to_do(output: str, word: str) -> None:
    advice = advise(f"something before\n{output}\nsomething after")
    assert advice is not None
    assert word in advice


def test_a_missing_python_is_told_before_the_network_that_could_not_fetch_it() -> None:
    output = "Failed to download `…/python-build-standalone/…/cpython-3.10`\n  cause: dns error"
    assert "Python 3.10" in (advise(output) or "")


def test_an_unknown_failure_gets_no_guess() -> None:
    assert advise("Segmentation fault") is None

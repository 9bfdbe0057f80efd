"""What every fault needs: a real Rasa server that outlives the gateways of the tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

pytest.register_assert_rewrite("tests.faults.checks")

from tests.faults.rasa_process import RasaProcess, rasa_process  # noqa: E402


@pytest.fixture(scope="module")
def rasa(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RasaProcess]:
    """One for a whole file; a test that breaks it mends it."""
    with rasa_process(tmp_path_factory.mktemp("rasa")) as rasa:
        yield rasa

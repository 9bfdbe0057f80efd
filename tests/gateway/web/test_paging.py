"""Pages: complete, without repeats, and cursors that cannot be made up."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.ids import new_id
from gateway.web.paging import (
    Paging,
    page_of,
    read_cursor,
    read_number,
    write_cursor,
    write_number,
)
from gateway.web.problem import ProblemError

MOMENT = datetime(2026, 1, 1, tzinfo=UTC)
IDS = [new_id() for _ in range(30)]
Row = tuple[datetime, str]


@given(
    st.lists(st.tuples(st.integers(0, 3), st.sampled_from(IDS)), unique=True, max_size=30),
    st.integers(1, 7),
)
def test_pages_give_each_row_once_and_in_order(made: list[tuple[int, str]], limit: int) -> None:
    rows = [(MOMENT + timedelta(seconds=second), id) for second, id in made]
    seen: list[Row] = []
    cursor: str | None = None
    while True:
        page, cursor = page_of(rows, Paging(limit=limit, cursor=cursor), lambda row: row)
        assert len(page) <= limit
        seen += page
        if cursor is None:
            break
    assert seen == sorted(rows)


@given(st.datetimes(timezones=st.just(UTC)), st.sampled_from(IDS))
def test_a_cursor_reads_back(at: datetime, row: str) -> None:
    assert read_cursor(write_cursor(at, row)) == (at, row)


@given(st.integers(-(2**63) + 1, 2**63 - 1))
def test_a_number_reads_back(number: int) -> None:
    assert read_number(write_number(number)) == number


@given(st.text())
def test_anything_else_is_a_problem_and_no_crash(text: str) -> None:
    for read in (read_cursor, read_number):
        with pytest.raises(ProblemError):
            read(text)


@pytest.mark.parametrize("cursor", ["", "x", write_number(3), write_cursor(MOMENT, "no id")])
def test_a_made_up_cursor_is_a_bad_request(cursor: str) -> None:
    with pytest.raises(ProblemError) as raised:
        read_cursor(cursor)
    assert raised.value.problem.status == 400
    assert raised.value.problem.errors[0].field == "cursor"

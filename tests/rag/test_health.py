"""Runs of pages, their sums, and what helps."""

from __future__ import annotations

import dataclasses
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.errors import LibraryProblem, Problem
from rag.health import ENTER_PASSWORD, FIND_FILE, READ_AFTER_ALL, TRY_AGAIN, mends_for, page_runs
from rag.page_counts import mean_confidence, page_counts
from rag.protocol import DocumentState, PageRun, PageState
from rag.stores.health_records import PageOutcome
from tests.fakes.plausible import STUDY

FAILED = Problem(LibraryProblem.PAGE_FAILED.value, {"path": "/a.pdf", "page": 4})


def outcome(number: int, state: PageState, confidence: float = -1.0) -> PageOutcome:
    return PageOutcome("sum", number, state, confidence, FAILED if state is PageState.FAILED else None)


def test_neighbours_that_came_out_alike_are_one_run() -> None:
    pages = [
        outcome(1, PageState.TEXT), outcome(2, PageState.TEXT), outcome(3, PageState.OCR, 0.931),
        outcome(4, PageState.OCR, 0.929), outcome(5, PageState.OCR, 0.5), outcome(6, PageState.FAILED),
        outcome(7, PageState.FAILED), outcome(9, PageState.FAILED),
    ]  # fmt: skip
    runs = page_runs(pages)
    assert runs == (
        PageRun(1, 2, PageState.TEXT), PageRun(3, 4, PageState.OCR, 0.93), PageRun(5, 5, PageState.OCR, 0.5),
        PageRun(6, 7, PageState.FAILED, reason=FAILED), PageRun(9, 9, PageState.FAILED, reason=FAILED),
    )  # fmt: skip
    assert page_counts(runs) == {PageState.TEXT: 2, PageState.OCR: 3, PageState.FAILED: 3}
    assert mean_confidence(runs) == pytest.approx((0.93 * 2 + 0.5) / 3)
    assert mean_confidence(runs[:1]) == -1.0


OUTCOMES = st.lists(st.tuples(st.integers(1, 3), st.sampled_from(PageState)), max_size=30)


@given(OUTCOMES)
def test_every_page_is_in_one_run_in_its_own_state(steps: list[tuple[int, PageState]]) -> None:
    number, pages = 0, []
    for step, state in steps:
        number += step
        pages.append(outcome(number, state))
    runs = page_runs(pages)
    assert [(page, run.state) for run in runs for page in range(run.first, run.last + 1)] == [
        (page.number, page.state) for page in pages
    ]
    for one, next_one in itertools.pairwise(runs):
        assert one.last + 1 < next_one.first or one.state is not next_one.state


def test_what_helps_fits_what_is_wrong() -> None:
    assert mends_for(STUDY, ()) == ()
    assert mends_for(dataclasses.replace(STUDY, state=DocumentState.NEEDS_PASSWORD), ())[0] == ENTER_PASSWORD
    assert mends_for(dataclasses.replace(STUDY, is_away=True), ())[0] == FIND_FILE
    missing = Problem(LibraryProblem.PATH_MISSING.value, {"path": "/a"})
    assert mends_for(dataclasses.replace(STUDY, state=DocumentState.FAILED, reason=missing), ())[0] == FIND_FILE
    timed_out = Problem(LibraryProblem.PARSER_TIMED_OUT.value, {"path": "/a", "page": 3})
    assert mends_for(STUDY, (PageRun(3, 3, PageState.FAILED, reason=timed_out),))[0] == TRY_AGAIN
    left = Problem(LibraryProblem.SCAN_LEFT_UNREAD.value, {"path": "/a"})
    runs = (PageRun(1, 2, PageState.LEFT_UNREAD, reason=left), PageRun(3, 3, PageState.FAILED, reason=timed_out))
    assert mends_for(STUDY, runs)[0] == TRY_AGAIN, "what failed goes first"
    assert mends_for(STUDY, runs[:1])[0] == READ_AFTER_ALL
    empty = dataclasses.replace(STUDY, state=DocumentState.EMPTY, reason=left)
    assert mends_for(empty, runs[:1])[0] == READ_AFTER_ALL

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rag.protocol import PageRun, PageState
from rag.summary.coverage import covered, not_read, outline_cited
from rag.summary.notes import cited
from rag.summary.outline import outline
from tests.rag.summary.making import BRIDGE, passages_of


def test_a_page_with_nothing_on_it_is_covered_and_one_that_waits_is_not() -> None:
    runs = (
        PageRun(1, 3, PageState.TEXT),
        PageRun(4, 4, PageState.EMPTY),
        PageRun(5, 6, PageState.WAITING),
        PageRun(7, 9, PageState.OCR, 0.9),
        PageRun(10, 10, PageState.FAILED),
    )
    assert covered(10, runs) == ((1, 4), (7, 9))
    assert covered(10, runs, {8, 9}) == ((1, 4), (7, 7))
    assert [run.first for run in not_read(runs)] == [5, 10]


@given(st.integers(0, 40), st.frozensets(st.integers(1, 40)))
def test_the_runs_hold_every_page_that_is_not_missing_once(pages: int, unread: frozenset[int]) -> None:
    held = [page for first, last in covered(pages, (), unread) for page in range(first, last + 1)]
    assert held == [page for page in range(1, pages + 1) if page not in unread]


def test_a_section_is_cited_where_a_quote_begins_in_it() -> None:
    passages = passages_of(*BRIDGE)
    marked = outline_cited(outline(passages), [cited(passages[2], 0, 12)])
    assert [(section.title, section.is_cited) for section in marked] == [
        ("Deck", False), ("Joints", True), ("Costs", False),
    ]  # fmt: skip

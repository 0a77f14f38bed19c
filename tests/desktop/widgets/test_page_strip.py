"""The strip of a document's pages, by property: nothing is left out or twice, and what asks for most is in sight."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from desktop.theme import Theme
from desktop.widgets.page_strip import (
    NARROWEST,
    WIDEST,
    page_count,
    paint_strip,
    pitch_of,
    strip_words,
    tick_at,
    tick_words,
    ticks,
)
from rag.errors import Problem
from rag.protocol import PageRun, PageState

URGENCY = [
    PageState.FAILED, PageState.WAITING, PageState.LEFT_UNREAD, PageState.EMPTY, PageState.OCR, PageState.TEXT,
]  # fmt: skip
LENGTHS = st.lists(st.tuples(st.integers(1, 40), st.sampled_from(list(PageState))), min_size=1, max_size=40)


def runs_of(lengths: list[tuple[int, PageState]]) -> list[PageRun]:
    ends = itertools.accumulate(length for length, _ in lengths)
    return [
        PageRun(last - length + 1, last, state, 0.9 if state is PageState.OCR else -1.0)
        for last, (length, state) in zip(ends, lengths, strict=True)
    ]


@given(lengths=LENGTHS, width=st.integers(1, 900))
def test_ticks_are_all_pages_in_order_each_by_the_one_that_asks_for_most(
    lengths: list[tuple[int, PageState]], width: int
) -> None:
    runs = runs_of(lengths)
    states = {page: run.state for run in runs for page in range(run.first, run.last + 1)}
    shown = ticks(runs, float(width))
    covered = [page for tick in shown for page in range(tick.first, tick.last + 1)]
    assert covered == list(range(1, page_count(runs) + 1))
    for tick in shown:
        inside = {states[page] for page in range(tick.first, tick.last + 1)}
        assert tick.state is min(inside, key=URGENCY.index)
    assert len(shown) == page_count(runs) or width / len(shown) < 2 * NARROWEST
    assert pitch_of(len(shown), width) <= WIDEST
    assert len(shown) * pitch_of(len(shown), width) <= width + 1e-6


@given(lengths=LENGTHS, width=st.integers(3, 900), share=st.floats(0, 1))
def test_the_tick_under_the_pointer_is_the_one_that_is_painted_there(
    lengths: list[tuple[int, PageState]], width: int, share: float
) -> None:
    runs = runs_of(lengths)
    place = QRectF(20, 5, width, 12)
    shown = ticks(runs, float(width))
    number = min(len(shown) - 1, int(share * len(shown)))
    middle = 20 + (number + 0.5) * pitch_of(len(shown), width)
    assert tick_at(runs, place, middle) == shown[number]
    assert tick_at(runs, place, 19) is None


def test_no_pages_are_no_ticks() -> None:
    assert ticks([], 400.0) == []
    assert tick_at([], QRectF(0, 0, 400, 12), 3.0) is None
    assert strip_words([]) == ""


def test_the_strip_is_said_in_words() -> None:
    runs = runs_of([(38, PageState.TEXT), (2, PageState.OCR), (1, PageState.FAILED)])
    assert strip_words(runs) == "38 pages of text, 2 by OCR (90\N{NO-BREAK SPACE}%), 1 failed"
    assert strip_words(runs_of([(1, PageState.EMPTY), (2, PageState.WAITING)])) == "2 waiting for OCR, 1 empty"
    assert strip_words(runs_of([(7, PageState.TEXT)]), "message") == "7 with text"
    assert strip_words(runs_of([(1, PageState.TEXT)]), "part") == "text", "of a single part there is nothing to count"


def test_a_tick_says_what_came_of_its_pages() -> None:
    broken = PageRun(3, 3, PageState.FAILED, -1.0, Problem("page_failed", {"path": "/home/ada/a.pdf", "page": 3}))
    runs = [PageRun(1, 1, PageState.TEXT), PageRun(2, 2, PageState.OCR, 0.93), broken]
    said = [tick_words(tick, "page") for tick in ticks(runs, 400.0)]
    assert said == ["p. 1: text", "p. 2: read by OCR, 93 %", "p. 3: Page 3 of a.pdf could not be read."]
    many = runs_of([(500, PageState.TEXT)])
    assert tick_words(ticks(many, 300.0)[0], "slide") == "slide 1 – slide 5: text"
    assert tick_words(ticks(runs[:1], 300.0)[0], "part") == "part 1: text"


@pytest.mark.parametrize("choice", ["light", "dark"])
def test_each_state_is_told_by_shape_as_well_as_by_colour(theme: Theme, choice: str) -> None:
    theme.choose(choice)
    shapes = set()
    for state in PageState:
        picture = QImage(12, 16, QImage.Format.Format_ARGB32_Premultiplied)
        picture.fill(0)
        painter = QPainter(picture)
        paint_strip(painter, QRectF(1, 2, 9, 12), [PageRun(1, 1, state, 0.9)], theme)
        painter.end()
        shapes.add(tuple(picture.pixelColor(x, y).alpha() > 40 for x in range(12) for y in range(16)))
    assert len(shapes) >= len(PageState) - 1, "text and OCR have one shape: both were read"


def test_the_less_sure_ocr_was_the_paler_is_its_ink(theme: Theme) -> None:
    def strength(confidence: float) -> int:
        picture = QImage(12, 16, QImage.Format.Format_ARGB32_Premultiplied)
        picture.fill(0)
        painter = QPainter(picture)
        paint_strip(painter, QRectF(1, 2, 9, 12), [PageRun(1, 1, PageState.OCR, confidence)], theme)
        painter.end()
        return picture.pixelColor(5, 8).alpha()

    assert strength(0.55) < strength(0.8) < strength(0.99)

"""Where pages stand one under the other: by value and by property."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRectF

from desktop.widgets.page_layout import Fit, PageLayout

A4 = (595.0, 842.0)
sides = st.floats(1.0, 3000.0)
sizes = st.lists(st.tuples(sides, sides), min_size=1, max_size=12)
turns = st.integers(0, 3)


def laid(pages: list[tuple[float, float]], fit: Fit = Fit.WIDTH, turns: int = 0) -> PageLayout:
    return PageLayout(pages, room=(640, 480), margin=20, fit=fit, turns=turns)


def test_pages_fit_the_width_the_whole_or_are_as_large_as_on_paper() -> None:
    assert laid([A4]).rect(0).width() == 600
    whole = laid([A4], Fit.PAGE).rect(0)
    assert whole.height() == 440
    assert laid([A4], Fit.ZOOM).rect(0).width() == round(595 * 96 / 72)


def test_a_quarter_turn_makes_a_tall_page_wide() -> None:
    turned = laid([A4], turns=1).rect(0)
    assert turned.width() == 600
    assert turned.height() == round(595 * 600 / 842)


@given(sizes, st.sampled_from(Fit), turns)
def test_pages_stand_apart_in_their_order_within_the_whole(
    pages: list[tuple[float, float]], fit: Fit, turns: int
) -> None:
    layout = laid(pages, fit, turns)
    places = [layout.rect(index) for index in range(layout.count)]
    assert all(below.top() - above.bottom() >= 20 for above, below in itertools.pairwise(places))
    assert places[-1].bottom() < layout.height
    assert all(place.left() >= 0 for place in places)


@given(sizes, turns, st.data())
def test_what_is_seen_is_what_stands_there(pages: list[tuple[float, float]], turns: int, data: st.DataObject) -> None:
    layout = laid(pages, turns=turns)
    top = data.draw(st.integers(0, layout.height))
    bottom = top + data.draw(st.integers(1, 900))
    seen = {
        index
        for index in range(layout.count)
        if layout.rect(index).bottom() >= top and layout.rect(index).top() <= bottom
    }
    assert set(layout.between(top, bottom)) == seen
    if seen:
        assert layout.current(top, bottom) in seen


@given(sizes, turns, st.data())
def test_the_corners_of_a_page_lie_on_the_corners_of_its_place(
    pages: list[tuple[float, float]], turns: int, data: st.DataObject
) -> None:
    layout = laid(pages, turns=turns)
    index = data.draw(st.integers(0, layout.count - 1))
    mapped = layout.transform(index).mapRect(QRectF(0, 0, *pages[index]))
    place = layout.rect(index)
    assert mapped.left() == pytest.approx(place.left(), abs=1)
    assert mapped.top() == pytest.approx(place.top(), abs=1)
    assert mapped.width() == pytest.approx(place.width(), abs=1)


def test_turned_to_the_right_what_was_left_above_is_right_above() -> None:
    layout = laid([A4], turns=1)
    place = layout.rect(0)
    corner = layout.transform(0).map(QPoint(0, 0))
    assert abs(corner.x() - place.right()) <= 2
    assert abs(corner.y() - place.top()) <= 2


def test_the_page_of_which_most_is_seen_is_the_one_that_is_read() -> None:
    layout = laid([A4, A4, A4])
    second = layout.rect(1)
    assert layout.current(second.top() - 100, second.top() + 380) == 1
    assert layout.current(second.top() - 300, second.top() + 180) == 0
    assert laid([]).between(0, 100) == range(0)

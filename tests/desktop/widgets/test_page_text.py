"""Words as they are pointed at and selected: by value."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.widgets.page_selecting import MOST_PAGES, PageSelecting
from desktop.widgets.page_text import PageText, Selection, WordPlace, mended
from rag.protocol import Word


def page(*lines: str, right_to_left: bool = False) -> PageText:
    """Lines 12 points high, 20 apart, from (100, 100) on; each word is 40 wide, with 10 between."""
    text, words = "", []
    for row, line in enumerate(lines):
        text += "\n" if text else ""
        for column, word in enumerate(line.split()):
            left = 100.0 + 50 * (-column if right_to_left else column)
            text += "" if text.endswith("\n") or not text else " "
            box = (left, 100.0 + 20 * row, left + 40, 112.0 + 20 * row)
            words.append(Word(len(text), len(text) + len(word), box))
            text += word
    return PageText(text, tuple(words))


PAGE = page("The crane on the", "north quay shall stand", "in a gust")


@pytest.mark.parametrize(
    ("x", "y", "word"),
    [
        (110, 105, 0),
        (160, 105, 1),
        (147, 105, 1),
        (900, 105, 3),
        (0, 126, 4),
        (110, 900, 8),
        (110, 0, 0),
        (900, 999, 10),
    ],
)
def test_the_nearest_word_is_on_the_line_that_is_pointed_at(x: float, y: float, word: int) -> None:
    assert PAGE.nearest(x, y) == word


def test_between_words_and_beside_them_there_is_none() -> None:
    assert PAGE.word_at(110, 105) == 0
    assert PAGE.word_at(145, 105) is None
    assert PageText("", ()).nearest(1, 1) is None


def test_lines_are_told_by_where_words_stand() -> None:
    assert [PAGE.line_of(word) for word in (0, 3, 4, 7, 10)] == [(0, 3), (0, 3), (4, 7), (4, 7), (8, 10)]
    arabic = page("a b c", "d e f", right_to_left=True)
    assert arabic.line_of(1) == (0, 2)


def test_a_line_up_or_down_is_at_the_same_place_of_it() -> None:
    assert PAGE.beside(1, 1) == 5
    assert PAGE.beside(7, 1) == 10, "the last of a shorter line"
    assert PAGE.beside(5, -1) == 1
    assert PAGE.beside(0, -1) is None
    assert PAGE.beside(9, 1) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("one\ntwo\n\nthree", "one two\n\nthree"),
        ("con\u00adstruction", "construction"),
        ("a | b\nc | d\nand on\nhere", "a | b\nc | d\nand on here"),
        ("", ""),
    ],
)
def test_the_ends_of_lines_are_mended_those_of_paragraphs_and_rows_stay(text: str, said: str) -> None:
    assert mended(text) == said


def at(number: int, page: int = 1) -> WordPlace:
    return WordPlace(page, number)


def test_a_selection_goes_over_pages_and_is_the_same_both_ways() -> None:
    texts = {1: PAGE, 2: page("second page"), 3: page("third page")}
    forth = Selection((at(9), at(9)), (at(0, 3), at(0, 3)))
    back = Selection((at(0, 3), at(0, 3)), (at(9), at(9)))
    assert forth.said(texts) == back.said(texts) == "a gust\n\nsecond page\n\nthird"
    assert forth.on(2, texts[2]) == (0, 1)
    assert forth.on(4, PAGE) is None


@given(st.integers(0, 10), st.integers(0, 10))
def test_what_is_selected_stands_in_the_text(first: int, last: int) -> None:
    selection = Selection((at(first), at(first)), (at(last), at(last)))
    said = selection.said({1: PAGE}).split()
    assert said == PAGE.text.split()[min(first, last) : max(first, last) + 1]


@pytest.fixture
def selecting(qapp: object) -> PageSelecting:
    selecting = PageSelecting()
    selecting.take(1, PAGE)
    selecting.take(2, page("second page"))
    return selecting


def test_keys_lead_on_by_words_by_lines_and_over_the_page(selecting: PageSelecting) -> None:
    assert selecting.step(1, words=1) == at(0), "begins with the first word"
    selecting.step(1, words=1)
    assert selecting.text == "The crane"
    selecting.step(1, lines=1)
    assert selecting.text == "The crane on the north quay"
    selecting.step(1, to_line_end=1)
    assert selecting.text.endswith("stand")
    selecting.step(1, lines=1)
    selecting.step(1, words=1)
    assert selecting.text.endswith("gust\n\nsecond")
    selecting.step(1, words=-1)
    assert selecting.text.endswith("gust")
    selecting.clear()
    assert selecting.text == ""


def test_a_click_between_words_selects_nothing_and_shift_extends_from_there(selecting: PageSelecting) -> None:
    selecting.press(1, 160, 105, clicks=1, extends=False)
    assert selecting.text == ""
    selecting.press(1, 160, 125, clicks=1, extends=True)
    assert selecting.text == "crane on the north quay"
    selecting.press(1, 900, 600, clicks=2, extends=False)
    assert selecting.text == "", "twice where no word stands"


def test_the_words_of_what_was_scrolled_past_are_forgotten_those_of_a_selection_are_not(
    selecting: PageSelecting,
) -> None:
    selecting.select_page(1)
    for number in range(2, 2 * MOST_PAGES):
        selecting.take(number, page("words"))
    assert selecting.text_of(2) is None
    assert selecting.text_of(2 * MOST_PAGES - 1) is not None
    assert selecting.text.split() == PAGE.text.split()

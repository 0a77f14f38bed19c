import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.extract.ocr_lines import (
    Corners,
    Frame,
    OcrLine,
    askew,
    confidence_of,
    is_surely_upright,
    is_turned,
    page_lines,
)
from rag.protocol import Box

LEVEL = Frame(1000, 1400, 0, 0.0, 1.0)


def corners(left: float, top: float, right: float, bottom: float, angle: float = 0.0) -> Corners:
    """The corners of a line, which falls by ``angle`` about its upper left one."""

    def turned(x: float, y: float) -> tuple[float, float]:
        across, down = x - left, y - top
        return (
            left + across * math.cos(angle) - down * math.sin(angle),
            top + across * math.sin(angle) + down * math.cos(angle),
        )

    return turned(left, top), turned(right, top), turned(right, bottom), turned(left, bottom)


def line(text: str, left: float, top: float, right: float, bottom: float, angle: float = 0.0) -> OcrLine:
    """A line whose characters, spaces too, are equally wide."""
    places = tuple((index + 0.5) / len(text) for index, character in enumerate(text) if not character.isspace())
    return OcrLine(text, 0.9, corners(left, top, right, bottom, angle), places)


def close(one: Box, other: tuple[float, float, float, float]) -> bool:
    return all(math.isclose(first, second, abs_tol=0.01) for first, second in zip(one, other, strict=True))


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
@pytest.mark.parametrize("degrees", [0.0, 2.0, -3.0])
def test_what_was_found_in_the_upright_picture_is_marked_where_the_page_is_shown(turns: int, degrees: float) -> None:
    page = np.zeros((60, 40), dtype=np.uint8)
    page[20, 30] = 1
    upright = np.rot90(page, turns)
    ((y, x),) = np.argwhere(upright)
    frame = Frame(40, 60, turns, math.radians(degrees), 0.5)
    # The middle of a pixel lies half a pixel from its corner.
    across, down = frame.level((x + 0.5, y + 0.5))
    left, top, right, bottom = frame.shown((across - 2, down - 1, across + 2, down + 1))
    assert ((left + right) / 2, (top + bottom) / 2) == pytest.approx((30.5 * 0.5, 20.5 * 0.5))
    assert (right - left, bottom - top) == pytest.approx((4, 2) if turns % 2 == 0 else (2, 4))


def test_no_box_reaches_out_of_the_page() -> None:
    assert LEVEL.shown((-20, -10, 20, 10)) == (0, 0, 20, 10)
    assert LEVEL.shown((990, 1390, 1010, 1410)) == (990, 1390, 1000, 1400)


def test_a_page_is_turned_when_most_of_its_text_runs_up_or_down() -> None:
    across, upwards = corners(0, 0, 300, 20), corners(0, 0, 20, 400)
    assert not is_turned([across, across, upwards])
    assert is_turned([across, upwards])
    # However the corners of a line are named.
    assert is_turned([(upwards[1], upwards[2], upwards[3], upwards[0])])
    assert not is_turned([])


def test_some_lines_may_be_misjudged_before_it_is_asked_which_side_is_up() -> None:
    assert is_surely_upright(["0"] * 8 + ["180"] * 2)
    assert not is_surely_upright(["0", "180"])
    assert not is_surely_upright(["180"] * 3)


def test_long_lines_say_how_far_a_page_is_askew() -> None:
    lines = [line("A long line of print", 0, 40 * number, 400, 40 * number + 20, 0.03) for number in range(3)]
    lines += [line("no", 500, 40 * number, 520, 40 * number + 20, -0.5) for number in range(5)]
    assert askew(lines) == pytest.approx(0.03)
    assert askew([line("no", 0, 0, 20, 20, 1.0)]) == 0.0


def test_words_stand_where_their_letters_do_and_a_little_around() -> None:
    (read,) = page_lines([line("ab cde f", 100, 50, 180, 60)], LEVEL)
    assert read.text == "ab cde f"
    assert [token.text for token in read.tokens] == ["ab", "cde", "f"]
    boxes = [token.box for token in read.tokens]
    assert close(boxes[0], (100, 50, 121, 60))
    assert close(boxes[1], (129, 50, 161, 60))
    assert close(boxes[2], (169, 50, 180, 60))


def test_a_script_without_spaces_has_a_box_for_each_character() -> None:
    (read,) = page_lines([line("東京 2020", 0, 0, 70, 10)], LEVEL)
    assert [(token.text, token.is_glued) for token in read.tokens] == [("東", False), ("京", True), ("2020", False)]
    assert close(read.tokens[1].box, (10, 0, 21, 10))
    assert read.text == "東京 2020"


def test_wide_forms_are_plain_in_latin_text_alone() -> None:
    (latin,) = page_lines([line("ｎｏ，（ｙｅｓ）", 0, 0, 80, 10)], LEVEL)
    (chinese,) = page_lines([line("是，（不）", 0, 0, 50, 10)], LEVEL)
    assert latin.text == "no,(yes)"
    assert chinese.text == "是，（不）"


def test_pieces_side_by_side_are_one_line_and_lines_come_from_top_to_bottom() -> None:
    pieces = [
        line("lower line", 0, 40, 100, 60),
        line("right", 300, 11, 350, 31),
        line("left", 0, 9, 40, 29),
        line("middle", 100, 10, 160, 30),
    ]
    assert [read.text for read in page_lines(pieces, LEVEL)] == ["left middle right", "lower line"]


def test_lines_of_a_page_askew_are_level_and_keep_apart() -> None:
    angle = math.radians(3)
    # Over a line's length it falls by more than the lines are apart.
    lines = [line("many words in a line", 40, 40 + 30 * number, 800, 60 + 30 * number, angle) for number in range(4)]
    read = page_lines(lines, Frame(1000, 1400, 0, askew(lines), 1.0))
    assert [one.text for one in read] == ["many words in a line"] * 4
    assert all(one.height == pytest.approx(20, abs=0.1) for one in read)


def test_lines_of_one_size_of_type_are_of_one_height() -> None:
    lines = [line("as none", 0, 0, 70, 17), line("Typing", 0, 30, 60, 52), line("Typed it", 0, 60, 80, 80)]
    title = line("Title", 0, 100, 90, 140)
    heights = [one.height for one in page_lines([*lines, title], LEVEL)]
    assert heights[0] == heights[1] == heights[2]
    assert heights[3] == pytest.approx(40)


def test_confidence_is_the_mean_over_characters() -> None:
    sure, unsure = OcrLine("abcdefgh", 1.0, corners(0, 0, 1, 1), ()), OcrLine("ij", 0.5, corners(0, 0, 1, 1), ())
    assert confidence_of([sure, unsure]) == pytest.approx(0.9)
    assert confidence_of([]) == 0.0


@given(
    st.text(st.sampled_from("ab,é東京ｆ \u3000-"), min_size=1, max_size=12),
    st.lists(st.floats(0, 1), min_size=12, max_size=12).map(sorted),
)
def test_tokens_say_the_line_and_lie_within_it(text: str, places: list[float]) -> None:
    letters = [character for character in text if not character.isspace()]
    read = page_lines([OcrLine(text, 1.0, corners(10, 20, 110, 40), tuple(places[: len(letters)]))], LEVEL)
    assert [one.text.replace(" ", "") for one in read] == ["".join(text.replace("ｆ", "f").split())] * bool(
        letters
    ) or ("東" in text or "京" in text)
    for token in (token for one in read for token in one.tokens):
        assert 10 - 1e-6 <= token.box[0] <= token.box[2] <= 110 + 1e-6
        assert (token.box[1], token.box[3]) == pytest.approx((20, 40))

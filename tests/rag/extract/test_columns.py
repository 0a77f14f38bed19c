import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.extract.columns import in_reading_order
from rag.extract.lines import Line, line_of
from tests.rag.extract.placing import page_of, placed_line

LEFT = [
    "The crane stood still in the", "wind of the third day, and", "nobody climbed to its cabin",
    "before it had passed. Then", "the foreman looked at the",
    "anemometer and wrote down", "what it had recorded there.",
]  # fmt: skip
RIGHT = [
    "Readings were taken at four", "places of the yard, each of", "them every ten minutes, and",
    "sent to the office, where a", "clerk put them into a table",
    "which is printed here below", "for the sake of those after.",
]  # fmt: skip


def beside(*columns: list[str], width: int = 32) -> list[str]:
    return ["".join(cell.ljust(width) for cell in row) for row in itertools.zip_longest(*columns, fillvalue="")]


def texts(lines: list[Line]) -> list[str]:
    return [line.text for line in in_reading_order(lines)]


def test_columns_whose_lines_come_by_turns_are_read_one_after_the_other() -> None:
    title = "A report on the wind and what it did to the crane in the yard"
    page = page_of("\n".join([title, "", *beside(LEFT, RIGHT)]))
    assert texts(page) == [title, *LEFT, *RIGHT]


def test_a_title_across_both_columns_parts_them() -> None:
    between = "What was done about it afterwards, and by whom it was done"
    page = page_of("\n".join([*beside(LEFT, RIGHT), between, *beside(RIGHT, LEFT)]))
    assert texts(page) == [*LEFT, *RIGHT, between, *RIGHT, *LEFT]


def test_three_columns() -> None:
    third = [line.upper().lower().replace("the", "one") for line in LEFT]
    assert texts(page_of("\n".join(beside(LEFT, RIGHT, third)))) == [*LEFT, *RIGHT, *third]


def test_a_column_that_goes_on_below_the_other() -> None:
    page = page_of("\n".join(beside(LEFT, RIGHT[:5])))
    assert texts(page) == [*LEFT, *RIGHT[:5]]


def test_lines_side_by_side_that_come_as_lines_of_their_own() -> None:
    page: list[Line] = []
    for index, (one, other) in enumerate(zip(LEFT, RIGHT, strict=True)):
        page += [placed_line(50, 60 + 14 * index, 11, one), placed_line(250, 60 + 14 * index, 11, other)]
    assert texts(page) == [*LEFT, *RIGHT]


def test_columns_in_their_order_are_left_as_they_are() -> None:
    page = [*page_of("\n".join(LEFT)), *page_of("\n".join(RIGHT), left=300)]
    assert texts(page) == [*LEFT, *RIGHT]
    lower = [*page_of("\n".join(LEFT), top=300), *page_of("\n".join(RIGHT), left=300)]
    assert texts(lower) == [*LEFT, *RIGHT]


TABLES = [
    "\n".join(f"Reading {n:<20}{n * 37 % 90:<14}{n * 53 % 70}" for n in range(1, 12)),
    "\n".join(f"Place of the reading {n:<14}At the gate of the yard {n}" for n in range(1, 12)),
    "\n".join(beside([f"{n}. What to do first" for n in range(9)], ["the foreman" for _ in range(9)])),
]


@pytest.mark.parametrize("table", TABLES)
def test_a_table_stays_rows(table: str) -> None:
    page = page_of(table)
    assert in_reading_order(page) == page


def test_a_footnote_or_a_header_drawn_out_of_turn_comes_where_it_stands() -> None:
    body = page_of("\n".join(LEFT))
    footnote, header = placed_line(50, 700, 9, "1 As the foreman said."), placed_line(50, 20, 9, "Report of May")
    assert in_reading_order([footnote, *body]) == [*body, footnote]
    assert in_reading_order([footnote, header, *body]) == [header, *body, footnote]
    assert in_reading_order([*body, header]) == [header, *body]


PLACED = st.lists(
    st.builds(
        placed_line,
        st.floats(0, 500, width=32), st.floats(0, 700, width=32), st.floats(6, 30, width=32),
        st.text(alphabet="abc DE1", min_size=1, max_size=60).filter(str.strip),
    ),
    max_size=40,
)  # fmt: skip


@given(PLACED)
def test_nothing_is_lost_and_nothing_comes_twice(lines: list[Line]) -> None:
    before = sorted(token for line in lines for token in line.tokens)
    assert sorted(token for line in in_reading_order(lines) for token in line.tokens) == before


@given(
    st.lists(st.text(alphabet="abcdef ", min_size=1, max_size=70).filter(str.strip), max_size=30), st.integers(10, 30)
)
def test_a_page_of_lines_one_below_the_other_is_left_as_it_is(written: list[str], pitch: int) -> None:
    page = page_of("\n".join(written), pitch=pitch, height=10)
    assert in_reading_order(page) == page


def test_a_line_is_put_together_again_whole() -> None:
    page = page_of("\n".join(beside(LEFT, RIGHT)))
    whole = {line.text: line for line in in_reading_order(page)}
    assert whole[LEFT[0]].box == line_of(page[0].tokens[: len(LEFT[0].split())]).box

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.extract.headings import TypeSizes
from rag.extract.layout import PageLayout, lay_out
from rag.extract.lines import Line
from rag.extract.tables import Row, with_tables
from tests.rag.extract.placing import page_of, placed_line


def layout_of(text: str) -> PageLayout:
    return lay_out(page_of(text), None, TypeSizes(11, 13))


INCOME = """
Statements of income of the company, unaudited, in millions

                                   Three Months Ended        Six Months Ended
                                  July 30,     July 31,     July 30,     July 31,
                                    2023         2022         2023         2022
Revenue                           $ 13,507     $  6,704     $ 20,699     $ 14,992
Cost of revenue                      4,045        3,789        6,589        6,646
Operating expenses:
Research and development             2,040        1,824        3,916        3,443
Total change in unrealized gains or losses
on marketable securities               (65)           —         (131)        (132)
Gross margin                         70.1 %       43.5 %       68.2 %       55.7 %

See the notes that accompany these statements.
"""


def test_rows_keep_their_cells_and_the_header_its_columns() -> None:
    assert layout_of(INCOME).text == (
        "Statements of income of the company, unaudited, in millions\n\n"
        "| Three Months Ended July 30, 2023 | July 31, 2022 | Six Months Ended July 30, 2023 | July 31, 2022\n"
        "Revenue | $ 13,507 | $ 6,704 | $ 20,699 | $ 14,992\n"
        "Cost of revenue | 4,045 | 3,789 | 6,589 | 6,646\n"
        "Operating expenses:\n"
        "Research and development | 2,040 | 1,824 | 3,916 | 3,443\n"
        "Total change in unrealized gains or losses on marketable securities | (65) | — | (131) | (132)\n"
        "Gross margin | 70.1 % | 43.5 % | 68.2 % | 55.7 %\n\n"
        "See the notes that accompany these statements."
    )


def test_words_of_a_table_stand_in_their_boxes() -> None:
    layout = layout_of(INCOME)
    boxes = {layout.text[word.start : word.end]: word.box for word in layout.words}
    line = next(line for line in page_of(INCOME) if line.text.startswith("Cost"))
    assert boxes["6,589"] == next(token.box for token in line.tokens if token.text == "6,589")
    assert all("|" not in word for word in boxes)


def test_a_cell_that_a_row_does_not_have_stays_empty() -> None:
    text = """
                 2022      2023      2024
Gross              10        20        30
Net                          12
Taxes              11        21        31
Total              12        22        32
"""
    assert layout_of(text).text == (
        "| 2022 | 2023 | 2024\nGross | 10 | 20 | 30\nNet | | 12 |\nTaxes | 11 | 21 | 31\nTotal | 12 | 22 | 32"
    )


def test_a_group_between_header_and_numbers_belongs_to_the_table() -> None:
    text = """
                 2022      2023
Americas:
Net sales          10        20
Income              1         2
Europe:
Net sales          30        40
"""
    assert layout_of(text).text == (
        "| 2022 | 2023\nAmericas:\nNet sales | 10 | 20\nIncome | 1 | 2\nEurope:\nNet sales | 30 | 40"
    )


def test_parts_of_a_header_may_come_column_by_column() -> None:
    numbers = [("Net income", "24,160", "25,010"), ("Income tax", "2,203", "2,101"), ("Other", "11", "12")]
    body = page_of("\n".join(f"{label:<16}{one:>10}{other:>14}" for label, one, other in numbers), top=100)
    header = [
        placed_line(left, top, 10, text)
        for left, first, second in ((160, "April 1,", "2023"), (240, "March 26,", "2022"))
        for top, text in ((70, first), (81, second))
    ]
    rows = with_tables([*header, *body])
    assert isinstance(rows[0], Row)
    assert [" ".join(token.text for token in cell) for cell in rows[0].cells] == ["", "April 1, 2023", "March 26, 2022"]


def test_years_in_front_of_numbers_are_labels() -> None:
    text = """
Fiscal Year             Commitments
2024                          8,439
2025                          3,960
2026                            150
"""
    assert layout_of(text).text == "| Fiscal Year | Commitments\n2024 | 8,439\n2025 | 3,960\n2026 | 150"


def test_a_label_that_wraps_above_the_first_numbers_is_whole() -> None:
    text = """
                          2022      2023
Research and development
expenses                    10        20
of these at home             1         2
of these abroad             30        40
"""
    rows = layout_of(text).text.split("\n")
    assert rows[:2] == ["| 2022 | 2023", "Research and development expenses | 10 | 20"]


def test_a_line_of_prose_above_numbers_is_no_header() -> None:
    text = """
The    following    table    shows    what    was    paid    to    the    workers    of    the    yard
Wages in May                         10              20              30              40
Wages in June                        11              21              31              41
Wages in July                        12              22              32              42
"""
    assert layout_of(text).text.split("\n")[0] == "The following table shows what was paid to the workers of the yard"


PROSE = [
    "The company paid 12 million in May, 14 in June, and in July",
    "it paid 2,300 more, of which 40 % went to the state. By 2021",
    "this had risen to 17, and by 2022 the sum stood at 1,234,567",
    "which nobody had thought possible in the spring of the year",
]
LISTS = [
    "1.   First turn off the engine\n2.   Then wait for 5 minutes\n3.   Then open the lid of the box",
    "Name of the ship     Reliance\nName of the master   Whalley\nThe port she left    Batavia",
    "Tel.   12 34 56\n\n\n\n\n\nFax    12 34 57\n\n\n\n\n\nRoom   12",
]


@pytest.mark.parametrize("text", ["\n".join(PROSE), *LISTS])
def test_prose_with_numbers_lists_and_loose_numbers_are_no_tables(text: str) -> None:
    lines = page_of(text)
    assert with_tables(lines) == lines


@given(st.lists(st.sampled_from(PROSE), min_size=3, max_size=12), st.integers(0, 3))
def test_prose_is_never_a_table_even_when_spaces_are_wide(written: list[str], wide: int) -> None:
    lines = page_of("\n".join(line.replace(" ", " " * (1 + (wide > 2)), wide) for line in written))
    assert with_tables(lines) == lines


CELLS = st.sampled_from(["12", "(3)", "—", "$ 1,234", "5.6 %", "word", "two words", ""])


@given(st.lists(st.lists(CELLS, min_size=1, max_size=5), max_size=15), st.integers(8, 16))
def test_every_word_is_kept_in_some_row_or_line(rows: list[list[str]], width: int) -> None:
    lines = page_of("\n".join("".join(cell.ljust(width) for cell in row) for row in rows) or "x")
    items = with_tables(lines)
    kept = [
        token.text
        for item in items
        for token in (item.tokens if isinstance(item, Line) else [token for cell in item.cells for token in cell])
    ]
    assert sorted(kept) == sorted(token.text for line in lines for token in line.tokens)
    assert not items or not isinstance(items[0], Row) or items[0].begins_table

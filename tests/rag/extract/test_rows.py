import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.extract.blocks import laid_out
from rag.extract.rows import table_blocks


def text(rows: list[list[str]], headers: int = -1, fewest_columns: int = 3) -> str:
    return laid_out(table_blocks(rows, headers, fewest_columns))[0]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([["Place", "Wind"], ["Quay", "38 m/s"]], "- Place: Quay; Wind: 38 m/s"),
        ([["Name", "Ada"], ["Born", "in London"]], "- Name: Ada\n- Born: in London"),
        ([["Height:", "42 m"], ["Width", "3 m"]], "- Height: 42 m\n- Width: 3 m"),
        ([["A", "B", "C"], ["x", "y", "z"]], "- A: x; B: y; C: z"),
        ([["1", "2", "3"], ["4", "5", "6"]], "- 1; 2; 3\n- 4; 5; 6"),
        ([["", "2018", "2019"], ["Quay", "30", "38"]], "- Quay; 2018: 30; 2019: 38"),
        (
            [["Winds of the year", ""], ["Place", "Wind"], ["Quay", "38"]],
            "Winds of the year\n\n- Place: Quay; Wind: 38",
        ),
        ([["A", "A", "B"], ["x", "y", "z"]], "- A; A; B\n- x; y; z"),
        ([["A", "", "B"], ["1", "", "2"]], "- A: 1; B: 2"),
        ([["A", "B"], [], ["", ""], ["1", "2"]], "- A: 1; B: 2"),
        ([["a", "b"]], "a\nb"),
        ([["only"], ["one"], ["column"]], "only\n\none\n\ncolumn"),
        ([["A", "B"], ["1"]], "- A: 1"),
        ([], ""),
    ],
)
def test_each_row_is_a_line(rows: list[list[str]], expected: str) -> None:
    assert text(rows) == expected


def test_headers_that_the_document_marks() -> None:
    assert text([["Wind", ""], ["gust", "mean"], ["38", "20"]], 2) == "- Wind gust: 38; mean: 20"
    assert text([["", ""], ["A", "B"], ["x", "y"]], 2) == "- A: x; B: y"
    assert text([["A", "B"], ["x", "y"]], 0) == "- A: B\n- x: y"
    assert text([["A", "B"], ["x", "y"]], fewest_columns=2) == "- A: x; B: y"
    assert text([["A", "B"]], 1) == ""


cells = st.text(alphabet="ab12 \n:;", max_size=6)


@given(st.lists(st.lists(cells, max_size=5), max_size=8), st.integers(-1, 9))
def test_no_cell_is_lost(rows: list[list[str]], headers: int) -> None:
    lines = text(rows, headers)
    below = rows[max(headers, 1) :]
    assert all(" ".join(cell.split()).rstrip(": ") in lines for row in below for cell in row)

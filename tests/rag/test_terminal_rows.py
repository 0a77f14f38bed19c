"""Rows of the terminal: nothing wider than the screen, nothing lost."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from rag.terminal_rows import UNWATCHED_WIDTH, Row, indented, lay_out, one_line, shortened
from tests.rag.making_messages import ANY_TEXT

HEADER = ("Document", "State", "Pages")
LONG = Row(("a very long name of a report about the pier and its cranes.pdf", "ready", "148 text, 8 OCR (93 %)"))
BROKEN = Row(("b.pdf", "could not be read", ""), ("b.pdf can’t be read: the PDF is damaged. Get the file again.",))


def lines(width: int, *rows: Row, narrowest: int = 16) -> list[str]:
    console = Console(file=io.StringIO(), width=width)
    return [line.plain for line in lay_out(console, HEADER, rows, frozenset(), narrowest)]


def test_a_reason_stands_under_its_row() -> None:
    assert lines(100, BROKEN)[1:] == ["b.pdf     could not be read", f"   {BROKEN.notes[0]}"]


def test_a_narrow_terminal_shortens_names_in_their_middle_then_puts_columns_below() -> None:
    (_, shown) = lines(60, LONG)
    assert shown.split("  ")[0].endswith("s.pdf")
    assert "…" in shown
    assert "93 %" in shown
    assert lines(40, LONG)[2] == "   148 text, 8 OCR (93 %)"
    assert LONG.cells[0] in lines(70, LONG, narrowest=62)[1]


def test_where_nobody_watches_rows_and_reasons_are_whole() -> None:
    shown = lines(UNWATCHED_WIDTH, LONG, BROKEN, Row(("n" * 200, "ready", "")))
    assert len(shown) == 5
    assert LONG.cells[0] in shown[1]
    assert shown[4].startswith("n" * 200 + "  ready")
    assert cell_len(shown[1]) < 120


@given(st.lists(st.tuples(ANY_TEXT, st.text("abc 字", max_size=30)), max_size=4), st.integers(45, 120))
def test_no_line_is_wider_than_the_terminal(some: list[tuple[str, str]], width: int) -> None:
    rows = [Row((name, "could not be read", pages), (pages,)) for name, pages in some]
    for line in lines(width, *rows):
        assert cell_len(line) <= width
        assert "\n" not in line


@given(st.text(), st.integers(1, 40))
def test_a_shortened_name_fits(name: str, width: int) -> None:
    assert cell_len(shortened(name, width)) <= width


@pytest.mark.parametrize(("name", "shown"), [("a\nb\tc", "a\ufffdb\ufffdc"), ("é 字", "é 字")])
def test_a_name_is_one_line(name: str, shown: str) -> None:
    assert one_line(name) == shown


def test_indented_text_keeps_its_own_lines_and_ends_without_spaces() -> None:
    console = Console(file=io.StringIO(), width=14)
    from rich.text import Text

    assert [line.plain for line in indented(console, Text("one two three\n\nfour"))] == [
        "   one two", "   three", "", "   four",
    ]  # fmt: skip

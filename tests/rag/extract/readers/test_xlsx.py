import zipfile
from pathlib import Path
from typing import Any

import pytest

from rag.errors import LibraryProblem
from rag.extract.readers import csv, xlsx
from rag.protocol import PageState
from tests.rag.extract.making_formats import SENTENCE, make_csv, make_xlsx, make_zip
from tests.rag.extract.readers.reading import pages_of, text_of


def save(path: Path, *rows: list[object]) -> None:
    from openpyxl import Workbook

    book: Any = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)


def test_a_sheet_is_a_page_and_its_cells_are_as_they_are_shown(tmp_path: Path) -> None:
    make_xlsx(tmp_path / "a.xlsx")
    notes, readings = pages_of(tmp_path / "a.xlsx")
    assert (notes.label, notes.text) == ("Notes", f"# Notes\n\n{SENTENCE}")
    assert readings.label == "Readings"
    assert readings.text == (
        "# Readings\n\n- Structure: Mast north; Reading: 41 m/s; Share: 15.3%; Date: 3 May 2019; Cost: € 1,234,567.50"
    )


def test_a_title_above_the_table_and_formulas(tmp_path: Path) -> None:
    rows: list[list[object]] = [["Winds of 2019"], [], ["Place", "Gust", "Double"], ["Quay", 38, "=2*B4"], ["Mast", 41]]
    save(tmp_path / "a.xlsx", *rows)
    # openpyxl computes nothing, so the formula has no value here.
    assert (
        text_of(tmp_path / "a.xlsx") == "# Sheet\n\nWinds of 2019\n\n- Place: Quay; Gust: 38\n- Place: Mast; Gust: 41"
    )


def test_a_sheet_that_is_too_large_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save(tmp_path / "a.xlsx", ["Place", "Gust"], *[[f"Quay {number}", number] for number in range(5)])
    monkeypatch.setattr(xlsx, "MOST_ROWS", 3)
    first, last = pages_of(tmp_path / "a.xlsx")
    assert first.text == "# Sheet\n\n- Place: Quay 0; Gust: 0\n- Place: Quay 1; Gust: 1"
    assert last.state is PageState.FAILED
    assert last.problem is not None
    assert last.problem.kind == LibraryProblem.TABLE_TOO_LARGE
    monkeypatch.setattr(xlsx, "MOST_ROWS", 100)
    monkeypatch.setattr(xlsx, "MOST_COLUMNS", 1)
    assert [page.state for page in pages_of(tmp_path / "a.xlsx")] == [PageState.TEXT, PageState.FAILED]


def test_a_row_that_is_said_to_stand_beyond_every_sheet_costs_no_time(tmp_path: Path) -> None:
    path = tmp_path / "far.xlsx"
    save(path, ["Mast", 41], ["Crane", 38])
    with zipfile.ZipFile(path) as archive:
        entries = [(name, archive.read(name)) for name in archive.namelist()]
    far = [(name, content.replace(b'<row r="2"', b'<row r="2147483647"')) for name, content in entries]
    assert far != entries
    make_zip(path, far)
    assert "Mast" in text_of(path)


def test_a_workbook_under_another_name(tmp_path: Path) -> None:
    make_xlsx(tmp_path / "a.docx")
    assert len(pages_of(tmp_path / "a.docx")) == 2


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-8-sig"])
def test_csv_of_any_delimiter(tmp_path: Path, delimiter: str, encoding: str) -> None:
    make_csv(tmp_path / "a.csv", delimiter, encoding)
    assert text_of(tmp_path / "a.csv") == (
        f"- Structure: Crane; Remark: {SENTENCE}\n- Structure: Mast; Remark: It stands 42 m tall."
    )


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [("a,b\n1,2", ","), ("a;b\n1,5;2,5\n3;4", ";"), ("words, and more\nwords", ","), ("a\tb,c\nd\te", "\t"), ("", ",")],
)
def test_the_delimiter_is_the_one_that_makes_even_rows(text: str, delimiter: str) -> None:
    assert csv.delimiter_of(text) == delimiter


def test_a_quotation_mark_that_is_never_closed_takes_nothing_away(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('a,"b\n' + "x,y\n" * 20_000)
    assert sum(page.text.count("x") for page in pages_of(tmp_path / "a.csv")) == 20_000


def test_a_csv_that_is_too_large_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_csv(tmp_path / "a.csv")
    monkeypatch.setattr(csv, "MOST_ROWS", 2)
    assert [page.state for page in pages_of(tmp_path / "a.csv")] == [PageState.TEXT, PageState.FAILED]


def test_ten_thousand_columns(tmp_path: Path) -> None:
    line = ",".join(f"name {number}" for number in range(10_000))
    (tmp_path / "a.csv").write_text(f"{line}\n{line}\n")
    *_, last = pages_of(tmp_path / "a.csv")
    assert last.problem is not None
    assert last.problem.kind == LibraryProblem.TABLE_TOO_LARGE

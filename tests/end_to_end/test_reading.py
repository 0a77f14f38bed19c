"""What the reader asks of real documents: a PDF with an outline, a scan that real OCR has read, a note."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from rag.errors import LibraryProblem, PhialError
from rag.library import Library
from rag.protocol import (
    Document,
    DocumentSearched,
    HitsFound,
    Indexed,
    OutlineEntry,
    PageForm,
    Span,
    Word,
    document_boxes,
    unpack_words,
)
from tests.rag.extract.making import make_pdf, text_page, written
from tests.rag.extract.making_scans import scan, scanned_pdf

REPORT = make_pdf(
    [
        text_page("1 Harbour", "The quay wall turns the flow up-", "ward, out of service."),
        text_page("2 Caffè", "Nobody drinks a caffè at the quay", "wall."),
    ]
)
NOTE = "# Notes\n\nThe *quay*\nwall was seen.\n\n## Later\n\nNothing.\n"


def never() -> bool:
    return False


def with_outline(pdf: bytes) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf)))
    chapter = writer.add_outline_item(title="1 Harbour", page_number=0)
    writer.add_outline_item(title="2 Caffè", page_number=1, parent=chapter)
    output = BytesIO()
    writer.write(output)
    return output.getvalue()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("reading")
    written(made, "report.pdf", with_outline(REPORT))
    written(made, "scan.pdf", scanned_pdf([scan("The lowest shelf of the greenhouse holds the seed trays.")]))
    written(made, "note.md", NOTE.encode())
    return made


@pytest.fixture(scope="module")
def library(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with Library.open(tmp_path_factory.mktemp("home")) as library:
        *_, indexed = library.index([str(folder)])
        assert isinstance(indexed, Indexed)
        yield library


def named(library: Library, name: str) -> Document:
    return next(one for one in library.documents() if one.name == name)


def words_of(library: Library, document: Document, page: int = 1) -> tuple[str, tuple[Word, ...]]:
    told = library.leafing.words(document.sha256, page)
    return told.text, unpack_words(told.words)


def sought(library: Library, document: Document, words: str) -> list[tuple[int, str]]:
    """Page and text of every hit."""
    *steps, end = library.leafing.search(document.sha256, words, never)
    found = [
        (hits.page, span) for step in steps if isinstance(step, HitsFound) for hits in step.found for span in hits.spans
    ]
    assert end == DocumentSearched(0, len(found), 0, is_whole=True)
    return [(page, library.leafing.words(document.sha256, page).text[slice(*span)]) for page, span in found]


def test_words_of_a_page_stand_where_its_picture_shows_them(library: Library) -> None:
    report = named(library, "report.pdf")
    text, words = words_of(library, report)
    assert [text[word.start : word.end] for word in words][:4] == ["1", "Harbour", "The", "quay"]
    span: Span = (words[2].start, words[3].end)
    page = library.show_page(report.sha256, 1, 1.0, [span])
    assert page is not None
    assert page.text == text
    assert page.boxes == document_boxes(words, *span)


def test_a_scan_has_words_like_any_other_page(library: Library) -> None:
    scanned = named(library, "scan.pdf")
    text, words = words_of(library, scanned)
    assert "greenhouse" in text
    word = next(one for one in words if "greenhouse" in text[one.start : one.end])
    left, top, right, bottom = word.box
    assert 0 < left < right < 612
    assert 0 < top < bottom < 300
    assert sought(library, scanned, "SEED  trays") == [(1, "seed trays")]


def test_words_are_found_over_the_ends_of_lines_and_without_their_accents(library: Library) -> None:
    report = named(library, "report.pdf")
    assert [page for page, _ in sought(library, report, "quay wall")] == [1, 2]
    assert [page for page, _ in sought(library, report, "upward, out")] == [1]
    assert [text for _, text in sought(library, report, "CAFFE")] == ["Caffè", "caffè"]
    assert sought(library, named(library, "note.md"), "later") == [(1, "Later")]
    assert sought(library, report, "nowhere") == []


def test_the_outline_is_the_authors_or_the_headings(library: Library) -> None:
    report, note = named(library, "report.pdf"), named(library, "note.md")
    outline = library.leafing.outline(report.sha256, never)
    assert outline is not None
    assert [(entry.title, entry.level, entry.page) for entry in outline.entries] == [
        ("1 Harbour", 1, 1),
        ("2 Caffè", 2, 2),
    ]
    outline = library.leafing.outline(note.sha256, never)
    assert outline is not None
    assert outline.entries == (OutlineEntry("Notes", 1, 1, 0), OutlineEntry("Later", 2, 1, NOTE.index("## Later")))


def test_pages_are_listed_with_their_forms(library: Library) -> None:
    pages = library.leafing.pages(named(library, "report.pdf").sha256).pages
    assert [(page.page, page.width, page.height, page.form) for page in pages] == [
        (1, 612.0, 792.0, PageForm.PICTURE),
        (2, 612.0, 792.0, PageForm.PICTURE),
    ]
    (page,) = library.leafing.pages(named(library, "note.md").sha256).pages
    assert page.form is PageForm.MARKDOWN


def test_a_document_that_has_changed_is_not_shown_with_the_marks_of_another(library: Library, folder: Path) -> None:
    report = named(library, "report.pdf")
    path = folder / "report.pdf"
    path.write_bytes(REPORT)
    with pytest.raises(PhialError) as caught:
        library.show_page(report.sha256, 1, 1.0, [])
    assert caught.value.kind is LibraryProblem.DOCUMENT_CHANGED
    assert words_of(library, report)[0], "what was read is still there"

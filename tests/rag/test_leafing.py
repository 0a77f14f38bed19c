"""What a reader asks of a document: over a real store, and where it is the file's own to say, a real parser process."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from rag import leafing
from rag.errors import LibraryProblem, PhialError
from rag.extract import PagePainter
from rag.leafing import DEEPEST, Leafing, levelled, placed
from rag.pages import Heading, PageText
from rag.protocol import DocumentSearched, HitsFound, OutlineEntry, PageForm, PageHits, unpack_words
from rag.stores.database import Database
from rag.stores.records import Records, WaitingFile
from tests.rag.extract.making import make_pdf, text_page, written
from tests.rag.extract.making_hostile import deep_outline, outline_loop
from tests.rag.stores.filling import VERSIONS, WORDS, sum_of


def never() -> bool:
    return False


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Records]:
    database = Database(tmp_path)
    yield Records(database)
    database.close()


@pytest.fixture
def reader(records: Records) -> Iterator[Leafing]:
    painter = PagePainter()
    yield Leafing(records, painter, lambda _: "")
    painter.close()


def read(number: int, text: str, *headings: Heading, **others: object) -> PageText:
    page = PageText(number, f"{number}a", text, WORDS, 595.0, 842.0, headings, None, has_pictures=False)
    return dataclasses.replace(page, **others)  # type: ignore[arg-type]


def hold(records: Records, path: Path, kind: str, pages: int, *kept: PageText) -> str:
    """A document of so many pages, of which these are read."""
    sha256 = sum_of(path.name)
    status = path.stat() if path.exists() else None
    size, modified = (status.st_size, status.st_mtime_ns) if status else (100, 1)
    records.note_file(str(path), size, modified, retries=True)
    records.begin_document(WaitingFile(str(path), "", size, modified), sha256, VERSIONS)
    records.describe_document(sha256, kind, pages)
    records.add_pages(sha256, kept)
    records.settle_file(str(path))
    return sha256


def test_pages_are_listed_with_their_labels_sizes_and_forms(records: Records, reader: Leafing) -> None:
    note = read(2, "list", form=PageForm.TEXT)
    sha256 = hold(records, Path("/a.pdf"), "pdf", 3, read(1, "One."), note)
    listed = reader.pages(sha256)
    assert listed.unit == "page"
    assert [(page.page, page.label, page.width, page.form) for page in listed.pages] == [
        (1, "1a", 595.0, PageForm.PICTURE),
        (2, "2a", 595.0, PageForm.TEXT),
    ]


def test_the_words_of_a_page_come_with_the_text_that_they_are_spans_of(records: Records, reader: Leafing) -> None:
    sha256 = hold(records, Path("/a.pdf"), "pdf", 2, read(1, "The crane stands."))
    told = reader.words(sha256, 1)
    assert (told.text, unpack_words(told.words)) == ("The crane stands.", WORDS)
    assert reader.words(sha256, 2).words == b""


@pytest.mark.parametrize("ask", ["pages", "words", "outline", "search"])
def test_a_document_that_is_gone_is_said_to_be(reader: Leafing, ask: str) -> None:
    calls = {
        "pages": lambda: reader.pages("0"),
        "words": lambda: reader.words("0", 1),
        "outline": lambda: reader.outline("0", never),
        "search": lambda: list(reader.search("0", "crane", never)),
    }
    with pytest.raises(PhialError) as caught:
        calls[ask]()
    assert caught.value.kind is LibraryProblem.DOCUMENT_GONE


def test_a_search_tells_every_hit_in_order_and_what_was_not_read(records: Records, reader: Leafing) -> None:
    pages = (read(1, "A crane."), read(2, "None."), read(3, "Crane, crâne."), read(4, "", waits=True))
    sha256 = hold(records, Path("/a.pdf"), "pdf", 6, *pages)
    *told, end = reader.search(sha256, "crane", never)
    found = [hits for one in told if isinstance(one, HitsFound) for hits in one.found]
    assert found == [PageHits(1, ((2, 7),)), PageHits(3, ((0, 5), (7, 12)))]
    assert end == DocumentSearched(0, 3, 3, is_whole=True)
    assert list(reader.search(sha256, "crane", lambda: True)) == []


def test_what_is_found_is_told_on_the_way_and_no_more_than_can_be_shown(
    records: Records, reader: Leafing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leafing, "TELL_SECONDS", 0.0)
    monkeypatch.setattr(leafing, "MOST_HITS", 3)
    sha256 = hold(records, Path("/a.pdf"), "pdf", 3, *(read(number, "x x") for number in (1, 2, 3)))
    *told, end = reader.search(sha256, "x", never)
    steps = [one for one in told if isinstance(one, HitsFound)]
    assert [step.looked_at for step in steps] == [1, 2, 3, 3]
    assert sum(len(hits.spans) for step in steps for hits in step.found) == 3
    assert end == DocumentSearched(0, 6, 0, is_whole=False)


# --- outlines ---------------------------------------------------------------------------------------------------------


def with_outline(pdf: bytes) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf)))
    chapter = writer.add_outline_item(title="Chapter  one", page_number=0)
    writer.add_outline_item(title="Section", page_number=1, parent=chapter)
    output = BytesIO()
    writer.write(output)
    return output.getvalue()


def test_a_pdfs_own_outline_is_told_with_the_places_of_its_headings(
    tmp_path: Path, records: Records, reader: Leafing
) -> None:
    path = written(tmp_path, "a.pdf", with_outline(make_pdf([text_page("Chapter one"), text_page("Section")])))
    heading = Heading(4, 1, "chapter one")
    sha256 = hold(records, path, "pdf", 2, read(1, "x\n\nchapter one", heading), read(2, "Section"))
    outline = reader.outline(sha256, never)
    assert outline is not None
    assert outline.entries == (OutlineEntry("Chapter one", 1, 1, 4), OutlineEntry("Section", 2, 2, -1))
    path.write_bytes(b"another file now")
    outline = reader.outline(sha256, never)
    assert outline is not None
    assert outline.entries == (OutlineEntry("chapter one", 1, 1, 4),), "what was read is still known"


def test_without_an_outline_the_headings_are_one(records: Records, reader: Leafing) -> None:
    note = read(1, "# A\n## B", Heading(0, 1, "A"), Heading(4, 2, "B"))
    sha256 = hold(records, Path("/a.md"), "markdown", 1, note)
    outline = reader.outline(sha256, never)
    assert outline is not None
    assert outline.entries == (OutlineEntry("A", 1, 1, 0), OutlineEntry("B", 2, 1, 4))
    assert reader.outline(sha256, lambda: True) is None


@pytest.mark.parametrize("made", [outline_loop, deep_outline])
def test_a_hostile_outline_is_a_long_list_and_no_more(
    tmp_path: Path, records: Records, reader: Leafing, made: Callable[[], bytes]
) -> None:
    path = written(tmp_path, "hostile.pdf", made())
    outline = reader.outline(hold(records, path, "pdf", 1, read(1, "One.")), never)
    assert outline is not None
    assert 1 <= len(outline.entries) <= leafing.MOST_ENTRIES
    assert max(entry.level for entry in outline.entries) <= DEEPEST


@given(st.lists(st.builds(OutlineEntry, st.text(max_size=9), st.integers(-3, 10_000), st.integers(1, 9))))
def test_levels_begin_at_one_and_go_down_step_by_step(entries: list[OutlineEntry]) -> None:
    told = levelled(entries)
    assert [entry.page for entry in told] == [entry.page for entry in entries if entry.title.split()]
    levels = [0, *(entry.level for entry in told)]
    assert all(1 <= below <= min(above + 1, DEEPEST) for above, below in itertools.pairwise(levels))


def test_an_entry_stands_where_the_first_heading_of_its_page_says_the_same() -> None:
    headings = [OutlineEntry("Same", 1, 1, 9), OutlineEntry("Same", 1, 2, 5), OutlineEntry("Same", 1, 2, 50)]
    assert [one.start for one in placed([("SAME ", 1, 2), ("Other", 1, 2)], headings)] == [5, -1]

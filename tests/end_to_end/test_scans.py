"""Scans through the whole library: real OCR, real stores, the real embedder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.errors import LibraryProblem
from rag.library import Library
from rag.protocol import Document, DocumentChanged, DocumentState, Indexed, PageForm
from tests.end_to_end.conftest import SAMPLES
from tests.rag.extract.making import make_pdf, text_page, written
from tests.rag.extract.making_scans import painted, saved, scan, scanned_pdf

HEATER = "One filling of the paraffin heater burns for eleven hours."
SHELF = "The lowest shelf of the greenhouse holds the seed trays."
NOTE = "The auditor signs the ledger on the first Monday of March."


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("scans")
    greenhouse = (SAMPLES / "halden-greenhouse.pdf").read_bytes()
    written(made, "scan.pdf", scanned_pdf([scan(HEATER), scan(SHELF, askew=2.5), painted(greenhouse)]))
    saved(scan(NOTE, turned=90), made / "photo.png")
    saved(scan().resize((60, 40)), made / "white.png")
    written(made, "odd.png", b"\x89PNG\r\n\x1a\n" + b"odd" * 50)
    written(made, "text.pdf", make_pdf([text_page("Plain text needs nobody to recognise it.")]))
    return made


@pytest.fixture(scope="module")
def told(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Library, list[Document], Indexed]]:
    """A library of the folder, and what was told while it was read."""
    with Library.open(tmp_path_factory.mktemp("home")) as library:
        documents = []
        for event in library.index([str(folder)]):
            if isinstance(event, DocumentChanged):
                documents.append(event.document)
        assert isinstance(event, Indexed)
        yield library, documents, event


Told = tuple[Library, list[Document], Indexed]


def test_indexing_ends_when_the_last_page_was_recognised(told: Told) -> None:
    _, _, indexed = told
    outcomes = {
        Path(file.path).name: (file.state, file.pages, file.reason.kind if file.reason else "")
        for file in indexed.files
    }
    assert outcomes == {
        "scan.pdf": (DocumentState.READY, 3, ""),
        "photo.png": (DocumentState.READY, 1, ""),
        "text.pdf": (DocumentState.READY, 1, ""),
        "white.png": (DocumentState.EMPTY, 1, LibraryProblem.ONLY_PICTURES),
        "odd.png": (DocumentState.FAILED, 0, LibraryProblem.IMAGE_BROKEN),
    }


def test_a_scan_is_answerable_before_it_is_whole_and_text_comes_before_scans(told: Told) -> None:
    _, documents, _ = told
    scanned = [document for document in documents if document.name == "scan.pdf"]
    assert any(document.state is DocumentState.READING and document.pages_waiting == 3 for document in scanned)
    assert any(document.passages and document.pages_waiting for document in scanned)
    names = [document.name for document in documents if document.passages]
    assert names.index("text.pdf") < names.index("scan.pdf")
    assert (scanned[-1].pages_waiting, scanned[-1].pages_by_ocr) == (0, 3)


@pytest.mark.parametrize(
    ("question", "name", "page", "sentence"),
    [
        ("How long does the paraffin heater burn?", "scan.pdf", 1, HEATER),
        ("Where are the seed trays?", "scan.pdf", 2, SHELF),
        ("When does the auditor sign the ledger?", "photo.png", 1, NOTE),
    ],
)
def test_a_sentence_on_a_scan_is_found_shown_and_marked(
    told: Told, question: str, name: str, page: int, sentence: str
) -> None:
    library, _, _ = told
    best = next(passage for passage in library.search(question) if passage.page == page and passage.document == name)
    assert sentence in " ".join(best.text.split())
    assert best.confidence > 0.9
    shown = library.show_page(best.sha256, page, 1.0, [(best.start, best.end)])
    assert shown is not None
    assert (shown.form, shown.picture[:4], shown.confidence) == (PageForm.PICTURE, b"\x89PNG", best.confidence)
    # The line begins 72 points from the edge where it begins, and is some 370 points long (330 without its spaces).
    covered = sum(max(right - left, bottom - top) for left, top, right, bottom in shown.boxes)
    assert covered == pytest.approx(350, abs=40)
    left, top, _, bottom = shown.boxes[0]
    if name == "photo.png":  # turned counter-clockwise: it begins below
        assert shown.height - bottom == pytest.approx(72, abs=8)
    else:
        assert left == pytest.approx(72, abs=8)
        assert (top + bottom) / 2 == pytest.approx(792 - 700 - 5, abs=14)
    assert all(0 <= box[0] < box[2] <= shown.width and 0 <= box[1] < box[3] <= shown.height for box in shown.boxes)


def test_a_real_page_is_read_with_its_heading(told: Told) -> None:
    library, _, _ = told
    passage = library.search("What does a lost key cost?")[0]
    assert (passage.document, passage.page) == ("scan.pdf", 3)
    assert "There are forty-four keys. A lost key must be reported to Ines Okafor" in passage.text.replace("\n", " ")
    assert passage.section.endswith("Keys")


def test_what_ocr_could_not_read_is_tried_again_when_it_is_asked_for(folder: Path, tmp_path: Path) -> None:
    lost = saved(scan(NOTE), tmp_path / "lost.png")
    with Library.open(tmp_path / "home") as library:
        whole = lost.read_bytes()
        lost.write_bytes(whole[:3000])
        *_, indexed = library.index([str(lost)])
        assert isinstance(indexed, Indexed)
        assert indexed.files[0].state is DocumentState.FAILED
        lost.write_bytes(whole)
        *_, indexed = library.index([str(lost)])
        assert isinstance(indexed, Indexed)
        assert indexed.files[0].state is DocumentState.READY
        assert library.search("auditor")[0].document == "lost.png"

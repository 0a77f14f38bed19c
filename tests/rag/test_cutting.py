from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from rag.cutting import cut_document
from rag.errors import LibraryProblem, Problem
from rag.lexicon import LexicalQuery
from rag.pages import PageText
from rag.protocol import Document, DocumentState
from rag.stores.database import Database
from rag.stores.records import Records
from tests.rag.stores.filling import add_document, sum_of

PATH = "/scan.pdf"
SHA256 = sum_of("scan.pdf")
FAILED = Problem(LibraryProblem.OCR_FAILED, {"path": PATH, "page": 1})


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Records]:
    database = Database(tmp_path)
    made = Records(database)
    add_document(made, PATH, "What it said before.")
    yield made
    database.close()


def page(
    number: int, text: str = "", *, waits: bool = False, problem: Problem | None = None, has_pictures: bool = True
) -> PageText:
    return PageText(number, "", text, (), 595.0, 842.0, (), problem, has_pictures=has_pictures, waits=waits)


def count_tokens(texts: Sequence[str]) -> list[int]:
    return [len(text) // 4 + 1 for text in texts]


def cut(records: Records, *pages: PageText) -> Document:
    """The document after its pages became these."""
    records.add_pages(SHA256, pages)
    cut_document(records, count_tokens, SHA256, "scan.pdf", PATH)
    (document,) = records.documents()
    return document


def test_a_document_is_answerable_with_its_first_passage_and_done_with_its_last_page(records: Records) -> None:
    document = cut(records, page(1, waits=True), page(2, waits=True))
    assert (document.state, document.passages) == (DocumentState.READING, 0)
    document = cut(records, page(1, "The crane stands."), page(2, waits=True))
    assert (document.state, document.passages, document.pages_waiting) == (DocumentState.ANSWERABLE, 1, 1)
    (first,) = records.passage_ids([SHA256])
    document = cut(records, page(2, "The ship sails on."))
    assert (document.state, document.passages, document.pages_waiting) == (DocumentState.ANSWERABLE, 2, 0)
    assert first in records.passage_ids([SHA256])


@pytest.mark.parametrize(
    ("pages", "state", "reason"),
    [
        ((page(1), page(2)), DocumentState.EMPTY, LibraryProblem.ONLY_PICTURES),
        ((page(1, has_pictures=False),), DocumentState.EMPTY, LibraryProblem.NO_TEXT),
        ((page(1), page(2, problem=FAILED)), DocumentState.FAILED, LibraryProblem.OCR_FAILED),
        ((page(1, waits=True), page(2, problem=FAILED)), DocumentState.READING, None),
        ((page(1, "Text."), page(2, problem=FAILED)), DocumentState.ANSWERABLE, None),
    ],
)
def test_what_becomes_of_a_document(
    records: Records, pages: Sequence[PageText], state: DocumentState, reason: LibraryProblem | None
) -> None:
    document = cut(records, *pages)
    assert document.state is state
    assert (document.reason.kind if document.reason else None) == reason
    assert records.lexical(LexicalQuery(("before",)), 10, None) == []

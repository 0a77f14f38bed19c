"""The samples are what their texts say, and the demo's questions have their answers where they say so."""

import json
import re
from pathlib import Path

import make_samples
import pytest

from engine.paths import assets
from rag.pages import DocumentInfo, PageText
from tests.rag.extract.making import kept_parsers, read

WereRead = dict[str, tuple[DocumentInfo, list[PageText]]]

SAMPLES = assets() / "samples"
QUESTIONS = json.loads((SAMPLES.parent / "questions.json").read_text(encoding="utf-8"))
ANSWERS = [
    "41 metres per second at the height of the deck",
    "one filling burns for eleven hours",
    "reached 97 degrees",
    "cent vingt litres",
    "quarantadue posti letto",
]
"""The words of each answer as its page has them."""


@pytest.fixture(scope="module")
def were_read() -> WereRead:
    """What the reader says of each document, by its name."""
    with kept_parsers():
        return {path.name: read(path) for path in documents()}


def documents() -> list[Path]:
    return sorted(path for path in SAMPLES.iterdir() if path.suffix != ".json")


def test_making_them_again_gives_the_same_bytes(tmp_path: Path) -> None:
    make_samples.main(tmp_path)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert made == {path.name: path.read_bytes() for path in documents() if path.suffix == ".pdf"}


def test_there_are_six_documents_that_read_without_a_problem(were_read: WereRead) -> None:
    assert [path.suffix for path in documents()].count(".pdf") == 3
    assert len(documents()) == 6
    for path in documents():
        info, pages = were_read[path.name]
        assert info.title != path.stem
        assert len(pages) >= (3 if path.suffix == ".pdf" else 1)
        assert all(page.problem is None and page.text and page.headings for page in pages)


@pytest.mark.parametrize(("question", "answer"), list(zip(QUESTIONS, ANSWERS, strict=True)))
def test_the_answer_stands_once_and_on_the_page_that_is_named(
    were_read: WereRead, question: dict[str, str | int], answer: str
) -> None:
    found = [
        (name, page.number)
        for name, (_, pages) in were_read.items()
        for page in pages
        for _ in re.finditer(answer, " ".join(page.text.split()))
    ]
    assert found == [(question["document"], question["page"])]


def test_every_language_has_a_question_and_pdfs_are_not_asked_for_their_first_page() -> None:
    assert {question["language"] for question in QUESTIONS} == {"en", "fr", "it"}
    assert all(question["page"] > 1 for question in QUESTIONS if question["document"].endswith(".pdf"))


def test_the_table_keeps_its_rows(were_read: WereRead) -> None:
    _, pages = were_read["alder-quay-footbridge.pdf"]
    assert "\n3 298 291 socket is dry\n" in pages[2].text

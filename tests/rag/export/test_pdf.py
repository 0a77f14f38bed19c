from __future__ import annotations

import dataclasses
import io
from datetime import UTC

import pypdf
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from rag.errors import LANGUAGES, LibraryProblem, PhialError, text
from rag.export import export
from rag.export.paper import paper_of
from rag.export.pdf import pdf
from rag.protocol import Answer, ExportFormat, Sentence, Turn
from tests.fakes.plausible import ANSWER, CITATIONS

SCRIPTS = {
    "Latin": "žluťoučký kůň, Straße, naïve, İstanbul",
    "Greek": "Ωμέγα καὶ ἄλφα",
    "Cyrillic": "Привет, мир",
    "Chinese": "漢字簡体",
    "Japanese": "かなカナ交じり文",
    "Korean": "한국어",
    "Armenian": "Բարեւ",
    "Georgian": "გამარჯობა",
    "signs": "→ ≤ ✓ ☂ €",
}
"""Where a page's text is in the order in which it was written."""
SHAPED = {"Arabic": "مرحبا بالعالم", "Hebrew": "שלום עולם", "Hindi": "नमस्ते दुनिया", "Thai": "สวัสดีชาวโลก"}


def turn(answer: Answer) -> Turn:
    return Turn(1, 1_750_000_000.0, answer)


def saying(words: str) -> Answer:
    citation = dataclasses.replace(CITATIONS[0], quote=words)
    return dataclasses.replace(
        ANSWER, question="Which?", sentences=(Sentence("So.", supported=True, citations=(1,)),), citations=(citation,)
    )


def read_back(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages).split())


def written(words: str) -> bytes:
    return pdf(paper_of("T", [turn(saying(words))], "en", UTC))


def test_a_conversation_as_pdf_is_real_text_with_its_notes() -> None:
    content = export("Wind & <cranes>", [turn(ANSWER), turn(ANSWER)], ExportFormat.PDF, "en")
    reader = pypdf.PdfReader(io.BytesIO(content))
    said = read_back(content)
    assert reader.metadata is not None
    assert reader.metadata.title == "Wind & <cranes>"
    for part in (ANSWER.question, "42 m/s when it is out of service. 1", "[not supported by your documents]"):
        assert part in said
    for citation in CITATIONS:
        assert f"“{citation.quote}”" in said
    assert [entry.title for entry in reader.outline] == [ANSWER.question, ANSWER.question]  # type: ignore[union-attr]
    links = [link.get_object() for page in reader.pages for link in page.get("/Annots", [])]
    assert len(links) >= 2 * len(CITATIONS)
    assert all("/A" not in link or link["/A"]["/S"] == "/GoTo" for link in links)


@pytest.fixture(scope="module")
def every_script() -> str:
    """What a PDF says that quotes every script."""
    return read_back(pdf(paper_of("T", [turn(saying(" | ".join([*SCRIPTS.values(), *SHAPED.values()])))], "en", UTC)))


@pytest.mark.parametrize("script", SCRIPTS)
def test_every_script_is_written(every_script: str, script: str) -> None:
    assert SCRIPTS[script].replace(" ", "") in every_script.replace(" ", "")


@pytest.mark.parametrize("script", SHAPED)
def test_every_letter_of_a_script_that_is_shaped_is_there(every_script: str, script: str) -> None:
    assert "\ufffd" not in every_script
    assert set(SHAPED[script]) <= set(every_script) | {"ั", "ี"}  # a mark may come out within its letter


def test_text_is_no_markup_and_no_alias() -> None:
    said = read_back(written("**bold** __it__ {nb} [a](http://b.example) <b>c</b>"))
    assert "**bold** __it__ {nb} [a](http://b.example) <b>c</b>" in said


def test_a_sign_of_a_private_font_is_shown_as_unknown_and_a_letter_without_a_font_is_refused() -> None:
    assert "\ufffd dot" in read_back(written("\uf0b7 dot"))
    with pytest.raises(PhialError) as caught:
        written("𓀀𓀁")  # hieroglyphs
    assert caught.value.kind is LibraryProblem.PDF_LACKS_LETTERS
    assert caught.value.parameters == {"letters": "𓀀𓀁"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_refusal_found_nearest_and_how_it_was_understood_is_said(language: str) -> None:
    answer = dataclasses.replace(
        ANSWER, refused=True, sentences=(Sentence("No.", supported=False),), citations=(),
        nearest=CITATIONS[:1], understood="Which gust in 2021?", model="", is_stand_in=False,
    )  # fmt: skip
    said = read_back(pdf(paper_of("T", [turn(answer)], language, UTC)))
    assert text("ask_nearest", language) in said
    assert f"“{CITATIONS[0].quote}”" in said
    assert " ".join(text("ask_understood", language, question="Which gust in 2021?").split()) in said


@pytest.mark.parametrize("before", [7, 13])
@pytest.mark.parametrize("question", ["Which crane?", "Which crane stands there? " * 8])
def test_a_question_begins_on_the_page_of_its_answer_and_the_outline_leads_there(question: str, before: int) -> None:
    short = dataclasses.replace(saying("q"), question=question, sentences=(Sentence("It stands.", supported=True),))
    long = dataclasses.replace(
        short, question="First?", sentences=(Sentence("So it is. " * 10 * before, supported=True),)
    )
    reader = pypdf.PdfReader(io.BytesIO(pdf(paper_of("T", [turn(long)] + [turn(short)] * 12, "en", UTC))))
    pages = [" ".join(page.extract_text().split()) for page in reader.pages]
    assert not any(page.endswith((question.strip(), f"UTC · {ANSWER.model}")) for page in pages)
    begun = [reader.get_destination_page_number(entry) for entry in reader.outline[1:] if not isinstance(entry, list)]
    assert len(begun) == 12
    assert [begun.count(number) for number in range(len(pages))] == [page.count("It stands.") for page in pages]


def test_the_same_conversation_gives_the_same_bytes() -> None:
    assert written("a") == written("a")


def test_a_long_conversation_has_pages_and_none_of_it_is_lost() -> None:
    answer = saying("quay " * 400)
    content = pdf(paper_of("T", [turn(answer)] * 6, "en", UTC))
    assert len(pypdf.PdfReader(io.BytesIO(content)).pages) > 1
    assert read_back(content).count("quay") == 6 * 400


letters = st.text(st.sampled_from("aé Ωжا✓\t\n*_{}[]\u200d\u00ad\uf0b7\x00\ud800"), max_size=40)


@given(letters)
@settings(max_examples=8, phases=[Phase.generate])
def test_any_text_of_what_is_known_can_be_written(words: str) -> None:
    assert written(words).startswith(b"%PDF-")

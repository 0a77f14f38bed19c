from __future__ import annotations

import dataclasses

from desktop.widgets.sources import as_html, as_plain_text, gaps, numbers_of
from rag.protocol import Sentence
from tests.fakes.plausible import ANSWER, CITATIONS


def test_plain_text_with_sources_names_document_page_and_quote_of_every_citation() -> None:
    text = as_plain_text(ANSWER, with_sources=True)
    assert "when it is out of service. [1] These design values" in text
    assert (
        "[1] Harbour wind study 2025.pdf, p. 57 · 4.2 Design values: “The crane on the north quay shall withstand"
        in text
    )
    assert "[2] Harbour wind study 2025.pdf, p. 3 (iii) · Approval: “approved by the port authority" in text
    assert "[3] Turbine inspection notes.md, 9 May: “the anemometer" in text
    assert "most storms." in text.splitlines()[0]
    assert "storms. [" not in text


def test_without_sources_there_are_no_numbers() -> None:
    assert as_plain_text(ANSWER, with_sources=False) == ANSWER.text


def test_html_escapes_the_answer_and_the_documents() -> None:
    hostile = dataclasses.replace(
        ANSWER,
        text="<script>x</script> **bold**",
        sentences=(Sentence("<script>x</script> **bold**", True, (1,)),),
        citations=(dataclasses.replace(CITATIONS[0], document="<img src=x>.pdf", quote="<a href='y'>"),),
    )
    copied = as_html(hostile, with_sources=True)
    assert "&lt;script&gt;x&lt;/script&gt; <b>bold</b> [1]" in copied
    assert "&lt;img src=x&gt;.pdf" in copied
    for forbidden in ("<script", "<img", "<a "):
        assert forbidden not in copied


def test_a_citation_carries_the_number_of_its_passage_once() -> None:
    citations = (
        dataclasses.replace(CITATIONS[0], number=1, passage=4),
        dataclasses.replace(CITATIONS[1], number=2, passage=4),
        dataclasses.replace(CITATIONS[2], number=3, passage=2),
    )
    answer = dataclasses.replace(ANSWER, citations=citations)
    assert numbers_of(Sentence("x", True, (1, 2, 3, 9)), answer) == (4, 2)


def test_paragraphs_of_the_whole_text_are_kept() -> None:
    answer = dataclasses.replace(
        ANSWER,
        text="One.\n\nTwo. Three.",
        sentences=tuple(Sentence(text, False) for text in ("One.", "Two.", "Three.")),
    )
    assert gaps(answer) == ["", "\n\n", " "]
    assert as_plain_text(answer, with_sources=False) == answer.text
    assert as_html(answer, with_sources=False) == "<p>One.</p><p>Two. Three.</p>"

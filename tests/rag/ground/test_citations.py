"""What is quoted, and where it stands on its page: the fewest sentences that support, in all their lines."""

from __future__ import annotations

import itertools
from pathlib import Path

from rag.ground import ground
from rag.pages import document_boxes
from rag.protocol import Passage
from tests.rag.extract.making import make_pdf, read, text_page, written
from tests.rag.making_passages import passage

CRANE = passage(
    "Design of the crane\n\nThe crane on the north quay was built by Ada Lane. It withstands a gust of 42 m/s. "
    "The crane on the north quay, which Ada Lane built, was painted in spring by the port, and stands today.",
    document="study.md",
)


def quotes(answer: str, held: Passage = CRANE) -> list[str]:
    return [citation.quote for citation in ground(answer, [held]).citations]


def test_the_shorter_of_two_sentences_that_say_it_is_quoted() -> None:
    assert quotes("Ada Lane built the crane on the north quay.") == [
        "The crane on the north quay was built by Ada Lane.",
    ]


def test_a_sentence_whose_subject_the_one_before_names_is_quoted_with_it() -> None:
    held = passage("Ada Lane designed cranes. She moved to Rome in 1931.", document="lane.md")
    assert quotes("Ada Lane moved to Rome in 1931.", held) == ["Ada Lane designed cranes. She moved to Rome in 1931."]


def test_a_heading_is_never_quoted() -> None:
    assert quotes("The design of the crane.") == []


def test_a_quote_of_several_lines_has_a_box_on_each(tmp_path: Path) -> None:
    lines = (
        "The study was made in March.",
        "The crane on the north quay",
        "withstands a gust of 42",
        "metres a second.",
    )
    _, (page,) = read(written(tmp_path, "study.pdf", make_pdf([text_page(*lines)])))
    held = passage(page.text, document="study.pdf")
    (citation,) = ground("The crane on the north quay withstands a gust of 42 metres a second.", [held]).citations
    assert " ".join(citation.quote.split()) == " ".join(lines[1:])
    start, end = citation.start - held.start, citation.end - held.start
    boxes = document_boxes(page.words, start, end)
    assert len(boxes) == 3
    assert all(above[3] <= below[1] + 1 for above, below in itertools.pairwise(boxes))
    (before,) = document_boxes(page.words, 0, start)
    assert before[3] <= boxes[0][1] + 1

from __future__ import annotations

import pytest

from rag.ground import answers, ground, quote_nearest, without_headings
from tests.rag.making_passages import passage

REPORT = passage(
    "# Harbour report: a summary\n\nNet sales\n\nNet sales of the harbour were 42 million euros in 2023.",
    section="Harbour report: a summary › Net sales",
)
QUESTION = "What were the net sales of the harbour in 2023?"
TRUE = "Net sales of the harbour were 42 million euros in 2023."


@pytest.mark.parametrize("heading", ["Net sales", "# Harbour report: a summary", "Summary:", "**Answer:**"])
def test_a_heading_is_no_sentence_of_an_answer_that_has_others(heading: str) -> None:
    found = without_headings(ground(f"{heading}\n\n{TRUE}", [REPORT]), [REPORT])
    assert [(sentence.text, sentence.citations) for sentence in found.sentences] == [(TRUE, (1,))]
    assert [(citation.number, citation.quote) for citation in found.citations] == [(1, TRUE)]


def test_what_is_unsupported_is_no_heading() -> None:
    found = without_headings(ground(f"Net sales\n\n{TRUE} Bananas are blue", [REPORT]), [REPORT])
    assert [sentence.text for sentence in found.sentences] == [TRUE, "Bananas are blue"]


def test_an_answer_of_headings_alone_is_none() -> None:
    written = ground("Net sales", [REPORT])
    assert without_headings(written, [REPORT]).sentences == ()
    assert not answers(QUESTION, written, [REPORT])


@pytest.mark.parametrize(
    ("answer", "is_answered"),
    [
        (TRUE, True),
        ("The passage provides information about the net sales of the harbour in 2023.", False),
        ("The text is about the net sales of the harbour.", False),
    ],
)
def test_telling_of_the_passages_is_no_answer(answer: str, is_answered: bool) -> None:
    held = passage(f"{TRUE} The passage provides information about the net sales of the harbour in 2023. "
                   "The text is about the net sales of the harbour.")  # fmt: skip
    written = ground(answer, [held])
    assert written.sentences[0].supported
    assert answers(QUESTION, written, [held]) is is_answered


def test_a_title_with_a_colon_is_quoted_only_where_there_is_nothing_else() -> None:
    assert quote_nearest("What is the harbour report?", [REPORT]).sentences[0].text == TRUE
    alone = passage("# Harbour report: a summary")
    assert quote_nearest("What is the harbour report?", [alone]).sentences[0].text == alone.text


def test_what_is_asked_without_spaces_is_quoted_in_its_own_words() -> None:
    held = passage("Мост построен в 1998 году.\n\n该桥的设计风速为每秒41米。\n\n桥面宽3米。")
    assert quote_nearest("桥的设计风速是多少?", [held]).sentences[0].text == "该桥的设计风速为每秒41米。"


def test_a_true_sentence_about_something_else_is_no_answer() -> None:
    kettle = passage("La soupe est préparée dans le grand chaudron de M. Lacombe, qui contient cent vingt litres.")
    cistern = passage("The cistern holds 2,800 litres, enough for nine days.", 2)
    asked = "Combien de litres contient le chaudron de M. Lacombe ?"
    for answer, is_answered in (
        ("The cistern holds 2,800 litres.", False),
        ("Le chaudron contient cent vingt litres.", True),
    ):
        written = ground(answer, [kettle, cistern])
        assert written.sentences[0].supported
        assert answers(asked, written, [kettle, cistern]) is is_answered

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.finding_question import sought_in
from rag.lexicon import lexical_query
from rag.quotations import quotations, without_quotations
from rag.wanted import wanted


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('Who said "to be or not" and "no"?', ["to be or not", "no"]),
        ("“one” „two“ „three” «four» »five« ‘six words’", ["one", "two", "three", "four", "five", "six words"]),
        ("l’accord et l’annexe, the crew’s cabin", []),
        ('an inch is 1" long', []),
    ],
)
def test_each_pair_of_marks_quotes(text: str, quoted: list[str]) -> None:
    assert quotations(text) == quoted


@given(st.text(alphabet="ab “”„«»‘’\"'", max_size=30))
def test_without_them_everything_else_stands_where_it_stood(text: str) -> None:
    left = without_quotations(text)
    assert len(left) == len(text)
    assert all(one in {" ", other} for one, other in zip(left, text, strict=True))
    assert (left == text) == (quotations(text) == [])


@pytest.mark.parametrize("marks", ['""', "“”", "„“", "«»", "‘’"])
def test_whoever_reads_a_question_sees_the_same_quotation(marks: str) -> None:
    question = f"Which reports say {marks[0]}bird strike{marks[1]}?"
    assert sought_in(question).phrases == ("bird strike",)
    assert wanted(question, "en").phrases == (("bird", "strike"),)
    assert [one.written for one in lexical_query(question, ["en"]).quotations] == [" bird strike "]

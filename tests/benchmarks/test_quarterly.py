"""Which questions count, and what is a hit."""

from __future__ import annotations

from quarterly import Outcome, Question, single_report_questions

REPORTS = ["2023 Q1 AAPL.pdf", "2023 Q3 AAPL.pdf", "2023 Q3 NVDA.pdf"]


def test_only_questions_about_one_report_that_is_there_count() -> None:
    rows = [
        {"Question": "one", "Source Docs": "*2023 Q3 NVDA*"},
        {"Question": "a whole company", "Source Docs": "*AAPL*"},
        {"Question": "a whole company with one report here", "Source Docs": "*NVDA*"},
        {"Question": "not here", "Source Docs": "*2023 Q3 MSFT*"},
        {"Question": "two", "Source Docs": "*2023 Q1 AAPL*"},
    ]
    assert single_report_questions(rows, REPORTS) == [
        Question("one", "2023 Q3 NVDA.pdf"),
        Question("two", "2023 Q1 AAPL.pdf"),
    ]


def test_a_hit_is_the_very_report() -> None:
    question = Question("one", "2023 Q3 NVDA.pdf")
    assert Outcome(question, ("2023 Q3 AAPL.pdf", "2023 Q3 NVDA.pdf"), 0.1).is_hit
    assert not Outcome(question, ("2023 Q3 AAPL.pdf",), 0.1).is_hit
    assert not Outcome(question, (), 0.1).is_hit

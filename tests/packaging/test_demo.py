"""What the demo says of an answer."""

from __future__ import annotations

import demo
import pytest

from rag.protocol import Answer, Citation, Passage, Timings


def answer(*, cited: int, found: int) -> Answer:
    passage = Passage(1, "sum", "a.pdf", "/a.pdf", found, "", "", "words", 0, 5, 1.0)
    citation = Citation(1, 1, "sum", "a.pdf", "/a.pdf", cited, "", "words", 0, 5)
    timings = Timings(0.1, 0.2, 0.3, 10, 5)
    return Answer("why?", "words", False, 1.0, (), (citation,), (passage,), "model", True, timings)


@pytest.mark.parametrize(
    ("cited", "found", "said"), [(2, 2, "cited: "), (1, 2, "found, but not cited: "), (1, 3, "missing: ")]
)
def test_the_verdict_is_about_the_very_page(cited: int, found: int, said: str) -> None:
    assert demo.verdict(answer(cited=cited, found=found), "a.pdf", 2) == f"{said}a.pdf, page 2"
    assert demo.verdict(answer(cited=cited, found=found), "b.pdf", 2) == "missing: b.pdf, page 2"

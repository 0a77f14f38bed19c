from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.widgets.citation_trail import CitationTrail
from tests.fakes.plausible import CITATIONS, PASSAGES


@given(st.integers(0, len(CITATIONS) - 1), st.integers(-4, 4))
def test_a_step_stays_within_the_citations(start: int, by: int) -> None:
    trail = CitationTrail(CITATIONS[start], CITATIONS)
    there = trail.stepped(by)
    assert there.place == (trail.place + by if 1 <= trail.place + by <= len(CITATIONS) else trail.place)
    assert there.items == CITATIONS


def test_a_document_by_itself_leads_nowhere_and_marks_nothing() -> None:
    alone = CitationTrail()
    assert (alone.place, alone.stepped(1), alone.quote, alone.spans_on("x", 1)) == (0, alone, "", ())


def test_marks_stand_on_their_own_page_alone() -> None:
    citation, passage = CITATIONS[0], PASSAGES[0]
    trail = CitationTrail(citation, CITATIONS)
    assert trail.spans_on(citation.sha256, citation.page) == ((citation.start, citation.end),)
    assert trail.spans_on(citation.sha256, citation.page + 1) == ()
    marked = CitationTrail(passage, PASSAGES).spans_on(passage.sha256, passage.page)
    assert [passage.text[a - passage.start : b - passage.start] for a, b in marked] == [
        "crane",
        "north quay",
        "gust speed",
    ]

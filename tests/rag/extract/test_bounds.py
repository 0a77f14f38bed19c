import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.frames import LARGEST_FRAME
from rag.errors import LibraryProblem, PhialError, Problem
from rag.extract import Heading, Limits, PageText, Word
from rag.extract.bounds import Bounds, bounded
from rag.extract.messages import CODEC, PageRead

SMALL = Limits(page_characters=40, page_words=6, page_headings=2, document_characters=80, pages=3)


def page(text: str, number: int = 1, problem: Problem | None = None) -> PageText:
    """A page of words of four characters, each a heading too."""
    starts = range(0, len(text) - 4, 5)
    words = tuple(Word(start, start + 4, (start, 0.0, start + 4.0, 10.0)) for start in starts)
    headings = tuple(Heading(start, 1, text[start : start + 4]) for start in starts)
    return PageText(number, "", text, words, 100.0, 100.0, headings, problem, has_pictures=False)


def test_a_page_within_the_limits_is_as_it_was() -> None:
    short = page("some word")
    assert bounded(short, SMALL, "a.pdf") is short


@given(st.integers(1, 60))
def test_a_page_beyond_them_is_cut_and_says_so(words: int) -> None:
    whole = page("abcd " * words)
    cut = bounded(whole, SMALL, "a.pdf")
    is_cut = len(whole.text) > 40 or len(whole.words) > 6
    assert (cut.text != whole.text) == is_cut
    assert whole.text.startswith(cut.text)
    assert len(cut.text) <= 40
    assert len(cut.words) <= 6
    assert len(cut.headings) <= 2
    assert all(word.end <= len(cut.text) for word in cut.words)
    assert all(heading.start < len(cut.text) for heading in cut.headings)
    assert (cut.problem is not None) == is_cut
    if cut.problem is not None:
        assert cut.problem.kind == LibraryProblem.PAGE_TOO_LONG
        assert cut.problem.parameters == {"path": "a.pdf", "page": 1, "characters": len(cut.text)}


def test_the_reason_that_a_page_has_already_is_kept() -> None:
    reason = Problem(LibraryProblem.PAGE_FAILED, {"path": "a.pdf", "page": 1})
    assert bounded(page("abcd " * 50, problem=reason), SMALL, "a.pdf").problem == reason


def test_a_document_of_too_many_pages_or_too_much_text_is_refused() -> None:
    bounds = Bounds(SMALL, "a.pdf")
    bounds.check_pages(3)
    with pytest.raises(PhialError) as caught:
        bounds.check_pages(4)
    assert (caught.value.kind, caught.value.parameters["pages"]) == (LibraryProblem.DOCUMENT_TOO_LONG, 4)
    for number in (1, 2):
        bounds.taken(page("abcd " * 8, number))
    with pytest.raises(PhialError) as caught:
        bounds.taken(page("abcd " * 8, 3))
    assert caught.value.kind is LibraryProblem.DOCUMENT_TOO_LONG


def test_the_largest_page_fits_a_frame() -> None:
    limits = Limits()
    word = Word(0, 1, (0.0, 0.0, 1.0, 1.0))
    heading = Heading(limits.page_characters - 1, 6, "\U00010400" * 200)
    largest = PageText(
        1, "", "\U00010400" * limits.page_characters, (word,) * limits.page_words, 1.0, 1.0,
        (heading,) * limits.page_headings, None, has_pictures=False,
    )  # fmt: skip
    assert len(CODEC.encode(PageRead.of(largest))) <= LARGEST_FRAME

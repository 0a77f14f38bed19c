"""Which lines of a page are a table of contents' entries, and which only look like them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rag.contents import FEWEST_LINES, contents
from rag.pages import PageText

TITLES = ("1 Summary", "2 Study population", "2.1 Who may take part", "3 Adverse events", "4 Statistics")
NUMBERS = (3, 5, 5, 17, 30)


def page(text: str, number: int = 1) -> PageText:
    return PageText(number, "", text, (), 595.0, 842.0, (), None, has_pictures=False)


def found(text: str, pages: int = 40) -> list[str]:
    """The entries that are found on the first of a document's pages."""
    rest = [page("The study was small.", number) for number in range(2, pages + 1)]
    spans = contents([page(text), *rest]).get(1, ())
    return [text[slice(*span)] for span in spans]


def listed(leader: str, numbers: tuple[int, ...] = NUMBERS) -> list[str]:
    return [f"{title} {leader} {number}" for title, number in zip(TITLES, numbers, strict=True)]


def test_entries_with_each_kind_of_leader() -> None:
    for leader in ("........", ". . . . . .", "· · · · ·", "………"):
        entries = listed(leader)
        assert found("Contents\n" + "\n".join(entries) + "\nAll rights reserved.") == entries


def test_prices_are_no_pages() -> None:
    assert found("\n".join(listed(".......", (12, 4, 9, 3, 11)))) == []
    assert found("\n".join(f"{title} ....... {number}.50" for title, number in zip(TITLES, NUMBERS, strict=True))) == []
    assert found("\n".join(listed(".......", (900, 950, 1200, 1500, 1800)))) == []


def test_a_few_dots_in_prose_are_none() -> None:
    assert found("He waited .... 3\nand waited .... 4\nThe end.") == []
    assert found("\n".join(TITLES)) == []


@given(st.text(), st.integers(1, 200))
def test_what_is_found_are_whole_lines_of_the_page(text: str, pages: int) -> None:
    for span, following in zip(spans := list(contents([page(text)]).get(1, ())), spans[1:], strict=False):
        assert span[1] <= following[0]
    assert not spans or len(spans) >= FEWEST_LINES
    assert pages >= len(contents([page(text, number) for number in range(1, pages + 1)]))

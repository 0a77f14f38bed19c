from collections.abc import Callable, Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.chunk import ChunkOptions, PassageDraft, cut
from rag.pages import Heading, PageText


def count_words(texts: Sequence[str]) -> list[int]:
    """Tokens: a word is one for every five characters it has, or part of five."""
    return [sum(-(-len(word) // 5) for word in text.split()) for text in texts]


def page(text: str, *headings: tuple[int, str, str], number: int = 1) -> PageText:
    """A page whose headings are (level, words in the text that it stands at, its own text)."""
    found = tuple(Heading(text.index(at), level, title) for level, at, title in headings)
    return PageText(number, "", text, (), 0, 0, found, None, has_pictures=False)


def passages(*pages: PageText, tokens: int = 20, smallest: int = 0) -> list[PassageDraft]:
    return list(cut(pages, count_words, ChunkOptions(tokens, smallest)))


def texts(*pages: PageText, tokens: int = 20, smallest: int = 0) -> list[str]:
    return [passage.text for passage in passages(*pages, tokens=tokens, smallest=smallest)]


def test_sentences_are_put_together_up_to_the_limit() -> None:
    assert texts(page("One two. Six six. Ten ten ten. End."), tokens=4) == ["One two. Six six.", "Ten ten ten. End."]


def test_a_passage_rather_ends_with_a_paragraph() -> None:
    text = "Aa aa. Bb bb. Cc cc.\n\nDd dd. Ee ee."
    assert texts(page(text), tokens=8) == ["Aa aa. Bb bb. Cc cc.", "Dd dd. Ee ee."]
    assert texts(page("Aa.\n\nDd dd. So so. It is."), tokens=6) == ["Aa.\n\nDd dd. So so.", "It is."]


def test_a_long_sentence_is_cut_at_clauses_then_words_then_anywhere() -> None:
    assert texts(page("One two, four five six; seven eight nine."), tokens=6) == [
        "One two, four five six;",
        "seven eight nine.",
    ]
    assert texts(page("One two six ten one two six"), tokens=3) == ["One two six", "ten one two", "six"]
    assert "".join(texts(page("x" * 1000), tokens=4)) == "x" * 1000


def test_sections_follow_headings_and_are_carried_over_pages() -> None:
    first = page("Title\nIntro here.\nGusts\nStrong ones.", (1, "Title", "Title"), (2, "Gusts", "Gusts"))
    second = page("Still gusts.\nLoads\nHeavy ones.", (2, "Loads", "Loads"), number=2)
    assert [(found.page, found.section, found.text) for found in passages(first, second)] == [
        (1, "Title", "Title\nIntro here."),
        (1, "Title › Gusts", "Gusts\nStrong ones."),
        (2, "Title › Gusts", "Still gusts."),
        (2, "Title › Loads", "Loads\nHeavy ones."),
    ]


def test_a_heading_without_text_goes_with_what_follows() -> None:
    text = "Part\nGusts\nStrong ones."
    (found,) = passages(page(text, (1, "Part", "Part"), (2, "Gusts", "Gusts")))
    assert (found.section, found.text) == ("Part › Gusts", text)


def test_headings_of_an_empty_page_hold_on_the_next() -> None:
    empty = PageText(1, "", "", (), 0, 0, (Heading(0, 1, "Part"),), None, has_pictures=True)
    assert [found.section for found in passages(empty, page("Words.", number=2))] == ["Part"]


def test_small_neighbours_of_related_sections_are_joined() -> None:
    text = "Top\nGusts\nStrong.\nLoads\nHeavy.\nOther\nApart."
    headings = ((1, "Top", "Top"), (2, "Gusts", "Gusts"), (2, "Loads", "Loads"), (1, "Other", "Other"))
    assert [(found.section, found.text) for found in passages(page(text, *headings), smallest=5)] == [
        ("Top", "Top\nGusts\nStrong.\nLoads\nHeavy."),
        ("Other", "Other\nApart."),
    ]
    assert len(passages(page(text, *headings), smallest=0)) == 3


def test_small_passages_of_different_pages_stay_apart() -> None:
    assert texts(page("One."), page("Two.", number=2), smallest=10) == ["One.", "Two."]


def test_pages_are_taken_one_at_a_time_and_texts_many_at_a_time() -> None:
    calls: list[int] = []

    def count(texts: Sequence[str]) -> list[int]:
        calls.append(len(texts))
        return count_words(texts)

    def pages() -> object:
        yield page("One. Two. Three.")
        raise AssertionError("the second page was asked for too early")

    stream = cut(pages(), count)  # type: ignore[arg-type]
    assert next(stream).text == "One. Two. Three."
    assert calls == [3]


@pytest.mark.parametrize(("tokens", "smallest"), [(0, 0), (10, 11), (10, -1)])
def test_options_without_sense_are_refused(tokens: int, smallest: int) -> None:
    with pytest.raises(ValueError, match="room"):
        ChunkOptions(tokens, smallest)


WORDS = st.sampled_from(
    ["a", "Bb", "ccc.", "dd,", "E.", "p.", "3", "\n", "\n\n", "longerword;", "x" * 60, "第一句。", "• "]
)
TEXTS = st.lists(WORDS, max_size=80).map(" ".join) | st.text(max_size=60)


@st.composite
def documents(draw: Callable[..., list[str]]) -> list[PageText]:
    pages = []
    for number, text in enumerate(draw(st.lists(TEXTS, max_size=3)), start=1):
        starts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=4)))
        headings = tuple(Heading(start, 1 + index % 3, f"h{index}") for index, start in enumerate(map(int, starts)))
        pages.append(PageText(number, "", text, (), 0, 0, headings, None, has_pictures=False))
    return pages


TABLE = (
    "| 2023 | 2022\nRevenue | 13,507 | 6,704\nCost of it | 4,045 | 3,789\nMargin | 9 | 12\n\nWhat follows the table."
)


def test_a_passage_that_begins_inside_a_table_knows_its_header() -> None:
    found = passages(page(f"Part\n\n{TABLE}", (1, "Part", "Part")), tokens=10)
    assert [(passage.text, passage.section) for passage in found] == [
        ("Part\n\n| 2023 | 2022", "Part"),
        ("Revenue | 13,507 | 6,704", "Part › 2023 | 2022"),
        ("Cost of it | 4,045 | 3,789", "Part › 2023 | 2022"),
        ("Margin | 9 | 12", "Part › 2023 | 2022"),
        ("What follows the table.", "Part"),
    ]
    assert [passage.section for passage in passages(page(TABLE), tokens=100)] == [""]


def test_a_table_of_markdown_knows_its_header_too_and_other_lines_with_bars_do_not() -> None:
    markdown = "| Year | Rain |\n| --- | --- |\n| 2022 | 4 |\n| 2023 | 5 |"
    assert passages(page(markdown), tokens=6)[-1].section == "Year | Rain"
    assert {passage.section for passage in passages(page("Apple | 10-Q | 3\nApple | 10-Q | 4"), tokens=6)} == {""}


def cut_without(text: str, *left_out: str, headings: tuple[tuple[int, str, str], ...] = ()) -> list[tuple[str, str]]:
    spans = [(text.index(words), text.index(words) + len(words)) for words in left_out]
    found = cut([page(text, *headings)], count_words, ChunkOptions(40, 20), {1: spans})
    return [(passage.text, passage.section) for passage in found]


def test_what_is_left_out_is_in_no_passage_and_parts_what_is_before_it_from_what_is_behind() -> None:
    text = "Report of May\nThe crane stood still.\n\nThe wind blew.\n3"
    assert cut_without(text, "Report of May", "\n3") == [("The crane stood still.\n\nThe wind blew.", "")]
    assert cut_without(text, "crane stood still.") == [("Report of May\nThe", ""), ("The wind blew.\n3", "")]


def test_a_heading_that_is_left_out_is_none() -> None:
    headings = ((1, "Report", "Report of May"), (2, "Wind", "Wind"))
    assert cut_without("Report of May\nWind\nIt blew.", "Report of May", headings=headings) == [
        ("Wind\nIt blew.", "Wind")
    ]


@given(documents(), st.integers(1, 30), st.integers(0, 30), st.lists(st.integers(0, 200), max_size=6, unique=True))
def test_passages_are_exact_in_order_apart_small_enough_and_hold_all_the_text_that_is_not_left_out(
    pages: list[PageText], tokens: int, smallest: int, edges: list[int]
) -> None:
    options = ChunkOptions(tokens, min(tokens, smallest))
    starts = sorted(edges)
    left_out = {
        of.number: [(start, end) for start, end in zip(starts[::2], starts[1::2], strict=False) if end <= len(of.text)]
        for of in pages
    }
    found = list(cut(pages, count_words, options, left_out))
    assert [passage.page for passage in found] == sorted(passage.page for passage in found)
    for of in pages:
        here = [passage for passage in found if passage.page == of.number]
        for passage in here:
            assert passage.text == of.text[passage.start : passage.end]
            assert passage.text.strip()
            assert count_words([passage.text])[0] <= tokens
        for before, after in pairwise(here):
            assert before.end <= after.start
        covered = {index for passage in here for index in range(passage.start, passage.end)}
        without = {index for start, end in left_out[of.number] for index in range(start, end)}
        assert covered.isdisjoint(without)
        assert all(
            index in covered or index in without or character.isspace() for index, character in enumerate(of.text)
        )

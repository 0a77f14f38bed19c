from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.extract.characters import composed, readable, with_accents
from rag.extract.headings import HEADING_SIZE, OutlineEntry, TypeSizes, type_sizes
from rag.extract.layout import PageLayout, lay_out
from tests.rag.extract.placing import placed_line


def laid(
    *lines: tuple[float, float, float, str], outline: list[OutlineEntry] | None = None, body: float = 12
) -> PageLayout:
    """The layout of lines, each with its left, top, height and text."""
    made = [placed_line(*line) for line in lines if line[3].strip()]
    return lay_out(made, outline, TypeSizes(body, HEADING_SIZE * body) if outline is None else None)


def column(
    *lines: str, left: float = 50, pitch: float = 14, height: float = 12
) -> list[tuple[float, float, float, str]]:
    return [(left, 100 + pitch * index, height, line) for index, line in enumerate(lines)]


def text_of(*lines: tuple[float, float, float, str]) -> str:
    return laid(*lines).text


def test_lines_of_a_paragraph_and_the_gap_after_it() -> None:
    lines = column("one line", "and the next.", "and more", "", "New paragraph", "goes on")
    assert text_of(*lines) == "one line\nand the next.\nand more\n\nNew paragraph\ngoes on"


def test_an_indented_line_behind_a_full_stop_begins_a_paragraph() -> None:
    lines = column("One line of words", "ends here.", "Next begins", "and goes on.")
    lines[2] = (70, *lines[2][1:])
    assert text_of(*lines) == "One line of words\nends here.\n\nNext begins\nand goes on."


def test_a_sentence_goes_on_in_the_next_column() -> None:
    left, right = column("one two", "three four"), column("five six.", "Seven", left=300)
    assert text_of(*left, *right) == "one two\nthree four\nfive six.\nSeven"
    assert text_of(*column("one two", "three."), *right) == "one two\nthree.\nfive six.\nSeven".replace(
        "three.\nfive", "three.\n\nfive"
    )


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("the infor-", "mation is here"), "the information is here"),
        (("a long-", "term plan, is long-term"), "a long-term plan, is long-term"),
        (("a well- ", "known man, well known to all"), "a well-known man, well known to all"),
        (("Anglo-", "Saxon"), "Anglo-Saxon"),
        (("pages 3-", "4"), "pages 3-\n4"),
        (("so -", "he said"), "so -\nhe said"),
    ],
)
def test_words_that_a_line_end_divides(lines: tuple[str, ...], expected: str) -> None:
    assert text_of(*column(*lines)) == expected


def test_a_divided_word_is_two_words_with_a_box_each() -> None:
    layout = laid(*column("the infor-", "mation"))
    assert [layout.text[word.start : word.end] for word in layout.words] == ["the", "infor", "mation"]
    assert layout.words[1].box[1] < layout.words[2].box[1]
    assert layout.words[1].end == layout.words[2].start


BODY = column(*["words of the body of this page, in a line"] * 10)


def test_larger_type_makes_headings_whose_level_is_their_size() -> None:
    lines = [(50, 10, 24, "The title"), (50, 40, 17, "A part that is long"), (50, 58, 17, "and goes on"), *BODY]
    headings = laid(*lines).headings
    assert [(heading.level, heading.text) for heading in headings] == [
        (1, "The title"),
        (2, "A part that is long and goes on"),
    ]


def test_page_numbers_numbers_and_pages_without_a_body_make_no_headings() -> None:
    assert laid((50, 10, 24, "Page 3 of 4"), (50, 40, 30, "2025"), *BODY).headings == ()
    few = [placed_line(50, 10, 24, "The title"), placed_line(50, 40, 12, "short")]
    assert lay_out(few, None, type_sizes(few)).headings == ()


def test_an_outline_says_what_a_heading_is() -> None:
    lines = [
        (50, 10, 24, "Larger type"),
        *column("The parts and more", "The parts", "words", "A title that is", "wrapped"),
    ]
    outline = [
        OutlineEntry(1, "The  Parts", 128.0),
        OutlineEntry(2, "A title that is wrapped", None),
        OutlineEntry(2, "Not said in words", 130.0),
        OutlineEntry(1, "", 0.0),
    ]
    layout = laid(*lines, outline=outline)
    assert [
        (heading.level, heading.text, layout.text[heading.start :].split("\n")[0]) for heading in layout.headings
    ] == [
        (1, "The Parts", "The parts"),
        (2, "Not said in words", "words"),
        (2, "A title that is wrapped", "A title that is"),
    ]
    assert laid(*lines, outline=[]).headings == ()
    assert laid(outline=outline).headings == ()


TEXTS = st.text(alphabet="ab C.,-1•|", min_size=1, max_size=30).filter(str.strip)
PLACES = st.floats(min_value=0, max_value=600, width=32)


@given(st.lists(st.tuples(PLACES, PLACES, TEXTS)))
def test_words_are_exact_spans_in_order_and_hold_all_but_space_and_separators(
    placed: list[tuple[float, float, str]],
) -> None:
    layout = laid(*[(left, top, 12, text) for left, top, text in placed])
    ends = [0]
    covered: set[int] = set()
    for word in layout.words:
        assert ends[-1] <= word.start < word.end
        ends.append(word.end)
        covered.update(range(word.start, word.end))
        assert word.box[0] < word.box[2]
        assert word.box[1] < word.box[3]
    for index, character in enumerate(layout.text):
        assert index in covered or character.isspace() or character == "|"
        assert index not in covered or not character.isspace()
    signs = Counter("".join(text for *_, text in placed))
    kept = Counter(layout.text[index] for index in covered)
    # Nothing is lost but hyphens between the parts of a word.
    assert all(kept[sign] == signs[sign] for sign in signs if sign not in " -")


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (ord("a"), "a"), (0xFB01, "fi"), (0xFB04, "ffl"), (0xA0, " "), (0x2009, " "), (0x3000, " "), (0xF0B7, "•"),
        (0, ""), (0x7F, ""), (0x200B, ""), (0xFEFF, ""), (0xFFFE, ""), (0xD800, ""), (0x110000, ""), (0xFE8D, "ا"),
        (0x1F600, "\U0001f600"), (9, " "), (0xE9, "é"),
    ],
)  # fmt: skip
def test_single_characters(code: int, expected: str) -> None:
    assert readable(code) == expected


@given(st.integers(min_value=0, max_value=0x120000))
def test_every_code_reads_as_something_that_can_be_written(code: int) -> None:
    readable(code).encode("utf-8")
    assert "\0" not in readable(code)


def test_accents_are_put_on_their_letters() -> None:
    assert composed("e", "\u0301") == "é"
    assert composed("x", "\u0301") == ""
    assert composed("", "\u0301") == ""
    assert composed("a", "b") == ""
    assert with_accents("re\u0301sume\u0301, x\u0301") == "résumé, x\u0301"

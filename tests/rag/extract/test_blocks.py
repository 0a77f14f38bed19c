import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.extract.blocks import (
    Block,
    code,
    deeper,
    divided,
    document,
    heading,
    item,
    laid_out,
    paragraph,
    spans,
    text_pages,
)
from rag.pages import DocumentInfo

texts = st.text(alphabet="ab. \n", max_size=60)
blocks = st.lists(
    st.builds(Block, texts.filter(str.strip), st.integers(0, 6), st.sampled_from(["", "items", "rows"])), max_size=30
)


def test_the_layout_is_light_markdown() -> None:
    made = [
        *heading(1, "A  head"),
        *paragraph("one\ntwo\n\n\nthree"),
        *item(0, "a"),
        *item(1, "b\nc", "1."),
        *code("x\ty"),
    ]
    text, headings = laid_out(made)
    assert text == "# A head\n\none\ntwo\n\nthree\n\n- a\n  1. b c\n\n```\nx   y\n```"
    assert [(found.start, found.level, found.text) for found in headings] == [(0, 1, "A head")]


def test_what_has_no_words_gives_nothing() -> None:
    assert [*heading(1, " \u00ad"), *paragraph(" \n\x00"), *item(0, "\n"), *code(" \n ")] == []


def test_a_heading_that_is_too_long_is_a_paragraph() -> None:
    assert [block.level for block in heading(2, "word " * 100)] == [0]
    assert [block.level for block in deeper([*heading(9, "a"), *heading(1, "b"), *paragraph("c")], 2)] == [6, 3, 0]


@given(blocks)
def test_headings_stand_where_they_are_said(made: list[Block]) -> None:
    text, headings = laid_out(made)
    assert [found.text for found in headings] == [block.text for block in made if block.level]
    for found in headings:
        mark = "#" * found.level
        assert text.startswith(f"{mark} {found.text}", found.start)


@given(blocks, st.integers(40, 200))
def test_parts_are_no_longer_than_they_may_be_and_hold_everything(made: list[Block], most: int) -> None:
    parts = list(divided(made, most))
    assert all(len(laid_out(part)[0]) <= most for part in parts)
    assert all(parts)
    kept = "".join("".join(block.text.split()) for part in parts for block in part)
    assert kept == "".join("".join(block.text.split()) for block in made)


def test_a_heading_goes_with_what_follows_it() -> None:
    made = [Block("a" * 30), Block("Head", 1), Block("Below", 2), Block("b" * 30)]
    assert list(divided(made, 60)) == [made[:1], made[1:]]
    crowded = [Block("a" * 30), Block("H" * 40, 3), Block("b" * 50)]
    assert list(divided(crowded, 80)) == [crowded[:2], crowded[2:]]


@given(st.text(alphabet="ab. \n"), st.integers(1, 20))
def test_spans_hold_all_of_a_text(text: str, most: int) -> None:
    found = list(spans(text, most))
    assert "".join(text[start:end] for start, end in found) == text
    assert all(end - start <= most for start, end in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("aaaa bbbb\n\ncc. dd", "aaaa bbbb\n\n"),
        ("aaaa bbbb ccc\nd", "aaaa bbbb "),
        ("aaaaaaaaaaaaaaaa", "aaaaaaaaaaaa"),
    ],
)
def test_a_span_ends_where_a_person_would_end_it(text: str, expected: str) -> None:
    start, end = next(spans(text, 12))
    assert text[start:end] == expected


def test_a_document_has_one_page_at_least() -> None:
    info, page = document("docx", "  A\ntitle ", [], 1)
    assert info == DocumentInfo("docx", "A title", 1)
    assert page.number == 1  # type: ignore[union-attr]
    pages = text_pages([Block("a" * 70_000)], "label")
    assert [(one.number, one.label, len(one.text)) for one in pages] == [(1, "label", 59_992), (2, "label", 10_008)]
    assert list(document("docx", "", pages, 2))[1:] == pages[1:]

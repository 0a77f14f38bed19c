from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rag.furniture import furniture
from rag.pages import PageText, Word

HEIGHT = 800.0


def page(number: int, *lines: tuple[float, str]) -> PageText:
    """A page of lines, each with its top."""
    text, words = "", []
    for top, line in lines:
        at = len(text)
        for index, word in enumerate(line.split(" ")):
            if word:
                words.append(Word(at, at + len(word), (50.0 + 40 * index, top, 88.0 + 40 * index, top + 12)))
            at += len(word) + 1
        text += line + "\n"
    return PageText(number, "", text.rstrip("\n"), tuple(words), 600, HEIGHT, (), None, has_pictures=False)


def body(number: int) -> list[tuple[float, str]]:
    words = ["wind", "crane", "yard", "gate", "office", "harbour", "spring", "summer", "engine", "master"]
    first, second = words[number % 10], words[number // 10 % 10]
    return [(150.0, f"What the {first} {second} did on this day"), (400.0, f"and then what {second} {first} had seen")]


def left_out(pages: list[PageText]) -> dict[int, list[str]]:
    texts = {page.number: page.text for page in pages}
    return {number: [texts[number][start:end] for start, end in spans] for number, spans in furniture(pages).items()}


def test_a_header_and_a_footer_with_numbers() -> None:
    pages = [page(n, (20, "Report of the harbour"), *body(n), (770, f"Page {n} of 9")) for n in range(1, 10)]
    assert left_out(pages) == {n: ["Report of the harbour", f"Page {n} of 9"] for n in range(1, 10)}


def test_page_numbers_alone_count_and_other_numbers_do_not() -> None:
    pages = [page(n, *body(n), (770, str(n + 4))) for n in range(1, 8)]
    assert left_out(pages) == {n: [str(n + 4)] for n in range(1, 8)}
    totals = [page(n, *body(n), (770, str(n * 37 % 11))) for n in range(1, 8)]
    assert left_out(totals) == {}
    roman = ["i", "ii", "iii", "iv", "v"]
    assert left_out([page(n, *body(n), (770, roman[n - 1])) for n in range(1, 6)]) == {
        n: [roman[n - 1]] for n in range(1, 6)
    }


def test_odd_and_even_pages_may_have_other_headers() -> None:
    pages = [page(n, (20, "The harbour" if n % 2 else "By its master"), *body(n)) for n in range(1, 12)]
    assert left_out(pages) == {n: ["The harbour" if n % 2 else "By its master"] for n in range(1, 12)}


def test_a_chapters_title_over_its_pages() -> None:
    chapters = ["Of the wind"] * 10 + ["Of the sea"] * 7 + ["Of ships"] * 30
    pages = [page(n, (20, title), *body(n)) for n, title in enumerate(chapters, start=1)]
    assert left_out(pages) == {n: [title] for n, title in enumerate(chapters, start=1)}


def test_a_footer_right_below_the_text_of_each_page() -> None:
    pages = [page(n, *body(n), (430 + 17.0 * (n % 13), f"Form 10-Q | {n}")) for n in range(1, 9)]
    assert left_out(pages) == {n: [f"Form 10-Q | {n}"] for n in range(1, 9)}


SAME = "The same words stand on every page of it"


@pytest.mark.parametrize(
    "make",
    [
        lambda n: page(n, (20, "Report"), *body(n)) if n < 3 else page(n, *body(n)),
        lambda n: page(n, (20 + 30.0 * n, "Report"), (10.0, f"{'abcdefgh'[n % 8]} first"), *body(n), (790, "x" * n)),
        lambda n: page(n, (130, "x" * n), (395, SAME), (600, "y" * n)),
        lambda n: page(n, (20, f"{'abcdefgh'[n % 8]} own header"), *body(n)),
    ],
)
def test_what_is_on_few_pages_at_other_heights_or_within_the_page_stays(make: Callable[[int], PageText]) -> None:
    assert left_out([make(n) for n in range(1, 8)]) == {}


def test_two_pages_have_none_and_neither_have_notes() -> None:
    assert furniture([page(n, (20, "Report"), *body(n)) for n in (1, 2)]) == {}
    notes = [PageText(n, "", "Report\nwords", (), 0, 0, (), None, has_pictures=False) for n in range(1, 9)]
    assert furniture(notes) == {}
    assert furniture([]) == {}


LINES = st.lists(st.tuples(st.floats(0, 780), st.sampled_from(["Report", "a b", "7", "x", "Page 3"])), max_size=6)


@given(st.lists(LINES, max_size=8))
@example([[(0.0, "7")], [], [], [(0.0, "x"), (0.0, "x")], [(0.0, "7")]])
def test_spans_are_whole_lines_in_order_that_recur(pages_of_lines: list[list[tuple[float, str]]]) -> None:
    pages = [page(number, *lines) for number, lines in enumerate(pages_of_lines, start=1)]
    found = furniture(pages)
    for number, spans in found.items():
        text = pages[number - 1].text
        assert list(spans) == sorted(set(spans))
        for start, end in spans:
            assert start < end
            assert start == 0 or text[start - 1] == "\n"
            assert end == len(text) or text[end] == "\n"
            key = "".join("0" if sign.isdigit() else sign for sign in text[start:end])
            alike = [
                p
                for p in pages
                if any("".join("0" if s.isdigit() else s for s in line) == key for line in p.text.split("\n"))
            ]
            assert len(alike) >= 3

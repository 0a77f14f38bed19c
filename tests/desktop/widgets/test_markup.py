from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.widgets.markup import Markup, Run, plain_text


def runs_of(pieces: list[str]) -> list[Run]:
    markup = Markup()
    runs = [run for piece in pieces for run in markup.feed(piece)]
    return runs + markup.flush()


def merged(runs: list[Run]) -> list[tuple[str, bool, bool]]:
    """One entry a character: how the pieces were cut must not matter."""
    return [(character, run.is_bold, run.is_code) for run in runs for character in run.text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a **b** c", [Run("a "), Run("b", is_bold=True), Run(" c")]),
        ("use `x*y` now", [Run("use "), Run("x*y", is_code=True), Run(" now")]),
        ("- one\n- two", [Run("•\u00a0"), Run("one"), Run("\n"), Run("•\u00a0"), Run("two")]),
        ("## Title\nbody", [Run("Title", is_bold=True), Run("\n"), Run("body")]),
        ("2 * 3 = 6", [Run("2 "), Run("*"), Run(" 3 = 6")]),
        ("-5 degrees", [Run("-5 degrees")]),
        (
            "so:\n```sh\n# a **b**\n  - c\n```\nthen",
            [
                Run("so:"),
                Run("\n"),
                Run("# a **b**", is_code=True),
                Run("\n", is_code=True),
                Run("  - c", is_code=True),
                Run("\n", is_code=True),
                Run("then"),
            ],
        ),
        (
            "| **a** | b |\n|---|---|\nthen **c**",
            [
                Run("| **a** | b |", is_code=True),
                Run("\n"),
                Run("|---|---|", is_code=True),
                Run("\n"),
                Run("then "),
                Run("c", is_bold=True),
            ],
        ),
        ("```\nnever closed", [Run("never closed", is_code=True)]),
        ("**never closed\nnext", [Run("never closed", is_bold=True), Run("\n"), Run("next")]),
    ],
)
def test_reads_the_few_marks(text: str, expected: list[Run]) -> None:
    assert merged(runs_of([text])) == merged(expected)


@given(st.lists(st.text(alphabet="ab *`#-|\n", max_size=5), max_size=12))
def test_how_a_stream_is_cut_does_not_matter(pieces: list[str]) -> None:
    assert merged(runs_of(pieces)) == merged(runs_of(["".join(pieces)]))


@given(st.text(alphabet=st.characters(exclude_characters="*`#-+", exclude_categories=["Cs"])))
def test_text_without_marks_stays_as_it_is(text: str) -> None:
    assert plain_text(text) == text


def test_html_is_text() -> None:
    assert plain_text("<img src='http://x'> <b>&amp;</b>") == "<img src='http://x'> <b>&amp;</b>"

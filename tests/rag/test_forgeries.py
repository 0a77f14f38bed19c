from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.forgeries import Stream, without_forgeries

PIECES = (
    "The crane",
    " stops",
    " [1]",
    " [",
    "1",
    "]",
    "(http://x.example)",
    "(",
    ")",
    "[[1]",
    "1]",
    "【3†source】",
    "†",
    "\n",
    " ",
    "[see",
    " page",
    " 3]",
    "\u202e",
    "\u200b",
    "[so it",
    " was]",
    ".",
    "［",
    "２",
    "］",
)
pieces = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=4)), max_size=24)


def shown(written: list[str]) -> list[str]:
    stream = Stream()
    return [*map(stream.feed, written), stream.finish()]


@given(pieces)
def test_the_stream_says_what_the_answer_says(written: list[str]) -> None:
    assert "".join(shown(written)) == without_forgeries("".join(written))


@given(pieces)
def test_no_beginning_of_the_stream_holds_a_forgery(written: list[str]) -> None:
    said = ""
    for piece in shown(written):
        said += piece
        assert without_forgeries(said) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (["It is 42 [", "1", "]", "."], ["It is 42", "", "", "."]),
        (["It is 42 [m/", "s] fast."], ["It is 42 [m/", "s] fast."]),
        (["So [1](http://", "x.example) it is"], ["So", " it is"]),
        (["A\u202e", "B\x07\x1b[31mC"], ["A", "B", "[31mC"]),
        (["One\n", "two"], ["One", "\ntwo"]),
        (["see [source", " code]", "."], ["see", "", " [source code]."]),
        (["[the 1] [2", "] end"], ["[the 1]", " end"]),
    ],
)
def test_what_is_certain_is_shown_at_once(written: list[str], said: list[str]) -> None:
    assert shown(written)[: len(said)] == said

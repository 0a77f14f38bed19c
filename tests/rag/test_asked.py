from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from rag.asked import asked_in, resting_elsewhere
from rag.protocol import EVERYWHERE, Answer, Citation, Sentence
from rag.stores.database import Database
from rag.stores.history import History
from tests.fakes.plausible import ANSWER, CITATIONS, PASSAGES

ONE, OTHER = "a" * 64, "b" * 64


def citation(number: int, sha256: str) -> Citation:
    return dataclasses.replace(CITATIONS[0], number=number, sha256=sha256)


def answer(*sentences: Sentence, found: tuple[str, ...] = ()) -> Answer:
    return dataclasses.replace(
        ANSWER,
        question="Who designed the bridge at Alder Quay?",
        text=" ".join(sentence.text for sentence in sentences),
        sentences=sentences,
        citations=(citation(1, ONE), citation(2, OTHER)),
        passages=tuple(dataclasses.replace(PASSAGES[0], sha256=sha256) for sha256 in found),
    )


FIRST = Sentence("Ada Brunner designed it.", supported=True, citations=(1,))
SECOND = Sentence("The harbour office paid.", supported=True, citations=(2,))
BOTH = Sentence("She was paid late.", supported=True, citations=(1, 2))
FREE = Sentence("It is famous.", supported=False)


@pytest.mark.parametrize(
    ("left_out", "kept"),
    [
        ({"c" * 64}, (FIRST, SECOND, BOTH, FREE)),
        ({ONE}, (SECOND,)),
        ({OTHER}, (FIRST,)),
        ({ONE, OTHER}, ()),
    ],
)
def test_what_rests_on_a_document_or_may_is_not_said_again(left_out: set[str], kept: tuple[Sentence, ...]) -> None:
    rest = resting_elsewhere(answer(FIRST, SECOND, BOTH, FREE), frozenset(left_out))
    assert rest.sentences == kept
    assert rest.text == " ".join(sentence.text for sentence in kept)


def test_what_cites_nothing_may_come_from_any_passage_that_was_found() -> None:
    read = dataclasses.replace(answer(FREE, found=(ONE, OTHER)), citations=())
    assert resting_elsewhere(read, frozenset({OTHER})).sentences == ()
    assert resting_elsewhere(read, frozenset({"c" * 64})) == read


def test_a_follow_up_is_completed_without_what_a_document_that_is_left_out_said(tmp_path: Path) -> None:
    database = Database(tmp_path)
    history = History(database)
    conversation, _ = history.add_turn(0, answer(FIRST, SECOND))
    follow_up = ("When was she born?", EVERYWHERE, "en")
    whole = asked_in(history, conversation, *follow_up)
    assert "Ada Brunner" in whole.whole
    assert whole.earlier is not None
    assert whole.earlier.answer == FIRST.text
    without = asked_in(history, conversation, *follow_up, frozenset({ONE}))
    assert "Ada Brunner" not in without.whole
    assert without.earlier is None or without.earlier.answer == SECOND.text
    database.close()

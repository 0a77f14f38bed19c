"""What an exported conversation says, whatever the format: questions, answers, and the notes that they rest on."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from datetime import UTC, datetime, tzinfo

from rag.errors import text
from rag.protocol import Answer, Citation, Turn
from rag.terminal_places import BETWEEN, place_of

_UNWRITABLE = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML has no room for, or that a program which shows text may obey."""

_GAP = re.compile(r"[ \t-\r\x1c-\x1f\x85\u2028\u2029]+")
"""What is one space in a paragraph. A no-break space stays what it is."""


@dataclasses.dataclass(frozen=True)
class Said:
    """A sentence of an answer; ``notes`` are numbers of notes. ``mark`` says that nothing supports it, else ""."""

    text: str
    notes: tuple[int, ...] = ()
    mark: str = ""


@dataclasses.dataclass(frozen=True)
class Note:
    """A footnote. ``number`` counts from 1 through the paper, in the order in which notes are first named."""

    number: int
    place: str
    quote: str


@dataclasses.dataclass(frozen=True)
class Part:
    """A question and its answer. ``origin`` says when it was given and by which model; ``remarks`` what it lacks."""

    question: str
    origin: str
    sentences: tuple[Said, ...]
    remarks: tuple[str, ...]


@dataclasses.dataclass(frozen=True)
class Paper:
    """A conversation, ready to be written. Every text is one line of characters that any format can hold."""

    title: str
    language: str
    parts: tuple[Part, ...]
    notes: tuple[Note, ...]


def paper_of(title: str, turns: Sequence[Turn], language: str, zone: tzinfo | None = None) -> Paper:
    """The conversation as a paper; times are those of ``zone`` (None: this computer's)."""
    notes: list[Note] = []
    parts = tuple(_part(turn, notes, language, zone) for turn in turns)
    return Paper(line(title), language, parts, tuple(notes))


def line(given: str) -> str:
    """``given`` on one line, U+FFFD for each character that can't be written."""
    return _UNWRITABLE.sub("\ufffd", _GAP.sub(" ", given)).strip()


def _part(turn: Turn, notes: list[Note], language: str, zone: tzinfo | None) -> Part:
    answer = turn.answer
    asked = datetime.fromtimestamp(turn.asked, UTC).astimezone(zone).strftime("%Y-%m-%d %H:%M %Z")
    origin = BETWEEN.join(part for part in (asked if turn.asked else "", line(answer.model)) if part)
    return Part(line(answer.question), origin, _sentences(answer, notes, language), _remarks(answer, language))


def _sentences(answer: Answer, notes: list[Note], language: str) -> tuple[Said, ...]:
    citations = {citation.number: citation for citation in answer.citations}
    numbers: dict[int, int] = {}

    def note(number: int) -> int:
        if number not in numbers:
            notes.append(_note(len(notes) + 1, citations[number], language))
            numbers[number] = len(notes)
        return numbers[number]

    said = []
    for sentence in answer.sentences:
        named = tuple(dict.fromkeys(note(number) for number in sentence.citations if number in citations))
        # A refusal is Phial's own sentence: no document has to support it.
        mark = "" if sentence.supported or answer.refused else text("ask_unsupported", language)
        said.append(Said(line(sentence.text), named, mark))
    rest = tuple(note(number) for number in citations if number not in numbers)
    return (*said, Said("", rest)) if rest else tuple(said)


def _note(number: int, citation: Citation, language: str) -> Note:
    return Note(number, line(place_of(citation, language)), line(citation.quote))


def _remarks(answer: Answer, language: str) -> tuple[str, ...]:
    is_models_own = not answer.refused and not answer.is_quoted
    said = (
        (answer.refused, text("export_refused", language)),
        (bool(answer.understood), text("ask_understood", language, question=line(answer.understood))),
        (answer.is_quoted, text("ask_quoted" if answer.model else "ask_no_model", language)),
        (answer.was_stopped, text("export_stopped", language)),
        (answer.is_stand_in and is_models_own, text("export_stand_in", language, model=line(answer.model))),
    )
    nearest = [f"{line(place_of(one, language))}: “{line(one.quote)}”" for one in answer.nearest]
    heading = [text("ask_nearest", language)] if nearest else []
    return (*(sentence for is_so, sentence in said if is_so), *heading, *nearest)

"""Composing: what the model wrote, where the documents support it, and their own sentences where they don't. Pure.

Whatever the model writes, each section of the outline is spoken of, and each sentence has a place that supports it.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Sequence

from rag.emphasis import without_emphasis
from rag.ground import ground, without_headings
from rag.overlap import WORD, content_stems
from rag.protocol import Citation, Passage
from rag.repetition import said_once
from rag.summary.choosing import likeness
from rag.summary.notes import Note
from rag.summary.ranking import word_count

SAME = 0.75
"""From this likeness on, two sentences say the same."""
FEWEST_WORDS = 4
"""The model's sentences with fewer are headings that it copied."""
AGAIN = 4
"""Words that a sentence doesn't say twice."""
ENOUGH = 0.5
"""The share of the sentences wanted from which on the model's own are enough, where they speak of every section."""

_LIST_MARK = re.compile(r"^[ \t]*(?:[-*+•–]|\(?\d{1,2}[.)])[ \t]+", re.MULTILINE)


@dataclasses.dataclass(frozen=True)
class Composed:
    """The sentences of a summary in their order; ``left_out`` counts the model's that nothing supports."""

    notes: tuple[Note, ...]
    left_out: int


def compose(
    written: str, evidence: Sequence[Passage], notes: Sequence[Note], wanted: int, section_of: Callable[[int], int]
) -> Composed:
    """About ``wanted`` sentences: those of ``written`` that ``evidence`` supports, completed from ``notes``.

    ``section_of`` gives the section of a passage, by its number. A section that has a note is left out only where there
    are more of them than ``wanted``.
    """
    own, left_out = _own(written, evidence, notes, section_of)
    kept = _within(own, {note.section for note in notes}, wanted)
    missing = [note for note in _best(notes) if note.section not in {one.section for one in kept}]
    added: list[Note] = []
    for note in missing:
        if len(kept) + len(added) < wanted and note.section not in {one.section for one in added}:
            added.append(note)
    if len(kept) + len(added) < max(1, ENOUGH * wanted) or not kept:
        for note in _best(notes):
            if len(kept) + len(added) >= wanted:
                break
            if not any(note is one or _is_same(note, one) for one in (*kept, *added)):
                added.append(note)
    return Composed(_merged(kept, sorted(added, key=lambda note: note.place)), left_out)


def _own(
    written: str, evidence: Sequence[Passage], notes: Sequence[Note], section_of: Callable[[int], int]
) -> tuple[list[Note], int]:
    """The model's sentences that are supported and say something, each once, and how many were not supported."""
    grounding = without_headings(ground(said_once(_LIST_MARK.sub("", written)), evidence), evidence)
    cited = {citation.number: citation for citation in grounding.citations}
    scores = {note.section: note.score for note in sorted(notes, key=lambda note: note.score)}
    own: list[Note] = []
    left_out = 0
    for sentence in grounding.sentences:
        text = without_emphasis(" ".join(sentence.text.split()))
        if not sentence.supported:
            left_out += bool(content_stems(text))
            continue
        if word_count(text) < FEWEST_WORDS or _goes_round(text):
            continue
        places: tuple[Citation, ...] = tuple(cited[number] for number in sentence.citations)
        section = section_of(places[0].passage)
        is_quoted = any(text == without_emphasis(" ".join(place.quote.split())) for place in places)
        note = Note(text, places, section, scores.get(section, 0.0), is_quoted)
        if not any(_is_same(note, one) for one in own):
            own.append(note)
    return own, left_out


def _goes_round(sentence: str) -> bool:
    """Whether a sentence says a piece of itself again, as small models do: it is true, and nothing to read."""
    words = [word.casefold() for word in WORD.findall(sentence)]
    pieces = [tuple(words[place : place + AGAIN]) for place in range(len(words) - AGAIN + 1)]
    return len(set(pieces)) < len(pieces)


def _within(own: Sequence[Note], sections: set[int], wanted: int) -> list[Note]:
    """As many of the model's sentences as leave room for the sections that it doesn't speak of."""
    firsts: list[Note] = []
    for note in own:
        if note.section not in {one.section for one in firsts}:
            firsts.append(note)
    missing = len(sections - {note.section for note in firsts})
    # One sentence of its own stands, however many sections there are.
    others = max(0, wanted - missing - len(firsts))
    firsts = firsts[: max(1, wanted)]
    spare = [note for note in own if not any(note is one for one in firsts)][:others]
    return [note for note in own if any(note is one for one in (*firsts, *spare))]


def _best(notes: Sequence[Note]) -> list[Note]:
    return sorted(notes, key=lambda note: -note.score)


def _is_same(one: Note, other: Note) -> bool:
    return likeness(one.stems, other.stems) >= SAME


def _merged(own: Sequence[Note], added: Sequence[Note]) -> tuple[Note, ...]:
    """The model's sentences in its own order, and each of the others behind what stands before it in the documents."""
    merged = list(own)
    for note in added:
        before = [place for place, one in enumerate(merged) if one.place <= note.place]
        merged.insert(before[-1] + 1 if before else 0, note)
    return tuple(merged)

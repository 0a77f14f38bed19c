"""Documents for the tests of summaries: sections of plain sentences, as passages in reading order."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from rag.chunk import SECTION_SEPARATOR
from rag.protocol import Passage
from rag.summary.notes import Note, cited
from tests.rag.making_passages import passage


def passages_of(*texts: tuple[str, str], document: str = "report.pdf", first: int = 1) -> tuple[Passage, ...]:
    """A passage for each (section path, text), each on a page of its own, all of one document."""
    return tuple(
        dataclasses.replace(
            passage(text, first + place, document=document, section=section.replace("/", SECTION_SEPARATOR)),
            sha256=document.encode().hex().ljust(64, "0")[:64],
            page=place + 1,
        )
        for place, (section, text) in enumerate(texts)
    )


def note(held: Passage, sentence: str, section: int = 0, score: float = 0.5, *, is_quoted: bool = True) -> Note:
    """A sentence of a passage as a note."""
    start = held.text.index(sentence)
    return Note(sentence, (cited(held, start, start + len(sentence)),), section, score, is_quoted)


BRIDGE: Sequence[tuple[str, str]] = (
    ("Bridge/Deck", "The deck of the footbridge is worn along the middle. Its timber must be replaced before winter."),
    ("Bridge/Deck", "The planks of the deck were laid in 1998. Oak planks of the deck last for forty years."),
    ("Bridge/Joints", "The northern expansion joint lets water through. Water from the joint reaches the bearing."),
    ("Bridge/Costs", "The repair of deck and joint costs 48,000 euro. The harbour office pays a third of the cost."),
)

"""Finishing: notes as the sentences of a summary, their citations numbered in the order in which they come. Pure."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Mapping, Sequence

from rag.ground.figures import figures_in
from rag.language import language_of
from rag.overlap import WORD
from rag.protocol import Citation, SummarySection, SummarySentence
from rag.summary.notes import Note
from rag.summary.outline import Section
from rag.summary.ranking import word_count

LONGEST_RATIO = 2
"""Times as many words as the other, at most: a translation with fewer or more left out a part or went on by itself."""


class Numbering:
    """Gives each place that is cited one number, from 1."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, int, int, int], int] = {}
        self._citations: list[Citation] = []

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The places in the order of their numbers."""
        return tuple(self._citations)

    def sentence(self, note: Note, translation: str = "") -> SummarySentence:
        """``note`` as a sentence, in a ``translation`` where there is one."""
        numbers = tuple(dict.fromkeys(self._number(citation) for citation in note.citations))
        if translation:
            return SummarySentence(translation, supported=False, citations=numbers, original=note.text)
        return SummarySentence(note.text, supported=True, citations=numbers, is_quoted=note.is_quoted)

    def _number(self, citation: Citation) -> int:
        place = (citation.sha256, citation.page, citation.start, citation.end)
        if place not in self._numbers:
            self._numbers[place] = len(self._numbers) + 1
            self._citations.append(dataclasses.replace(citation, number=self._numbers[place], passage=0))
        return self._numbers[place]


def section_of_all(
    notes: Sequence[Note], numbering: Numbering, translations: Mapping[str, str], heading: str = "", sha256: str = ""
) -> SummarySection:
    """All of ``notes`` under one heading."""
    sentences = tuple(numbering.sentence(note, translations.get(note.text, "")) for note in notes)
    return SummarySection(heading, sha256, sentences)


def sections_of(
    notes: Sequence[Note], sections: Sequence[Section], numbering: Numbering, translations: Mapping[str, str]
) -> tuple[SummarySection, ...]:
    """``notes`` under the names of the sections that they speak of, in the document's order."""
    ordered = sorted(notes, key=lambda note: note.section)
    return tuple(
        section_of_all(tuple(some), numbering, translations, sections[place].title, _sha256(sections[place]))
        for place, some in itertools.groupby(ordered, key=lambda note: note.section)
    )


def is_translation(translation: str, original: str, language: str) -> bool:
    """Whether ``translation`` is in ``language``, about as long, and says every figure of ``original``, and no other.

    More can't be told without a second model: the words are another language's.
    """
    lengths = sorted((word_count(translation), word_count(original)))
    same = {figure.key for figure in figures_in(translation)} == {figure.key for figure in figures_in(original)}
    return same and lengths[0] * LONGEST_RATIO >= lengths[1] and language_of(translation) == language


def words_in(sentences: Sequence[SummarySentence]) -> int:
    """How many words ``sentences`` have."""
    return sum(len(WORD.findall(sentence.text)) for sentence in sentences)


def language_in(sentences: Sequence[SummarySentence]) -> str:
    """The language of most of what ``sentences`` say, "" where that isn't known."""
    return language_of(" ".join(sentence.text for sentence in sentences))


def _sha256(section: Section) -> str:
    return section.passages[0].sha256

"""The work on one summary: what is chosen, read, written and translated, step by step, in the order of its events."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Generator, Mapping, Sequence

from rag.language import language_of
from rag.protocol import (
    Stage,
    Summarise,
    SummaryLength,
    SummaryMode,
    SummaryProgress,
    SummarySection,
    Token,
)  # fmt: skip
from rag.summary.author import Author
from rag.summary.choosing import chosen
from rag.summary.comparison import compare
from rag.summary.composing import Composed, compose
from rag.summary.finishing import Numbering, is_translation, section_of_all, sections_of
from rag.summary.materials import Material
from rag.summary.notes import Note, quoted
from rag.summary.outline import Section, outline
from rag.summary.ranking import Candidate, ranked
from rag.summary.result import Made
from rag.summary.thorough import Reading, joined, read
from rag.summary.writing import LENGTHS, Length, Wish, draft_of_notes, draft_of_translation, fitting, room

OF_ONE_DOCUMENT = 3
"""Sentences that each of several documents has to itself."""

WorkEvent = SummaryProgress | Stage | Token


@dataclasses.dataclass(frozen=True)
class Plan:
    """What is to be covered: the sections (of all documents together), and their sentences by rank."""

    sections: tuple[Section, ...]
    ranked: tuple[Candidate, ...]

    def section_of(self, passage: int) -> int:
        """The section that a passage is in, by its number."""
        return next(
            (place for place, section in enumerate(self.sections) if passage <= section.passages[-1].number),
            len(self.sections) - 1,
        )


class Work:
    """One summary on its way: of one document or several, quick or thorough, as a text or as a table."""

    def __init__(
        self,
        request: Summarise,
        materials: Sequence[Material],
        favoured: Mapping[int, float],
        author: Author | None,
        is_cancelled: Callable[[], bool],
    ) -> None:
        self._request = request
        self._materials = materials
        self._favoured = favoured
        self._author = author
        self._is_cancelled = is_cancelled
        self._length = LENGTHS[request.length]
        self._wish = Wish(_common_language(materials), " ".join(request.focus.split()))
        self._numbering = Numbering()
        self._left_out = 0

    def told(self) -> Generator[WorkEvent, None, Made | None]:
        """A text: of one document, or of several with a few sentences of each; None where nothing came of it."""
        plan = self._plan(self._length)
        readings: dict[str, Reading] = {}
        if self._author is not None:
            yield Stage(0, "model", self._author.model.name)
            if not self._author.load():
                return None
        if self._request.mode is SummaryMode.THOROUGH and self._author is not None:
            told = yield from self._thoroughly(plan, readings, self._author)
        else:
            told = yield from self._quickly(plan)
        if told is None:
            return None
        composed, single = told
        self._left_out += composed.left_out
        every = [*composed.notes, *(note for notes in single.values() for note in notes)]
        translations = yield from self._translated(every)
        if self._request.length is SummaryLength.PAGE and not single:
            sections = sections_of(composed.notes, plan.sections, self._numbering, translations)
        else:
            sections = (section_of_all(composed.notes, self._numbering, translations),)
        sections += tuple(
            section_of_all(single[material.document.sha256], self._numbering, translations,
                           material.document.name, material.document.sha256)
            for material in self._materials
            if single.get(material.document.sha256)
        )  # fmt: skip
        return self._made(sections, readings)

    def compared(self) -> Generator[WorkEvent, None, Made | None]:
        """A table with a column for each document."""
        author = self._author if self._request.mode is SummaryMode.THOROUGH else None
        if author is not None:
            yield Stage(0, "model", author.model.name)
            if not author.load():
                return None
        every = [ranked(material.outline, self._request.focus, self._favoured) for material in self._materials]
        compared = yield from compare(self._materials, every, self._wish, author, self._numbering, self._is_cancelled)
        if not compared.rows and self._is_cancelled():
            return None
        self._left_out += compared.left_out
        return dataclasses.replace(self._made((), {}), rows=compared.rows, has_model=author is not None)

    def _plan(self, length: Length) -> Plan:
        """The sections to cover, no more than the summary has sentences; of several documents each is one."""
        if len(self._materials) == 1:
            sections = outline(self._materials[0].passages, length.sentences)
        else:
            whole = [Section(material.document.name, material.passages) for material in self._materials]
            share = -(-len(whole) // length.sentences)
            sections = tuple(
                Section(some[0].title, tuple(passage for section in some for passage in section.passages))
                for some in (whole[begin : begin + share] for begin in range(0, len(whole), share))
            )
        return Plan(sections, ranked(sections, self._wish.focus, self._favoured))

    def _quickly(self, plan: Plan) -> Generator[WorkEvent, None, tuple[Composed, dict[str, tuple[Note, ...]]] | None]:
        length = self._fitted(plan)
        notes = tuple(map(quoted, chosen(plan.ranked, max(length.notes, length.sentences))))
        written = ""
        if self._author is not None:
            limit = room(self._author.context, length, self._wish, self._author.count_tokens)
            given = fitting(notes, limit, self._author.count_tokens)
            draft = draft_of_notes(given, self._wish, length, is_list=self._request.length is SummaryLength.BULLETS)
            said = yield from self._author.write(draft, self._sha256s(given), is_shown=True)
            if said is None:
                return None
            written = said.text
        numbers = {citation.passage for note in notes for citation in note.citations}
        evidence = [candidate.passage for candidate in plan.ranked if candidate.passage.number in numbers]
        unique = list({passage.number: passage for passage in evidence}.values())
        composed = compose(written, unique, notes, length.sentences, plan.section_of)
        return composed, self._of_each(plan.ranked) if len(self._materials) > 1 else {}

    def _of_each(self, every: Sequence[Candidate]) -> dict[str, tuple[Note, ...]]:
        """The sentences that carry most of each document, where there are several."""
        count = min(OF_ONE_DOCUMENT, self._length.sentences)
        by_document: dict[str, list[Candidate]] = {}
        for candidate in every:
            by_document.setdefault(candidate.passage.sha256, []).append(candidate)
        return {sha256: tuple(map(quoted, chosen(some, count))) for sha256, some in by_document.items()}

    def _thoroughly(
        self, plan: Plan, readings: dict[str, Reading], author: Author
    ) -> Generator[WorkEvent, None, tuple[Composed, dict[str, tuple[Note, ...]]] | None]:
        single: dict[str, tuple[Note, ...]] = {}
        notes: list[Note] = []
        is_one = len(self._materials) == 1
        for material in self._materials:
            own = plan if is_one else self._plan_of(material)
            wish = Wish(material.language, self._wish.focus)
            reading = yield from read(material, own.sections, own.ranked, wish, author)
            readings[material.document.sha256] = reading
            self._left_out += reading.left_out
            if is_one:
                notes.extend(reading.notes)
                continue
            length = dataclasses.replace(LENGTHS[SummaryLength.PARAGRAPH], sentences=OF_ONE_DOCUMENT)
            composed = yield from joined(reading.notes, material.passages, own.section_of, length, wish, author)
            self._left_out += composed.left_out
            single[material.document.sha256] = composed.notes
            notes.extend(
                dataclasses.replace(note, section=plan.section_of(note.citations[0].passage)) for note in composed.notes
            )
        if not notes:
            return None
        passages = [passage for material in self._materials for passage in material.passages]
        composed = yield from joined(
            notes, passages, plan.section_of, self._fitted(plan), self._wish, author,
            is_list=self._request.length is SummaryLength.BULLETS,
        )  # fmt: skip
        return composed, single

    def _plan_of(self, material: Material) -> Plan:
        sections = outline(material.passages, OF_ONE_DOCUMENT)
        return Plan(sections, ranked(sections, self._wish.focus, self._favoured))

    def _fitted(self, plan: Plan) -> Length:
        """No longer than half of the documents, but for a sentence of each section: a line's summary is that line."""
        enough = max(1, len(plan.ranked) // 2, len({candidate.section for candidate in plan.ranked}))
        return dataclasses.replace(self._length, sentences=min(self._length.sentences, enough))

    def _translated(self, notes: Sequence[Note]) -> Generator[WorkEvent, None, dict[str, str]]:
        """Notes that are not in the language that was asked for, in that language, where the model can do it."""
        wanted, author = self._request.output_language, self._author
        texts = dict.fromkeys(
            note.text for note in notes if wanted and (language_of(note.text) or self._wish.language) != wanted
        )
        found: dict[str, str] = {}
        if author is None:
            return found
        sha256s = self._sha256s(notes)
        for index, text in enumerate(texts):
            yield SummaryProgress(0, "translating", "", index, len(texts))
            written = yield from author.write(draft_of_translation(text, wanted), sha256s)
            if written is None:
                break
            translation = " ".join(written.text.split())
            if is_translation(translation, text, wanted):
                found[text] = translation
        return found

    def _made(self, sections: tuple[SummarySection, ...], readings: Mapping[str, Reading]) -> Made:
        return Made(
            sections=sections, rows=(), citations=self._numbering.citations, readings=dict(readings),
            left_out=self._left_out, has_model=self._author is not None, was_stopped=self._is_cancelled(),
        )  # fmt: skip

    @staticmethod
    def _sha256s(notes: Sequence[Note]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(citation.sha256 for note in notes for citation in note.citations))


def _common_language(materials: Sequence[Material]) -> str:
    languages = {material.language for material in materials}
    return languages.pop() if len(languages) == 1 else ""

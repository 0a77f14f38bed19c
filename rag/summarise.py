"""Summarising, the third journey: documents → their outline → what carries them, or every part → one cited text."""

from __future__ import annotations

import contextlib
import dataclasses
import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from pathlib import Path

from engine.catalogue import InstalledModel, chosen_model, find_model
from engine.errors import EngineProblem
from engine.host import ModelHost
from rag.courtesy import Courtesy
from rag.errors import LibraryProblem, PhialError, error_of
from rag.language import language_of
from rag.protocol import (
    LONGEST_FOCUS,
    SUMMARY_LANGUAGES,
    Evidence,
    Stage,
    Summarise,
    Summarised,
    SummaryLength,
    SummaryMode,
    SummaryProgress,
    SummarySection,
    Token,
)  # fmt: skip
from rag.searching import Searcher
from rag.stores.summary_records import SummaryRecords
from rag.summary.author import Author
from rag.summary.choosing import chosen
from rag.summary.comparison import compare
from rag.summary.composing import Composed, compose
from rag.summary.finishing import Numbering, is_translation, section_of_all, sections_of
from rag.summary.materials import Material, Materials
from rag.summary.notes import Note, quoted
from rag.summary.outline import Section, outline
from rag.summary.ranking import Candidate, ranked
from rag.summary.result import Made, summary_of
from rag.summary.thorough import Reading, joined, read
from rag.summary.writing import LENGTHS, Length, Wish, draft_of_notes, draft_of_translation, fitting, room

NEAR_IN_MEANING = 60
"""Passages that a focus is looked up in."""
OF_ONE_DOCUMENT = 3
"""Sentences that each of several documents has to itself."""

SummaryEvent = SummaryProgress | Stage | Token | Summarised


@dataclasses.dataclass(frozen=True)
class _Plan:
    """What is to be covered: the sections (of all documents together), and their sentences by rank."""

    sections: tuple[Section, ...]
    ranked: tuple[Candidate, ...]

    def section_of(self, passage: int) -> int:
        """The section that a passage is in, by its number."""
        return next(
            (place for place, section in enumerate(self.sections) if passage <= section.passages[-1].number),
            len(self.sections) - 1,
        )


class Summariser:
    """Sums documents up, with the model that answers questions."""

    def __init__(
        self,
        home: Path,
        materials: Materials,
        summaries: SummaryRecords,
        searcher: Searcher,
        host: ModelHost,
        courtesy: Courtesy,
    ) -> None:
        self._home = home
        self._materials = materials
        self._summaries = summaries
        self._searcher = searcher
        self._host = host
        self._courtesy = courtesy

    def summarise(self, request: Summarise, is_cancelled: Callable[[], bool] = lambda: False) -> Iterator[SummaryEvent]:
        """Sum up what ``request`` names: progress, the words of the text as they come, the grounded summary.

        Quick works without a model too: all sentences are the documents' own then. Ends without a summary when it is
        cancelled before anything was read. Raises PhialError FOCUS_TOO_LONG, PATH_NOT_IN_LIBRARY, COMPARES_ONE,
        DOCUMENT_GONE, NO_MODEL (thorough), MODEL_*, MEMORY_TOO_SMALL; where none of the documents has any text, why.
        """
        begun = time.perf_counter()
        _check(request)
        is_quick = request.mode is SummaryMode.QUICK
        with self._courtesy.answering() if is_quick else contextlib.nullcontext():
            yield SummaryProgress(0, "choosing", "", 0, 1)
            materials = self._materials.gather(request.documents)
            readable = [material for material in materials if material.passages]
            if not readable:
                raise error_of(next(material.problem for material in materials if material.problem is not None))
            if request.compares and len(readable) < 2:
                raise PhialError(LibraryProblem.COMPARES_ONE)
            model = self._model(request, is_quick=is_quick)
            author = None
            if model is not None:
                author = Author(self._host, self._summaries, self._courtesy, model, is_cancelled, goes_first=is_quick)
            favoured = yield from self._near_in_meaning(request.focus, readable, is_cancelled)
            if is_cancelled():
                return
            work = _Work(request, readable, favoured, author, is_cancelled)
            made = yield from work.compared() if request.compares else work.told()
            if made is None:
                return
            yield Summarised(0, summary_of(request, materials, made, author, time.perf_counter() - begun, begun))

    def _model(self, request: Summarise, *, is_quick: bool) -> InstalledModel | None:
        try:
            return find_model(self._home, request.model) if request.model else chosen_model(self._home)
        except PhialError as error:
            if not is_quick or error.kind is not EngineProblem.NO_MODEL:
                raise
        return None

    def _near_in_meaning(
        self, focus: str, materials: Sequence[Material], is_cancelled: Callable[[], bool]
    ) -> Generator[Stage, None, dict[int, float]]:
        """How near passages (by number) are to the focus, by their rank, in (0, 1]."""
        if not focus:
            return {}
        numbers = {
            (passage.sha256, passage.page, passage.start): passage.number
            for material in materials
            for passage in material.passages
        }
        sha256s = [material.document.sha256 for material in materials]
        found: dict[int, float] = {}
        for event in self._searcher.look_up(focus, NEAR_IN_MEANING, sha256s, is_cancelled):
            if isinstance(event, Stage):
                yield event
            elif isinstance(event, Evidence):
                places = [numbers.get((passage.sha256, passage.page, passage.start)) for passage in event.passages]
                found = {
                    number: 1.0 - rank / NEAR_IN_MEANING for rank, number in enumerate(places) if number is not None
                }
        return found


class _Work:
    """One summary on its way."""

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

    def told(self) -> Generator[SummaryEvent, None, Made | None]:
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

    def compared(self) -> Generator[SummaryEvent, None, Made | None]:
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

    def _plan(self, length: Length) -> _Plan:
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
        return _Plan(sections, ranked(sections, self._wish.focus, self._favoured))

    def _quickly(
        self, plan: _Plan
    ) -> Generator[SummaryEvent, None, tuple[Composed, dict[str, tuple[Note, ...]]] | None]:
        length = self._fitted(self._length, plan.ranked)
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
        self, plan: _Plan, readings: dict[str, Reading], author: Author
    ) -> Generator[SummaryEvent, None, tuple[Composed, dict[str, tuple[Note, ...]]] | None]:
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
            notes, passages, plan.section_of, self._fitted(self._length, plan.ranked), self._wish, author,
            is_list=self._request.length is SummaryLength.BULLETS,
        )  # fmt: skip
        return composed, single

    def _plan_of(self, material: Material) -> _Plan:
        sections = outline(material.passages, OF_ONE_DOCUMENT)
        return _Plan(sections, ranked(sections, self._wish.focus, self._favoured))

    def _fitted(self, length: Length, every: Sequence[Candidate]) -> Length:
        """No longer than half of the document: a summary of a line is that line."""
        return dataclasses.replace(length, sentences=max(1, min(length.sentences, len(every) // 2)))

    def _translated(self, notes: Sequence[Note]) -> Generator[SummaryEvent, None, dict[str, str]]:
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


def _check(request: Summarise) -> None:
    if not request.documents or request.output_language not in {"", *SUMMARY_LANGUAGES}:
        raise PhialError(LibraryProblem.BAD_REQUEST)
    if len(request.focus) > LONGEST_FOCUS:
        raise PhialError(LibraryProblem.FOCUS_TOO_LONG, characters=len(request.focus), limit=LONGEST_FOCUS)


def _common_language(materials: Sequence[Material]) -> str:
    languages = {material.language for material in materials}
    return languages.pop() if len(languages) == 1 else ""

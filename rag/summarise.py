"""Summarising, the third journey: documents → their outline → what carries them, or every part → one cited text."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from pathlib import Path

from engine.catalogue import InstalledModel, chosen_model, find_model
from engine.errors import EngineProblem
from engine.host import ModelHost
from rag.courtesy import Courtesy
from rag.errors import LibraryProblem, PhialError, error_of
from rag.protocol import (
    LONGEST_FOCUS,
    SUMMARY_LANGUAGES,
    Evidence,
    Stage,
    Summarise,
    Summarised,
    SummaryMode,
    SummaryProgress,
    Token,
)
from rag.searching import Searcher
from rag.stores.summary_records import SummaryRecords
from rag.summary.author import Author
from rag.summary.materials import Material, Materials
from rag.summary.result import summary_of
from rag.summary.working import Work

NEAR_IN_MEANING = 60
"""Passages that a focus is looked up in."""

SummaryEvent = SummaryProgress | Stage | Token | Summarised


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
        cancelled before anything was read. Raises PhialError FOCUS_TOO_LONG, PATH_NOT_IN_LIBRARY, PATH_MISSING,
        NO_DOCUMENTS, COMPARES_ONE, DOCUMENT_GONE, NO_MODEL (thorough), MODEL_*, MEMORY_TOO_SMALL; where none of the
        documents has any text, why.
        """
        begun = time.perf_counter()
        _check(request)
        is_quick = request.mode is SummaryMode.QUICK
        with self._courtesy.answering() if is_quick else contextlib.nullcontext():
            yield SummaryProgress(0, "choosing", "", 0, 1)
            materials = self._materials.gather(request.documents, request.without)
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
            work = Work(request, readable, favoured, author, is_cancelled)
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


def _check(request: Summarise) -> None:
    if not request.documents or request.output_language not in {"", *SUMMARY_LANGUAGES}:
        raise PhialError(LibraryProblem.BAD_REQUEST)
    if len(request.focus) > LONGEST_FOCUS:
        raise PhialError(LibraryProblem.FOCUS_TOO_LONG, characters=len(request.focus), limit=LONGEST_FOCUS)

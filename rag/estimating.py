"""Estimates: how long something would take here, and what was learned of that from what was done. Decision 0170.

A prediction (rag.durations) is multiplied by how much longer, or shorter, the same took on this machine so far.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from typing import TypeVar

from engine.catalogue import InstalledModel
from rag import durations
from rag.asking import AskEvent
from rag.durations import Duration
from rag.finding import FindEvent
from rag.first_word import FirstWord
from rag.learned import Learned
from rag.models import Models
from rag.prompt import TEMPLATE_ALLOWANCE
from rag.protocol import (
    Answered,
    Errand,
    Estimate,
    Estimated,
    FoundAll,
    Scope,
    Speed,
    Stage,
    Summarise,
    Summarised,
    Summary,
    SummaryLength,
    SummaryMode,
)
from rag.scoping import Scoper
from rag.speeds import Speeds
from rag.stores.history import History
from rag.stores.scope_records import Extent, ScopeRecords
from rag.summarise import SummaryEvent

FEWEST_WRITTEN = 8
"""Tokens from which on an answer says how long answers take."""

LONGEST_SHARE = 20.0
"""Times as long as predicted, or as short, that are believed: beyond that something else held the machine up."""

_LOADING, _FIRST, _REST, _COMPARES = "loading_s", "first_word", "rest", "compare"
_AWAKE = frozenset({"awake", "writing"})

Event = TypeVar("Event")


class Estimator:
    """Says how long things take, and learns it from those that were done. Safe from any thread."""

    def __init__(
        self,
        scoper: Scoper,
        scopes: ScopeRecords,
        models: Models,
        speeds: Speeds,
        first_word: FirstWord,
        history: History,
    ) -> None:
        """``scoper`` is to note no interest in what is only estimated; ``history`` keeps what is learned."""
        self._scoper = scoper
        self._scopes = scopes
        self._models = models
        self._speeds = speeds
        self._first_word = first_word
        self._learned = Learned(history)

    def estimate(self, request: Estimate) -> Estimated:
        """How long the errand would take now.

        Raises PhialError LIBRARY_EMPTY, SCOPE_EMPTY, COLLECTION_EMPTY, COLLECTION_UNKNOWN, DATES_EMPTY, DATE_WRONG.
        """
        extent = self._extent(request.scope, request.without)
        if request.errand is Errand.FIND_ALL:
            return self._told(request.errand.value, "", durations.looking_through(extent), extent.documents, 0.0)
        documents = 0 if request.errand is Errand.ASK else extent.documents
        model = self._models.chosen()
        speed = self._speeds.of(model) if model else None
        if model is None or speed is None:
            return Estimated(0, -1.0, -1.0, documents, is_measured=False)
        if request.errand is Errand.ASK:
            kind, predicted = request.errand.value, self._answering(model, speed)
        else:
            kind = _kind(request.mode, compares=request.compares)
            predicted = _summing_up(kind, speed, request.length, extent)
        waiting = 0.0 if self._is_awake(model) else self._loading(model)
        return self._told(kind, model.id, predicted, documents, waiting)

    # --- what is learned --------------------------------------------------------------------------------------------

    def noting_answer(self, model: InstalledModel | None, events: Iterator[AskEvent]) -> Iterator[AskEvent]:
        """``events`` of a question that ``model`` answers; what they took is learned."""
        for event, waited in self._timed(model, events):
            if isinstance(event, Answered) and model is not None:
                self._note_answer(model, event, waited)
            yield event

    def noting_summary(
        self, request: Summarise, model: InstalledModel | None, events: Iterator[SummaryEvent]
    ) -> Iterator[SummaryEvent]:
        """``events`` of a summary that ``model`` writes; what they took is learned."""
        for event, waited in self._timed(model, events):
            if isinstance(event, Summarised) and model is not None:
                self._note_summary(request, model, event.summary, waited)
            yield event

    def noting_find(self, events: Iterator[FindEvent]) -> Iterator[FindEvent]:
        """``events`` of a look into every document; what they took is learned."""
        for event in events:
            if isinstance(event, FoundAll) and not event.was_stopped:
                looked_at = [one.sha256 for one in event.findings] + [one.key for one in event.nothing]
                predicted = durations.looking_through(self._scopes.extent(looked_at))
                self._note(Errand.FIND_ALL.value, "", predicted, event.seconds, 0.0)
            yield event

    def _timed(self, model: InstalledModel | None, events: Iterator[Event]) -> Iterator[tuple[Event, float]]:
        """Each event, with the seconds that were waited for ``model`` to be loaded until then."""
        was_awake = self._is_awake(model)
        begun = waited = 0.0
        for event in events:
            if begun and not waited:
                waited = time.perf_counter() - begun
                if model is not None and not was_awake:
                    self._learned.note(_LOADING, waited, model.id)
            elif isinstance(event, Stage) and event.stage == "model":
                begun = time.perf_counter()
            yield event, waited

    def _note_answer(self, model: InstalledModel, answered: Answered, waited: float) -> None:
        timings, speed = answered.answer.timings, self._speeds.of(model)
        if speed is None or timings.answer_tokens < FEWEST_WRITTEN or answered.answer.was_stopped:
            return
        first, rest = timings.first_token_s - waited, timings.total_s - timings.first_token_s
        self._note(Errand.ASK.value, model.id, self._answering(model, speed), first, rest)

    def _note_summary(self, request: Summarise, model: InstalledModel, summary: Summary, waited: float) -> None:
        speed = self._speeds.of(model)
        is_whole = not summary.was_stopped and not any(one.parts_cached for one in summary.documents)
        if speed is None or not is_whole or not summary.timings.answer_tokens or request.output_language:
            return  # what was read before, or is translated, is not what is predicted
        extent = self._scopes.extent([one.sha256 for one in summary.documents])
        kind = _kind(request.mode, compares=request.compares)
        predicted = _summing_up(kind, speed, request.length, extent)
        # When its first word came is not told: all of it is longer, or shorter, by the same.
        share = (summary.timings.total_s - waited) / (predicted.first_word_s + predicted.rest_s)
        self._note(kind, model.id, predicted, predicted.first_word_s * share, predicted.rest_s * share)

    def _note(self, kind: str, model: str, predicted: Duration, first_word_s: float, rest_s: float) -> None:
        for part, took, expected in (
            (_FIRST, first_word_s, predicted.first_word_s),
            (_REST, rest_s, predicted.rest_s),
        ):
            if expected > 0.0:
                self._learned.note(f"{kind}_{part}", min(LONGEST_SHARE, max(took / expected, 1 / LONGEST_SHARE)), model)

    # --- what is predicted ------------------------------------------------------------------------------------------

    def _told(self, kind: str, model: str, predicted: Duration, documents: int, waiting: float) -> Estimated:
        first, rest = self._learned.known(f"{kind}_{_FIRST}", model), self._learned.known(f"{kind}_{_REST}", model)
        first_word = waiting + (first or 1.0) * predicted.first_word_s
        total = first_word + (rest or 1.0) * predicted.rest_s
        is_measured = first > 0.0 and (waiting == 0.0 or self._learned.known(_LOADING, model) > 0.0)
        return Estimated(0, round(first_word, 2), round(total, 2), documents, is_measured)

    def _answering(self, model: InstalledModel, speed: Speed) -> Duration:
        passages = self._first_word.passages(model, durations.QUESTION + TEMPLATE_ALLOWANCE)
        return durations.answering(speed, passages)

    def _extent(self, scope: Scope, without: Sequence[str]) -> Extent:
        members = self._scoper.members(scope, is_read=True, without=without)
        return self._scopes.extent([member.sha256 for member in members])

    def _is_awake(self, model: InstalledModel | None) -> bool:
        state = self._models.state()
        return model is not None and state.model == model.id and state.state in _AWAKE

    def _loading(self, model: InstalledModel) -> float:
        known = self._learned.known(_LOADING, model.id)
        return known or durations.loading(model.header.file_bytes if model.header else 0)


def _kind(mode: SummaryMode, *, compares: bool) -> str:
    return _COMPARES if compares else f"summarise_{mode}"


def _summing_up(kind: str, speed: Speed, length: SummaryLength, extent: Extent) -> Duration:
    if kind == _COMPARES:
        return durations.comparing(speed, extent)
    if kind == _kind(SummaryMode.QUICK, compares=False):
        return durations.summing_up_quickly(speed, length)
    return durations.summing_up(speed, length, extent)

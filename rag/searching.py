"""Searching: a question to ranked passages, by words at once and by meaning as soon as that can be had."""

from __future__ import annotations

import dataclasses
import itertools
import logging
import time
from collections.abc import Callable, Iterable, Iterator, Sequence

from rag.dense import Dense
from rag.errors import LibraryProblem, PhialError
from rag.protocol import LONGEST_QUESTION, Evidence, Passage, Stage
from rag.retrieve import CANDIDATES, dense_weight, fuse, lexical_terms, marks
from rag.stores.records import Records, StoredPassage
from rag.support import support

WAIT = 0.02
"""Seconds between two looks at whether the person has cancelled."""

_log = logging.getLogger(__name__)


@dataclasses.dataclass(frozen=True)
class Findings:
    """What a question found: passages, and how far they hold an answer (in [0, 1])."""

    passages: tuple[Passage, ...]
    support: float


def checked_question(question: str) -> str:
    """The question without space around it. Raises PhialError QUESTION_EMPTY, QUESTION_TOO_LONG."""
    question = question.strip()
    if not any(character.isalnum() for character in question):
        raise PhialError(LibraryProblem.QUESTION_EMPTY)
    if len(question) > LONGEST_QUESTION:
        raise PhialError(LibraryProblem.QUESTION_TOO_LONG, characters=len(question), limit=LONGEST_QUESTION)
    return question


class Searcher:
    """Looks questions up in the lexical and the vector index."""

    def __init__(self, records: Records, dense: Dense, note_interest: Callable[[Iterable[str]], None]) -> None:
        """``note_interest`` is given the documents that a question finds (SHA-256 sums)."""
        self._records = records
        self._dense = dense
        self._note_interest = note_interest

    def by_words(self, question: str, limit: int, sha256s: Sequence[str] | None) -> Findings:
        """What the words of ``question`` find, without any model."""
        return self._findings(question, [], self._lexical(question, sha256s), limit)

    def by_both(self, question: str, limit: int, sha256s: Sequence[str] | None) -> Findings:
        """What words and meaning find, fused. Loads the embedder where it isn't loaded: seconds.

        Raises PhialError NO_EMBEDDER, EMBEDDER_FAILED.
        """
        dense = self._dense.nearest(question, CANDIDATES, sha256s)
        return self._findings(question, dense, self._lexical(question, sha256s), limit)

    def look_up(
        self, question: str, limit: int, sha256s: Sequence[str] | None, is_cancelled: Callable[[], bool]
    ) -> Iterator[Evidence | Stage | Findings]:
        """Evidence as it comes: by words at once where the embedder is still to be loaded or busy, then by both.

        Ends with the Findings that an answer is made from; without them when it is cancelled. Where the embedder or the
        vector index can't be had, what the words found is what there is.
        """
        begun = time.perf_counter()
        findings: Findings | None = None
        if not self._dense.is_free:
            findings = self.by_words(question, limit, sha256s)
            yield Evidence(0, findings.passages, is_complete=False, seconds=time.perf_counter() - begun)
        if not self._dense.is_ready:
            self._dense.start_preparing()
            yield Stage(0, "embedder")
            while not self._dense.wait_until_ready(WAIT):
                if is_cancelled():
                    return
        try:
            findings = self.by_both(question, limit, sha256s)
        except PhialError as error:
            _log.warning("found by words alone: %s", error)
            findings = findings or self.by_words(question, limit, sha256s)
        yield Evidence(0, findings.passages, is_complete=True, seconds=time.perf_counter() - begun)
        yield findings

    def _lexical(self, question: str, sha256s: Sequence[str] | None) -> list[tuple[int, float]]:
        return self._records.lexical(lexical_terms(question), CANDIDATES, sha256s)

    def _findings(
        self, question: str, dense: list[tuple[int, float]], lexical: list[tuple[int, float]], limit: int
    ) -> Findings:
        hits = fuse(dense, lexical, dense_weight(question))
        passages: list[Passage] = []
        best: list[int] = []
        for identity, score, passage in itertools.islice(self._stored(hits, max(1, limit)), limit):
            passages.append(
                Passage(
                    number=len(passages) + 1, sha256=passage.sha256, document=passage.document, path=passage.path,
                    page=passage.page, label=passage.label, section=passage.section, text=passage.text,
                    start=passage.start, end=passage.end, score=round(score, 6), marks=marks(question, passage.text),
                    unit=passage.unit, confidence=passage.confidence,
                )
            )  # fmt: skip
            best.append(identity)
        self._note_interest(passage.sha256 for passage in passages)
        held = support(question, [passage.text for passage in passages[:3]], dict(dense), best[:3])
        return Findings(tuple(passages), held)

    def _stored(self, hits: Sequence[tuple[int, float]], at_once: int) -> Iterator[tuple[int, float, StoredPassage]]:
        """The hits that are still in the library, so many looked up at a time: more are wanted only where some went."""
        for begin in range(0, len(hits), at_once):
            part = hits[begin : begin + at_once]
            stored = self._records.passages([identity for identity, _ in part])
            yield from ((identity, score, stored[identity]) for identity, score in part if identity in stored)

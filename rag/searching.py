"""Searching: a question to ranked passages, by words at once and by meaning as soon as that can be had."""

from __future__ import annotations

import dataclasses
import logging
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from rag.dense import Dense
from rag.errors import LibraryProblem, PhialError
from rag.evidence import Piece, gather
from rag.language import language_of
from rag.lexicon import lexical_query
from rag.protocol import LONGEST_QUESTION, Evidence, Passage, Stage
from rag.retrieve import CANDIDATES, fuse, marks
from rag.second_look import Candidate, second_look
from rag.stores.records import Records, StoredPassage
from rag.support import calibration_for, clues, is_enough, support
from rag.trust import EmbedderTrust, trust_in
from rag.wanted import Wanted, wanted

LOOKED_AT = 50
"""Fused candidates that get a second look, where not more passages are wanted."""

WAIT = 0.02
"""Seconds between two looks at whether the person has cancelled."""

_log = logging.getLogger(__name__)


@dataclasses.dataclass(frozen=True)
class Findings:
    """What a question in ``language`` ("": not known) found: passages, and how far they hold an answer (in [0, 1]).

    ``is_supported``: far enough to try an answer, as the embedder is calibrated (see rag.support).
    ``cosines`` in [-1, 1] and ``bm25`` (higher is better) are those of the passages, in their order; 0 where the
    embedder, or the words, did not name one. ``parts`` are the passages of the library that each is joined of.
    """

    passages: tuple[Passage, ...]
    support: float
    is_supported: bool = False
    cosines: tuple[float, ...] = ()
    bm25: tuple[float, ...] = ()
    language: str = ""
    parts: tuple[tuple[StoredPassage, ...], ...] = ()


@dataclasses.dataclass(frozen=True)
class Candidates:
    """What a question wants, and the passages that get a second look, by both sides' ranks, the best first."""

    asked: Wanted
    candidates: tuple[Candidate, ...]
    stored: Mapping[int, StoredPassage]
    trust: EmbedderTrust


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

    def __init__(
        self, records: Records, dense: Dense, note_interest: Callable[[Iterable[str]], None] = lambda _: None
    ) -> None:
        """``note_interest`` is given the documents that a question finds (SHA-256 sums)."""
        self._records = records
        self._dense = dense
        self._note_interest = note_interest

    def by_words(self, question: str, limit: int, sha256s: Sequence[str] | None) -> Findings:
        """What the words of ``question`` find, without any model."""
        return self._findings(question, self._candidates(question, [], self._lexical(question, sha256s), limit), limit)

    def by_both(self, question: str, limit: int, sha256s: Sequence[str] | None) -> Findings:
        """What words and meaning find, fused. Loads the embedder where it isn't loaded: seconds.

        Raises PhialError NO_EMBEDDER, EMBEDDER_FAILED.
        """
        return self._findings(question, self.candidates(question, sha256s, limit), limit)

    def candidates(self, question: str, sha256s: Sequence[str] | None, limit: int) -> Candidates:
        """What ``by_both`` gives a second look. Raises PhialError NO_EMBEDDER, EMBEDDER_FAILED."""
        dense = self._dense.nearest(question, CANDIDATES, sha256s)
        return self._candidates(question, dense, self._lexical(question, sha256s), limit)

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
        query = lexical_query(question, self._records.languages())
        return self._records.lexical(query, CANDIDATES, sha256s)

    def _candidates(
        self, question: str, dense: list[tuple[int, float]], lexical: list[tuple[int, float]], limit: int
    ) -> Candidates:
        language = language_of(question)
        trust = trust_in("" if self._dense.embedder is None else self._dense.embedder.name)
        fused = fuse(dense, lexical, trust.of(language))[: max(LOOKED_AT, 2 * limit)]
        stored = self._records.passages([identity for identity, _ in fused])
        openings = self._records.openings({passage.sha256 for passage in stored.values()})
        by_meaning = {identity: (rank, cosine) for rank, (identity, cosine) in enumerate(dense, start=1)}
        by_words = {identity: (rank, score) for rank, (identity, score) in enumerate(lexical, start=1)}
        candidates = tuple(
            _candidate(passage, openings, by_meaning.get(identity, (0, 0.0)), by_words.get(identity, (0, 0.0)))
            for identity, _ in fused
            if (passage := stored.get(identity)) is not None  # what was removed meanwhile is no longer found
        )
        return Candidates(wanted(question, language), candidates, stored, trust)

    def _findings(self, question: str, found: Candidates, limit: int) -> Findings:
        language = found.asked.language
        trust = found.trust.of(language)
        ranked = second_look(found.asked, found.candidates, trust, found.trust.spread)
        if not ranked:
            return Findings((), 0.0, language=language)
        pieces = gather(
            ((found.stored[one.candidate.identity], one.score) for one in ranked), limit, self._records.page_text
        )
        passages = tuple(_passage(number, piece, question) for number, piece in enumerate(pieces, start=1))
        self._note_interest(passage.sha256 for passage in passages)
        by_id = {candidate.identity: candidate for candidate in found.candidates}
        parts = [[by_id[part.id] for part in piece.parts] for piece in pieces]
        cosines = tuple(max(part.cosine if part.dense_rank else 0.0 for part in mine) for mine in parts)
        bm25 = tuple(max(part.bm25 for part in mine) for mine in parts)
        calibration = calibration_for(ranked, found.trust)
        held = support(clues(found.asked, ranked, trust), calibration)
        is_supported = is_enough(held, calibration, language, self._records.languages())
        stored = tuple(piece.parts for piece in pieces)
        return Findings(passages, held, is_supported, cosines, bm25, language, stored)


def _candidate(
    passage: StoredPassage,
    openings: Mapping[str, tuple[int, str]],
    meaning: tuple[int, float],
    words: tuple[int, float],
) -> Candidate:
    first, opening = openings.get(passage.sha256, (passage.id, ""))
    return Candidate(
        identity=passage.id, heading=f"{Path(passage.document).stem} {passage.section}",
        opening="" if first == passage.id else opening, text=passage.text,
        dense_rank=meaning[0], cosine=meaning[1], lexical_rank=words[0], bm25=words[1],
    )  # fmt: skip


def _passage(number: int, piece: Piece, question: str) -> Passage:
    first = piece.parts[0]
    return Passage(
        number=number, sha256=first.sha256, document=first.document, path=first.path, page=first.page,
        label=first.label, section=first.section, text=piece.text, start=piece.start, end=piece.end,
        score=round(piece.score, 6), marks=marks(question, piece.text), unit=first.unit, confidence=first.confidence,
        also_in=piece.also_in,
    )  # fmt: skip

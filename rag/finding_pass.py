"""One pass over documents: what their passages hold of a question, and what those say that could say it.

First every passage is held against the question by the beginnings of its words and by the cosine of its vector; from
all of them together it shows how rare each word is, and how near is near. Then each passage that could say it is read
sentence by sentence (``rag.finding_match``). What no reading could bring above ``ENOUGH`` isn't read: nothing that
could be found is left out by that.
"""

from __future__ import annotations

import dataclasses
import functools
import operator
import time
from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from rag.finding_match import ENOUGH, Around, Match, Weights, best_match, most_strength
from rag.finding_question import Sought
from rag.language import without_accents
from rag.protocol import Citation, Document, DocumentFinding, FindProgress, FoundIn, Passage
from rag.retrieve import marks
from rag.stores.finding_records import FindingRecords, ScannedPassage
from rag.stores.records import Records, StoredPassage
from rag.stores.vector_records import Vector
from rag.tally import Pace

PASSAGES = 3
"""Passages of a document that are shown at most ..."""
MATCHES = 6
"""... the best of so many, where there are more."""
SECONDS_A_PROGRESS = 0.25
"""Progress is told at most so often."""
FEWEST = 30
"""Passages from which on it can be told how near to a question most of them are."""
NEAR, NEAREST = 2.5, 6.0
"""Standard deviations above the mean cosine from which on a passage is near a question in meaning, and very near."""

Cosines = NDArray[np.float32]
"""Shape (passages,): of each with the question, NaN where a passage has no vector."""


@dataclasses.dataclass(frozen=True)
class _Scanned:
    """A document as it was looked through: which words its passages hold (a bit for each), and their cosines."""

    document: Document
    masks: tuple[int, ...]
    cosines: Cosines
    named: int
    """The words that the document's name holds."""
    last: int
    """The id of its last passage. Ids only grow: with as many passages and the same last one, it is as it was."""

    @property
    def said(self) -> int:
        """The words that the document holds anywhere."""
        return functools.reduce(operator.or_, self.masks, self.named)


class FindingPass:
    """One pass over documents, for one question."""

    def __init__(
        self,
        passages: FindingRecords,
        sought: Sought,
        question: str,
        vector: Vector | None,
        is_cancelled: Callable[[], bool],
    ) -> None:
        self._passages = passages
        self._sought = sought
        self._question = question
        self._vector = vector
        self._is_cancelled = is_cancelled
        self._languages = passages.languages()
        self._scanned: list[_Scanned] = []
        self._total = 0
        self.checked: list[Document] = []
        """The documents that were come to, in the order in which they were given."""
        self.by_words: set[str] = set()
        """The keys of those that have passages without a vector."""
        self.gone: list[str] = []
        """The keys of those whose passages were gone when they were to be read: forgotten, or being read anew."""

    def look_through(self, documents: Sequence[Document]) -> Iterator[FindProgress]:
        """Hold every passage against the question, by the beginnings of words and by meaning."""
        self._total = len(documents)
        told = time.monotonic()
        for document in documents:
            if self._is_cancelled():
                return
            passages = self._passages.passages_of(document.sha256) if document.sha256 else []
            self._scanned.append(self._looked_at(document, passages))
            if time.monotonic() - told > SECONDS_A_PROGRESS:
                told = time.monotonic()
                yield FindProgress(0, 0, self._total, -1.0, len(self._scanned))

    def read(self, records: Records) -> Iterator[FindProgress | FoundIn]:
        """Read what could say it, the likeliest documents first, and say where it is found."""
        weights = self._weights()
        nearness = _Nearness([scanned.cosines for scanned in self._scanned])
        outlooks = [self._outlook(scanned, nearness, weights) for scanned in self._scanned]
        pace, told, checked = Pace(), time.monotonic(), set[str]()
        for place in sorted(range(len(outlooks)), key=lambda place: -max(outlooks[place], default=0.0)):
            if self._is_cancelled():
                break
            begun = time.monotonic()
            scanned = self._scanned[place]
            finding = self._finding(records, scanned, outlooks[place], nearness, weights)
            checked.add(scanned.document.key)
            if finding is not None:
                yield FoundIn(0, finding)
            now = time.monotonic()
            pace.note(1, now - begun)
            if now - told > SECONDS_A_PROGRESS:
                told = now
                left = (self._total - len(checked)) / pace.a_second if pace.a_second else -1.0
                yield FindProgress(0, len(checked), self._total, round(left, 1), len(self._scanned))
        self.checked = [scanned.document for scanned in self._scanned if scanned.document.key in checked]
        yield FindProgress(0, len(self.checked), self._total, 0.0, len(self._scanned))

    def _looked_at(self, document: Document, passages: Sequence[ScannedPassage]) -> _Scanned:
        cosines = _cosines(passages, self._vector)
        if np.isnan(cosines).any():
            self.by_words.add(document.key)
        masks = tuple(self._mask(f"{passage.section}\n{passage.text}") for passage in passages)
        return _Scanned(document, masks, cosines, self._mask(document.name), passages[-1].id if passages else 0)

    def _mask(self, text: str) -> int:
        """A bit for each sought word that something in ``text`` begins like, in the order of the question."""
        flat = without_accents(text)
        return sum(1 << place for place, start in enumerate(self._sought.starts) if start in flat)

    def _weights(self) -> Weights:
        masks = [mask for scanned in self._scanned for mask in scanned.masks]
        frequencies = [sum(mask >> place & 1 for mask in masks) for place in range(len(self._sought.words))]
        return Weights.of(self._sought, frequencies, len(masks))

    def _outlook(self, scanned: _Scanned, nearness: _Nearness, weights: Weights) -> list[float]:
        """The most strength that a reading of each passage could find."""
        said, near = scanned.said, nearness.of(scanned.cosines)
        known: dict[tuple[int, float], float] = {}
        for mask, one in zip(scanned.masks, near, strict=True):
            if (mask, one) not in known:
                known[mask, one] = most_strength(self._sought, mask, said, one, weights)
        return [known[mask, one] for mask, one in zip(scanned.masks, near, strict=True)]

    def _finding(
        self, records: Records, scanned: _Scanned, outlook: Sequence[float], nearness: _Nearness, weights: Weights
    ) -> DocumentFinding | None:
        """What a document says, from its best passages; None where it says nothing of it."""
        if max(outlook, default=0.0) < ENOUGH:
            return None
        document = scanned.document
        passages = self._passages.passages_of(document.sha256)
        if (len(passages), passages[-1].id if passages else 0) != (len(outlook), scanned.last):
            if not passages:
                self.gone.append(document.key)
                return None
            # It was read anew meanwhile: what it says now is what counts.
            scanned = self._looked_at(document, passages)
            outlook = self._outlook(scanned, nearness, weights)
        near = nearness.of(scanned.cosines)
        language = self._languages.get(document.sha256, "")
        matches: list[tuple[Match, int]] = []
        for place in sorted(range(len(passages)), key=lambda place: (-outlook[place], place)):
            if outlook[place] < ENOUGH or len(matches) == MATCHES:
                break
            around = Around(passages[place].section, scanned.said, near[place], language)
            match = best_match(self._sought, passages[place].text, around, weights)
            if match is not None and match.strength >= ENOUGH:
                matches.append((match, passages[place].id))
        return _made(document, matches, records, self._question) if matches else None


class _Nearness:
    """How much nearer to the question passages are in meaning than most of those that were looked at."""

    def __init__(self, cosines: Sequence[Cosines]) -> None:
        known = np.concatenate([*cosines, np.zeros(0, np.float32)])
        known = known[~np.isnan(known)]
        self._is_known = len(known) >= FEWEST
        self._mean = float(known.mean()) if self._is_known else 0.0
        self._deviation = max(float(known.std()), 1e-6) if self._is_known else 1.0

    def of(self, cosines: Cosines) -> list[float]:
        """The nearness of each passage, in [0, 1]."""
        if not self._is_known:
            return [0.0] * len(cosines)
        deviations = (np.nan_to_num(cosines, nan=self._mean) - self._mean) / self._deviation
        shares: list[float] = np.clip((deviations - NEAR) / (NEAREST - NEAR), 0.0, 1.0).round(3).tolist()
        return shares


def _cosines(passages: Sequence[ScannedPassage], vector: Vector | None) -> Cosines:
    cosines = np.full(len(passages), np.nan, dtype=np.float32)
    if vector is None:
        return cosines
    # One of another length is another embedder's.
    own = [place for place, one in enumerate(passages) if one.vector is not None and len(one.vector) == 4 * len(vector)]
    if own:
        stored = b"".join(passages[place].vector or b"" for place in own)
        cosines[own] = np.frombuffer(stored, dtype="<f4").reshape(len(own), -1) @ vector
    return cosines


def _made(
    document: Document, matches: Sequence[tuple[Match, int]], records: Records, question: str
) -> DocumentFinding | None:
    """The finding as it is told, with what of it is still in the library."""
    stored = records.passages([identity for _, identity in matches])
    ordered = sorted(matches, key=lambda match: -match[0].strength)[:PASSAGES]
    kept = [(match, stored[identity]) for match, identity in ordered if identity in stored]
    if not kept:
        return None
    return DocumentFinding(
        sha256=document.sha256,
        document=document.name,
        path=kept[0][1].path,
        strength=kept[0][0].strength,
        passages=tuple(_passage(number, one, match, question) for number, (match, one) in enumerate(kept, start=1)),
        citations=tuple(_citation(number, one, match) for number, (match, one) in enumerate(kept, start=1)),
    )


def _passage(number: int, stored: StoredPassage, match: Match, question: str) -> Passage:
    return Passage(
        number=number, sha256=stored.sha256, document=stored.document, path=stored.path, page=stored.page,
        label=stored.label, section=stored.section, text=stored.text, start=stored.start, end=stored.end,
        score=match.strength, marks=marks(question, stored.text), unit=stored.unit, confidence=stored.confidence,
    )  # fmt: skip


def _citation(number: int, stored: StoredPassage, match: Match) -> Citation:
    first, last = match.span
    return Citation(
        number=number, passage=number, sha256=stored.sha256, document=stored.document, path=stored.path,
        page=stored.page, label=stored.label, quote=stored.text[first:last], start=stored.start + first,
        end=stored.start + last, unit=stored.unit, confidence=stored.confidence,
    )  # fmt: skip

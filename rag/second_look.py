"""A second look at what words and meaning found: the best candidates, reordered by what stands in them. Pure.

Each candidate gets a few numbers that cost no model (Sight), and a score that is linear in them: a conditional logit
(McFadden, "Conditional logit analysis of qualitative choice behavior", 1973) of which candidate is the one, as in
learning to rank from lists (Cao et al., "Learning to Rank: From Pairwise Approach to Listwise Approach", ICML 2007).
Scores of the two sides are used beside their ranks: Bruch, Gai & Ingber, "An Analysis of Fusion Functions for Hybrid
Retrieval" (TOIS 2023). The weights are what ``benchmarks/tune_retrieval.py`` learned; decision 0063.
"""

from __future__ import annotations

import dataclasses
import itertools
import math
import statistics
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rag.lexicon.analysis import token_terms, tokens
from rag.sentences import sentence_spans
from rag.wanted import Terms, Wanted, holds_kind, says_phrase, terms_of

RANK_CONSTANT = 10.0
"""As k of reciprocal rank fusion: how little the first ranks differ."""

IN_ORDER, CLOSE = 4, 6
"""Words within which two neighbours of the question stand near each other: in its order, and in any order."""

SEATS, SEATED = 2, 5
"""The first of a fully trusted embedder are kept among the first of all: what it means may be said in other words."""


@dataclasses.dataclass(frozen=True)
class Candidate:
    """A passage that a side named. A rank counts from 1; 0: that side didn't name it, and its score says nothing.

    ``heading`` is its document's title and the section's path, ``opening`` how its document begins ("" where that is
    the passage itself); ``cosine`` is in [-1, 1], ``bm25`` is higher for the better.
    """

    identity: int
    heading: str
    opening: str
    text: str
    dense_rank: int
    cosine: float
    lexical_rank: int
    bm25: float


class Sight(NamedTuple):
    """What is seen of a candidate. Shares are of the question's terms, weighed by their rarity, in [0, 1]."""

    nearness: float
    """How far its cosine stands above the lowest one, in units of the embedder's spread."""
    dense_rank: float
    """Reciprocal, in [0, 1], weighed by the trust in the embedder."""
    words: float
    """BM25 beside the best one's."""
    lexical_rank: float
    """Reciprocal, in [0, 1]."""
    passage: float
    """The share that stands in it."""
    sentence: float
    """The share that stands in one of its sentences, the best."""
    order: float
    """The share of neighbours in the question that are near each other in it, half for the wrong order."""
    numbers: float
    """How many numbers of the question are missing."""
    names: float
    """How many names of the question are missing."""
    kind: float
    """1 where its best sentence holds the kind of answer that is asked for."""
    heading: float
    """The share that stands in its heading."""
    document: float
    """The share of names and numbers alone that stand in it, in its heading or in its document's opening."""
    phrases: float
    """How many quoted phrases are missing."""


LEARNED = (
    "nearness",
    "dense_rank",
    "words",
    "lexical_rank",
    "passage",
    "sentence",
    "order",
    "numbers",
    "names",
    "kind",
)
"""Whose weights were learned; questions about single paragraphs can't teach the others', which were set."""

WEIGHTS = Sight(
    nearness=0.7, dense_rank=1.0, words=3.0, lexical_rank=2.0, passage=4.0, sentence=4.0, order=2.0, numbers=-0.3,
    names=-0.1, kind=0.5, heading=1.5, document=3.0, phrases=-8.0,
)  # fmt: skip


@dataclasses.dataclass(frozen=True)
class Ranked:
    """A candidate, what is seen of it, and its score.

    The score is the share of belief, in (0, 1], that it is the one, but for the seats that are kept.
    """

    candidate: Candidate
    score: float
    sight: Sight


def second_look(asked: Wanted, candidates: Sequence[Candidate], trust: float, spread: float) -> list[Ranked]:
    """The candidates, best first; ties keep the order of the passages' ids.

    ``trust`` and ``spread`` are the embedder's (see rag.trust).
    """
    if not candidates:
        return []
    seen = sights(asked, candidates, trust, spread)
    scores = [sum(weight * value for weight, value in zip(WEIGHTS, sight, strict=True)) for sight in seen]
    highest = max(scores)
    beliefs = [math.exp(score - highest) for score in scores]
    whole = sum(beliefs)
    places = sorted(range(len(candidates)), key=lambda place: (-scores[place], candidates[place].identity))
    ranked = [Ranked(candidates[place], beliefs[place] / whole, seen[place]) for place in places]
    return _seated(ranked) if trust >= 1.0 else ranked


def sights(asked: Wanted, candidates: Sequence[Candidate], trust: float, spread: float) -> list[Sight]:
    """What is seen of each candidate, in their order."""
    cosines = [candidate.cosine for candidate in candidates if candidate.dense_rank]
    lowest = min(cosines, default=0.0)
    spread = spread or (statistics.pstdev(cosines) if cosines else 0.0) or 1.0
    best = max((candidate.bm25 for candidate in candidates if candidate.lexical_rank), default=0.0)
    passages = [_Passage(asked, candidate) for candidate in candidates]
    rarity = _rarity(asked.terms, [passage.terms for passage in passages])
    telling = {term: rarity[term] for term in asked.terms if term in asked.names or term in asked.numbers}
    found: list[Sight] = []
    for candidate, passage in zip(candidates, passages, strict=True):
        share, sentence = passage.best_sentence(rarity)
        heading = set(terms_of(candidate.heading, asked.language))
        said_of = heading | set(terms_of(candidate.opening, asked.language)) | passage.terms
        found.append(
            Sight(
                nearness=(candidate.cosine - lowest) / spread if candidate.dense_rank else 0.0,
                dense_rank=trust * _reciprocal(candidate.dense_rank),
                words=candidate.bm25 / best if candidate.lexical_rank and best > 0.0 else 0.0,
                lexical_rank=_reciprocal(candidate.lexical_rank),
                passage=_share(passage.terms, rarity),
                sentence=share,
                order=passage.order(rarity),
                numbers=len(asked.numbers - passage.terms),
                names=len(asked.names - passage.terms),
                kind=float(share > 0.0 and holds_kind(sentence, asked)),
                heading=_share(heading, rarity),
                document=_share(said_of & telling.keys(), telling),
                phrases=sum(not says_phrase(phrase, passage.running) for phrase in asked.phrases),
            )
        )
    return found


class _Passage:
    """The terms of a question that a passage says, and where."""

    def __init__(self, asked: Wanted, candidate: Candidate) -> None:
        text, terms = candidate.text, frozenset(asked.terms)
        self._asked = asked
        self._sentences: list[tuple[set[str], str]] = []
        self._places: dict[str, list[int]] = {}
        self.running: list[str] = []
        """All its terms, one behind the other, where the question quotes a phrase."""
        count = 0
        for start, end in sentence_spans(text):
            sentence: set[str] = set()
            for token in tokens(text[start:end]):
                said = token_terms(token, asked.language)
                if asked.phrases:
                    self.running += said
                for term in said:
                    if term in terms:
                        sentence.add(term)
                        self._places.setdefault(term, []).append(count)
                count += 1
            self._sentences.append((sentence, text[start:end]))
        self.terms = frozenset(self._places)

    def best_sentence(self, rarity: dict[str, float]) -> tuple[float, str]:
        """The sentence with the greatest share, the first of equals, and that share."""
        shares = [_share(terms, rarity) for terms, _ in self._sentences]
        best = max(range(len(shares)), key=lambda place: (shares[place], -place), default=None)
        return (0.0, "") if best is None else (shares[best], self._sentences[best][1])

    def order(self, rarity: dict[str, float]) -> float:
        """See Sight.order."""
        near, whole = 0.0, 0.0
        for one, other in itertools.pairwise(self._asked.terms):
            weight = rarity[one] + rarity[other]
            whole += weight
            steps = [second - first for first in self._places.get(one, ()) for second in self._places.get(other, ())]
            if any(0 <= step <= IN_ORDER for step in steps):
                near += weight
            elif any(abs(step) <= CLOSE for step in steps):
                near += weight / 2
        return near / whole if whole else 0.0


def _rarity(terms: Terms, passages: Sequence[Iterable[str]]) -> dict[str, float]:
    """How much each term tells: the logarithm of how rare it is among the passages, above 0."""
    frequency = dict.fromkeys(terms, 0)
    for term in itertools.chain(*passages):
        frequency[term] += 1
    return {term: math.log((len(passages) + 1) / (count + 0.5)) for term, count in frequency.items()}


def _share(said: Iterable[str], rarity: dict[str, float]) -> float:
    whole = sum(rarity.values())
    return sum(rarity.get(term, 0.0) for term in said) / whole if whole else 0.0


def _reciprocal(rank: int) -> float:
    return (RANK_CONSTANT + 1.0) / (RANK_CONSTANT + rank) if rank else 0.0


def _seated(ranked: Sequence[Ranked]) -> list[Ranked]:
    """With the first SEATS of the embedder among the first SEATED, behind those of them that were there."""
    first, others = list(ranked[:SEATED]), list(ranked[SEATED:])
    late = sorted(
        (one for one in others if 0 < one.candidate.dense_rank <= SEATS), key=lambda one: one.candidate.dense_rank
    )
    kept = first[: SEATED - len(late)]
    moved = [dataclasses.replace(one, score=kept[-1].score) for one in late]
    displaced = first[len(kept) :]
    return [*kept, *moved, *displaced, *(one for one in others if one not in late)]

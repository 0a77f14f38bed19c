"""Support: how far the passages that a question found hold an answer to it, as a probability. Pure.

What is seen of the best candidates (Clues) costs no model; a logistic regression (Cox, "The regression analysis of
binary sequences", 1958) makes a probability of it. Its weights, and the support below which Phial refuses, are recorded
per embedder in assets/trust.json by ``benchmarks/calibrate.py``; decision 0132.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from typing import NamedTuple

from rag.second_look import Ranked
from rag.trust import Calibration, EmbedderTrust, words_alone
from rag.wanted import Wanted

LOOKED_AT = 6
"""The best candidates that are held against the question: as many as an answer is made from."""

MOST_TERMS = 8
"""Terms of a question above which more of them say no more."""


class Clues(NamedTuple):
    """What is seen of the best candidates. Shares are of the question's terms, weighed by their rarity, in [0, 1]."""

    passage: float
    """The share that stands in one of them, the best."""
    sentence: float
    """The share that stands in one sentence, the best."""
    order: float
    """The share of neighbours in the question that are near each other in one of them."""
    numbers: float
    """1 where a number of the question is missing in the one that holds most of it."""
    nearness: float
    """The best cosine, weighed by the trust in the embedder, in [-1, 1]; 0 where the embedder named none of them."""
    trust: float
    """That trust, in [0, 1], so that the same cosine may say more or less."""
    lead: float
    """How far the best BM25 stands above the second, as a share of it, in [0, 1]."""
    terms: float
    """How many terms the question has, as a share of MOST_TERMS, at most 1."""


def clues(asked: Wanted, ranked: Sequence[Ranked], trust: float) -> Clues:
    """What is seen of ``ranked`` (best first, not empty); ``trust`` is that in the embedder for this question."""
    best = [one.sight for one in ranked[:LOOKED_AT]]
    fullest = max(best, key=lambda sight: sight.passage + sight.sentence)
    cosines = [one.candidate.cosine for one in ranked[:LOOKED_AT] if one.candidate.dense_rank]
    first, second = sorted((0.0, 0.0, *(one.candidate.bm25 for one in ranked)), reverse=True)[:2]
    return Clues(
        passage=max(sight.passage for sight in best),
        sentence=max(sight.sentence for sight in best),
        order=max(sight.order for sight in best),
        numbers=float(fullest.numbers > 0),
        nearness=trust * max(cosines, default=0.0),
        trust=trust,
        lead=(first - second) / first if first else 0.0,
        terms=min(1.0, len(asked.terms) / MOST_TERMS),
    )


def calibration_for(ranked: Sequence[Ranked], trust: EmbedderTrust) -> Calibration:
    """The embedder's own calibration; where it has none, or named nothing, that for words alone."""
    is_named = any(one.candidate.dense_rank for one in ranked)
    return trust.refusal if is_named and trust.refusal is not None else words_alone()


def support(seen: Clues, calibration: Calibration) -> float:
    """How likely the passages hold an answer, in [0, 1]."""
    score = calibration.constant + sum(calibration.weights[name] * value for name, value in seen._asdict().items())
    return round(1.0 / (1.0 + math.exp(-score)), 3)


def is_enough(held: float, calibration: Calibration, language: str, languages: Collection[str]) -> bool:
    """Whether an answer is to be tried, by how far it is supported (``held``).

    Words alone tell nothing of a question in a ``language`` that no document is in (``languages``: those of the
    documents, "" among them where one isn't known): it is tried, and what is answered is checked.
    """
    is_foreign = bool(language) and "" not in languages and language not in languages
    return held >= calibration.enough_for(language) or (is_foreign and calibration is words_alone())

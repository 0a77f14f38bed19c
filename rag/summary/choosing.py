"""Choosing: sentences of every section, the ones that carry most first, none that says what another one says. Pure.

Maximal marginal relevance: Carbonell & Goldstein, "The Use of MMR, Diversity-Based Reranking for Reordering Documents
and Producing Summaries" (SIGIR 1998).
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

from rag.summary.ranking import Candidate

RELEVANCE = 0.7
"""Lambda of the paper: how much a sentence's own score counts against its likeness to those that are chosen."""
BEST_OF_SECTION = 40
"""Sentences of a section that are compared with those chosen; the others carry too little of it."""


def chosen(candidates: Sequence[Candidate], count: int) -> tuple[Candidate, ...]:
    """``count`` of ``candidates`` (fewer where there are fewer), in the order they were given in.

    Each section gives one before any gives a second; where there are more sections than ``count``, the ones whose best
    sentence scores most.
    """
    best: dict[int, list[Candidate]] = {}
    for candidate in sorted(candidates, key=lambda candidate: -candidate.score):
        held = best.setdefault(candidate.section, [])
        if len(held) < BEST_OF_SECTION:
            held.append(candidate)
    sections = sorted(best, key=lambda section: -best[section][0].score)[: max(0, count)]
    taken: list[Candidate] = []
    for section in sections:
        taken.append(_next(best[section], taken))
    rest = list(itertools.chain.from_iterable(best[section] for section in sections))
    while len(taken) < min(count, len(rest)):
        taken.append(_next([candidate for candidate in rest if candidate not in taken], taken))
    places = {id(candidate): place for place, candidate in enumerate(candidates)}
    return tuple(sorted(taken, key=lambda candidate: places[id(candidate)]))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """How much two sentences (stems) say the same, in [0, 1]: the cosine of their sets."""
    return len(one & other) / math.sqrt(len(one) * len(other)) if one and other else 0.0


def _next(candidates: Sequence[Candidate], taken: Sequence[Candidate]) -> Candidate:
    def marginal(candidate: Candidate) -> float:
        same = max((likeness(candidate.stems, other.stems) for other in taken), default=0.0)
        return RELEVANCE * candidate.score - (1.0 - RELEVANCE) * same

    return max(candidates, key=marginal)

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
SAME = 0.8
"""From this likeness on, two sentences say the same."""
BEST_OF_SECTION = 40
"""Sentences of a section that are compared with those chosen; the others carry too little of it."""


def chosen(candidates: Sequence[Candidate], count: int) -> tuple[Candidate, ...]:
    """``count`` of ``candidates`` (fewer where fewer say something of their own), in the order they were given in.

    Each section gives one before any gives a second; where there are more sections than ``count``, the ones whose best
    sentence scores most.
    """
    best: dict[int, list[int]] = {}
    for place in sorted(range(len(candidates)), key=lambda place: -candidates[place].score):
        held = best.setdefault(candidates[place].section, [])
        if len(held) < BEST_OF_SECTION:
            held.append(place)
    sections = sorted(best, key=lambda section: -candidates[best[section][0]].score)[: max(0, count)]
    taken: list[int] = []
    for section in sections:
        taken.append(_next(candidates, best[section], taken))
    rest = list(itertools.chain.from_iterable(best[section] for section in sections))
    while len(taken) < count:
        new = [place for place in rest if not _is_said(candidates, place, taken)]
        if not new:
            break
        taken.append(_next(candidates, new, taken))
    return tuple(candidates[place] for place in sorted(taken))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """How much two sentences (stems) say the same, in [0, 1]: the cosine of their sets."""
    return len(one & other) / math.sqrt(len(one) * len(other)) if one and other else 0.0


def _is_said(candidates: Sequence[Candidate], place: int, taken: Sequence[int]) -> bool:
    own = candidates[place].stems
    return place in taken or any(likeness(own, candidates[other].stems) >= SAME for other in taken)


def _next(candidates: Sequence[Candidate], places: Sequence[int], taken: Sequence[int]) -> int:
    def marginal(place: int) -> float:
        same = max((likeness(candidates[place].stems, candidates[other].stems) for other in taken), default=0.0)
        return RELEVANCE * candidates[place].score - (1.0 - RELEVANCE) * same

    return max(places, key=marginal)

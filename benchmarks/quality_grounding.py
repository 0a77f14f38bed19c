"""Grounding, as benchmarks/grounding.py measures it, on the half of the documents that its rules were not made on."""

from __future__ import annotations

import random
from pathlib import Path

from grounding import SEED, WANTED, cases_of, judge
from grounding_texts import collections_of
from intervals import share
from quality_figures import Figure, figure

_SAID = {
    "true": "true sentences that are called supported",
    "native": "errors of the passages' own words that are found",
    "foreign": "foreign errors that are found",
}


def measure(data: Path, seed: int) -> list[Figure]:
    """The figures of grounding; ``seed`` draws the sentences, never the halves."""
    _, held_out = collections_of(data, SEED)
    outcomes = [judge(case) for one in held_out for case in cases_of(one, random.Random(f"{seed} {one.name}"))]
    figures: list[Figure] = []
    for family, wanted in WANTED.items():
        mine = [outcome.is_right for outcome in outcomes if outcome.case.family == family]
        figures += figure("grounding", _SAID[family], seed, {"phial": share(mine)}, goal=wanted)
    return figures

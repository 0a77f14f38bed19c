"""Find all, as benchmarks/find_all.py plants it, beside searches that look at the first passages alone.

The others are asked for as many passages as documents say the fact: the most that a search of the first passages could
find without a false one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from find_all import Outcome, Planted, find, plant
from intervals import share
from quality_figures import Figure, figure
from quality_sides import Stock, sides, stores_of
from quality_texts import library_of


def measure(data: Path, seed: int) -> list[Figure]:
    """The figures of find all."""
    folder, planted = plant(data, seed)
    with library_of("planted", [folder]) as library:
        home = library.home
        outcomes = find(library, planted)
    texts = {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.iterdir())}
    stock = Stock("planted", texts)
    found = {"phial": [outcome.found for outcome in outcomes]}
    found["stock"] = [frozenset(stock.documents([one.fact.question], len(one.said))[0]) for one in planted]
    with stores_of(home) as stores:
        for name, search in sides(stores).items():
            found[name] = [frozenset(search(one.fact.question, len(one.said))) for one in planted]
    return told(planted, found, outcomes, seed)


def told(
    planted: Sequence[Planted],
    found: Mapping[str, Sequence[frozenset[str]]],
    outcomes: Sequence[Outcome],
    seed: int,
) -> list[Figure]:
    """Recall, and the share of finds that are right."""
    recalls = {
        name: share([said in names for one, names in zip(planted, mine, strict=True) for said in one.said])
        for name, mine in found.items()
    }
    right = {
        name: share([document in one.said for one, names in zip(planted, mine, strict=True) for document in names])
        for name, mine in found.items()
    }
    seconds = sum(outcome.seconds for outcome in outcomes) / len(outcomes)
    print(f"find all: {len(planted)} facts, {seconds:.1f} s each")
    return [
        *figure("find all", "documents that say it and are found", seed, recalls),
        *figure("find all", "finds that do say it", seed, right),
    ]

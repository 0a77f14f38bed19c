"""Calibrates refusal: how likely passages hold an answer, by what is seen of them, and below what Phial refuses.

    python benchmarks/calibrate.py DATA [--write]

Every XQuAD question of the development half of articles is asked twice in each language: of a library that holds all
240 paragraphs, each a document, and of one from which a fifth of them is taken out, its own among them; the other
paragraphs of the article stay. Questions about quarterly reports are asked of a library that holds those of some
companies, and not of others; half of the companies are developed on. Each of these four collections counts the same,
and so do questions with an answer and without. A logistic regression with a small ridge (le Cessie & van Houwelingen
1992) is fitted by Newton's method. The threshold of a language is the highest that refuses at most WRONGLY_REFUSED of
the questions with an answer in each of its collections, and there is one of all together for any other language: a
refusal hides an answer that is there, where an answer that was tried in vain is still checked sentence by sentence.
Prints the held-out half beside; ``--write`` records both calibrations, with and without the embedder, in
assets/trust.json.
"""

from __future__ import annotations

import argparse
import collections
import dataclasses
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
from intervals import area
from numpy.typing import NDArray
from quality_sides import Stores, stores_of
from quality_texts import LANGUAGES, folder_of, library_of, paragraphs, report_questions, take_in
from report import fresh_folder, show

from engine.paths import assets
from rag.embed import Embedder, find_embedder
from rag.library import Library
from rag.second_look import second_look
from rag.support import LOOKED_AT, Clues, clues, support
from rag.trust import Calibration

FOLDS = 5
"""Parts in which the paragraphs are taken out: one of each article at a time."""
WRONGLY_REFUSED = 0.05
REPORTS = "reports"
RIDGE = 1.0
ROUNDS = 30


@dataclasses.dataclass(frozen=True)
class Seen:
    """A question, what was seen of its candidates, and whether its document was there."""

    collection: str
    clues: Clues
    is_there: bool
    is_held_out: bool
    language: str = "en"


def main(arguments: Sequence[str] | None = None) -> int:
    """Calibrate; print what it gives on both halves, and record it where that is asked for."""
    parser = argparse.ArgumentParser(description="Weights and threshold of refusal, for the default embedder.")
    parser.add_argument("data", type=Path, help="the folder that holds xquad/")
    parser.add_argument("--write", action="store_true", help="record the calibrations in assets/trust.json")
    options = parser.parse_args(arguments)
    seen = [one for language in LANGUAGES for one in looked_at(options.data, language)]
    seen += reports_looked_at(options.data)
    by_embedder = [one for one in seen if one.clues.nearness]
    by_words = [dataclasses.replace(one, clues=one.clues._replace(nearness=0.0, trust=0.0)) for one in seen]
    found = {"with the embedder": fitted(by_embedder), "words alone": fitted(by_words)}
    for (name, calibration), mine in zip(found.items(), (by_embedder, by_words), strict=True):
        tell(name, calibration, mine)
    if options.write:
        record(*found.values())
    return 0


def looked_at(data: Path, language: str) -> Iterator[Seen]:
    """Every question in ``language``, of the whole library and of one without its document."""
    held = paragraphs(data, language)
    folder = folder_of(held)
    home = fresh_folder(f"quality/calibrate-{language}")
    names = [*held.texts]
    for fold in range(-1, FOLDS):
        gone = set(names[fold::FOLDS]) if fold >= 0 else set()
        with Library.open(home) as library:
            take_in(library, [folder])
            if gone:
                library.remove([str(folder / name) for name in gone])
        with stores_of(home) as stores:
            for asked in held.questions:
                if not gone or asked.document in gone:
                    yield Seen(language, clues_of(stores, asked.question), not gone, asked.is_held_out, language)


def reports_looked_at(data: Path) -> Iterator[Seen]:
    """Every question about a quarterly report, there or not."""
    reports, questions = report_questions(data)
    with library_of("calibrate-reports", reports) as library:
        home = library.home
    with stores_of(home) as stores:
        for asked in questions:
            yield Seen(REPORTS, clues_of(stores, asked.question), asked.is_there, asked.is_held_out)


def clues_of(stores: Stores, question: str) -> Clues:
    """What is seen of a question's candidates, as a search sees it."""
    found = stores.searcher.candidates(question, None, LOOKED_AT)
    trust = found.trust.of(found.asked.language)
    return clues(found.asked, second_look(found.asked, found.candidates, trust, found.trust.spread), trust)


def fitted(seen: Sequence[Seen]) -> Calibration:
    """The calibration of the development half."""
    mine = [one for one in seen if not one.is_held_out]
    counts = collections.Counter((one.collection, one.is_there) for one in mine)
    shares = np.array([len(mine) / len(counts) / counts[one.collection, one.is_there] for one in mine])
    values = np.array([one.clues for one in mine], float)
    truth = np.array([one.is_there for one in mine], float)
    middle, scale = values.mean(axis=0), values.std(axis=0)
    scale[scale == 0.0] = 1.0
    weights = regression((values - middle) / scale, truth, shares)
    slopes = weights[:-1] / scale
    constant = float(weights[-1] - slopes @ middle)
    calibration = Calibration({name: round(float(slope), 3) for name, slope in zip(Clues._fields, slopes, strict=True)},
                              round(constant, 3), 0.5)  # fmt: skip
    supported = np.array([support(one.clues, calibration) for one in mine])
    return dataclasses.replace(
        calibration,
        enough=threshold(supported[truth > 0.0], shares[truth > 0.0]),
        enough_in={language: _least_threshold(language, mine, calibration) for language in LANGUAGES},
    )


def _least_threshold(language: str, seen: Sequence[Seen], calibration: Calibration) -> float:
    """The threshold that holds in each of the collections that are asked in ``language``."""
    mine = [one for one in seen if one.is_there and one.language == language]
    supported = {
        name: np.array([support(one.clues, calibration) for one in mine if one.collection == name])
        for name in {one.collection for one in mine}
    }
    return min(threshold(values, np.ones(len(values))) for values in supported.values())


def threshold(supported: NDArray[np.float64], shares: NDArray[np.float64]) -> float:
    """The highest support below which at most WRONGLY_REFUSED of ``supported`` lie, each counted by its share."""
    order = np.argsort(supported)
    refused = np.cumsum(shares[order]) / shares.sum()
    place = min(int(np.searchsorted(refused, WRONGLY_REFUSED, "right")), len(order) - 1)
    return float(supported[order][place])


def regression(
    values: NDArray[np.float64], truth: NDArray[np.float64], shares: NDArray[np.float64]
) -> NDArray[np.float64]:
    """The weights of a logistic regression of ``truth`` (n) on ``values`` (n, d), the constant last; shape (d + 1).

    ``shares`` (n) say how much each counts.
    """
    design = np.column_stack([values, np.ones(len(values))])
    ridge = RIDGE * np.diag([*np.ones(values.shape[1]), 0.0])
    weights = np.zeros(design.shape[1])
    for _ in range(ROUNDS):
        belief = 1.0 / (1.0 + np.exp(-design @ weights))
        slope = design.T @ (shares * (belief - truth)) + ridge @ weights
        curve = (design * (shares * belief * (1.0 - belief))[:, None]).T @ design + ridge
        # A clue that is always 0 (words alone) has no curve but the ridge's, and so no weight.
        weights -= np.linalg.solve(curve, slope)
    return weights


def tell(name: str, calibration: Calibration, seen: Sequence[Seen]) -> None:
    """Print a calibration, and what it gives on each half."""
    chosen: list[tuple[str, Callable[[Seen], bool]]] = [
        ("development", lambda one: not one.is_held_out),
        *((f"development, {name}", _half_of(name, is_held_out=False)) for name in (*LANGUAGES, REPORTS)),
        ("held out", lambda one: one.is_held_out),
        *((f"held out, {name}", _half_of(name, is_held_out=True)) for name in (*LANGUAGES, REPORTS)),
    ]
    rows = []
    for half, belongs in chosen:
        there = [support(one.clues, calibration) for one in seen if belongs(one) and one.is_there]
        gone = [support(one.clues, calibration) for one in seen if belongs(one) and not one.is_there]
        refused = share_refused([one for one in seen if belongs(one) and one.is_there], calibration)
        caught = share_refused([one for one in seen if belongs(one) and not one.is_there], calibration)
        rows.append((half, len(there), len(gone), f"{area(there, gone):.3f}", f"{refused:.1%}", f"{caught:.1%}"))
    columns = ("half", "with an answer", "without", "area", "wrongly refused", "rightly refused")
    by_language = ", ".join(f"{language} {enough}" for language, enough in calibration.enough_in.items())
    show(f"{name}: refused below {calibration.enough} ({by_language})", columns, rows)
    print("  ".join(f"{clue} {weight:+.2f}" for clue, weight in calibration.weights.items()))


def share_refused(seen: Sequence[Seen], calibration: Calibration) -> float:
    """The share of the questions that are refused, each by the threshold of its language."""
    supported = ((one, support(one.clues, calibration)) for one in seen)
    return sum(held < calibration.enough_for(one.language) for one, held in supported) / len(seen)


def record(with_embedder: Calibration, words: Calibration) -> None:
    """Write both into assets/trust.json, the first for the default embedder."""
    path = assets() / "trust.json"
    table = json.loads(path.read_text(encoding="utf-8"))
    default = Embedder(find_embedder()).name
    next(one for one in table["embedders"] if one["name"] == default)["refusal"] = dataclasses.asdict(with_embedder)
    table["words_alone"] = dataclasses.asdict(words)
    path.write_text(json.dumps(table, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    print(path)


def _half_of(collection: str, *, is_held_out: bool) -> Callable[[Seen], bool]:
    return lambda one: one.is_held_out == is_held_out and one.collection == collection


if __name__ == "__main__":
    sys.exit(main())

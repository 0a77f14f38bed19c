"""What the second look's weights are made of, and what they give: learned on half of XQuAD, shown on the other half.

    python benchmarks/tune_retrieval.py DATA

DATA/xquad holds XQuAD in English, Spanish and German; a library a language holds its 240 paragraphs, each a document.
Articles are parted in two halves, the same in every language. On one half a conditional logit learns the weights of
rag.second_look, one set for all languages, and how far the embedder's ranks are to be trusted in each; the table shows
both halves, with the weights that are in the program, beside those that were learned just now. Nothing is drawn: every
question is asked. It changes nothing: who wants other weights writes them where they stand.
"""

from __future__ import annotations

import argparse
import dataclasses
import math
import statistics
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from quality_sides import stores_of
from quality_texts import LANGUAGES, Asked, folder_of, library_of, paragraphs
from report import show, write

from rag.language import language_of
from rag.searching import Candidates
from rag.second_look import LEARNED, WEIGHTS, Candidate, Sight, second_look, sights

DEEPEST, FEW = 10, 5
PENALTY = 0.01
"""Of the squared weights, each in units of its sight's spread: what keeps them small that tell little."""
STEPS, ROUNDS = 40, 3
TRUSTS = [step / 20 for step in range(21)]

Matrix = NDArray[np.float64]
_PLACES = [Sight._fields.index(name) for name in LEARNED]
_RANK = LEARNED.index("dense_rank")


@dataclasses.dataclass(frozen=True)
class Case:
    """A question with its candidates: what is seen of each (LEARNED, with full trust), and which are right."""

    language: str
    asked: Asked
    found: Candidates
    seen: Matrix
    is_right: NDArray[np.bool_]

    @property
    def can_teach(self) -> bool:
        """Whether something is to be told apart here, on the half that is learned from."""
        return not self.asked.is_held_out and bool(self.is_right.any()) and not bool(self.is_right.all())


def main(arguments: Sequence[str] | None = None) -> int:
    """Learn, and show."""
    parser = argparse.ArgumentParser(description="The weights of the second look.")
    parser.add_argument("data", type=Path, help="the folder that holds xquad/")
    options = parser.parse_args(arguments)
    cases = [case for language in LANGUAGES for case in cases_of(options.data, language)]
    weights, trusts = learned(cases)
    deviations = [spread_of(case.found.candidates) for case in cases if case.language == "en"]
    show(
        "Weights, of all languages", ("sight", "in the program", "learned"),
        [(name, f"{getattr(WEIGHTS, name):.2f}", f"{new:.2f}") for name, new in zip(LEARNED, weights, strict=True)],
    )  # fmt: skip
    trust = cases[0].found.trust
    show(
        f"Trust in the ranks of {trust.name}", ("language", "in the program", "learned"),
        [(language, f"{trust.of(language):.2f}", f"{learnt:.2f}") for language, learnt in trusts.items()],
    )  # fmt: skip
    print(f"spread of its cosines: {trust.spread:.3f} in the program, {statistics.mean(deviations):.3f} measured")
    rows = [*table(cases, weights, trusts)]
    show("Documents found (hit@1, hit@5, MRR@10)", ("set", "questions", *WAYS), rows)
    without = [*ablations(cases)]
    show("Without one sight, learned again: hit@1 on the held-out half", ("without", *LANGUAGES), without)
    write(
        "tune_retrieval",
        {
            "weights": dict(zip(LEARNED, map(float, weights), strict=True)),
            "trust": trusts,
            "spread": statistics.mean(deviations),
            "found": rows,
            "without": without,
        },
    )
    return 0


def cases_of(data: Path, language: str) -> list[Case]:
    """Every question of a language with its candidates."""
    held = paragraphs(data, language)
    with library_of(f"tuning-{language}", [folder_of(held)]) as library:
        home = library.home
    with stores_of(home) as stores:
        found = [(asked, stores.searcher.candidates(asked.question, None, DEEPEST)) for asked in held.questions]
    return [case_of(asked, mine, language) for asked, mine in found]


def case_of(asked: Asked, found: Candidates, language: str) -> Case:
    """What is seen of the candidates, with full trust in the embedder."""
    seen = np.array(sights(found.asked, found.candidates, 1.0, found.trust.spread), float)
    right = [found.stored[candidate.identity].document == asked.document for candidate in found.candidates]
    return Case(language, asked, found, seen[:, _PLACES], np.array(right, bool))


def spread_of(candidates: Sequence[Candidate]) -> float:
    """The standard deviation of the cosines of a question's candidates."""
    return statistics.pstdev(candidate.cosine for candidate in candidates if candidate.dense_rank)


# --- learning -------------------------------------------------------------------------------------------------------


def learned(cases: Sequence[Case]) -> tuple[Matrix, dict[str, float]]:
    """The weights, and the trust in each language beside full trust in English, where likelihood is greatest."""
    taught = [case for case in cases if case.can_teach]
    trusts = dict.fromkeys(LANGUAGES, 1.0)
    weights = np.zeros(len(LEARNED))
    for _ in range(ROUNDS):
        weights = fitted(taught, trusts)
        for language in LANGUAGES[1:]:
            mine = [case for case in taught if case.language == language]
            losses = {trust: sum(loss(case, trust, weights) for case in mine) for trust in TRUSTS}
            trusts[language] = min(losses, key=lambda trust: losses[trust])
    return weights, trusts


def trusted(case: Case, trust: float) -> Matrix:
    """What is seen where the embedder's ranks are trusted so far."""
    seen = case.seen.copy()
    seen[:, _RANK] *= trust
    return seen


def fitted(cases: Sequence[Case], trusts: Mapping[str, float], left_out: str = "") -> Matrix:
    """The weights of a conditional logit with a penalty on squares, by Newton's method; 0 for what is left out."""
    most = max(len(case.seen) for case in cases)
    seen = np.zeros((len(cases), most, len(LEARNED)))
    exists, is_right = np.zeros((len(cases), most), bool), np.zeros((len(cases), most), bool)
    for number, case in enumerate(cases):
        count = len(case.seen)
        seen[number, :count] = trusted(case, trusts[case.language])
        exists[number, :count], is_right[number, :count] = True, case.is_right
    scale = seen[exists].std(axis=0) + 1e-9
    kept = np.array([name != left_out for name in LEARNED], float)
    seen *= kept / scale
    ridge = 2 * PENALTY * len(cases)
    weights, best = np.zeros(len(LEARNED)), math.inf
    step = np.zeros(len(LEARNED))
    for _ in range(STEPS):
        scores = seen @ (weights - step)
        belief, right = _softmax(scores, exists), _softmax(scores, is_right)
        cost = -float(np.log((belief * is_right).sum(axis=1)).sum()) + ridge / 2 * float(
            (weights - step) @ (weights - step)
        )
        if not cost < best:
            step /= 2
            continue
        weights, best = weights - step, cost
        slope = np.einsum("nmk,nm->k", seen, belief - right) + ridge * weights
        centred = seen - np.einsum("nmk,nm->nk", seen, belief)[:, None]
        curve = np.einsum("nmk,nm,nml->kl", centred, belief, centred, optimize=True)
        step = np.linalg.solve(curve + ridge * np.eye(len(weights)), slope)
    return np.asarray(weights / scale)


def _softmax(scores: Matrix, among: NDArray[np.bool_]) -> Matrix:
    scores = np.where(among, scores, -np.inf)
    beliefs = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(beliefs / beliefs.sum(axis=1, keepdims=True))


def loss(case: Case, trust: float, weights: Matrix) -> float:
    """The negative logarithm of the belief in what is right."""
    belief = _softmax((trusted(case, trust) @ weights)[None], np.ones((1, len(case.seen)), bool))[0]
    return -float(np.log(max(belief[case.is_right].sum(), 1e-12)))


# --- showing --------------------------------------------------------------------------------------------------------

WAYS = ("embedder alone", "words alone", "learned just now", "as in the program")


def table(
    cases: Sequence[Case], weights: Matrix, trusts: Mapping[str, float]
) -> Iterator[tuple[str, int, str, str, str, str]]:
    """What each way finds, by language and half."""
    for language in LANGUAGES:
        for is_held_out in (False, True):
            mine = [case for case in cases if case.language == language and case.asked.is_held_out is is_held_out]
            ranks = [(by_side(case, "dense_rank"), by_side(case, "lexical_rank"),
                      by_weights(case, weights, trusts[language]), in_program(case)) for case in mine]  # fmt: skip
            dense, words, new, program = (told(way) for way in zip(*ranks, strict=True))
            yield f"{language}, {'held out' if is_held_out else 'learned from'}", len(mine), dense, words, new, program


def ablations(cases: Sequence[Case]) -> Iterator[tuple[str, ...]]:
    """What is found where one sight is missing, at the trust that is in the program."""
    trusts = {case.language: case.found.trust.of(case.language) for case in cases}
    taught = [case for case in cases if case.can_teach]
    for left_out in ("", *LEARNED):
        weights = fitted(taught, trusts, left_out)
        hits: dict[str, list[bool]] = {language: [] for language in LANGUAGES}
        for case in cases:
            if case.asked.is_held_out:
                hits[case.language].append(by_weights(case, weights, trusts[case.language]) == 1)
        yield left_out or "nothing", *(f"{statistics.mean(mine):.4f}" for mine in hits.values())


def by_side(case: Case, side: str) -> int:
    """The rank of the right document by one side alone."""
    ranked = [(rank, place) for place, one in enumerate(case.found.candidates) if (rank := getattr(one, side))]
    return rank_of(case, [place for _, place in sorted(ranked)])


def by_weights(case: Case, weights: Matrix, trust: float) -> int:
    """Its rank by these weights."""
    return rank_of(case, [int(place) for place in np.argsort(-(trusted(case, trust) @ weights), kind="stable")])


def in_program(case: Case) -> int:
    """Its rank as the program orders the candidates, before copies are folded and neighbours joined."""
    places = {candidate.identity: place for place, candidate in enumerate(case.found.candidates)}
    trust = case.found.trust
    ranked = second_look(
        case.found.asked, case.found.candidates, trust.of(language_of(case.asked.question)), trust.spread
    )
    return rank_of(case, [places[one.candidate.identity] for one in ranked])


def rank_of(case: Case, places: Sequence[int]) -> int:
    """The rank of the right one among documents, each counted once; 0 where it is not there."""
    names = [case.found.stored[case.found.candidates[place].identity].document for place in places]
    documents = list(dict.fromkeys(names))
    return documents.index(case.asked.document) + 1 if case.asked.document in documents else 0


def told(ranks: Sequence[int]) -> str:
    """hit@1, hit@5 and MRR@10 of these ranks."""
    hits = [statistics.mean(0 < rank <= limit for rank in ranks) for limit in (1, FEW)]
    reciprocal = statistics.mean(1 / rank if 0 < rank <= DEEPEST else 0.0 for rank in ranks)
    return " ".join(f"{value:.4f}" for value in (*hits, reciprocal))


if __name__ == "__main__":
    sys.exit(main())

"""Does grounding find what is wrong in an answer, and leave what is true? Errors planted by rule, in real texts.

    python benchmarks/grounding.py DATA [--half development] [--show KIND]

takes XQuAD in English, Spanish and German (DATA/xquad) and the quarterly reports (DATA/pdfs/sec-10-q). Each sentence is
grounded in six passages: its own, and five others. Documents are parted in two halves; the rules were made on one, and
what is printed and written is the other. The kinds are told in grounding_cases.py and grounding_errors.py.
"""

from __future__ import annotations

import argparse
import collections
import dataclasses
import random
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from grounding_cases import Sentence, true_sentences
from grounding_errors import foreign_errors, native_errors
from grounding_texts import Collection, collections_of, given
from report import show, wilson_interval, write

from rag.ground import ground
from rag.protocol import Passage

SEED = 4
EACH = 40
"""Sentences of a kind in a collection at most."""
WANTED = {"true": 0.97, "native": 0.80, "foreign": 0.95}
"""The least share of each that has to be judged right."""


@dataclasses.dataclass(frozen=True)
class Case:
    """A sentence, the passages it is grounded in, and whether it is true."""

    collection: str
    family: str
    kind: str
    text: str
    passages: tuple[Passage, ...]


@dataclasses.dataclass(frozen=True)
class Outcome:
    """A case, whether it was called supported, and the seconds that took."""

    case: Case
    supported: bool
    seconds: float

    @property
    def is_right(self) -> bool:
        """Whether a true sentence was supported, or a wrong one not."""
        return self.supported == (self.case.family == "true")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark; 1 where a goal is missed."""
    parser = argparse.ArgumentParser(description="Planted errors that grounding finds, true sentences that it leaves.")
    parser.add_argument("data", type=Path, help="the folder that holds xquad/ and pdfs/sec-10-q/")
    parser.add_argument("--half", choices=("held-out", "development"), default="held-out")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--show", default="", help="print the sentences of this kind that were judged wrongly")
    options = parser.parse_args(arguments)
    development, held_out = collections_of(options.data, options.seed)
    chosen = held_out if options.half == "held-out" else development
    cases = [case for one in chosen for case in cases_of(one, random.Random(f"{options.seed} {one.name}"))]
    outcomes = [judge(case) for case in cases]
    for outcome in outcomes:
        if options.show and options.show in (outcome.case.kind, outcome.case.family) and not outcome.is_right:
            print(f"  [{outcome.case.collection}: {outcome.case.kind}] {outcome.case.text}")
    return report(outcomes, options.half, options.seed)


def cases_of(collection: Collection, draw: random.Random) -> Iterator[Case]:
    """Up to EACH sentences of each kind, drawn from all of the collection."""
    texts = collection.texts
    found: dict[tuple[str, str], list[tuple[str, tuple[Passage, ...]]]] = collections.defaultdict(list)
    for text in texts:
        passages = given(text, texts, draw)
        known = "\n".join(f"{passage.document} {passage.section} {passage.text}" for passage in passages)
        strangers = [other for other in texts if other.document != text.document and other.text not in known]
        made: list[tuple[str, Iterator[Sentence]]] = [
            ("true", true_sentences(text, collection.language)),
            ("native", native_errors(text, collection.language, draw)),
            ("foreign", foreign_errors(text, strangers, known, draw)),
        ]
        for family, sentences in made:
            for sentence in sentences:
                found[family, sentence.kind].append((sentence.text, passages))
    for (family, kind), sentences_found in found.items():
        for sentence_text, passages in draw.sample(sentences_found, min(EACH, len(sentences_found))):
            yield Case(collection.name, family, kind, sentence_text, passages)


def judge(case: Case) -> Outcome:
    """Ground the sentence: supported where every part of it is."""
    begun = time.perf_counter()
    grounding = ground(case.text, case.passages)
    supported = all(sentence.supported for sentence in grounding.sentences)
    return Outcome(case, supported, time.perf_counter() - begun)


def report(outcomes: Sequence[Outcome], half: str, seed: int) -> int:
    """Print and write what was measured; the exit status."""
    families: dict[str, dict[str, dict[str, object]]] = {}
    is_reached = True
    for family, wanted in WANTED.items():
        mine = [outcome for outcome in outcomes if outcome.case.family == family]
        kinds = dict.fromkeys(outcome.case.kind for outcome in mine)
        names = dict.fromkeys(outcome.case.collection for outcome in mine)
        rows = [(kind, *_measured([outcome for outcome in mine if outcome.case.kind == kind])) for kind in kinds]
        rows += [(f"all, {name}", *_measured([one for one in mine if one.case.collection == name])) for name in names]
        rows.append(("all", *_measured(mine)))
        is_reached = is_reached and _measured(mine)[1] >= wanted
        right = "supported" if family == "true" else "found"
        title = f"{family}: {right} ({half} half, seed {seed}, goal {wanted:.0%})"
        cells = [(kind, count, f"{share:.1%}", f"{low:.1%} to {high:.1%}") for kind, count, share, low, high in rows]
        show(title, ("kind", "n", right, "95 % interval"), cells)
        families[family] = {
            kind: {"n": count, "share": round(share, 4), "wilson_95": [round(low, 4), round(high, 4)]}
            for kind, count, share, low, high in rows
        }
    seconds = sorted(outcome.seconds for outcome in outcomes)
    median, slow = seconds[len(seconds) // 2], seconds[len(seconds) * 95 // 100]
    print(f"a sentence in six passages: {median * 1000:.0f} ms, 95th percentile {slow * 1000:.0f} ms")
    if half == "held-out":
        write("grounding", {"seed": seed, "half": half, "median_seconds": median, "p95_seconds": slow, **families})
    return 0 if is_reached else 1


def _measured(outcomes: Sequence[Outcome]) -> tuple[int, float, float, float]:
    right = sum(outcome.is_right for outcome in outcomes)
    return len(outcomes), right / len(outcomes) if outcomes else 0.0, *wilson_interval(right, len(outcomes))


if __name__ == "__main__":
    sys.exit(main())

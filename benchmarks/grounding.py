"""Does grounding find what is wrong in an answer, and leave what is true? Errors planted by rule, in real texts.

    python benchmarks/grounding.py DATA [--half development] [--show KIND]

takes XQuAD in English, Spanish and German (DATA/xquad) and the quarterly reports (DATA/pdfs/sec-10-q). Each sentence is
grounded in six passages: its own, and five others. Documents are parted in two halves; the rules were made on one, and
what is printed and written is the other. The kinds are told in grounding_cases.py, grounding_errors.py and
grounding_verbs.py.
"""

from __future__ import annotations

import argparse
import collections
import dataclasses
import random
import statistics
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from grounding_cases import Sentence, true_sentences
from grounding_errors import foreign_errors, native_errors
from grounding_texts import Collection, collections_of, given
from grounding_verbs import foreign_predicates, same_with_synonyms, subject_errors, verb_errors
from report import show, wilson_interval, write

from rag.ground import ground
from rag.protocol import Passage
from rag.sentences import sentence_spans

SEED = 4
EACH = 40
"""Sentences of a kind in a collection at most."""
ANSWER = 5
"""Sentences of an answer whose grounding is timed."""
ANSWERS = 60
VERBS = frozenset(
    {"a synonym", "an opposite", "another verb of the passage", "what is said of another", "what something else is"}
)
"""The kinds of grounding_verbs.py."""
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
    """A case, and whether it was called supported."""

    case: Case
    supported: bool

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
    outcomes = outcomes_of(options.data, options.half, options.seed)
    for outcome in outcomes:
        if options.show and options.show in (outcome.case.kind, outcome.case.family) and not outcome.is_right:
            print(f"  [{outcome.case.collection}: {outcome.case.kind}] {outcome.case.text}")
    table = table_of(outcomes, options.half, options.seed)
    report(table)
    if options.half == "held-out":
        write("grounding", table)
    return 0 if all(table["families"][family]["all"]["share"] >= wanted for family, wanted in WANTED.items()) else 1


def measure(data: Path, half: str = "held-out", seed: int = SEED) -> dict[str, Any]:
    """The whole table as data: see table_of. It takes a minute or two."""
    return table_of(outcomes_of(data, half, seed), half, seed)


def outcomes_of(data: Path, half: str, seed: int) -> list[Outcome]:
    """Every case of a half, judged."""
    development, held_out = collections_of(data, seed)
    chosen = held_out if half == "held-out" else development
    cases = [case for one in chosen for case in cases_of(one, random.Random(f"{seed} {one.name}"))]
    return [judge(case) for case in cases]


def cases_of(collection: Collection, draw: random.Random) -> Iterator[Case]:
    """Up to EACH sentences of each kind, drawn from all of the collection."""
    texts = collection.texts
    # Verbs are drawn by themselves: the others are the same sentences as before there were any.
    draw_verbs = random.Random(f"{collection.name} verbs")
    found: dict[tuple[str, str], list[tuple[str, tuple[Passage, ...]]]] = collections.defaultdict(list)
    for text in texts:
        passages = given(text, texts, draw)
        known = "\n".join(f"{passage.document} {passage.section} {passage.text}" for passage in passages)
        strangers = [other for other in texts if other.document != text.document and other.text not in known]
        made: list[tuple[str, Iterator[Sentence]]] = [
            ("true", true_sentences(text, collection.language)),
            ("native", native_errors(text, collection.language, draw)),
            ("foreign", foreign_errors(text, strangers, known, draw)),
            ("true", same_with_synonyms(text, collection.language)),
            ("native", verb_errors(text, collection.language, draw_verbs)),
            ("foreign", foreign_predicates(text, strangers, draw_verbs)),
            ("native", subject_errors(text, collection.language, draw_verbs)),
        ]
        for family, sentences in made:
            for sentence in sentences:
                found[family, sentence.kind].append((sentence.text, passages))
    for (family, kind), sentences_found in sorted(found.items(), key=lambda one: one[0][1] in VERBS):
        for sentence_text, passages in draw.sample(sentences_found, min(EACH, len(sentences_found))):
            yield Case(collection.name, family, kind, sentence_text, passages)


def judge(case: Case) -> Outcome:
    """Ground the sentence: supported where every part of it is."""
    grounding = ground(case.text, case.passages)
    return Outcome(case, all(sentence.supported for sentence in grounding.sentences))


def table_of(outcomes: Sequence[Outcome], half: str, seed: int) -> dict[str, Any]:
    """What was measured: ``families`` ("true", "native", "foreign") → kind, or "all" → n, share, wilson_95.

    ``share`` is that of sentences judged right; "all" is the whole family, "all, NAME" a collection of it, and "all,
    without verbs" it without the kinds of grounding_verbs.py. ``speed`` tells what an answer of ANSWER sentences takes.
    """
    families: dict[str, dict[str, dict[str, Any]]] = {}
    for family in WANTED:
        mine = [outcome for outcome in outcomes if outcome.case.family == family]
        groups = {
            kind: [outcome for outcome in mine if outcome.case.kind == kind]
            for kind in dict.fromkeys(outcome.case.kind for outcome in mine)
        }
        for name in dict.fromkeys(outcome.case.collection for outcome in mine):
            groups[f"all, {name}"] = [outcome for outcome in mine if outcome.case.collection == name]
        groups["all, without verbs"] = [outcome for outcome in mine if outcome.case.kind not in VERBS]
        groups["all"] = mine
        families[family] = {name: _measured(group) for name, group in groups.items()}
    return {"seed": seed, "half": half, "families": families, "speed": speed_of(outcomes)}


def speed_of(outcomes: Sequence[Outcome]) -> dict[str, float]:
    """Milliseconds of processor time for an answer in six passages, and how many times that of splitting them it is."""
    answers = [
        (" ".join(outcome.case.text for outcome in outcomes[index : index + ANSWER]), outcomes[index].case.passages)
        for index in range(0, len(outcomes) - ANSWER, len(outcomes) // ANSWERS)
    ]
    grounded, split = [], []
    for answer, passages in answers:
        begun = time.process_time()
        ground(answer, passages)
        grounded.append(time.process_time() - begun)
        begun = time.process_time()
        for text in (answer, *(passage.text for passage in passages)):
            sentence_spans(text)
        split.append(time.process_time() - begun)
    median = statistics.median(grounded)
    return {
        "answer_milliseconds": round(median * 1000, 1),
        "answer_p95_milliseconds": round(statistics.quantiles(grounded, n=20)[-1] * 1000, 1),
        "times_splitting": round(median / statistics.median(split), 1),
    }


def report(table: Mapping[str, Any]) -> None:
    """Print what was measured."""
    for family, wanted in WANTED.items():
        right = "supported" if family == "true" else "found"
        title = f"{family}: {right} ({table['half']} half, seed {table['seed']}, goal {wanted:.0%})"
        cells = [
            (kind, one["n"], f"{one['share']:.1%}", "{:.1%} to {:.1%}".format(*one["wilson_95"]))
            for kind, one in table["families"][family].items()
        ]
        show(title, ("kind", "n", right, "95 % interval"), cells)
    speed = table["speed"]
    print(
        f"an answer of {ANSWER} sentences in six passages: {speed['answer_milliseconds']} ms of processor time, 95th "
        f"percentile {speed['answer_p95_milliseconds']} ms; {speed['times_splitting']} times what splitting them takes"
    )


def _measured(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    right, count = sum(outcome.is_right for outcome in outcomes), len(outcomes)
    low, high = wilson_interval(right, count)
    share = round(right / count, 4) if count else 0.0
    return {"n": count, "share": share, "wilson_95": [round(low, 4), round(high, 4)]}


if __name__ == "__main__":
    sys.exit(main())

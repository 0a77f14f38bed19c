"""Find all, measured by planted facts: is every document found that says one, and none that only nearly does.

``python benchmarks/find_all.py DATA`` plants facts (find_all_facts.py) in 200 documents of other texts (XQuAD below
``DATA``/xquad), each sentence in a document of its own, and sentences that nearly say it in others. It prints recall
and the share of finds that are right, for each fact and in all, with their 95 % intervals, and writes
build/bench/find_all.json.
"""

from __future__ import annotations

import argparse
import dataclasses
import random
import sys
from collections.abc import Sequence
from pathlib import Path

from find_all_facts import Fact, facts
from quality_texts import library_of, paragraphs
from report import fresh_folder, show, wilson_interval, write

from rag.library import Library
from rag.protocol import FoundAll

DOCUMENTS = 200
PARAGRAPHS = 2
"""Of other texts, in each document."""
SEED = 11


@dataclasses.dataclass
class Planted:
    """A fact, and the names of the documents in which it was planted, by what was planted there."""

    fact: Fact
    said: dict[str, str]
    nearly: dict[str, str]


@dataclasses.dataclass(frozen=True)
class Outcome:
    """What was found of a fact: names of documents."""

    planted: Planted
    found: frozenset[str]
    seconds: float

    @property
    def right(self) -> int:
        """How many were found that say it."""
        return len(self.found & self.planted.said.keys())

    @property
    def missed(self) -> list[str]:
        """What was said and not found."""
        return sorted(text for name, text in self.planted.said.items() if name not in self.found)

    @property
    def false(self) -> list[str]:
        """What was found and does not say it."""
        return sorted(self.planted.nearly.get(name, "(other texts)") for name in self.found - self.planted.said.keys())


def main(arguments: Sequence[str]) -> int:
    """Plant, find, count."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--seed", type=int, default=SEED)
    chosen = parser.parse_args(arguments)
    folder, planted = plant(chosen.data, chosen.seed)
    with library_of("find_all", [folder]) as library:
        outcomes = find(library, planted)
    report(outcomes, chosen.seed)
    return 0


def plant(data: Path, seed: int) -> tuple[Path, list[Planted]]:
    """The folder with the documents, and what was planted in them."""
    chance = random.Random(f"plant {seed}")
    texts = {language: list(paragraphs(data, language).texts.values()) for language in ("en", "de", "es")}
    made = facts(seed)
    languages = [chance.choices(("en", "de", "es"), (7, 2, 2))[0] for _ in range(DOCUMENTS)]
    parts = [chance.sample(texts[language], PARAGRAPHS) for language in languages]
    planted: list[Planted] = []
    for fact in made:
        places = [place for place, language in enumerate(languages) if language == fact.language]
        chosen = chance.sample(places, len(fact.said) + len(fact.nearly))
        texts_of = dict(zip(chosen, (*fact.said, *fact.nearly), strict=True))
        for place, text in texts_of.items():
            parts[place].insert(chance.randrange(len(parts[place]) + 1), text)
        named = {_name(place): text for place, text in texts_of.items()}
        said = {_name(place): text for place, text in list(texts_of.items())[: len(fact.said)]}
        planted.append(Planted(fact, said, {name: text for name, text in named.items() if name not in said}))
    folder = fresh_folder("find_all/texts")
    for place, part in enumerate(parts):
        (folder / _name(place)).write_text("\n\n".join(part), encoding="utf-8")
    return folder, planted


def find(library: Library, planted: Sequence[Planted]) -> list[Outcome]:
    """What is found of each fact."""
    outcomes = []
    for one in planted:
        *_, last = library.find_all(one.fact.question)
        assert isinstance(last, FoundAll)
        assert last.checked == last.total
        outcomes.append(Outcome(one, frozenset(finding.document for finding in last.findings), last.seconds))
    return outcomes


def report(outcomes: Sequence[Outcome], seed: int) -> None:
    """Print the tables, and write them."""
    rows = []
    for outcome in outcomes:
        said, found = len(outcome.planted.said), len(outcome.found)
        rows.append((outcome.planted.fact.question, f"{outcome.right}/{said}", f"{outcome.right}/{found}"))
    said = sum(len(outcome.planted.said) for outcome in outcomes)
    found = sum(len(outcome.found) for outcome in outcomes)
    right = sum(outcome.right for outcome in outcomes)
    recall, precision = wilson_interval(right, said), wilson_interval(right, found)
    rows.append(("in all", f"{right}/{said} {_interval(recall)}", f"{right}/{found} {_interval(precision)}"))
    show(f"Find all: facts planted in {DOCUMENTS} documents, seed {seed}", ("question", "found", "right"), rows)
    wrong = [("missed", text) for outcome in outcomes for text in outcome.missed]
    wrong += [("false", text) for outcome in outcomes for text in outcome.false]
    show("What went wrong", ("", "text"), wrong)
    write(
        "find_all",
        {
            "seed": seed, "documents": DOCUMENTS, "facts": len(outcomes), "said": said, "found": found, "right": right,
            "recall": right / said, "recall_95": recall, "precision": right / max(found, 1), "precision_95": precision,
            "seconds": round(sum(outcome.seconds for outcome in outcomes) / len(outcomes), 3), "wrong": wrong,
        },
    )  # fmt: skip


def _name(place: int) -> str:
    return f"{place:03d}.txt"


def _interval(interval: tuple[float, float]) -> str:
    return f"({interval[0]:.2f}-{interval[1]:.2f})"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

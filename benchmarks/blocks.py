"""What moved blocks cost in quality: the same questions, the same passages, read in place and moved, paired.

    python benchmarks/blocks.py DATA [--questions N] [--seed N] [--model FILE] [--ways WAY ...] [--goes-on]

DATA holds xquad/. Each of XQuAD's paragraphs is offered with two others of its article; the chosen model answers in
English, Spanish and German, at most ANSWER tokens, the likeliest each. ``sentences`` is the prompt of chosen sentences,
``in_place`` the whole passages read as ordinary text, ``moved`` the same as blocks that were each read alone,
``renewed_R`` those with their first R tokens read anew where they stand, ``echoed_N`` moved blocks with the sentences
that matter said again after them, in N tokens. Each is told beside ``in_place`` and ``sentences``, with intervals of a
bootstrap that draws whole paragraphs. Writes build/bench/blocks.jsonl, an outcome a line, as they come: with
``--goes-on`` what is there already is not measured again.
"""

from __future__ import annotations

import argparse
import dataclasses
import itertools
import json
import random
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from blocks_scores import SCORES, Scores, compared, scored
from quality_texts import LANGUAGES, Asked, paragraphs
from report import RESULTS, fresh_folder, show

from engine.catalogue import chosen_model, find_model
from engine.host import Finished, Generation, ModelHost, Piece
from rag.blocks import blocked, with_blocks
from rag.prompt import PART_END, Prompt, PromptOptions, build_prompt
from rag.protocol import Passage
from rag.repetition import repeats

SEED = 5
ANSWER = 24
"""Tokens of an answer at most: long enough to hold what XQuAD asks for."""
BESIDE = 2
"""Passages beside the one that holds the answer."""
BUDGET = 240
"""Tokens of the chosen sentences: what a prompt has where the machine is fast (rag.first_word)."""
OUTCOMES = RESULTS / "blocks.jsonl"
ALL = "all"
REFERENCES = ("in_place", "sentences")
"""What a way is compared with: the ordinary prompt of the same passages, and what a person gets without blocks."""
WAYS = ("sentences", "in_place", "moved")


@dataclasses.dataclass(frozen=True)
class Case:
    """A paragraph with what is asked of it, and the passages that are offered, in an order that was drawn."""

    number: int
    passages: tuple[Passage, ...]
    questions: tuple[Asked, ...]


def cases(data: Path, language: str, questions: int, seed: int) -> Iterator[Case]:
    """So many questions in ``language``, with all that are asked of a paragraph; the same in each language."""
    held = paragraphs(data, language)
    names = [*held.texts]
    drawn = random.Random(seed)
    order = drawn.sample(range(len(names)), len(names))
    for number in order:
        asked = tuple(one for one in held.questions if one.document == names[number])[:questions]
        first = number - number % 5
        others = drawn.sample([other for other in range(first, first + 5) if other != number], BESIDE)
        offered = drawn.sample([number, *others], BESIDE + 1)
        passages = [_passage(place, names[one], held.texts[names[one]]) for place, one in enumerate(offered, start=1)]
        yield Case(number, tuple(passages), asked)
        questions -= len(asked)
        if questions <= 0:
            return


def _passage(number: int, name: str, text: str) -> Passage:
    return Passage(
        number=number, sha256=f"{int(name[:3]):064x}", document=name, path=name, page=1, label="", section="",
        text=text, start=0, end=len(text), score=1 / number,
    )  # fmt: skip


def prompt_of(way: str, question: str, passages: Sequence[Passage], host: ModelHost) -> Prompt:
    """The prompt of a way."""
    name, _, tokens = way.partition("_")
    if way == "sentences":
        return build_prompt(question, passages, host.count_tokens, host.context, PromptOptions(BUDGET))
    again = passages if name == "echoed" else ()
    options = PromptOptions(int(tokens)) if name == "echoed" else PromptOptions()
    return with_blocks(
        question, blocked(passages, [()] * len(passages)), again, host.count_tokens, host.context, options
    )


@dataclasses.dataclass
class Written:
    """What a model has written, and what that cost."""

    text: str = ""
    first_word_s: float = 0.0
    prompt_tokens: int = 0
    cached_tokens: int = 0


def written(host: ModelHost, prompt: Prompt, way: str) -> Written:
    """The model's answer, as Phial asks for it."""
    name, _, tokens = way.partition("_")
    generation = Generation(
        prompt.messages, max_tokens=ANSWER, stop=(PART_END,), moves_blocks=way != "in_place",
        renewed=int(tokens) if name == "renewed" else 0,
    )  # fmt: skip
    said = Written()
    for event in host.generate(generation, lambda: repeats(said.text)):
        if isinstance(event, Piece):
            said.text += event.text
        elif isinstance(event, Finished):
            said.first_word_s = event.prefill_s
            said.prompt_tokens, said.cached_tokens = event.prompt_tokens, event.cached_tokens
    return said


@dataclasses.dataclass(frozen=True)
class Outcome:
    """What one way came to, with one question of a paragraph."""

    language: str
    way: str
    paragraph: int
    question: str
    scores: Scores
    text: str
    first_word_s: float
    prompt_tokens: int
    cached_tokens: int


def measured(host: ModelHost, options: argparse.Namespace) -> Iterator[Outcome]:
    """Every question, in every way."""
    known = {(one.language, one.way, one.question): one for one in kept()} if options.goes_on else {}
    with OUTCOMES.open("a" if options.goes_on else "w", encoding="utf-8") as file:
        for language in LANGUAGES:
            begun = time.perf_counter()
            for case in cases(options.data, language, options.questions, options.seed):
                for way, asked in itertools.product(options.ways, case.questions):
                    outcome = known.get((language, way, asked.question))
                    if outcome is None:
                        said = written(host, prompt_of(way, asked.question, case.passages, host), way)
                        scores = scored(asked.question, asked.answer, said.text, case.passages)
                        outcome = Outcome(language, way, case.number, asked.question, scores, **vars(said))
                        print(json.dumps(dataclasses.asdict(outcome), ensure_ascii=False), file=file, flush=True)
                    yield outcome
            print(f"{language}: {time.perf_counter() - begun:.0f} s", flush=True)


def kept() -> list[Outcome]:
    """The outcomes of earlier runs."""
    if not OUTCOMES.exists():
        return []
    return [Outcome(**json.loads(line)) for line in OUTCOMES.read_text(encoding="utf-8").splitlines()]


def levels(outcomes: Sequence[Outcome]) -> Iterator[tuple[object, ...]]:
    """A row for each language, and for all, and way: how much was read, and the scores in points."""
    for language, way, mine in parted(outcomes):
        yield (
            language, way, len(mine), f"{statistics.median(one.first_word_s for one in mine):.2f}",
            f"{statistics.mean(one.prompt_tokens - one.cached_tokens for one in mine):.0f}",
            *(f"{100 * statistics.mean(one.scores[score] for one in mine):.1f}" for score in SCORES),
        )  # fmt: skip


def differences(outcomes: Sequence[Outcome], references: Sequence[str], seed: int) -> Iterator[tuple[object, ...]]:
    """A row for each language, and for all, each way and each that it is compared with."""
    by_way = {(language, way): mine for language, way, mine in parted(outcomes)}
    for (language, way), mine in by_way.items():
        for reference in references:
            if way == reference:
                continue
            others = by_way[language, reference]
            groups = [one.paragraph for one in mine]
            found = [
                compared([one.scores[score] for one in mine], [one.scores[score] for one in others], groups, seed)
                for score in SCORES
            ]
            yield (
                language, way, reference,
                *(f"{100 * one.value:+.1f} ({100 * one.low:+.1f} to {100 * one.high:+.1f})" for one in found),
            )  # fmt: skip


def parted(outcomes: Sequence[Outcome]) -> Iterator[tuple[str, str, list[Outcome]]]:
    """The outcomes of each language, and of all, and of each way, in the order of the questions."""
    ways = list(dict.fromkeys(one.way for one in outcomes))
    for language in (*LANGUAGES, ALL):
        for way in ways:
            mine = [one for one in outcomes if one.way == way and language in {one.language, ALL}]
            if mine:
                yield language, way, mine


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description="What moved blocks cost in quality.")
    parser.add_argument("data", type=Path, help="the folder that holds xquad/")
    parser.add_argument("--questions", type=int, default=240, help="in each language")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--model", default="", help="a GGUF file; the starter, where none is named")
    parser.add_argument("--ways", nargs="+", default=[*WAYS])
    parser.add_argument("--goes-on", action="store_true", help="measure only what no earlier run has")
    options = parser.parse_args(arguments)
    home = fresh_folder("blocks")
    host = ModelHost(log_folder=home)
    begun = time.perf_counter()
    try:
        host.load(find_model(home, options.model) if options.model else chosen_model(home))
        outcomes = [*measured(host, options)]
    finally:
        host.close()
    seconds = time.perf_counter() - begun
    each = len(outcomes) // len(options.ways)
    drawn = f"{each} questions in {len(LANGUAGES)} languages, seed {options.seed}"
    show(
        f"{drawn}, {seconds / 60:.0f} min",
        ("language", "way", "n", "s to read", "read anew", *SCORES),
        levels(outcomes),
    )
    beside = [one for one in REFERENCES if one in options.ways]
    title = "Points beside another way, paired, with 95 % intervals"
    show(title, ("language", "way", "beside", *SCORES), differences(outcomes, beside, options.seed))
    return 0


if __name__ == "__main__":
    sys.exit(main())

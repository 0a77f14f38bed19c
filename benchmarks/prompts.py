"""What a prompt's budget buys: how many tokens it reads, and whether the answer is among them.

    python benchmarks/prompts.py DATA [--questions N] [--seed N] [--answers]

indexes the paragraphs of DATA/xquad/xquad.en.json as documents, draws questions by the seed, and builds each prompt at
several budgets. Beside each stand the same passages given whole, best first, as many as it holds. ``--answers`` has the
chosen model answer too, which takes minutes. A gold answer counts where the text contains it, whatever its case.
"""

from __future__ import annotations

import argparse
import dataclasses
import functools
import json
import random
import statistics
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from report import fresh_folder, show, wilson_interval, write

from engine.catalogue import chosen_model
from engine.host import Generation, ModelHost, Piece
from rag.asking import PASSAGES
from rag.ground import answers, ground, quote_nearest
from rag.library import Library
from rag.prompt import PART_END, Prompt, PromptOptions, build_prompt, place_line, quoted_line
from rag.protocol import Passage
from rag.repetition import repeats, said_once

BUDGETS = (120, 160, 240, 320, 420)
"""Tokens of passages."""


@dataclasses.dataclass(frozen=True)
class Question:
    """A question, what its document says, and what was found for it."""

    question: str
    gold: tuple[str, ...]
    passages: tuple[Passage, ...] = ()


@dataclasses.dataclass
class Written:
    """What a model has written so far."""

    text: str = ""


def contains(text: str, gold: Sequence[str]) -> bool:
    """Whether ``text`` holds one of the gold answers."""
    plain = " ".join(text.casefold().split())
    return any(" ".join(answer.casefold().split()) in plain for answer in gold)


def drawn(data: Path, folder: Path, number: int, seed: int) -> list[Question]:
    """So many questions, in an order that the seed decides; their documents lie in ``folder`` afterwards."""
    questions: list[Question] = []
    documents = json.loads((data / "xquad" / "xquad.en.json").read_text(encoding="utf-8"))["data"]
    for index, paragraph in enumerate(paragraph for document in documents for paragraph in document["paragraphs"]):
        (folder / f"{index:03}.txt").write_text(paragraph["context"], encoding="utf-8")
        questions += [
            Question(asked["question"], tuple(answer["text"] for answer in asked["answers"]))
            for asked in paragraph["qas"]
        ]
    random.Random(seed).shuffle(questions)
    return questions[:number]


def whole_passages(question: str, passages: Sequence[Passage], count: Callable[[str], int], budget: int) -> str:
    """As many passages as the budget holds, whole and best first, at least the first."""
    parts: list[str] = []
    for passage in passages:
        part = f"{place_line(passage.document, passage.page)}\n{quoted_line(passage.text)}"
        budget -= count(part)
        if budget < 0 and parts:
            break
        parts.append(part)
    return PART_END.join([*parts, f"Question: {question}"])


def answered(host: ModelHost, prompt: Prompt, asked: Question) -> Iterator[bool]:
    """Whether the model's own words hold the gold answer, and whether what a person would see does."""
    written = Written()
    generation = Generation(prompt.messages, max_tokens=PromptOptions().answer, stop=(PART_END,))
    for event in host.generate(generation, lambda: repeats(written.text)):
        written.text += event.text if isinstance(event, Piece) else ""
    yield contains(written.text, asked.gold)
    grounding = ground(said_once(written.text), asked.passages)
    if not answers(asked.question, grounding, asked.passages):
        grounding = quote_nearest(asked.question, asked.passages)
    yield contains(" ".join(sentence.text for sentence in grounding.sentences), asked.gold)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description="What a prompt's budget buys.")
    parser.add_argument("data", type=Path, help="the folder that holds xquad/xquad.en.json")
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--answers", action="store_true", help="have the model answer at each budget, too")
    options = parser.parse_args(arguments)
    home = fresh_folder("prompts")
    (home / "documents").mkdir()
    questions = drawn(options.data, home / "documents", options.questions, options.seed)
    with Library.open(home / "library") as library:
        for _ in library.index([str(home / "documents")]):
            pass
        found = [dataclasses.replace(asked, passages=library.search(asked.question, PASSAGES)) for asked in questions]
    host = ModelHost(log_folder=home)
    host.load(chosen_model(home))
    rows = [row for budget in BUDGETS for row in measured(host, found, budget, has_answers=options.answers)]
    host.close()
    columns = list(dict.fromkeys(key for row in rows for key in row))
    show(
        f"{len(found)} questions, seed {options.seed}", columns, [[row.get(key, "") for key in columns] for row in rows]
    )
    write("prompts", {"questions": len(found), "seed": options.seed, "rows": rows})
    return 0


def measured(
    host: ModelHost, found: Sequence[Question], budget: int, *, has_answers: bool
) -> Iterator[dict[str, str | int]]:
    """A row for sentences that were chosen, and one for whole passages."""

    @functools.cache
    def count(text: str) -> int:
        return host.count_tokens([text])[0]

    prompts = [
        build_prompt(asked.question, asked.passages, host.count_tokens, host.context, PromptOptions(budget))
        for asked in found
    ]
    chosen = [prompt.messages[-1].text for prompt in prompts]
    said = [list(answered(host, *pair)) for pair in zip(prompts, found, strict=True)] if has_answers else []
    whole = [whole_passages(asked.question, asked.passages, count, budget) for asked in found]
    for name, texts in (("chosen sentences", chosen), ("whole passages", whole)):
        held = [contains(text.rpartition(PART_END)[0], asked.gold) for text, asked in zip(texts, found, strict=True)]
        row: dict[str, str | int] = {
            "budget": budget, "quoted": name, "tokens": round(statistics.mean(map(count, texts))),
            "gold in the prompt": share(held),
        }  # fmt: skip
        if said and texts is chosen:
            row["gold in the model's words"] = share([own for own, _ in said])
            row["gold in the answer"] = share([shown for _, shown in said])
        yield row


def share(held: Sequence[bool]) -> str:
    """A share with its 95 % interval."""
    low, high = wilson_interval(sum(held), len(held))
    return f"{sum(held) / len(held):.3f} ({low:.3f}-{high:.3f})"


if __name__ == "__main__":
    sys.exit(main())

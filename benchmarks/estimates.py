"""What part of a machine's bandwidth and compute llama.cpp reaches here: the two constants of engine.pace.

Each round measures the machine anew, then lets the model read a prompt and write an answer, so that both meet the same
neighbours. By default of the starter; of each GGUF that is named besides (benchmarks/shapes.py writes some).
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
from collections.abc import Sequence
from pathlib import Path

from report import fresh_folder, show, write

from engine.catalogue import InstalledModel, find_model, starter_path
from engine.errors import EngineProblem, PhialError
from engine.host import ChatMessage, Finished, Generation, ModelHost
from engine.pace import READING, TYPICAL_PROMPT, WRITING, Work, measured_pace

WORDS = [
    "the",
    "ferry",
    "leaves",
    "harbour",
    "at",
    "nine",
    "and",
    "crane",
    "on",
    "north",
    "quay",
    "is",
    "parked",
    "with",
    "its",
    "pins",
    "in",
    "place",
]
ANSWER = 32
"""Tokens of an answer."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="The part of bandwidth and compute that llama.cpp reaches.")
    parser.add_argument("files", nargs="*", metavar="GGUF")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seed", type=int, default=20261122)
    options = parser.parse_args(arguments)
    home = fresh_folder("estimates")
    starter = starter_path()
    files = [*([str(starter)] if starter else []), *options.files]
    if not files:
        raise PhialError(EngineProblem.NO_MODEL)
    figures: dict[str, object] = {"seed": options.seed, "constants": {"reading": READING, "writing": WRITING}}
    rows: list[tuple[str, ...]] = []
    for file in files:
        model = find_model(home, str(Path(file).absolute()))
        reached = rounds(model, home, options.rounds, random.Random(options.seed))
        figures[model.name] = reached
        rows.append((model.name, *(spread(reached[name]) for name in ("prefill", "reading", "decode", "writing"))))
    rows.append(("engine.pace", "", f"{READING:.2f}", "", f"{WRITING:.2f}"))
    show(
        f"Parts reached, median of {options.rounds} (least … most)",
        ("model", "prefill, tokens/s", "of compute", "decode, tokens/s", "of bandwidth"),
        rows,
    )
    write("estimates", figures)
    return 0


def rounds(model: InstalledModel, home: Path, count: int, source: random.Random) -> dict[str, list[float]]:
    """What each round reached: tokens a second, and the parts of compute and bandwidth that they are."""
    work = Work.of(model.header) if model.header else None
    if work is None:
        raise PhialError(EngineProblem.MODEL_DAMAGED, path=str(model.path))
    reached: dict[str, list[float]] = {name: [] for name in ("prefill", "reading", "decode", "writing")}
    host = ModelHost(log_folder=home / "logs")
    host.load(model)
    for _ in range(count):
        measured_pace.cache_clear()
        pace = measured_pace()
        finished = one_answer(host, source)
        prefill = (finished.prompt_tokens - finished.cached_tokens) / finished.prefill_s
        decode = finished.answer_tokens / finished.decode_s
        for name, value in (
            ("prefill", prefill), ("reading", READING * prefill / pace.prefill(work)),
            ("decode", decode), ("writing", WRITING * decode / pace.decode(work)),
        ):  # fmt: skip
            reached[name].append(value)
    host.close()
    return reached


def one_answer(host: ModelHost, source: random.Random) -> Finished:
    """What an answer to a prompt of about TYPICAL_PROMPT tokens took, nothing of which was read before."""
    while True:
        prompt = f"{source.random()} " + " ".join(source.choices(WORDS, k=TYPICAL_PROMPT * 4 // 5))
        message = ChatMessage("user", prompt + ". Tell a long story about it.")
        *_, end = host.generate(Generation((message,), ANSWER, temperature=1.0), lambda: False)
        if isinstance(end, Finished) and end.answer_tokens > ANSWER // 2:  # random weights may end at once
            return end


def spread(values: Sequence[float]) -> str:
    """“20.1 (18.7 … 20.5)”."""
    return f"{statistics.median(values):.2f} ({min(values):.2f} … {max(values):.2f})"


if __name__ == "__main__":
    sys.exit(main())

"""How good are the answers? Retrieval, refusal, answers, grounding, find all, summaries: one table with its doubts.

    python benchmarks/quality.py DATA [--only TOPIC ...] [--times N] [--seed N]

DATA holds xquad/ and pdfs/sec-10-q/. Each figure is told with its sample, its seed and its 95 % interval, beside the
same figure of each side of the search alone and of a stock pipeline, all measured in this run; what is calibrated is
told of the half that it was not calibrated on. Writes build/bench/quality.json.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import quality_answers
import quality_find_all
import quality_grounding
import quality_refusal
import quality_retrieval
import quality_summaries
from quality_figures import Figure, as_json, table
from report import write

SEED = 4
TOPICS: dict[str, Callable[[Path, int, int], list[Figure]]] = {
    "retrieval": lambda data, seed, _: quality_retrieval.measure(data, seed),
    "refusal": quality_refusal.measure,
    "answers": quality_answers.measure,
    "grounding": lambda data, seed, _: quality_grounding.measure(data, seed),
    "find_all": lambda data, seed, _: quality_find_all.measure(data, seed),
    "summaries": quality_summaries.measure,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark; 1 where a goal is missed."""
    parser = argparse.ArgumentParser(description="The quality of what is found, answered, refused and summarised.")
    parser.add_argument("data", type=Path, help="the folder that holds xquad/ and pdfs/sec-10-q/")
    parser.add_argument("--only", choices=TOPICS, nargs="+", default=[*TOPICS], help="these topics alone")
    parser.add_argument("--times", type=int, default=1, help="how many times as much is drawn, where a sample is drawn")
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args(arguments)
    figures: list[Figure] = []
    seconds: dict[str, float] = {}
    for topic, measure in TOPICS.items():
        if topic in options.only:
            begun = time.perf_counter()
            figures += measure(options.data, options.seed, options.times)
            seconds[topic] = round(time.perf_counter() - begun, 1)
            print(f"{topic}: {seconds[topic]:.0f} s", flush=True)
    table(figures)
    write("quality", {"seed": options.seed, "seconds": seconds, "figures": as_json(figures)})
    return 0 if all(one.is_reached for one in figures) else 1


if __name__ == "__main__":
    sys.exit(main())

"""How soon the model's process is free again after a stop: while it reads a prompt, and while it writes.

The model is the starter, or any GGUF that is named; stops come at random instants of each phase.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import time
from collections.abc import Sequence

from report import fresh_folder, show, write

from engine.catalogue import chosen_model, find_model
from engine.host import ChatMessage, Generation, ModelHost, Piece

TEXT = "The ferry leaves the harbour at nine, and the crane on the north quay is parked with its pins in place. "


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="From a stop to a model process that is free again.")
    parser.add_argument("--stops", type=int, default=30, help="in each phase")
    parser.add_argument("--seed", type=int, default=20261121)
    parser.add_argument("--model", default="", help="a model's id or a GGUF file; else the one that answers")
    options = parser.parse_args(arguments)
    source = random.Random(options.seed)
    home = fresh_folder("stopping")
    host = ModelHost(log_folder=home / "logs")
    model = find_model(home, options.model) if options.model else chosen_model(home)
    host.load(model)
    figures: dict[str, object] = {"model": model.name, "seed": options.seed, "stops": options.stops}
    rows: list[tuple[str, str]] = [("model", model.name), ("stops in each phase", str(options.stops))]
    for phase in ("reading", "writing"):
        seconds: list[float] = []
        while len(seconds) < options.stops:
            seconds += stop_once(host, phase, source)
        middle, last = statistics.median(seconds), sorted(seconds)[int(0.95 * (len(seconds) - 1))]
        figures[phase] = {"median_s": middle, "p95_s": last, "worst_s": max(seconds)}
        rows.append((f"while it is {phase}", f"median {middle * 1000:.0f} ms, 95 % {last * 1000:.0f} ms"))
    host.close()
    show("From a stop to a free model", ("what", "figure"), rows)
    write("stopping", figures)
    return 0


def stop_once(host: ModelHost, phase: str, source: random.Random) -> list[float]:
    """Seconds from one stop, at a random instant of ``phase``, to the end; empty where it had ended by itself."""
    # Where it is to be reading, a beginning of its own each time: nothing of the prompt is in the KV cache.
    prompt = f"{source.random()} " + TEXT * 40 if phase == "reading" else TEXT
    generation = Generation((ChatMessage("user", prompt),), max_tokens=200)
    begun, delay = time.perf_counter(), source.uniform(0.05, 0.6)
    stopped = 0.0
    first_word = 0.0

    def is_cancelled() -> bool:
        nonlocal stopped
        since = begun if phase == "reading" else first_word
        if not stopped and since and time.perf_counter() > since + delay:
            stopped = time.perf_counter()
        return bool(stopped)

    for event in host.generate(generation, is_cancelled):
        if isinstance(event, Piece) and not first_word:
            first_word = time.perf_counter()
    return [time.perf_counter() - stopped] if stopped else []


if __name__ == "__main__":
    sys.exit(main())

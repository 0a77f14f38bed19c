"""The engine on models with the shape of a Phi: its speed beside a bare loop, the first word, memory, stopping.

Every model is written by benchmarks/shapes.py, so it needs no weights from outside. Each shape takes about a quarter
of an hour on two cores, the small one (``--quick``) a minute or two; with ``--rivals`` the packages that a person would
take instead are asked the same, which needs a network once, to install them.
"""

from __future__ import annotations

import argparse
import dataclasses
import os
import random
import statistics
import sys
import time
from collections.abc import Callable, Sequence

from engine_attention import attention_figures
from engine_bare import TEXT, BareLoop
from engine_drafts import draft_figures
from engine_first_word import PASSAGES, PROMPT_TOKENS, REORDERED, first_token, measure_first_words
from engine_goals import Figure, pace, ratio
from engine_kernels import kernel_figures
from engine_prompts import make_case, question
from engine_rivals import PACKAGES, RivalResult, measure_rival
from engine_watch import PeakMemory, processor_seconds
from report import fresh_folder, show, write
from shapes import SEED as WEIGHTS_SEED
from shapes import SHAPES, shape_path
from stopping import stop_once

from engine.catalogue import InstalledModel, add_model, chosen_model
from engine.hardware import MICRO_BATCH, memory_needed, suggested_threads
from engine.host import ChatMessage, Finished, Generation, ModelHost, Wishes
from engine.kernel_choice import this_machine
from engine.kv_store import KvBudget
from engine.pace import Work, measured_pace
from engine.paths import HOME_VARIABLE

AS_FAST = 0.97  # of the bare loop
MEMORY_WITHIN = 0.10  # of what was predicted
STOPPED_WITHIN = 0.200  # seconds, 95 % of the times
LOADED_WITHIN = 1.0  # seconds, from the system's cache
LOADINGS = 3
PREFILL_TOKENS, DECODE_TOKENS = 384, 32
KV_BYTES = 2 * 2**30  # for the states of passages, in memory and on disk: those of one case


@dataclasses.dataclass(frozen=True)
class Effort:
    """How often each thing is measured."""

    repetitions: int
    cases: int
    stops: int


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; a goal that is missed is said, and is no failure of the benchmark."""
    parser = argparse.ArgumentParser(description="The engine on models with the shape of a Phi.")
    parser.add_argument("--shapes", nargs="+", default=["phi-3-mini"], choices=sorted(SHAPES), metavar="SHAPE")
    parser.add_argument("--quick", action="store_true", help="the small shape")
    parser.add_argument("--rivals", action="store_true", help="other packages too, installed where they aren't yet")
    parser.add_argument("--repetitions", type=int, default=6, help="of each comparison with the bare loop")
    parser.add_argument("--cases", type=int, default=0, help="prompts for the first word; by default 1, small: 3")
    parser.add_argument("--stops", type=int, default=40, help="in each phase")
    parser.add_argument("--seed", type=int, default=20261122)
    options = parser.parse_args(arguments)
    os.environ[HOME_VARIABLE] = str(fresh_folder("engine-home"))  # what a machine learns of itself is learned anew
    results = {}
    for name in ["small"] if options.quick else options.shapes:
        effort = Effort(options.repetitions, options.cases or (3 if name == "small" else 1), options.stops)
        results[name] = measure_shape(name, effort, options.seed, has_rivals=options.rivals)
    results["starter"] = measure_drafts(options.repetitions, options.seed)
    write("engine", {"seed": options.seed, "weights_seed": WEIGHTS_SEED, "shapes": results})
    return 0


def measure_shape(name: str, effort: Effort, seed: int, *, has_rivals: bool) -> dict[str, object]:
    """Everything about one shape, printed as a table and given back for the JSON."""
    home = fresh_folder(f"engine-{name}")
    model = add_model(home, shape_path(name))
    assert model.header is not None

    def open_host(store: str = "") -> ModelHost:
        budget = KvBudget(store, KV_BYTES if store else 0, KV_BYTES if store else 0)
        return ModelHost(log_folder=home / "logs", wishes=lambda: Wishes(kv=budget))

    host = open_host()
    try:
        host.load(model)
        with PeakMemory(host) as peak, _bare_loop(model, host) as bare:
            build = bare.build
            figures = speed_figures(host, bare, model, effort, seed)
        figures += memory_figures(model, host.context, peak.bytes)
        figures += stop_figures(host, effort, seed)
    finally:
        host.close()
    figures += loading_figures(open_host, model)
    figures += attention_figures(model.path, max(2, effort.repetitions // 2), seed)
    figures += kernel_figures(model.path, effort.repetitions, seed)
    words = measure_first_words(lambda: open_host(str(home / "kv")), model, effort.cases, seed)
    figures += words.figures()
    rivals = rival_results(lambda: open_host(str(home / "kv")), model, seed) if has_rivals else []
    show(
        f"The engine, {name} ({model.header.tensor_bytes / 1e9:.2f} GB of weights), {build}",
        ("what", "figure", "goal", ""),
        [(each.what, each.shown, each.goal, each.verdict) for each in figures],
    )
    if rivals:
        show_rivals(name, rivals)
    return {
        "build": build,
        "kernel": this_machine().chosen().name,
        "threads": suggested_threads(),
        "figures": [{**dataclasses.asdict(each), "verdict": each.verdict} for each in figures],
        "first_words_s": words.seconds,
        "rivals": [dataclasses.asdict(rival) for rival in rivals],
    }


def measure_drafts(rounds: int, seed: int) -> dict[str, object]:
    """What drafts gain or lose on the starter, a real model; printed as a table and given back for the JSON."""
    home = fresh_folder("engine-drafts")
    figures = draft_figures(lambda: ModelHost(log_folder=home / "logs"), chosen_model(home), rounds, seed)
    show(
        "Drafts, the starter",
        ("what", "figure", "goal", ""),
        [(each.what, each.shown, each.goal, each.verdict) for each in figures],
    )
    return {"figures": [{**dataclasses.asdict(each), "verdict": each.verdict} for each in figures]}


def loading_figures(open_host: Callable[[], ModelHost], model: InstalledModel) -> list[Figure]:
    """Seconds until the model is there again after its process ended: its file is in the system's cache."""
    seconds = []
    for _ in range(LOADINGS):
        host = open_host()
        try:
            begun = time.perf_counter()
            host.load(model)
            seconds.append(time.perf_counter() - begun)
        finally:
            host.close()
    shown = f"median {statistics.median(seconds):.2f} s ({min(seconds):.2f} to {max(seconds):.2f}, {LOADINGS} times)"
    return [Figure("loaded again (s)", statistics.median(seconds), shown, at_most=LOADED_WITHIN)]


def _bare_loop(model: InstalledModel, host: ModelHost) -> BareLoop:
    return BareLoop(model.path, host.context, suggested_threads(), MICRO_BATCH, this_machine().chosen())


def speed_figures(host: ModelHost, bare: BareLoop, model: InstalledModel, effort: Effort, seed: int) -> list[Figure]:
    """Prefill and decode beside the bare loop, in turns, and the share of the memory's bandwidth."""
    prefill, decode, of_prefill, of_decode, of_processor = [], [], [], [], []
    prompt_tokens = 0
    for number in range(-1, effort.repetitions):
        # Another beginning each time, so that nothing of it is in the KV cache.
        text = f"{number} {TEXT * (PREFILL_TOKENS // 21)}"
        # Drafts are left out: random weights write in circles, which no answer of a person's does.
        asked = Generation((ChatMessage("user", text),), max_tokens=DECODE_TOKENS, drafts=False)

        if number % 2:
            finished, processor = _timed(host, asked)
            theirs = bare.run(finished.prompt_tokens, DECODE_TOKENS)
        else:
            theirs = bare.run(prompt_tokens, DECODE_TOKENS)
            finished, processor = _timed(host, asked)
        prompt_tokens = finished.prompt_tokens
        if number < 0:
            continue  # the first time pages come from the disk, and threads start
        prefill.append(prompt_tokens / finished.prefill_s)
        decode.append(finished.answer_tokens / finished.decode_s)
        of_prefill.append(prefill[-1] / theirs.prefill)
        of_decode.append(decode[-1] / theirs.decode)
        of_processor.append(theirs.processor_s / processor)
    assert model.header is not None
    work = Work.of(model.header)
    assert work is not None
    a_token = work.weight_bytes + (prompt_tokens + DECODE_TOKENS / 2) * work.kv_bytes_per_token
    bandwidth = measured_pace().bandwidth
    share = statistics.mean(decode) * a_token / bandwidth
    return [
        pace(f"prefill, {prompt_tokens} tokens", prefill, seed),
        ratio("prefill, of the bare loop", of_prefill, seed, at_least=AS_FAST),
        pace(f"decode behind {prompt_tokens} tokens", decode, seed),
        ratio("decode, of the bare loop", of_decode, seed, at_least=AS_FAST),
        # Processor time holds still also where other programs take turns with these two.
        ratio("both by processor time, of the bare loop", of_processor, seed, at_least=AS_FAST),
        Figure(
            "decode, of the memory's bandwidth",
            share,
            f"{share:.2f} of {bandwidth / 1e9:.1f} GB/s; {a_token / 1e9:.2f} GB a token",
        ),
    ]


def _timed(host: ModelHost, asked: Generation) -> tuple[Finished, float]:
    """What the host says of the answer to ``asked``, and the processor time of it in seconds."""
    before = processor_seconds()
    *_, finished = host.generate(asked, lambda: False)
    assert isinstance(finished, Finished)
    assert finished.answer_tokens == DECODE_TOKENS
    return finished, processor_seconds() - before


def memory_figures(model: InstalledModel, context: int, peak: int) -> list[Figure]:
    """The most that the process took beside what is predicted."""
    assert model.header is not None
    predicted = memory_needed(model.header, context)
    off = peak / predicted - 1
    shown = f"{peak / 1e9:.2f} GB, predicted {predicted / 1e9:.2f}: {off:+.1%}"
    return [Figure("peak memory, away from the predicted", abs(off), shown, at_most=MEMORY_WITHIN)]


def stop_figures(host: ModelHost, effort: Effort, seed: int) -> list[Figure]:
    """From a stop to a free model, at random instants."""
    source = random.Random(seed)
    figures = []
    for phase in ("reading", "writing"):
        seconds: list[float] = []
        while len(seconds) < effort.stops:
            seconds += stop_once(host, phase, source)
        last = sorted(seconds)[int(0.95 * (len(seconds) - 1))]
        shown = f"95 % {last * 1000:.0f} ms, median {statistics.median(seconds) * 1000:.0f} ms, {len(seconds)} times"
        figures.append(Figure(f"from a stop while it is {phase} (s)", last, shown, at_most=STOPPED_WITHIN))
    return figures


def rival_results(open_host: Callable[[], ModelHost], model: InstalledModel, seed: int) -> list[RivalResult]:
    """Phial and the other packages, asked the same two questions on the same passages."""
    source = random.Random(seed + 1)
    host = open_host()
    try:
        host.load(model)
        context = host.context
        case = make_case(source, PROMPT_TOKENS, PASSAGES, host.count_prompt_tokens)
        cold, finished = first_token(host, case.messages(question(source)))
        reordered, _ = first_token(host, case.messages(question(source), REORDERED))
        *_, written = host.generate(Generation(case.messages("Why?"), DECODE_TOKENS, drafts=False), lambda: False)
    finally:
        host.close()
    assert isinstance(written, Finished)
    tokens = finished.prompt_tokens
    phial = RivalResult("Phial", cold, reordered, tokens / cold, written.answer_tokens / written.decode_s)
    return [phial, *(measure_rival(package, model.path, context, case, tokens, seed) for package in PACKAGES)]


def show_rivals(name: str, rivals: Sequence[RivalResult]) -> None:
    """Print the table of packages."""
    show(
        f"The same two questions on the same passages, {name}",
        ("package", "first token", "… other order", "of the first", "prefill", "decode", ""),
        [
            (each.package, "", "", "", "", "", each.reason)
            if each.cold_s is None or each.reordered_s is None
            else (
                each.package,
                f"{each.cold_s:.2f} s",
                f"{each.reordered_s:.2f} s",
                f"{each.reordered_s / each.cold_s:.3f}",
                f"{each.prefill:.1f} tokens/s",
                f"{each.decode:.1f} tokens/s",
                "",
            )
            for each in rivals
        ],
    )


if __name__ == "__main__":
    sys.exit(main())

"""The kernels that were built for this kind of processor, side by side in the bare loop."""

from __future__ import annotations

from pathlib import Path

from engine_bare import BareLoop
from engine_goals import Figure, ratio

from engine import paths
from engine.hardware import MICRO_BATCH, suggested_threads
from engine.kernel_choice import this_machine
from engine.kernel_proof import Verdict
from engine.kernels import INSTALLED, installed_libraries, kernels_in

CONTEXT, PROMPT_TOKENS, ANSWER_TOKENS = 512, 128, 16


def kernel_figures(model: Path, repetitions: int, seed: int, *, is_busy: bool = False) -> list[Figure]:
    """Each kernel that works here beside the installed one, in turns; of those that don't, why.

    ``is_busy``: this machine does other work, so that the time on the processor is what tells.
    """
    kernels = {kernel.name: kernel for kernel in kernels_in(paths.kernels(), installed_libraries())}
    findings = [finding for finding in this_machine().findings() if finding.name != INSTALLED]
    if not findings:
        return [Figure("kernels", None, "only the installed one: none was built (make kernels)")]
    figures = []
    for finding in findings:
        # One that is untried is for lesser machines: what it costs is worth knowing.
        if finding.verdict not in {Verdict.PROVEN, Verdict.UNTRIED}:
            figures.append(Figure(f"kernel {finding.name}", None, f"{finding.verdict.value} {finding.details}".strip()))
            continue
        prefill, decode = [], []
        with (
            BareLoop(model, CONTEXT, suggested_threads(), MICRO_BATCH, kernels[INSTALLED]) as installed,
            BareLoop(model, CONTEXT, suggested_threads(), MICRO_BATCH, kernels[finding.name]) as other,
        ):
            for number in range(-1, repetitions):
                one, two = (installed, other) if number % 2 else (other, installed)
                paces = {loop: _paces(loop, is_busy=is_busy) for loop in (one, two)}
                if number >= 0:
                    prefill.append(paces[other][0] / paces[installed][0])
                    decode.append(paces[other][1] / paces[installed][1])
        figures += [
            ratio(f"kernel {finding.name}, prefill, of the installed one", prefill, seed),
            ratio(f"kernel {finding.name}, decode, of the installed one", decode, seed),
        ]
    return figures


def _paces(loop: BareLoop, *, is_busy: bool) -> tuple[float, float]:
    """Tokens a second of a prompt and of an answer; ``is_busy``: of seconds on the processor."""
    if not is_busy:
        pace = loop.run(PROMPT_TOKENS, ANSWER_TOKENS)
        return pace.prefill, pace.decode
    return PROMPT_TOKENS / loop.run(PROMPT_TOKENS, 1).processor_s, ANSWER_TOKENS / loop.run(
        1, ANSWER_TOKENS
    ).processor_s

"""Flash attention beside the ordinary one, in turns: two bare loops on the same file."""

from __future__ import annotations

from pathlib import Path

from engine_bare import BareLoop
from engine_goals import Figure, ratio

from engine.hardware import MICRO_BATCH, suggested_threads
from engine.kernel_choice import this_machine

CONTEXT = 2_048
PROMPT_TOKENS, ANSWER_TOKENS = 1_024, 24


def attention_figures(model: Path, repetitions: int, seed: int) -> list[Figure]:
    """How fast a prompt is read and an answer written with flash attention, of how fast they are without."""
    threads, kernel = suggested_threads(), this_machine().chosen()
    prefill, decode = [], []
    with (
        BareLoop(model, CONTEXT, threads, MICRO_BATCH, kernel) as plain,
        BareLoop(model, CONTEXT, threads, MICRO_BATCH, kernel, is_flash=True) as flash,
    ):
        for number in range(repetitions):
            pair = (plain, flash) if number % 2 else (flash, plain)
            paces = {loop: loop.run(PROMPT_TOKENS, ANSWER_TOKENS) for loop in pair}
            prefill.append(paces[flash].prefill / paces[plain].prefill)
            decode.append(paces[flash].decode / paces[plain].decode)
    return [
        ratio(f"flash attention, prefill of {PROMPT_TOKENS} tokens, of without", prefill, seed),
        ratio(f"flash attention, decode behind {PROMPT_TOKENS} tokens, of without", decode, seed),
    ]

"""A plain loop around llama.cpp in a process of its own: the logits that our model process's answers are judged by.

Run as ``python -m tests.engine.plain_llama MODEL TASK RESULT``; TASK is JSON, RESULT an ``.npz``. ``plain_logits`` and
``plain_answers`` run it.
"""

from __future__ import annotations

import ctypes
import dataclasses
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.running_process import PATIENT
from engine.templates import PromptPiece

CONTEXT, MICRO_BATCH = 2_048, 128


@dataclasses.dataclass(frozen=True)
class PlainAnswer:
    """The likeliest tokens, "" where it ends by itself; ``margins``: by how much the logit of each exceeds the next."""

    texts: tuple[str, ...]
    margins: tuple[float, ...]


def plain_logits(model: Path, text: str, folder: Path) -> NDArray[np.float32]:
    """The logits at every position of ``text``, shape (tokens, words)."""
    return _run(model, {"text": text}, folder)["logits"].astype(np.float32)


def plain_answers(
    model: Path, prompts: Sequence[Sequence[PromptPiece]], most: int, folder: Path
) -> tuple[PlainAnswer, ...]:
    """The answer of at most ``most`` tokens to each of ``prompts``."""
    task = {"prompts": [[[piece.text, piece.is_markup] for piece in prompt] for prompt in prompts], "most": most}
    result = _run(model, task, folder)
    return tuple(
        PlainAnswer(
            tuple(bytes.fromhex(piece).decode("utf-8", "replace") for piece in result[f"pieces_{at}"].tolist()),
            tuple(result[f"margins_{at}"].tolist()),
        )
        for at in range(len(prompts))
    )


def _run(model: Path, task: dict[str, object], folder: Path) -> dict[str, NDArray[np.generic]]:
    result = folder / "plain.npz"
    command = [sys.executable, "-m", "tests.engine.plain_llama", str(model), json.dumps(task), str(result)]
    environment = {**os.environ, **PATIENT}
    subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with np.load(result) as arrays:
        return dict(arrays)


class _Loop:
    def __init__(self, path: str) -> None:
        import llama_cpp

        self._llama = llama_cpp
        llama_cpp.llama_backend_init()
        self._model = llama_cpp.llama_model_load_from_file(path.encode(), llama_cpp.llama_model_default_params())
        self._vocabulary = llama_cpp.llama_model_get_vocab(self._model)
        self._words = llama_cpp.llama_vocab_n_tokens(self._vocabulary)
        settings = llama_cpp.llama_context_default_params()
        settings.n_ctx, settings.n_batch, settings.n_ubatch = CONTEXT, CONTEXT, MICRO_BATCH
        settings.n_threads = settings.n_threads_batch = 2
        settings.flash_attn_type = llama_cpp.LLAMA_FLASH_ATTN_TYPE_DISABLED
        self._context = llama_cpp.llama_init_from_model(self._model, settings)
        self._cached = 0

    def tokens(self, text: str, *, reads_special: bool) -> list[int]:
        body = text.encode()
        room = (self._llama.llama_token * (len(body) + 8))()
        count = self._llama.llama_tokenize(self._vocabulary, body, len(body), room, len(room), False, reads_special)
        return room[:count]

    def decode(self, tokens: Sequence[int], *, every: bool) -> NDArray[np.float32]:
        """Compute ``tokens`` behind what there is; the logits at each of them, or at the last alone."""
        batch = self._llama.llama_batch_init(len(tokens), 0, 1)
        batch.n_tokens = len(tokens)
        for at, token in enumerate(tokens):
            batch.token[at], batch.pos[at], batch.n_seq_id[at], batch.seq_id[at][0] = token, self._cached + at, 1, 0
            batch.logits[at] = every or at == len(tokens) - 1
        assert self._llama.llama_decode(self._context, batch) == 0
        self._llama.llama_batch_free(batch)
        self._cached += len(tokens)
        rows = [self._llama.llama_get_logits_ith(self._context, at) for at in (range(len(tokens)) if every else [-1])]
        return np.array([np.ctypeslib.as_array(row, (self._words,)) for row in rows], np.float32)

    def answer(self, prompt: Sequence[int], most: int) -> tuple[list[str], list[float]]:
        self._llama.llama_memory_clear(self._llama.llama_get_memory(self._context), True)
        self._cached = 0
        pieces, margins, tokens = [], [], prompt
        for _ in range(most):
            logits = self.decode(tokens, every=False)[0]
            second, first = np.argpartition(logits, -2)[-2:]
            room = ctypes.create_string_buffer(256)
            length = self._llama.llama_token_to_piece(self._vocabulary, int(first), room, 256, 0, False)
            pieces.append(room.raw[:length].hex())
            margins.append(float(logits[first] - logits[second]))
            if self._llama.llama_vocab_is_eog(self._vocabulary, int(first)):
                break
            tokens = [int(first)]
        return pieces, margins


def main(path: str, task_json: str, result: str) -> None:
    """Carry out the task."""
    task = json.loads(task_json)
    loop = _Loop(path)
    if "text" in task:
        np.savez(result, logits=loop.decode(loop.tokens(task["text"], reads_special=False), every=True))
    else:
        arrays: dict[str, Any] = {}
        for at, pieces in enumerate(task["prompts"]):
            prompt = [token for text, is_markup in pieces for token in loop.tokens(text, reads_special=is_markup)]
            texts, margins = loop.answer(prompt, task["most"])
            arrays |= {f"pieces_{at}": np.array(texts), f"margins_{at}": np.array(margins)}
        np.savez(result, **arrays)


if __name__ == "__main__":
    main(*sys.argv[1:])

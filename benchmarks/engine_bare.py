"""A bare loop around llama.cpp in a process of its own: what Phial's model process is measured against.

It does what reading a prompt and writing an answer need and nothing more, with the same file, kernel, threads and
batch. ``python benchmarks/engine_bare.py MODEL CONTEXT THREADS MICRO_BATCH FLASH`` takes a line of JSON for each task,
and gives one back; FLASH is 1 for flash attention, else 0.
"""

from __future__ import annotations

import dataclasses
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from engine.kernels import Kernel
from engine.running_process import PATIENT

TEXT = "The ferry leaves the harbour at nine, and the crane on the north quay is parked with its pins in place. "


@dataclasses.dataclass(frozen=True)
class Pace:
    """How fast a prompt was read and an answer written, in tokens a second; ``processor_s`` of both together."""

    prefill: float
    decode: float
    processor_s: float


class BareLoop:
    """The process with the loop, from the parent's side."""

    def __init__(
        self, model: Path, context: int, threads: int, micro_batch: int, kernel: Kernel, *, is_flash: bool = False
    ) -> None:
        numbers = map(str, (context, threads, micro_batch, int(is_flash)))
        command = [sys.executable, __file__, str(model), *numbers]
        environment = {**os.environ, **PATIENT, **kernel.environment}
        environment["PYTHONPATH"] = os.pathsep.join([str(Path(__file__).resolve().parent.parent), *sys.path[:1]])
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=environment,
        )
        self.build = ""
        """What the library says of itself, once it is loaded: its version and what it was compiled for."""

    def __enter__(self) -> Self:
        self.build = str(self._result()[0])
        return self

    def __exit__(self, _kind: type[BaseException] | None, _error: object, _trace: TracebackType | None) -> None:
        self._process.kill()
        self._process.communicate()

    def run(self, prompt_tokens: int, answer_tokens: int) -> Pace:
        """Read a prompt of so many tokens, from nothing, and write an answer of so many."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps([prompt_tokens, answer_tokens]) + "\n")
        self._process.stdin.flush()
        read, written, processor = self._result()
        return Pace(prompt_tokens / read, answer_tokens / written, processor)

    def _result(self) -> list[Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            self._process.communicate()
            raise RuntimeError(f"the bare loop ended: {self._process.returncode}")
        result: list[Any] = json.loads(line)
        return result


def main(path: str, context: int, threads: int, micro_batch: int, flash: int) -> None:
    """Run the loop."""
    import engine.kernel_library  # noqa: F401 - before whatever imports llama_cpp

    # isort: split
    import llama_cpp

    model = llama_cpp.llama_model_load_from_file(os.fsencode(path), llama_cpp.llama_model_default_params())
    vocabulary = llama_cpp.llama_model_get_vocab(model)
    settings = llama_cpp.llama_context_default_params()
    settings.n_ctx, settings.n_batch, settings.n_ubatch = context, micro_batch, micro_batch
    settings.n_threads = settings.n_threads_batch = threads
    kinds = (llama_cpp.LLAMA_FLASH_ATTN_TYPE_DISABLED, llama_cpp.LLAMA_FLASH_ATTN_TYPE_ENABLED)
    settings.flash_attn_type = kinds[flash]
    here = llama_cpp.llama_init_from_model(model, settings)
    sampler = llama_cpp.llama_sampler_init_greedy()
    body = TEXT.encode() * (context // 16)
    room = (llama_cpp.llama_token * len(body))()
    count = llama_cpp.llama_tokenize(vocabulary, body, len(body), room, len(room), False, False)
    text = room[:count]

    def decode(tokens: list[int]) -> None:
        array = (llama_cpp.llama_token * len(tokens))(*tokens)
        assert llama_cpp.llama_decode(here, llama_cpp.llama_batch_get_one(array, len(tokens))) == 0

    features = llama_cpp.llama_print_system_info().decode()
    print(json.dumps([f"llama-cpp-python {llama_cpp.__version__}: {features.strip()}"]), flush=True)
    for line in sys.stdin:
        prompt_tokens, answer_tokens = json.loads(line)
        llama_cpp.llama_memory_clear(llama_cpp.llama_get_memory(here), True)
        begun, computed = time.perf_counter(), time.process_time()
        for at in range(0, prompt_tokens, micro_batch):
            decode(text[at : min(at + micro_batch, prompt_tokens)])
        read = time.perf_counter()
        for number in range(answer_tokens):
            token = llama_cpp.llama_sampler_sample(sampler, here, -1)
            if number < answer_tokens - 1:
                decode([token])
        took = [read - begun, time.perf_counter() - read, time.process_time() - computed]
        print(json.dumps(took), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))

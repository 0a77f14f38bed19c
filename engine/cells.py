"""A context of llama.cpp and the cells of its KV cache: what has been read, kept for what begins alike."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import llama_cpp

from engine.messages import Load
from engine.weights import Weights

_ABORTED = 2  # llama_decode's word for it
_SEQUENCE = 0  # the one sequence of the KV cache


class Cells:
    """The cells of one context. ``is_stopped`` is asked between llama.cpp's operations."""

    def __init__(self, weights: Weights, load: Load, is_stopped: Callable[[], bool]) -> None:
        """Make the context. Raises PhialError: what ``Weights.or_failed`` raises; MODEL_ARCHITECTURE without cells."""
        self._load = load
        self._is_stopped = is_stopped
        # llama.cpp calls it for as long as the context lives.
        self._abort = llama_cpp.ggml_abort_callback(lambda _data: is_stopped())
        self.context = weights.or_failed(llama_cpp.llama_init_from_model(weights.model, self._settings()))
        """llama.cpp's handle."""
        self._memory = llama_cpp.llama_get_memory(self.context)
        if not self._memory or not weights.header.vocabulary_size:
            raise weights.unsupported()  # it embeds or encodes, and writes nothing
        self.read: list[int] = []
        """The tokens whose cells are there, in their order."""

    def _settings(self) -> Any:
        settings = llama_cpp.llama_context_default_params()
        settings.n_ctx = self._load.context
        settings.n_batch = settings.n_ubatch = self._load.micro_batch
        settings.n_threads = settings.n_threads_batch = self._load.threads
        # On the processor flash attention reads a prompt 7 % faster and writes the answer 27 % slower (decision 0013).
        settings.flash_attn_type = llama_cpp.LLAMA_FLASH_ATTN_TYPE_DISABLED
        settings.abort_callback = self._abort
        return settings

    def keep_prefix(self, prompt: Sequence[int]) -> int:
        """Keep what the cells and ``prompt`` begin with alike, and forget the rest; how many tokens were kept.

        The last token is always computed anew: its logits are what the answer begins from.
        """
        alike = 0
        for kept, wanted in zip(self.read, prompt[:-1], strict=False):
            if kept != wanted:
                break
            alike += 1
        if not llama_cpp.llama_memory_seq_rm(self._memory, _SEQUENCE, alike, -1):
            llama_cpp.llama_memory_clear(self._memory, True)  # this kind of memory can't forget a part
            alike = 0
        del self.read[alike:]
        return alike

    def decode(self, tokens: Sequence[int]) -> bool:
        """Compute ``tokens`` behind what is there; false where that was stopped, and the cells are as before."""
        if self._is_stopped():
            return False
        array = (llama_cpp.llama_token * len(tokens))(*tokens)  # the batch points into it
        result = llama_cpp.llama_decode(self.context, llama_cpp.llama_batch_get_one(array, len(tokens)))
        if result == _ABORTED:
            if not llama_cpp.llama_memory_seq_rm(self._memory, _SEQUENCE, len(self.read), -1):
                llama_cpp.llama_memory_clear(self._memory, True)
                self.read.clear()
            return False
        if result != 0:
            raise RuntimeError(f"llama_decode: {result}")
        self.read += tokens
        return True

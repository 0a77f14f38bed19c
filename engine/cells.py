"""A context of llama.cpp and the cells of its KV cache: what has been read; states, taken out and put in."""

from __future__ import annotations

import contextlib
import ctypes
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import llama_cpp

from engine.kv_folder import StateKey
from engine.messages import Load
from engine.rotary import POSITIONS
from engine.weights import Weights

_ABORTED = 2  # llama_decode's word for it
_NO_MEMORY = -2  # and for a lack of memory
_STANDING = 0  # the sequence of what has been read
_PASSING = 1  # the sequence of what is read apart, or is on its way out or in; those after it are for ``alone`` too
_FIRST = 0  # of all positions


class Cell(NamedTuple):
    """What one cell holds: a ``token``, and the ``block`` that it was moved with, None where it was read in place."""

    token: int
    block: StateKey | None = None


class Cells:
    """The cells of one context. ``is_stopped`` is asked between llama.cpp's operations."""

    def __init__(self, weights: Weights, load: Load, is_stopped: Callable[[], bool]) -> None:
        """Make the context. Raises PhialError: what ``Weights.new_context`` raises; MODEL_ARCHITECTURE: no cells."""
        self._load = load
        self.is_stopped = is_stopped
        # llama.cpp calls it for as long as the context lives.
        self._abort = llama_cpp.ggml_abort_callback(lambda _data: is_stopped())
        self.can_forget = not (
            llama_cpp.llama_model_is_recurrent(weights.model) or llama_cpp.llama_model_is_hybrid(weights.model)
        )
        """Whether a part can be forgotten again: not where the model keeps one state of all that it has read."""
        self.context = weights.new_context(self._settings())
        """llama.cpp's handle."""
        self._memory = llama_cpp.llama_get_memory(self.context)
        if not self._memory or not weights.header.vocabulary_size:
            raise weights.unsupported()  # it embeds or encodes, and writes nothing
        self._batch = llama_cpp.llama_batch_init(max(load.micro_batch, len(POSITIONS)), 0, 1)
        self.read: list[Cell] = []
        """What has been read, in its order."""
        self.threads = load.threads
        """How many threads may compute now."""

    def _settings(self) -> Any:
        settings = llama_cpp.llama_context_default_params()
        settings.n_ctx = self._load.context
        settings.n_batch = settings.n_ubatch = self._load.micro_batch
        settings.n_threads = settings.n_threads_batch = self._load.threads
        settings.flash_attn_type = llama_cpp.LLAMA_FLASH_ATTN_TYPE_DISABLED  # slower (decision 0157)
        if self._load.quantizes:  # quantized values can be used by nothing else
            settings.flash_attn_type = llama_cpp.LLAMA_FLASH_ATTN_TYPE_ENABLED
            settings.type_k = settings.type_v = llama_cpp.GGML_TYPE_Q8_0
        settings.abort_callback = self._abort
        settings.n_seq_max = _PASSING + len(POSITIONS) if self.can_forget else 1  # such a state is there for each
        settings.kv_unified = True  # sequences share cells, and each may have all of them
        return settings

    def compute_with(self, threads: int) -> None:
        """Compute with so many ``threads`` from now on, of those that may compute now."""
        now = min(threads, self.threads)
        llama_cpp.llama_set_n_threads(self.context, now, now)

    @property
    def tokens(self) -> list[int]:
        """The tokens that have been read."""
        return [cell.token for cell in self.read]

    @property
    def room(self) -> int:
        """How many cells are free."""
        return self._load.context - len(self.read)

    # --- reading in place -------------------------------------------------------------------------------------------

    def keep(self, count: int) -> int:
        """Keep the first ``count`` cells and forget the rest; how many are left: none, where a part can't be kept."""
        if not llama_cpp.llama_memory_seq_rm(self._memory, _STANDING, count, -1):
            self.clear()
        del self.read[count:]
        return len(self.read)

    def clear(self) -> None:
        """Forget everything."""
        llama_cpp.llama_memory_clear(self._memory, False)
        self.read.clear()

    def decode(self, tokens: Sequence[int], *, gives_all: bool = False) -> bool:
        """Compute ``tokens`` behind what is there; false where that was stopped, and the cells are as before.

        There are logits of the last token then, or of each of them where it ``gives_all``.
        """
        if not self._compute(tokens, range(len(self.read), len(self.read) + len(tokens)), [_STANDING], gives_all):
            self.keep(len(self.read))
            return False
        self.read += map(Cell, tokens)
        return True

    def forget_last(self, count: int) -> None:
        """Forget the last ``count`` tokens; only where that can be done."""
        if count:
            self.keep(len(self.read) - count)

    # --- reading apart, and states ----------------------------------------------------------------------------------

    @contextlib.contextmanager
    def apart(self, behind: int) -> Iterator[None]:
        """Within it can be read apart, as if it stood right behind the first ``behind`` cells; these stay."""
        llama_cpp.llama_memory_seq_cp(self._memory, _STANDING, _PASSING, _FIRST, behind)
        try:
            yield
        finally:
            self._end(_PASSING)

    def decode_apart(self, tokens: Sequence[int], position: int) -> bool:
        """Compute the next ``tokens`` apart, which need as many free cells; false where that was stopped."""
        return self._compute(tokens, range(position, position + len(tokens)), [_PASSING], gives_all=False)

    def state_apart(self, behind: int) -> bytes:
        """The state of what was read apart, without the first ``behind`` cells."""
        llama_cpp.llama_memory_seq_rm(self._memory, _PASSING, _FIRST, behind)
        return self._state(_PASSING)

    def alone(self, token: int) -> list[bytes] | None:
        """The states of ``token`` alone at each of POSITIONS, in sequences of their own; None where that was stopped.

        Needs as many free cells.
        """
        sequences = range(_PASSING, _PASSING + len(POSITIONS))
        try:
            if not self._compute([token] * len(POSITIONS), POSITIONS, sequences, gives_all=False):
                return None
            return [self._state(sequence) for sequence in sequences]
        finally:
            for sequence in sequences:
                self._end(sequence)

    def state(self, start: int, end: int) -> bytes:
        """The state of the cells from ``start`` up to ``end``."""
        llama_cpp.llama_memory_seq_cp(self._memory, _STANDING, _PASSING, start, end)
        try:
            return self._state(_PASSING)
        finally:
            self._end(_PASSING)

    def put(self, state: bytearray, cells: Sequence[Cell]) -> None:
        """Put ``cells`` with their ``state``, whose positions are those right behind what is there, behind it."""
        data = (ctypes.c_uint8 * len(state)).from_buffer(state)
        if not llama_cpp.llama_state_seq_set_data(self.context, data, len(state), _PASSING):
            raise RuntimeError("llama_state_seq_set_data")
        llama_cpp.llama_memory_seq_cp(self._memory, _PASSING, _STANDING, -1, -1)
        self._end(_PASSING)
        self.read += cells

    def _state(self, sequence: int) -> bytes:
        size = llama_cpp.llama_state_seq_get_size(self.context, sequence)
        data = bytearray(size)
        taken = llama_cpp.llama_state_seq_get_data(
            self.context, (ctypes.c_uint8 * size).from_buffer(data), size, sequence
        )
        return bytes(data[:taken])

    def _end(self, sequence: int) -> None:
        llama_cpp.llama_memory_seq_rm(self._memory, sequence, -1, -1)

    def _compute(
        self, tokens: Sequence[int], positions: Sequence[int], sequences: Sequence[int], gives_all: bool
    ) -> bool:
        """Compute ``tokens`` at ``positions``, each in its own of ``sequences`` or all in the one; false if stopped."""
        if self.is_stopped():
            return False
        batch = self._batch
        batch.n_tokens = len(tokens)
        for index, (token, position) in enumerate(zip(tokens, positions, strict=True)):
            batch.token[index], batch.pos[index], batch.n_seq_id[index] = token, position, 1
            batch.seq_id[index][0] = sequences[index % len(sequences)]
            batch.logits[index] = gives_all or index == len(tokens) - 1
        result = llama_cpp.llama_decode(self.context, batch)
        if result == _ABORTED:
            return False
        if result == _NO_MEMORY:
            raise MemoryError
        if result != 0:
            raise RuntimeError(f"llama_decode: {result}")
        return True

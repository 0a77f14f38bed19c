"""Opening a model's file with llama.cpp, inside the model's process; why one can't be opened is said in our kinds."""

from __future__ import annotations

import collections
import ctypes
import os
import re
from pathlib import Path
from typing import Any

import llama_cpp

from engine.errors import EngineProblem, PhialError
from engine.gguf_header import read_header
from engine.hardware import memory, memory_needed
from engine.kernels import DEVICE_VARIABLE
from engine.mapped_pages import give_back_mapped_pages

_SHARE_GIVEN_BACK = 1 / 16  # of a file: what is held twice at most while it loads
_ALL_LAYERS = -1  # of n_gpu_layers
_NO_DEVICE = (ctypes.c_void_p * 1)(None)  # a list that ends at once
_WARNING, _CONTINUED = 3, 5  # ggml_log_level: debug 1, info 2, warning 3, error 4


class Log:
    """Passes llama.cpp's warnings and errors on to the log (descriptor 2), and remembers the last of them."""

    def __init__(self) -> None:
        self.last: collections.deque[str] = collections.deque(maxlen=32)
        self.has_repacked = False
        """Whether weights were copied, laid out anew for the processor's kernels."""
        self._level = 0
        # llama.cpp calls it for as long as the process lives: without this reference it would call freed memory.
        self._callback = llama_cpp.llama_log_callback(self._take)
        llama_cpp.llama_log_set(self._callback, ctypes.c_void_p(0))

    def _take(self, level: int, text: bytes, _data: object) -> None:
        self._level = self._level if level == _CONTINUED else level
        if b"CPU_REPACK model buffer" in text:
            self.has_repacked = True
        if self._level >= _WARNING:
            self.last.append(text.decode("utf-8", "replace"))
            os.write(2, text)


class Weights:
    """A model's file, open: its header, its weights, its vocabulary."""

    def __init__(self, path: str, context: int, log: Log) -> None:
        """Open it, for a context of so many tokens. Raises PhialError: what ``read_header`` and ``or_failed`` raise."""
        self.path = Path(path)
        self._asked = context
        self._log = log
        self.header = read_header(self.path)
        llama_cpp.llama_backend_init()
        self._uses_gpu = llama_cpp.llama_supports_gpu_offload() and not os.environ.get(DEVICE_VARIABLE)
        self._open()

    def _open(self) -> None:
        """Open the file on the GPU, where one is used and takes it, else on the processor."""
        self._given_back = 0.0
        settings = llama_cpp.llama_model_default_params()
        settings.n_gpu_layers = _ALL_LAYERS if self._uses_gpu else 0
        if not self._uses_gpu:
            # Without this a GPU that there is would still be given the products of long prompts.
            settings.devices = ctypes.cast(_NO_DEVICE, ctypes.c_void_p)
        settings.progress_callback = llama_cpp.llama_progress_callback(self._loaded)
        opened = llama_cpp.llama_model_load_from_file(os.fsencode(self.path), settings)
        if not opened and self._uses_gpu:
            self._uses_gpu = False
            self._open()
            return
        self.model = self.or_failed(opened)
        self.vocabulary = llama_cpp.llama_model_get_vocab(self.model)

    def _loaded(self, share: float, _data: object) -> bool:
        """So much of the file has been loaded: what was copied need not be held twice. It always goes on."""
        if self._log.has_repacked and share >= self._given_back + _SHARE_GIVEN_BACK:
            self._given_back = share
            give_back_mapped_pages()
        return True

    def new_context(self, settings: Any) -> int:
        """A context of the model. A GPU that has no room for it is given up: model and vocabulary are others then.

        Raises PhialError: what ``or_failed`` raises.
        """
        context = llama_cpp.llama_init_from_model(self.model, settings)
        if not context and self._uses_gpu:
            self._uses_gpu = False
            llama_cpp.llama_model_free(self.model)
            self._open()
            context = llama_cpp.llama_init_from_model(self.model, settings)
        return self.or_failed(context)

    def or_failed(self, handle: int | None) -> int:
        """``handle``, which llama.cpp gave, where it is one.

        Raises PhialError: MODEL_ARCHITECTURE, MEMORY_TOO_SMALL, MODEL_DAMAGED, by what llama.cpp said last.
        """
        if handle:
            return handle
        said = " ".join(self._log.last)
        if "unknown model architecture" in said:
            raise self.unsupported()
        if re.search("fail(ed|ure) to allocate|unable to allocate|out of memory|bad_alloc", said):
            raise PhialError(
                EngineProblem.MEMORY_TOO_SMALL,
                model=self.path.stem,
                needed=memory_needed(self.header, self._asked),
                free=memory().available,
            )
        raise PhialError(EngineProblem.MODEL_DAMAGED, details=said[-300:], path=str(self.path))

    def unsupported(self) -> PhialError:
        """That the model is of a kind that can't be used for what it was opened for."""
        return PhialError(EngineProblem.MODEL_ARCHITECTURE, path=str(self.path), architecture=self.header.architecture)

    def value(self, key: str) -> str:
        """What the file says under ``key``, "" where it says nothing."""
        room = ctypes.create_string_buffer(256)
        length = llama_cpp.llama_model_meta_val_str(self.model, key.encode(), room, len(room))
        return room.value.decode("utf-8", "replace") if length > 0 else ""

    def tokens(self, text: str, *, reads_special: bool = False, adds_special: bool = False) -> list[int]:
        """The tokens of ``text``: its tags are tags where it ``reads_special``; ``adds_special``: with marks around."""
        body = text.encode("utf-8", "replace")
        room = len(body) + 8  # a token is a byte at least; a vocabulary may put a space before, and its marks around
        tokens = (llama_cpp.llama_token * room)()
        count = llama_cpp.llama_tokenize(self.vocabulary, body, len(body), tokens, room, adds_special, reads_special)
        if count < 0:
            raise RuntimeError(f"llama_tokenize: {count}")
        return tokens[:count]

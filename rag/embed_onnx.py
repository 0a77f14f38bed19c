"""Running an embedder by onnxruntime, from the export that packaging/export_embedder.py writes.

The only file of ours that imports onnxruntime.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from rag.courtesy import computing_threads


class OnnxEncoder:
    """An export: token ids and their mask in, shape (texts, tokens); vectors of length 1 out."""

    def __init__(self, export: Path, tokenizer: Path, window: int) -> None:
        """Load it; texts are cut to ``window`` tokens. Raises whatever two libraries do for damaged files."""
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = computing_threads()
        options.inter_op_num_threads = 1
        # A thread with nothing to do would else burn a core for the sake of microseconds, and the person's battery.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        # Kept memory is that of the largest pass there was; passes differ in shape, so patterns of it never return.
        options.enable_mem_pattern = False
        options.log_severity_level = 4
        self._session = onnxruntime.InferenceSession(str(export), options, providers=["CPUExecutionProvider"])
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.enable_truncation(window)
        self._tokenizer.enable_padding()

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The vectors of ``texts`` in one forward pass, shape (len(texts), dimensions), each of length 1."""
        encodings = self._tokenizer.encode_batch(list(texts))
        ids = np.array([encoding.ids for encoding in encodings], dtype=np.int64)
        mask = np.array([encoding.attention_mask for encoding in encodings], dtype=np.int64)
        vectors: NDArray[np.float32] = self._session.run(None, {"ids": ids, "mask": mask})[0]
        return vectors

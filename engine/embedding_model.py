"""Embedding with llama.cpp, inside the model's process: texts to vectors, several in one pass."""

from __future__ import annotations

from collections.abc import Sequence

import llama_cpp
import numpy as np
from numpy.typing import NDArray

from engine.embedding_messages import TEXTS_A_PASS, LoadEmbedder
from engine.weights import Log, Weights


class EmbeddingModel:
    """A loaded embedder. It pools as its header says (mean, first or last token); its vectors have the length 1."""

    def __init__(self, load: LoadEmbedder, log: Log) -> None:
        """Load it. Raises PhialError: what ``Weights`` raises; MODEL_ARCHITECTURE where it has no vector of a text."""
        self._weights = Weights(load.path, load.tokens, log)
        self._window, self._tokens_a_pass = load.window, load.tokens
        settings = llama_cpp.llama_context_default_params()
        settings.embeddings = True
        # All tokens of a text see each other, so a text has to be in one piece; several share the room of a pass.
        settings.n_ctx = settings.n_batch = settings.n_ubatch = load.tokens
        settings.n_seq_max = TEXTS_A_PASS
        settings.kv_unified = True
        settings.n_threads = settings.n_threads_batch = load.threads
        settings.flash_attn_type = llama_cpp.LLAMA_FLASH_ATTN_TYPE_DISABLED
        self._context = self._weights.new_context(settings)
        if llama_cpp.llama_pooling_type(self._context) not in {
            llama_cpp.LLAMA_POOLING_TYPE_MEAN,
            llama_cpp.LLAMA_POOLING_TYPE_CLS,
            llama_cpp.LLAMA_POOLING_TYPE_LAST,
        }:
            raise self._weights.unsupported()
        self._memory = llama_cpp.llama_get_memory(self._context)
        self.dimensions: int = llama_cpp.llama_model_n_embd_out(self._weights.model)
        self._batch = llama_cpp.llama_batch_init(load.tokens, 0, 1)

    def count_content(self, text: str) -> int:
        """How many tokens ``text`` has, without the model's marks around it."""
        return len(self._weights.tokens(text))

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The vectors of ``texts``, shape (len(texts), dimensions), each of length 1; a long text is cut to the window.

        ``texts`` are TEXTS_A_PASS at most.
        """
        vectors = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        part: list[int] = []
        room = self._tokens_a_pass
        tokens = [self._cut(text) for text in texts]
        for place, own in enumerate(tokens):
            if len(own) > room:
                self._compute([tokens[index] for index in part], vectors, part)
                part, room = [], self._tokens_a_pass
            part.append(place)
            room -= len(own)
        if part:
            self._compute([tokens[index] for index in part], vectors, part)
        lengths = np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), np.finfo(np.float32).tiny)
        vectors /= lengths
        return vectors

    def _cut(self, text: str) -> list[int]:
        """The tokens of ``text`` with the model's marks; of a long one the beginning, and the mark at its end."""
        tokens = self._weights.tokens(text, adds_special=True)
        if len(tokens) <= self._window:
            return tokens or [0]  # where a vocabulary has no marks, an empty text wants something to be computed of
        ends = llama_cpp.llama_vocab_is_control(self._weights.vocabulary, tokens[-1])
        return [*tokens[: self._window - 1], tokens[-1]] if ends else tokens[: self._window]

    def _compute(self, texts: Sequence[Sequence[int]], vectors: NDArray[np.float32], places: Sequence[int]) -> None:
        """One pass over texts that fit into it, each a sequence of its own."""
        batch = self._batch
        batch.n_tokens = 0
        for sequence, tokens in enumerate(texts):
            for position, token in enumerate(tokens):
                at = batch.n_tokens
                batch.token[at], batch.pos[at] = token, position
                batch.n_seq_id[at], batch.seq_id[at][0] = 1, sequence
                batch.logits[at] = True
                batch.n_tokens += 1
        if self._memory:
            llama_cpp.llama_memory_clear(self._memory, True)
        # One without a memory of what came before (BERT and its kin) is an encoder, and computed as such.
        compute = llama_cpp.llama_decode if self._memory else llama_cpp.llama_encode
        result = compute(self._context, batch)
        if result != 0:
            raise RuntimeError(f"llama.cpp could not embed: {result}")
        for sequence, place in enumerate(places):
            pooled = llama_cpp.llama_get_embeddings_seq(self._context, sequence)
            vectors[place] = np.ctypeslib.as_array(pooled, shape=(self.dimensions,))

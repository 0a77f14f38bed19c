"""The model process: llama.cpp with one model, which writes, or with an embedder (engine.embedding_model).

How it is spoken to stands in engine.model_process.
"""

from __future__ import annotations

import contextlib
import ctypes
import faulthandler
import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import llama_cpp

from engine.embedding_model import EmbeddingModel
from engine.errors import EngineProblem, PhialError
from engine.frames import Message
from engine.links import parent_link
from engine.messages import CODEC, ChatMessage, Ended, Generation, Load, Reading, Written
from engine.model_process import ModelProcess
from engine.templates import PromptPiece, choose_template
from engine.text_stream import TextStream
from engine.weights import Log, Weights

_ABORTED = 2  # llama_decode's word for it
_SEQUENCE = 0  # the one sequence of the KV cache
_SEED = 1  # the same question gets the same answer, at any temperature
_TOP_K, _TOP_P, _MIN_P = 40, 0.95, 0.05  # llama.cpp's own defaults
_MARKERS = llama_cpp.LLAMA_TOKEN_ATTR_CONTROL | llama_cpp.LLAMA_TOKEN_ATTR_USER_DEFINED


class Model:
    """A loaded model with its context and KV cache. ``is_stopped`` is asked between llama.cpp's operations."""

    def __init__(self, load: Load, log: Log, is_stopped: Callable[[], bool]) -> None:
        """Load it.

        Raises PhialError: what ``Weights`` raises; MODEL_ARCHITECTURE where it writes nothing.
        """
        self._load = load
        self._weights = Weights(load.path, load.context, log)
        self._template = choose_template(self._weights.header, load.form or None)
        self._is_stopped = is_stopped
        self._vocabulary = self._weights.vocabulary
        self._abort = llama_cpp.ggml_abort_callback(lambda _data: is_stopped())
        self._context = self._weights.or_failed(
            llama_cpp.llama_init_from_model(self._weights.model, self._context_settings())
        )
        self._memory = llama_cpp.llama_get_memory(self._context)
        if not self._memory or not self._weights.header.vocabulary_size:
            raise self._weights.unsupported()  # it embeds or encodes, and writes nothing
        self._cached: list[int] = []

    @property
    def template_refusal(self) -> str:
        """Why the template in the header is not used; "" where it is, or where there is none."""
        return self._template.refusal

    def count_content(self, text: str) -> int:
        """How many tokens ``text`` has as content."""
        return len(self._content_tokens(text))

    def count_prompt(self, messages: Sequence[ChatMessage]) -> int:
        """How many tokens the prompt for ``messages`` has."""
        return len(self._prompt_tokens(messages))

    def _context_settings(self) -> Any:
        settings = llama_cpp.llama_context_default_params()
        settings.n_ctx = self._load.context
        settings.n_batch = settings.n_ubatch = self._load.micro_batch
        settings.n_threads = settings.n_threads_batch = self._load.threads
        # On the processor flash attention reads a prompt 7 % faster and writes the answer 27 % slower (decision 0013).
        settings.flash_attn_type = llama_cpp.LLAMA_FLASH_ATTN_TYPE_DISABLED
        settings.abort_callback = self._abort
        return settings

    # --- tokens -----------------------------------------------------------------------------------------------------

    def _prompt_tokens(self, messages: Sequence[ChatMessage]) -> list[int]:
        """The tokens of the prompt for ``messages``, with the one that begins every prompt where the model has it."""
        tokens = [token for piece in self._template.pieces(messages) for token in self._piece_tokens(piece)]
        beginning = llama_cpp.llama_vocab_bos(self._vocabulary)
        if llama_cpp.llama_vocab_get_add_bos(self._vocabulary) and tokens[:1] != [beginning]:
            tokens.insert(0, beginning)
        return tokens

    def _content_tokens(self, text: str) -> list[int]:
        """The tokens of a person's or a page's text: none of them is a marker, whatever the text looks like."""
        tokens = self._weights.tokens(text, reads_special=False)
        # Some files list their tags as "user defined" tokens, which llama.cpp reads in any text.
        tags = {tag for tag in map(self._tag, set(tokens)) if tag}
        if not tags:
            return tokens
        cuts = [found.start() + 1 for found in re.finditer("|".join(map(re.escape, tags)), text)]
        if not cuts:
            return [token for token in tokens if not self._tag(token)]
        fragments = (text[start:end] for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True))
        return [token for fragment in fragments for token in self._content_tokens(fragment)]

    def _piece_tokens(self, piece: PromptPiece) -> list[int]:
        return (
            self._weights.tokens(piece.text, reads_special=True)
            if piece.is_markup
            else self._content_tokens(piece.text)
        )

    def _tag(self, token: int) -> str:
        """The text of ``token`` where that looks like ``<…>`` and is more than a word to the model, else ""."""
        if not llama_cpp.llama_vocab_get_attr(self._vocabulary, token) & _MARKERS:
            return ""
        text = self._bytes(token, shows_special=True).decode("utf-8", "replace")
        return text if len(text) > 2 and text.startswith("<") and text.endswith(">") else ""

    def _bytes(self, token: int, *, shows_special: bool) -> bytes:
        room = 256
        while True:
            piece = ctypes.create_string_buffer(room)
            count = llama_cpp.llama_token_to_piece(self._vocabulary, token, piece, room, 0, shows_special)
            if count >= 0:
                return piece.raw[:count]
            room = -count

    # --- writing ----------------------------------------------------------------------------------------------------

    def write(self, number: int, generation: Generation) -> Iterator[Message]:
        """Write an answer: Reading and Written as they come, then Ended. Raises PhialError: PROMPT_TOO_LONG."""
        begun = time.perf_counter()
        prompt = self._prompt_tokens(generation.messages)
        if len(prompt) + generation.max_tokens > self._load.context:
            raise PhialError(
                EngineProblem.PROMPT_TOO_LONG, tokens=len(prompt) + generation.max_tokens, context=self._load.context
            )
        reused = self._keep_prefix(prompt)
        reason = ""
        for at in range(reused, len(prompt), self._load.micro_batch):
            if not self._decode(prompt[at : at + self._load.micro_batch]):
                reason = "stopped"
                break
            yield Reading(number, len(self._cached))
        read = time.perf_counter()
        answer_tokens = 0
        if not reason:
            stream = TextStream((*generation.stop, *self._template.stop))
            with self._sampler(generation.temperature) as sampler:
                while not reason:
                    token = llama_cpp.llama_sampler_sample(sampler, self._context, -1)
                    if llama_cpp.llama_vocab_is_eog(self._vocabulary, token):
                        reason = "end"
                        break
                    answer_tokens += 1
                    if text := stream.feed(self._bytes(token, shows_special=False)):
                        yield Written(number, text)
                    reason = self._what_ends(stream, token, is_full=answer_tokens == generation.max_tokens)
            if text := stream.finish():
                yield Written(number, text)
        yield Ended(number, reason, len(prompt), reused, answer_tokens, read - begun, time.perf_counter() - read)

    def _what_ends(self, stream: TextStream, token: int, *, is_full: bool) -> str:
        """Why the answer ends after ``token``; "" where it goes on, with the token in the KV cache."""
        if stream.is_stopped:
            return "end"
        if is_full:
            return "length"
        return "" if self._decode([token]) else "stopped"

    def _keep_prefix(self, prompt: Sequence[int]) -> int:
        """Keep what the KV cache and ``prompt`` begin with alike, and forget the rest; how many tokens were kept.

        The last token is always computed anew: its logits are what the answer begins from.
        """
        alike = 0
        for kept, wanted in zip(self._cached, prompt[:-1], strict=False):
            if kept != wanted:
                break
            alike += 1
        if not llama_cpp.llama_memory_seq_rm(self._memory, _SEQUENCE, alike, -1):
            llama_cpp.llama_memory_clear(self._memory, True)  # this kind of memory can't forget a part
            alike = 0
        del self._cached[alike:]
        return alike

    def _decode(self, tokens: Sequence[int]) -> bool:
        """Compute ``tokens`` behind what is cached; false where that was stopped, and the cache is as before."""
        if self._is_stopped():
            return False
        array = (llama_cpp.llama_token * len(tokens))(*tokens)  # the batch points into it
        result = llama_cpp.llama_decode(self._context, llama_cpp.llama_batch_get_one(array, len(tokens)))
        if result == _ABORTED:
            if not llama_cpp.llama_memory_seq_rm(self._memory, _SEQUENCE, len(self._cached), -1):
                llama_cpp.llama_memory_clear(self._memory, True)
                self._cached.clear()
            return False
        if result != 0:
            raise RuntimeError(f"llama_decode: {result}")
        self._cached += tokens
        return True

    @contextlib.contextmanager
    def _sampler(self, temperature: float) -> Iterator[int]:
        chain = llama_cpp.llama_sampler_chain_init(llama_cpp.llama_sampler_chain_default_params())
        if temperature == 0:
            steps = [llama_cpp.llama_sampler_init_greedy()]
        else:
            steps = [
                llama_cpp.llama_sampler_init_top_k(_TOP_K),
                llama_cpp.llama_sampler_init_top_p(_TOP_P, 1),
                llama_cpp.llama_sampler_init_min_p(_MIN_P, 1),
                llama_cpp.llama_sampler_init_temp(temperature),
                llama_cpp.llama_sampler_init_dist(_SEED),
            ]
        for step in steps:
            llama_cpp.llama_sampler_chain_add(chain, step)
        try:
            yield chain
        finally:
            llama_cpp.llama_sampler_free(chain)


def main() -> None:
    """Run the model process; its first argument is the link to its host."""
    faulthandler.enable()
    log = Log()
    ModelProcess(
        parent_link(sys.argv[1], CODEC),
        lambda load, is_stopped: Model(load, log, is_stopped),
        lambda load: EmbeddingModel(load, log),
    ).run()


if __name__ == "__main__":
    main()

"""Writing an answer behind a prompt that has been read: one token after the other, as text."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Iterator

import llama_cpp

from engine.cells import Cells
from engine.messages import Generation
from engine.prompt_tokens import PromptTokens
from engine.text_stream import TextStream
from engine.weights import Weights

_SEED = 1  # the same question gets the same answer, at any temperature
_TOP_K, _TOP_P, _MIN_P = 40, 0.95, 0.05  # llama.cpp's own defaults


@dataclasses.dataclass
class Answer:
    """An answer that is being written: its tokens so far, and why it ended ("" while it goes on)."""

    tokens: int = 0
    reason: str = ""


class Decoder:
    """Writes answers with one model. Its cells hold what they follow; the logits are those of the last token read."""

    def __init__(self, weights: Weights, cells: Cells, prompt_tokens: PromptTokens) -> None:
        self._vocabulary = weights.vocabulary
        self._cells = cells
        self._prompt_tokens = prompt_tokens

    def write(self, generation: Generation, stop: tuple[str, ...], answer: Answer) -> Iterator[str]:
        """The pieces of an answer, none empty. ``answer`` says how it stands; ``stop`` are texts that end it."""
        stream = TextStream(stop)
        with _sampler(generation.temperature) as sampler:
            while not answer.reason:
                token = llama_cpp.llama_sampler_sample(sampler, self._cells.context, -1)
                if llama_cpp.llama_vocab_is_eog(self._vocabulary, token):
                    answer.reason = "end"
                    break
                answer.tokens += 1
                if text := stream.feed(self._prompt_tokens.bytes_of(token)):
                    yield text
                answer.reason = self._what_ends(stream, token, is_full=answer.tokens == generation.max_tokens)
        if text := stream.finish():
            yield text

    def _what_ends(self, stream: TextStream, token: int, *, is_full: bool) -> str:
        """Why the answer ends after ``token``; "" where it goes on, with the token in the cells."""
        if stream.is_stopped:
            return "end"
        if is_full:
            return "length"
        return "" if self._cells.decode([token]) else "stopped"


@contextlib.contextmanager
def _sampler(temperature: float) -> Iterator[int]:
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

"""Writing an answer behind a prompt that has been read: token after token, as text; several in a pass where it pays."""

from __future__ import annotations

import contextlib
import dataclasses
import time
from collections.abc import Iterator

import llama_cpp
import numpy as np

from engine.cells import Cells
from engine.errors import EngineProblem, PhialError
from engine.lookup import Lookup, Odds
from engine.messages import Generation
from engine.prompt_tokens import PromptTokens
from engine.text_stream import TextStream
from engine.threads import WritingThreads
from engine.weights import Weights

_SEED = 1  # the same question gets the same answer, at any temperature
_TOP_K, _TOP_P, _MIN_P = 40, 0.95, 0.05  # llama.cpp's own defaults


@dataclasses.dataclass
class Answer:
    """An answer that is being written: its tokens so far, and why it ended ("" while it goes on).

    ``drafted`` tokens were guessed, and ``accepted`` of them were what the model would have written.
    """

    tokens: int = 0
    reason: str = ""
    drafted: int = 0
    accepted: int = 0


class Decoder:
    """Writes answers with one model. Its cells hold what they follow; the logits are those of the last token read."""

    def __init__(self, weights: Weights, cells: Cells, prompt_tokens: PromptTokens) -> None:
        self._weights = weights
        self._vocabulary = weights.vocabulary
        self._cells = cells
        self._prompt_tokens = prompt_tokens
        self._odds = Odds()
        self._threads = WritingThreads(cells.threads)

    def write(self, generation: Generation, stop: tuple[str, ...], answer: Answer) -> Iterator[str]:
        """The pieces of an answer, none empty. ``answer`` says how it stands; ``stop`` are texts that end it.

        At temperature 0 tokens that the prompt or the answer has held already are drafted (engine.lookup) and read
        several in a pass: only those are kept that would have been written one by one. Decision 0155.

        Raises PhialError: MODEL_DAMAGED where nothing can come of the weights.
        """
        self._check_logits()
        stream = TextStream(stop)
        drafts = generation.drafts and generation.temperature == 0 and self._cells.can_forget
        lookup = Lookup(self._cells.tokens if drafts else ())
        self._odds.begin()
        at, has_ended = -1, False
        match, foreseen = 0, -1  # what would follow by a draft that isn't read, and how much before it is alike
        with _sampler(generation.temperature) as sampler:
            while not has_ended:
                token = llama_cpp.llama_sampler_sample(sampler, self._cells.context, at)
                if foreseen >= 0:
                    self._odds.learn_token(match, is_right=token == foreseen)
                text, has_ended = self._take(token, generation, stream, answer)
                if text:
                    yield text
                if has_ended:
                    break
                lookup.add(token)
                match, draft = lookup.draft() if drafts else (0, [])
                foreseen = draft[0] if draft else -1
                # A draft never goes beyond the answer's limit: there is no room for it in the context.
                del draft[self._odds.length(match, min(len(draft), generation.max_tokens - answer.tokens - 1)) :]
                seconds = self._read(token, draft)
                if seconds is None:
                    answer.reason = "stopped"
                    break
                right = 0
                while right < len(draft) and not has_ended:
                    follows = llama_cpp.llama_sampler_sample(sampler, self._cells.context, right)
                    self._odds.learn_token(match + right, is_right=follows == draft[right])
                    if follows != draft[right]:
                        break
                    text, has_ended = self._take(follows, generation, stream, answer)
                    if text:
                        yield text
                    lookup.add(follows)
                    right += 1
                if drafts:
                    self._odds.learn_pass(1 + len(draft), seconds, 1 + right)
                if draft:
                    answer.drafted += len(draft)
                    answer.accepted += right
                    foreseen = -1
                    self._cells.forget_last(len(draft) - right)
                at = right if draft else -1
        if text := stream.finish():
            yield text

    def _check_logits(self) -> None:
        """Weights with bits turned over load as well as any; they give themselves away by numbers that are none."""
        logits = llama_cpp.llama_get_logits_ith(self._cells.context, -1)
        count = llama_cpp.llama_vocab_n_tokens(self._vocabulary)
        if np.isnan(np.ctypeslib.as_array(logits, shape=(count,))).any():
            raise PhialError(EngineProblem.MODEL_DAMAGED, details="no numbers", path=str(self._weights.path))

    def _take(self, token: int, generation: Generation, stream: TextStream, answer: Answer) -> tuple[str, bool]:
        """What ``token``, the next of the answer, makes certain of its text, and whether the answer ends there."""
        if llama_cpp.llama_vocab_is_eog(self._vocabulary, token):
            answer.reason = "end"
            return "", True
        answer.tokens += 1
        text = stream.feed(self._prompt_tokens.bytes_of(token))
        if stream.is_stopped:
            answer.reason = "end"
        elif answer.tokens == generation.max_tokens:
            answer.reason = "length"
        return text, bool(answer.reason)

    def _read(self, token: int, draft: list[int]) -> float | None:
        """Read ``token`` and ``draft`` in one pass; how many seconds that took, None where it was stopped."""
        threads = self._threads.next(self._cells.threads)
        self._cells.compute_with(threads)
        begun = time.perf_counter()
        if not self._cells.decode([token, *draft], gives_all=bool(draft)):
            return None
        llama_cpp.llama_synchronize(self._cells.context)  # a GPU may still be at it
        seconds = time.perf_counter() - begun
        if not draft:
            self._threads.learn(threads, seconds)
        return seconds


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

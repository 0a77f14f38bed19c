"""Writing with drafts: the real starter in this process, so that what it has read can be looked at."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator

import llama_cpp
import numpy as np
import pytest

from engine.catalogue import InstalledModel
from engine.cells import Cells
from engine.decoding import Answer, Decoder
from engine.lookup import Odds
from engine.messages import ChatMessage as Message
from engine.messages import Generation, Load
from engine.prompt_tokens import PromptTokens
from engine.templates import choose_template
from engine.weights import Log, Weights

NEAR_TIE = 1.0
"""Logits: one token in a pass is computed by other kernels than several."""

LEASE = (
    "Article 12. The tenant shall give notice three months before the end of the lease, by registered letter. "
    "Article 13. The deposit of two months' rent is returned within thirty days after the keys have been handed over. "
    "Article 14. Pets are allowed where they disturb nobody."
)
QUOTING = ("Repeat articles 12, 13 and 14 word for word.", "When is the deposit returned? Quote the article.")


class Starter:
    """The starter with its cells, its decoder, and a switch that stops it."""

    def __init__(self, model: InstalledModel) -> None:
        self.stops_after = 10**9
        self.log = Log()
        load = Load(1, str(model.path), 1024, 1, 128, "")
        self.weights = Weights(load.path, load.context, self.log)
        self.prompts = PromptTokens(self.weights, choose_template(self.weights.header, None))
        self.cells = Cells(self.weights, load, self._is_stopped)
        self.decoder = Decoder(self.weights, self.cells, self.prompts)

    def _is_stopped(self) -> bool:
        self.stops_after -= 1
        return self.stops_after < 0

    def read(self, question: str) -> None:
        messages = (Message("user", f"{LEASE}\n\nQuestion: {question}"),)
        tokens = [token for segment in self.prompts.of_messages(messages) for token in segment.tokens]
        self.cells.clear()
        for at in range(0, len(tokens), 128):
            assert self.cells.decode(tokens[at : at + 128])

    def write(self, question: str, most: int, *, drafts: bool, stop: tuple[str, ...] = ()) -> tuple[str, Answer]:
        self.read(question)
        answer = Answer()
        generation = Generation((Message("user", question),), most, drafts=drafts)
        return "".join(self.decoder.write(generation, stop, answer)), answer

    def logits(self) -> np.ndarray:
        row = llama_cpp.llama_get_logits_ith(self.cells.context, -1)
        return np.ctypeslib.as_array(row, (self.weights.header.vocabulary_size,))


@pytest.fixture(scope="module")
def model(starter: InstalledModel) -> Iterator[Starter]:
    made = Starter(starter)
    yield made
    llama_cpp.llama_free(made.cells.context)
    llama_cpp.llama_model_free(made.weights.model)
    llama_cpp.llama_log_set(llama_cpp.llama_log_callback(), ctypes.c_void_p(0))


@pytest.fixture(autouse=True)
def always_drafts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Odds, "length", lambda _self, _match, longest: longest)
    monkeypatch.setattr(Odds, "learn_pass", lambda *_arguments: None)


@pytest.fixture(autouse=True)
def goes_on(model: Starter) -> None:
    model.stops_after = 10**9


@pytest.mark.parametrize("question", QUOTING)
def test_with_drafts_it_writes_what_it_would_have_written_one_by_one(model: Starter, question: str) -> None:
    _, answer = model.write(question, 24, drafts=True)
    assert 0 < answer.accepted <= answer.drafted
    written = model.cells.tokens
    model.read(question)
    for token in written[len(model.cells.tokens) :]:
        logits = model.logits()
        assert logits.max() - logits[token] < NEAR_TIE
        assert model.cells.decode([token])


def test_without_drafts_nothing_is_drafted(model: Starter) -> None:
    _, answer = model.write(QUOTING[0], 20, drafts=False)
    assert (answer.drafted, answer.accepted, answer.tokens) == (0, 0, 20)


@pytest.mark.parametrize("most", [1, 2, 7, 23])
def test_the_limit_holds_inside_a_draft(model: Starter, most: int) -> None:
    _, answer = model.write(QUOTING[0], most, drafts=True)
    assert (answer.tokens, answer.reason) == (most, "length")


def test_a_stop_text_inside_a_draft_ends_the_answer(model: Starter) -> None:
    whole, _ = model.write(QUOTING[0], 24, drafts=True)
    stop = whole[len(whole) // 2 :][:9]
    text, answer = model.write(QUOTING[0], 24, drafts=True, stop=(stop,))
    assert (text, answer.reason) == (whole[: whole.index(stop)], "end")


def test_what_was_wrong_is_forgotten(model: Starter) -> None:
    _, answer = model.write(QUOTING[1], 24, drafts=True)
    assert answer.accepted < answer.drafted
    memory = llama_cpp.llama_get_memory(model.cells.context)
    assert llama_cpp.llama_memory_seq_pos_max(memory, 0) == len(model.cells.tokens) - 1


def test_a_stop_is_obeyed_while_it_reads_a_draft(model: Starter) -> None:
    model.read(QUOTING[0])
    answer = Answer()
    pieces = model.decoder.write(Generation((Message("user", ""),), 200), (), answer)
    next(pieces)
    model.stops_after = 40
    list(pieces)
    assert (answer.reason, answer.tokens < 200) == ("stopped", True)
    memory = llama_cpp.llama_get_memory(model.cells.context)
    assert llama_cpp.llama_memory_seq_pos_max(memory, 0) == len(model.cells.tokens) - 1

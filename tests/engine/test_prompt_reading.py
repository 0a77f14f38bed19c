"""Reading prompts with llama.cpp itself, on tiny models of every form that Phial is for."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

import engine.kernel_library  # noqa: F401 - before whatever imports llama_cpp

# isort: split
import llama_cpp

from engine.cells import Cells
from engine.kv_state import KvState, read_cells
from engine.kv_store import KvBudget, KvStore
from engine.messages import CONVERSATION, Load
from engine.model_shape import ModelShape, shape_of
from engine.prompt_reading import Progress, PromptReader
from engine.prompt_tokens import Segment
from engine.weights import Log, Weights
from tests.engine.tiny_models import write_model

IN_MEMORY = KvBudget(memory=2**30)
CONTEXT, MICRO_BATCH = 512, 32
STABLE = Segment(tuple(range(3, 43)))
ONE, TWO = Segment(tuple(range(43, 123)), "one"), Segment(tuple(range(140, 200)), "two")
ASKED, OTHER = Segment(tuple(range(60, 70))), Segment(tuple(range(70, 85)))
FORMS = {
    "llama": {"architecture": "llama"},
    "phi-2": {"architecture": "phi2"},
    "phi-3": {"architecture": "phi3"},
    "phi-4-mini": {"architecture": "phi3", "is_long": True, "attention_factor": 1.19},
    "phi-moe": {"architecture": "phimoe"},
}


class Stop:
    """Stops the reading after it has been asked so many times."""

    def __init__(self) -> None:
        self.after = 10**9

    def __call__(self) -> bool:
        self.after -= 1
        return self.after < 0


@dataclasses.dataclass
class Opened:
    """A reader and what it reads with."""

    cells: Cells
    reader: PromptReader
    store: KvStore
    words: int
    stop: Stop

    def read(self, *segments: Segment, renewed: int = 0) -> Progress:
        """Read a prompt of ``segments``, to its end or until it is stopped."""
        progress = Progress()
        assert self.reader.can_move
        for _ in self.reader.read(segments, progress, renewed):
            pass
        return progress

    def logits(self) -> np.ndarray:
        """Those of the token that was read last, as likelihoods in logarithms."""
        given = llama_cpp.llama_get_logits_ith(self.cells.context, -1)
        logits = np.ctypeslib.as_array(given, (self.words,)).astype(np.float64)
        return logits - np.log(np.exp(logits).sum())

    def keys(self, start: int, end: int) -> np.ndarray:
        """The first layer's keys: they depend on a token and its position alone."""
        return read_cells(self.cells.state(start, end))[0].keys[0].floats()


@pytest.fixture(scope="module")
def log() -> Log:
    return Log()


@pytest.fixture
def opened(tmp_path: Path, log: Log) -> Iterator[Callable[..., Opened]]:
    contexts: list[tuple[Cells, Weights]] = []

    def open_model(
        budget: KvBudget = IN_MEMORY,
        context: int = CONTEXT,
        change: Callable[[ModelShape], ModelShape] = lambda shape: shape,
        **form: object,
    ) -> Opened:
        path = tmp_path / "tiny.gguf"
        if not path.exists():
            write_model(path, **{"architecture": "phi3", "context": 2 * CONTEXT, **form})
        load = Load(1, str(path), context, 1, MICRO_BATCH, "")
        weights = Weights(load.path, load.context, log)
        stop = Stop()
        cells = Cells(weights, load, stop)
        store = KvStore(budget)
        reader = PromptReader(cells, store, change(shape_of(weights, load.context)), load)
        contexts.append((cells, weights))
        return Opened(cells, reader, store, llama_cpp.llama_vocab_n_tokens(weights.vocabulary), stop)

    yield open_model
    for cells, weights in contexts:
        llama_cpp.llama_free(cells.context)
        llama_cpp.llama_model_free(weights.model)


def plain(*segments: Segment) -> list[Segment]:
    return [Segment(tuple(token for segment in segments for token in segment.tokens))]


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
@pytest.mark.parametrize("context", [CONTEXT, 2 * CONTEXT])
def test_keys_of_a_moved_block_are_those_of_its_place(form, context, opened):
    model = opened(context=context, **form)
    model.read(STABLE, ONE, TWO, ASKED)
    moved = model.keys(0, 190)
    model.cells.clear()
    model.read(*plain(STABLE, ONE, TWO, ASKED))
    in_place = model.keys(0, 190)
    assert np.abs(moved - in_place).max() < 0.01 * np.abs(in_place).max()


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_a_block_right_behind_the_stable_part_is_read_as_ever(form, opened):
    model = opened(**form)
    model.read(*plain(STABLE, ONE, ASKED))
    ordinary = model.logits()
    model.cells.clear()
    model.read(STABLE, ONE, ASKED)
    assert np.abs(model.logits() - ordinary).max() < 0.05, "its state was quantized"
    assert model.logits().argmax() == ordinary.argmax()


def test_blocks_don_t_see_each_other(opened):
    model = opened()
    model.read(STABLE, ONE, TWO, ASKED)
    apart = model.logits()
    model.cells.clear()
    model.read(*plain(STABLE, ONE, TWO, ASKED))
    assert np.abs(model.logits() - apart).max() > 0.05


def test_renewing_whole_blocks_is_reading_them_in_place(opened):
    model = opened()
    model.read(*plain(STABLE, ONE, TWO, ASKED))
    ordinary = model.logits()
    model.cells.clear()
    progress = model.read(STABLE, ONE, TWO, ASKED, renewed=1_000)
    assert progress.computed == progress.tokens
    assert np.allclose(model.logits(), ordinary, atol=1e-3)


def test_renewed_tokens_are_computed_and_the_others_are_not(opened):
    model = opened()
    model.read(STABLE, ONE, TWO, ASKED)
    progress = model.read(STABLE, TWO, ONE, OTHER, renewed=5)
    assert (progress.computed, progress.reused) == (5 + 5 + 15, 40 + 55 + 75)


def test_a_block_is_computed_once_wherever_it_stands(opened):
    model = opened()
    assert model.read(STABLE, ONE, TWO, ASKED).computed == 190
    logits = model.logits()
    other = model.read(STABLE, TWO, ONE, ASKED)
    assert (other.tokens, other.reused, other.computed) == (190, 180, 10)
    assert model.read(STABLE, TWO, OTHER).computed == 15
    assert model.read(STABLE, ONE, OTHER).computed == 15
    again = model.read(STABLE, ONE, TWO, ASKED)
    assert again.computed == 10
    assert np.array_equal(model.logits(), logits), "the same prompt, the same answer"


def test_what_stands_in_place_already_is_not_touched(opened):
    model = opened(KvBudget())  # a block that had to be put again would have to be computed again
    model.read(STABLE, ONE, TWO, ASKED)
    assert model.read(STABLE, ONE, TWO, OTHER).computed == 15
    assert model.read(STABLE, ONE, TWO, OTHER).computed == 1, "whose logits the answer begins from"
    assert model.read(STABLE, ONE, TWO, OTHER, ASKED).computed == 10


def test_a_block_behind_another_stable_part_is_another(opened):
    model = opened()
    model.read(STABLE, ONE, ASKED)
    assert model.read(Segment(STABLE.tokens[1:]), ONE, ASKED).computed == 39 + 80 + 10


def test_a_block_without_anything_before_it_and_one_at_the_end(opened):
    model = opened()
    assert model.read(ONE, ASKED).computed == 90
    assert model.read(TWO, ONE, ASKED).computed == 70
    assert model.read(STABLE, ONE).computed == 120, "the last token's logits have to be there"


def test_prepared_blocks_need_not_be_read(opened):
    model = opened()
    progress = Progress()
    assert model.reader.can_move
    assert model.reader.held([STABLE, ONE, TWO, ASKED]) == (0, 0)
    assert list(model.reader.prepare([STABLE, ONE, TWO, ASKED], progress))
    assert (progress.computed, progress.tokens) == (180, 180)
    assert model.reader.held([STABLE, ONE, TWO, ASKED]) == (80, 60)
    assert model.read(STABLE, TWO, ONE, ASKED).computed == 10
    assert list(model.reader.prepare([STABLE, ONE], again := Progress())) == []
    assert again.computed == 0


def test_preparing_keeps_the_conversation_where_there_is_room(opened):
    model = opened()
    model.read(STABLE, ONE, ASKED)
    list(model.reader.prepare([STABLE, TWO], Progress()))
    assert model.read(STABLE, ONE, ASKED, OTHER).computed == 15
    filling = Segment(tuple(range(3, 188)) * 2)
    model.read(STABLE, ONE, filling)
    list(model.reader.prepare([STABLE, ONE, Segment(TWO.tokens[1:], "two")], progress := Progress()))
    assert progress.computed == 59
    assert model.read(STABLE, ONE, filling).computed == 370


@pytest.mark.parametrize("operations", [1, 2, 3, 4, 5, 6, 7])
def test_stopped_anywhere_it_goes_on_as_if_nothing_had_been(operations, opened):
    model = opened()
    model.read(STABLE, ASKED, ONE, OTHER)
    expected = model.logits()
    model.cells.clear()
    model.store.forget(["one"])
    model.stop.after = operations
    assert model.read(STABLE, ASKED, ONE, OTHER).was_stopped
    model.stop.after = 10**9
    assert not model.read(STABLE, ASKED, ONE, OTHER).was_stopped
    assert np.allclose(model.logits(), expected, atol=1e-3)


def test_measuring_that_was_stopped_is_done_again(opened):
    model = opened()
    model.stop.after = 0
    assert not model.reader.can_move
    model.stop.after = 10**9
    assert model.reader.can_move


def test_another_process_reads_nothing_but_what_is_new(opened, tmp_path):
    budget = KvBudget(str(tmp_path / "kv"), 2**30, 2**30)
    first = opened(budget)
    first.read(STABLE, ONE, TWO, ASKED)
    expected = first.logits()
    first.reader.save()
    second = opened(budget)
    assert second.read(STABLE, TWO, ONE, OTHER).computed == 15
    third = opened(budget)
    assert third.read(STABLE, ONE, TWO, ASKED).computed == 1, "the conversation was kept too"
    assert np.allclose(third.logits(), expected, atol=1e-3)
    fourth = opened(budget)
    assert fourth.read(STABLE, ONE, TWO, ASKED, OTHER).computed == 15


def test_another_model_s_states_are_not_taken(opened, tmp_path):
    budget = KvBudget(str(tmp_path / "kv"), 2**30, 2**30)
    first = opened(budget)
    first.read(STABLE, ONE, ASKED)
    first.reader.save()
    write_model(tmp_path / "tiny.gguf", "phi3", seed=1, context=2 * CONTEXT)
    assert opened(budget).read(STABLE, ONE, ASKED).computed == 130


def test_what_is_forgotten_is_read_again(opened, tmp_path):
    budget = KvBudget(str(tmp_path / "kv"), 2**30, 2**30)
    model = opened(budget)
    model.read(STABLE, ONE, TWO, ASKED)
    model.reader.save()
    model.store.forget(["one", CONVERSATION])
    assert model.reader.held([STABLE, ONE, TWO]) == (0, 60)
    model.reader.drop_forgotten()
    assert model.cells.read == []
    assert opened(budget).read(STABLE, ONE, TWO, ASKED).computed == 90


def test_a_state_that_is_none_is_computed_anew(opened):
    model = opened()
    model.read(STABLE, ONE, ASKED)
    key = model.cells.read[50].block
    model.store.put(key, b"no state", model.store.epoch)
    model.read(STABLE, ASKED)
    assert model.read(STABLE, ONE, ASKED).computed == 90


def test_keys_that_no_turning_explains_stay_where_they_are(opened):
    model = opened(change=lambda shape: dataclasses.replace(shape, heads=1, turning=(4,)))
    assert not model.reader.can_move


def test_a_state_is_as_large_as_its_tokens(opened):
    model = opened()
    model.read(STABLE, ONE, ASKED)
    state: KvState = read_cells(model.cells.state(40, 120))[0]
    assert state.cells == len(ONE.tokens)


def segments_of(tokens: Sequence[int]) -> list[Segment]:
    return [Segment(tuple(tokens))]


def test_the_same_prompt_has_the_same_logits_though_it_was_read_before(opened):
    model = opened()
    for prompt in ([*segments_of(range(3, 103))], [STABLE, ONE, ASKED]):
        model.read(*prompt)
        first = model.logits()
        assert model.read(*prompt).computed == 1
        assert np.array_equal(model.logits(), first)


def test_without_blocks_what_begins_alike_is_kept(opened):
    model = opened()
    assert model.read(*segments_of(range(3, 103))).computed == 100
    other = model.read(*segments_of([*range(3, 53), *range(103, 133)]))
    assert (other.reused, other.computed) == (50, 30)

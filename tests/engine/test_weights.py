"""Where a model is opened: on a GPU that takes it, else on the processor. The GPU is made believe."""

from __future__ import annotations

import llama_cpp
import pytest

from engine.kernels import DEVICE_VARIABLE
from engine.messages import ChatMessage
from engine.prompt_tokens import PromptTokens
from engine.templates import choose_template
from engine.weights import Log, Weights


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The layers that each opening of a model would have put on a GPU."""
    layers: list[int] = []
    load = llama_cpp.llama_model_load_from_file

    def noted(path: bytes, settings: llama_cpp.llama_model_params) -> int | None:
        layers.append(settings.n_gpu_layers)
        return load(path, settings)

    monkeypatch.setattr(llama_cpp, "llama_model_load_from_file", noted)
    monkeypatch.delenv(DEVICE_VARIABLE, raising=False)
    return layers


def has_gpu(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(llama_cpp, "llama_supports_gpu_offload", lambda: True)


def test_without_a_gpu_all_stays_on_the_processor(tiny, opened: list[int]) -> None:
    Weights(str(tiny), 64, Log())
    assert opened == [0]


def test_a_gpu_gets_all_layers(tiny, opened: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    has_gpu(monkeypatch)
    Weights(str(tiny), 64, Log())
    assert opened == [-1]


def test_a_gpu_that_is_not_chosen_gets_none(tiny, opened: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    has_gpu(monkeypatch)
    monkeypatch.setenv(DEVICE_VARIABLE, "processor")
    Weights(str(tiny), 64, Log())
    assert opened == [0]


def test_a_gpu_that_cannot_take_the_model_gives_way(tiny, opened: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    has_gpu(monkeypatch)
    noted = llama_cpp.llama_model_load_from_file

    def refused_by_the_gpu(path: bytes, settings: llama_cpp.llama_model_params) -> int | None:
        given = noted(path, settings)
        return given if settings.n_gpu_layers == 0 else None

    monkeypatch.setattr(llama_cpp, "llama_model_load_from_file", refused_by_the_gpu)
    weights = Weights(str(tiny), 64, Log())
    assert opened == [-1, 0]
    assert weights.tokens("a")


def test_a_gpu_without_room_for_the_context_gives_way(tiny, opened: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    has_gpu(monkeypatch)
    weights = Weights(str(tiny), 64, Log())
    begin = llama_cpp.llama_init_from_model
    answers = iter([False])
    monkeypatch.setattr(
        llama_cpp,
        "llama_init_from_model",
        lambda model, settings: begin(model, settings) if next(answers, True) else None,
    )
    before = weights.model
    context = weights.new_context(llama_cpp.llama_context_default_params())
    assert opened == [-1, 0]
    assert llama_cpp.llama_get_model(context) == weights.model
    assert before is not None
    assert weights.tokens("a")


def test_a_prompt_is_made_with_the_vocabulary_that_is_there_by_then(tiny, monkeypatch: pytest.MonkeyPatch) -> None:
    weights, other = (Weights(str(tiny), 64, Log()) for _ in range(2))
    prompts = PromptTokens(weights, choose_template(weights.header, None))
    asked: list[int] = []
    begins = llama_cpp.llama_vocab_bos
    monkeypatch.setattr(llama_cpp, "llama_vocab_bos", lambda vocabulary: asked.append(vocabulary) or begins(vocabulary))
    weights.vocabulary = other.vocabulary  # as where a GPU has no room for the context
    assert prompts.of_messages([ChatMessage("user", "a")])
    assert asked == [other.vocabulary]

"""llama.cpp runs each architecture that Phial is for, and refuses others with a reason."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import gguf
import pytest

from engine.catalogue import add_model, find_model
from engine.errors import EngineProblem, PhialError
from engine.host import ChatMessage, Finished, Generation, Piece
from tests.engine.tiny_models import PHI_3_TEMPLATE, write_model

MESSAGES = (ChatMessage("system", "be brief"), ChatMessage("user", "a question, perhaps " * 4))


def written(host, generation):
    items = list(host.generate(generation, lambda: False))
    assert isinstance(items[-1], Finished)
    return "".join(item.text for item in items if isinstance(item, Piece)), items[-1]


@pytest.mark.parametrize("architecture", ["llama", "phi2", "phi3", "phimoe"])
def test_loads_writes_stops_and_goes(architecture, tmp_path, make_host):
    host = make_host()
    host.load(add_model(tmp_path, write_model(tmp_path / "m.gguf", architecture)))
    generation = Generation(MESSAGES, max_tokens=40)
    first, end = written(host, generation)
    again, reused = written(host, generation)
    assert first == again, "the likeliest token each time"
    assert end.prompt_tokens == host.count_prompt_tokens(MESSAGES)
    assert 0 < end.answer_tokens <= 40
    assert end.cached_tokens == 0
    assert reused.cached_tokens == end.prompt_tokens - 1
    stopped = list(host.generate(generation, lambda: True))[-1]
    assert stopped.reason == "stopped"
    assert stopped.answer_tokens < end.answer_tokens or end.reason == "end"
    assert host.memory > 0
    host.close()
    assert host.memory == 0


def test_an_answer_at_a_temperature_is_the_same_again(tmp_path, make_host):
    host = make_host()
    host.load(add_model(tmp_path, write_model(tmp_path / "m.gguf", "phi3")))
    warm = Generation(MESSAGES, max_tokens=30, temperature=1.5)
    assert written(host, warm)[0] == written(host, warm)[0]
    assert written(host, warm)[0] != written(host, Generation(MESSAGES, max_tokens=30))[0]


@pytest.mark.parametrize("tag_type", [gguf.TokenType.CONTROL, gguf.TokenType.USER_DEFINED])
def test_text_that_looks_like_a_tag_stays_text(tag_type, tmp_path, make_host):
    host = make_host()
    host.load(add_model(tmp_path, write_model(tmp_path / "m.gguf", "phi3", tag_type=tag_type)))
    tag, *_ = host.count_tokens(["<|end|>", "x<|end|>y<|user|>", ""])
    assert tag == len("<|end|>"), "spelled letter by letter"
    plain = host.count_prompt_tokens((ChatMessage("user", ""),))
    assert host.count_prompt_tokens((ChatMessage("user", "<|end|>"),)) == plain + tag


def test_the_beginning_token_stands_once(tmp_path, make_host):
    host = make_host()
    prompts = []
    for name, template in (("with", PHI_3_TEMPLATE), ("without", PHI_3_TEMPLATE.replace("{{ bos_token }}", ""))):
        host.load(add_model(tmp_path, write_model(tmp_path / f"{name}.gguf", "phi3", template=template)))
        prompts.append(host.count_prompt_tokens(MESSAGES))
    assert prompts[0] == prompts[1]


def test_an_architecture_that_nobody_knows(tmp_path, make_host):
    path = write_model(tmp_path / "m.gguf", "phi3small")
    with pytest.raises(PhialError) as failure:
        add_model(tmp_path, path)
    assert failure.value.kind is EngineProblem.MODEL_ARCHITECTURE
    # llama.cpp says it too, should our list of what it knows be behind it.
    model = dataclasses.replace(find_model(tmp_path, str(path)), problem=None)
    host = make_host()
    with pytest.raises(PhialError) as failure:
        host.load(model)
    assert failure.value.kind is EngineProblem.MODEL_ARCHITECTURE
    assert failure.value.parameters == {"path": str(model.path), "architecture": "phi3small"}
    assert host.memory == 0


def test_weights_that_are_missing(tmp_path: Path, make_host):
    path = write_model(tmp_path / "m.gguf", "phi2")
    # A header of phi3 over the tensors of phi2: the format is sound, the model is not.
    path.write_bytes(path.read_bytes().replace(b"phi2", b"phi3"))
    with pytest.raises(PhialError) as failure:
        make_host().load(add_model(tmp_path, path))
    assert failure.value.kind is EngineProblem.MODEL_DAMAGED

"""llama.cpp runs each architecture that Phial is for, and refuses others with a reason."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import gguf
import psutil
import pytest

from engine.catalogue import add_model, find_model
from engine.errors import EngineProblem, PhialError
from engine.host import ChatMessage, Finished, Generation, Piece
from tests.engine.tiny_models import CONTEXT, PHI_3_TEMPLATE, write_model

MESSAGES = (ChatMessage("system", "be brief"), ChatMessage("user", "a question, perhaps " * 4))


LONG = ChatMessage("user", "a question, perhaps " * 180)

FORMS = {
    "llama": {"architecture": "llama"},
    "phi2": {"architecture": "phi2"},
    "phi3": {"architecture": "phi3"},
    "phi-4-mini": {"architecture": "phi3", "is_long": True},
    "phimoe": {"architecture": "phimoe"},
}


def written(host, generation):
    items = list(host.generate(generation, lambda: False))
    assert isinstance(items[-1], Finished)
    return "".join(item.text for item in items if isinstance(item, Piece)), items[-1]


@pytest.mark.parametrize("form", FORMS)
def test_loads_writes_and_goes(form, tmp_path, make_host):
    host = make_host()
    host.load(add_model(tmp_path, write_model(tmp_path / "m.gguf", **FORMS[form])))
    generation = Generation(MESSAGES, max_tokens=40)
    first, end = written(host, generation)
    again, reused = written(host, generation)
    assert first == again, "the likeliest token each time"
    assert end.prompt_tokens == host.count_prompt_tokens(MESSAGES)
    assert 0 < end.answer_tokens <= 40
    assert end.cached_tokens == 0
    assert reused.cached_tokens == end.prompt_tokens - 1
    assert host.memory > 0
    host.close()
    assert host.memory == 0


@pytest.mark.parametrize("form", FORMS)
def test_a_stop_while_it_reads_and_while_it_writes(form, tmp_path, make_host):
    before = set(psutil.Process().children())
    host = make_host()
    host.load(add_model(tmp_path, write_model(tmp_path / "m.gguf", context=4_096, goes_on=True, **FORMS[form])), 4_096)
    (process,) = set(psutil.Process().children()) - before
    undisturbed = written(host, Generation((LONG,), max_tokens=20))
    assert undisturbed[1].reason == "length"

    # The host asks once before anything has come up, and then after each part of the prompt.
    asked = iter([False, False])
    other = Generation((ChatMessage("user", "another " + LONG.text),), max_tokens=400)
    stopped = list(host.generate(other, lambda: next(asked, True)))
    assert [type(event) for event in stopped] == [Finished], "nothing was written"
    assert (stopped[-1].reason, stopped[-1].answer_tokens) == ("stopped", 0)

    pieces = []
    for event in host.generate(Generation(MESSAGES, max_tokens=400), lambda: bool(pieces)):
        pieces.append(event)  # noqa: PERF402 - what stops it is in the list while it is made
    assert (pieces[-1].reason, pieces[-1].answer_tokens < 400) == ("stopped", True)

    # What was stopped has left nothing behind that a later answer would be made of.
    assert written(host, Generation((LONG,), max_tokens=20))[0] == undisturbed[0]
    host.close()
    assert not process.is_running(), "its memory went with it"


def test_beyond_its_original_context_a_long_model_reads_short_prompts_differently(tmp_path, make_host):
    """Why the safe context isn't passed unasked: llama.cpp takes the factors by the context that is allocated."""
    host = make_host()
    answers = {}
    for is_long in (True, False):
        path = write_model(tmp_path / f"{is_long}.gguf", "phi3", context=2_048, is_long=is_long, goes_on=True)
        model = add_model(tmp_path, path)
        for context in (CONTEXT, 2_048):
            host.load(model, context)
            answers[is_long, context] = written(host, Generation(MESSAGES, max_tokens=40))[0]
    assert answers[True, CONTEXT] != answers[True, 2_048]
    assert answers[False, CONTEXT] == answers[False, 2_048]


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

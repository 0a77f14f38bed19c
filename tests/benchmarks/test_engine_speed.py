from __future__ import annotations

import random

import gguf
import numpy as np
import pytest
from engine_goals import Figure, median_ratio
from engine_prompts import make_case
from engine_rivals import measure_rival
from shapes import SHAPES, SPREAD, Shape, write_shape

from engine.catalogue import add_model
from engine.gguf_header import read_header
from engine.host import ChatMessage, Finished, Generation, ModelHost

TINY = Shape("tiny", 1, 256, 512, 4, 2, 64, 48, 8_000, 4_096, is_tied=True)


@pytest.fixture(scope="module")
def tiny_shape(tmp_path_factory):
    path = tmp_path_factory.mktemp("shapes") / "tiny.gguf"
    write_shape(TINY, path)
    return path


def test_a_shape_is_what_it_says(tiny_shape):
    header = read_header(tiny_shape)
    assert (header.architecture, header.block_count, header.head_count_kv) == ("phi3", 1, 2)
    assert header.vocabulary_size == TINY.words
    assert header.kv_width == 2 * 2 * 64
    for tensor in gguf.GGUFReader(tiny_shape).tensors:
        if tensor.tensor_type in {gguf.GGMLQuantizationType.Q4_K, gguf.GGMLQuantizationType.Q6_K}:
            weights = gguf.dequantize(tensor.data, tensor.tensor_type)
            weights = weights[np.any(weights != 0, axis=1)]
            assert weights.std() == pytest.approx(SPREAD, rel=0.05)
            assert abs(weights.mean()) < SPREAD / 20


def test_a_shape_writes_up_to_its_limit(tiny_shape, tmp_path):
    host = ModelHost(log_folder=tmp_path / "logs")
    try:
        host.load(add_model(tmp_path, tiny_shape))
        *_, finished = host.generate(Generation((ChatMessage("user", "the ferry"),), max_tokens=50), lambda: False)
        assert isinstance(finished, Finished)
        assert (finished.reason, finished.answer_tokens) == ("length", 50)
        assert host.count_tokens(["The ferry leaves the harbour at nine."])[0] < 15, "words, not letters"
    finally:
        host.close()


def test_the_kv_cache_of_each_shape_is_as_large_as_the_phis():
    widths = {name: 2 * 2 * each.layers * each.kv_heads * each.head_length for name, each in SHAPES.items()}
    assert (widths["phi-3-mini"], widths["phi-4-mini"]) == (384 * 1024, 128 * 1024)


@pytest.mark.parametrize(
    ("bounds", "verdict"),
    [
        ({}, ""),
        ({"at_least": 0.9}, "met"),
        ({"at_least": 1.0}, "missed"),
        ({"at_most": 0.95}, "met"),
        ({"at_most": 0.5}, "missed"),
        ({"at_least": 0.9, "low": 0.8, "high": 1.1}, "met, not surely"),
        ({"at_least": 1.0, "low": 0.8, "high": 1.1}, "missed, not surely"),
        ({"at_least": 0.9, "low": 0.92, "high": 1.1}, "met"),
    ],
)
def test_a_figure_is_held_against_its_goal(bounds, verdict):
    assert Figure("what", 0.95, "0.95", **bounds).verdict == verdict


def test_what_could_not_be_measured_meets_nothing():
    assert Figure("what", None, "no word", at_least=1.0).verdict == ""
    assert median_ratio("what", [0.05, 0.01, 0.2], at_most=0.08).verdict == "met"


def test_a_case_has_about_the_tokens_that_are_wanted():
    def count(messages):
        return sum(len(message.joined.text.split()) for message in messages)

    one, other = (make_case(random.Random(seed), 1_500, 6, count) for seed in (1, 2))
    assert 1_400 <= count(one.messages("What?")) <= 1_560
    assert not set(one.passages) & set(other.passages)
    assert one.system != other.system
    *_, asked = one.messages("What?", (1, 0, 2, 3, 4, 5))
    assert [block.text for block in asked.blocks[:2]] == [one.passages[1], one.passages[0]]


def test_a_package_that_refuses_the_file_says_why(tmp_path):
    path = tmp_path / "no.gguf"
    path.write_bytes(b"GGUF no more")
    result = measure_rival("llama-cpp-python", path, 512, make_case(random.Random(1), 50, 2, lambda _: 50), 50, 1)
    assert result.cold_s is None
    assert result.reason.startswith("ended with 1:")

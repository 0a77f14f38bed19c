from __future__ import annotations

import itertools
import os
import struct
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.errors import EngineProblem, PhialError
from engine.gguf_header import read_header
from tests.engine.tiny_models import CONTEXT, HEADS, LAYERS, PHI_3_TEMPLATE, TAGS, WIDTH, write_model

PROBLEMS = {EngineProblem.MODEL_NOT_GGUF, EngineProblem.MODEL_TRUNCATED, EngineProblem.MODEL_DAMAGED}


def problem_of(path: Path) -> EngineProblem:
    with pytest.raises(PhialError) as failure:
        read_header(path)
    assert failure.value.parameters == {"path": str(path)}
    return EngineProblem(failure.value.kind)


def text(value: str) -> bytes:
    return struct.pack("<Q", len(value.encode())) + value.encode()


def file_of(path: Path, *pairs: bytes, tensors: bytes = b"", tensor_count: int = 0, version: int = 3) -> Path:
    path.write_bytes(b"GGUF" + struct.pack("<IQQ", version, tensor_count, len(pairs)) + b"".join(pairs) + tensors)
    return path


def string_pair(key: str, value: str) -> bytes:
    return text(key) + struct.pack("<I", 8) + text(value)


def number_pair(key: str, value: int) -> bytes:
    return text(key) + struct.pack("<II", 4, value)


ARCHITECTURE = string_pair("general.architecture", "phi3")


def test_the_starter(starter):
    header = read_header(starter.path)
    assert (header.architecture, header.quantization, header.context_length) == ("llama", "Q4_1", 8192)
    assert (header.block_count, header.embedding_length, header.head_count, header.head_count_kv) == (30, 576, 9, 3)
    assert (header.key_length, header.value_length, header.kv_width) == (64, 64, 30 * 3 * 128)
    assert (header.tokenizer, header.pre_tokenizer, header.vocabulary_size) == ("gpt2", "smollm", 49_152)
    assert (header.beginning_text, header.end_text) == ("<|im_start|>", "<|im_end|>")
    assert header.tags == {"<|im_start|>", "<|im_end|>", "<|endoftext|>"}
    assert header.chat_template.startswith("{% for message in messages %}")
    assert header.tensor_count == 272
    assert 0.9 < header.tensor_bytes / header.file_bytes < 1
    assert header.file_bytes == starter.path.stat().st_size


@pytest.mark.parametrize("architecture", ["llama", "phi2", "phi3", "phimoe"])
def test_what_the_gguf_package_writes(architecture, tmp_path):
    header = read_header(write_model(tmp_path / "m.gguf", architecture, name="Ein Näme"))
    assert (header.architecture, header.name, header.quantization) == (architecture, "Ein Näme", "F32")
    assert (header.context_length, header.block_count, header.head_count) == (CONTEXT, LAYERS, HEADS)
    assert header.kv_width == 2 * LAYERS * WIDTH
    assert header.chat_template == PHI_3_TEMPLATE
    assert header.tags == set(TAGS)
    assert (header.beginning_text, header.end_text) == ("<s>", "</s>")
    assert 0 < header.tensor_bytes < header.file_bytes


def test_every_shorter_file_is_truncated_or_no_gguf(tiny):
    whole = tiny.read_bytes()
    for length in [0, 3, 4, 7, 8, 15, 24, 25, 100, *range(200, len(whole), 997), len(whole) - 1]:
        cut = tiny.with_name(f"{length}.gguf")
        cut.write_bytes(whole[:length])
        expected = EngineProblem.MODEL_NOT_GGUF if length < 4 else EngineProblem.MODEL_TRUNCATED
        assert problem_of(cut) is expected, length


def test_a_file_that_changes_is_read_anew(tiny):
    assert read_header(tiny).name == "tiny"
    assert read_header(write_model(tiny, name="another")).name == "another"


def test_what_is_no_gguf(tmp_path):
    picture = tmp_path / "picture.gguf"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    assert problem_of(picture) is EngineProblem.MODEL_NOT_GGUF


def test_what_is_not_there(tmp_path):
    assert problem_of(tmp_path / "nowhere.gguf") is EngineProblem.MODEL_MISSING


def layered(**values: int) -> list[bytes]:
    return [number_pair(f"phi3.{key}", value) for key, value in values.items()]


def two_tensors(second_offset: int, second_name: str = "u") -> bytes:
    """Two tensors of 32 numbers of 4 bytes: the second one belongs at 128."""
    return b"".join(
        text(name) + struct.pack("<IQIQ", 1, 32, 0, offset) for name, offset in (("t", 0), (second_name, second_offset))
    )


HUGE = 2**63
DAMAGED = {
    "a version from the future": lambda path: file_of(path, ARCHITECTURE, version=99),
    "big endian": lambda path: file_of(path, ARCHITECTURE, version=3 << 24),
    "no architecture": file_of,
    "an architecture that is a number": lambda path: file_of(path, number_pair("general.architecture", 1)),
    "a key twice": lambda path: file_of(path, ARCHITECTURE, ARCHITECTURE),
    "2**63 tensors": lambda path: path.write_bytes(b"GGUF" + struct.pack("<IQQ", 3, HUGE, 0)) and path,
    "2**63 values": lambda path: path.write_bytes(b"GGUF" + struct.pack("<IQQ", 3, 0, HUGE)) and path,
    "a key of 2**63 bytes": lambda path: file_of(path, struct.pack("<Q", HUGE)),
    "a text of 2**63 bytes": lambda path: file_of(path, text("k") + struct.pack("<IQ", 8, HUGE)),
    "an array of 2**63 items": lambda path: file_of(path, text("k") + struct.pack("<IIQ", 9, 4, HUGE)),
    "an array of arrays": lambda path: file_of(path, text("k") + struct.pack("<IIQ", 9, 9, 1)),
    "a type of value that is none": lambda path: file_of(path, text("k") + struct.pack("<I", 77)),
    "4 billion layers": lambda path: file_of(path, ARCHITECTURE, number_pair("phi3.block_count", 2**32 - 1)),
    "2 billion layers of heads": lambda path: file_of(
        path, ARCHITECTURE, number_pair("phi3.block_count", 2**31), number_pair("phi3.attention.head_count", 32)
    ),
    "a negative width": lambda path: file_of(
        path, ARCHITECTURE, text("phi3.embedding_length") + struct.pack("<Ii", 5, -1)
    ),
    "a tensor of nine dimensions": lambda path: file_of(
        path, ARCHITECTURE, tensors=text("t") + struct.pack("<I", 9), tensor_count=1
    ),
    "a tensor beyond the end of the file": lambda path: file_of(
        path, ARCHITECTURE, tensors=text("t") + struct.pack("<IQIQ", 1, 32, 0, 2**40), tensor_count=1
    ),
    "a tensor of 2**63 elements": lambda path: file_of(
        path, ARCHITECTURE, tensors=text("t") + struct.pack("<IQIQ", 1, HUGE, 0, 0), tensor_count=1
    ),
    "a tensor of no known type": lambda path: file_of(
        path, ARCHITECTURE, tensors=text("t") + struct.pack("<IQIQ", 1, 32, 77, 0), tensor_count=1
    ),
    "a tensor of half a row": lambda path: file_of(
        path, ARCHITECTURE, tensors=text("t") + struct.pack("<IQQIQ", 2, 16, 2, 2, 0), tensor_count=1
    ),
    "a tensor of nothing": lambda path: file_of(
        path, ARCHITECTURE, tensors=text("t") + struct.pack("<IQIQ", 1, 0, 0, 0), tensor_count=1
    ),
    "dimensions whose product is beyond any number": lambda path: file_of(
        path, ARCHITECTURE, tensors=text("t") + struct.pack("<I4QIQ", 4, *[2**40] * 4, 0, 0), tensor_count=1
    ),
    "tensors that overlap": lambda path: file_of(path, ARCHITECTURE, tensors=two_tensors(0), tensor_count=2),
    "a gap between tensors": lambda path: file_of(path, ARCHITECTURE, tensors=two_tensors(256), tensor_count=2),
    "an offset that wraps around": lambda path: file_of(
        path, ARCHITECTURE, tensors=two_tensors(2**64 - 32), tensor_count=2
    ),
    "a tensor twice": lambda path: file_of(path, ARCHITECTURE, tensors=two_tensors(128, "t"), tensor_count=2),
    "an alignment that is no power of two": lambda path: file_of(
        path, ARCHITECTURE, number_pair("general.alignment", 24)
    ),
    "an empty key": lambda path: file_of(path, ARCHITECTURE, number_pair("", 1)),
    "a key of a kilobyte": lambda path: file_of(path, ARCHITECTURE, number_pair("k" * 1025, 1)),
    "65,000 values": lambda path: file_of(path, *[number_pair(f"k{number}", 1) for number in range(65_000)]),
    "a vocabulary of 2**24": lambda path: file_of(
        path, ARCHITECTURE, text("tokenizer.ggml.tokens") + struct.pack("<IIQ", 9, 8, 2**24)
    ),
    "heads that don't divide the width": lambda path: file_of(
        path, ARCHITECTURE, *layered(embedding_length=64, block_count=1, **{"attention.head_count": 5})
    ),
    "heads that don't divide each other": lambda path: file_of(
        path,
        ARCHITECTURE,
        *layered(embedding_length=64, block_count=1, **{"attention.head_count": 4, "attention.head_count_kv": 3}),
    ),
    "a tensor of half a block": lambda path: file_of(
        path, ARCHITECTURE, tensors=text("t") + struct.pack("<IQIQ", 1, 31, 2, 0), tensor_count=1
    ),
}


@pytest.mark.parametrize("what", DAMAGED)
def test_absurd_values(what, tmp_path):
    assert problem_of(DAMAGED[what](tmp_path / "absurd.gguf")) is EngineProblem.MODEL_DAMAGED


def test_heads_that_differ_by_layer(tmp_path):
    heads = text("phi3.attention.head_count_kv") + struct.pack("<IIQ3I", 9, 4, 3, 2, 0, 4)
    others = [
        number_pair(f"phi3.{key}", value)
        for key, value in (("block_count", 3), ("embedding_length", 64), ("attention.head_count", 4))
    ]
    header = read_header(file_of(tmp_path / "m.gguf", ARCHITECTURE, heads, *others))
    assert (header.head_count_kv, header.kv_width) == (4, (2 + 0 + 4) * 2 * 16)


def test_a_file_that_says_little(tmp_path):
    header = read_header(file_of(tmp_path / "m.gguf", ARCHITECTURE))
    assert (header.architecture, header.quantization, header.chat_template) == ("phi3", "", "")
    assert (header.context_length, header.kv_width, header.vocabulary_size) == (0, 0, 0)
    assert header.beginning_token is None


numbers = itertools.count()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(data=st.data())
def test_damage_anywhere_is_a_problem_with_a_name_or_harmless(data, tiny):
    body = bytearray(tiny.read_bytes()[:12_000])
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(body) - 8))
        body[at : at + 8] = data.draw(st.binary(min_size=1, max_size=8)).ljust(8, b"\xff")
    path = tiny.with_name(f"damaged-{next(numbers)}.gguf")
    path.write_bytes(body)
    try:
        read_header(path)
    except PhialError as error:
        assert error.kind in PROBLEMS  # noqa: PT017 - harmless damage raises nothing
    finally:
        path.unlink()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Unix pipes")
def test_a_pipe_or_a_folder_with_a_models_name_is_none(tmp_path):
    pipe, folder = tmp_path / "pipe.gguf", tmp_path / "folder.gguf"
    os.mkfifo(pipe)
    folder.mkdir()
    assert problem_of(pipe) is problem_of(folder) is EngineProblem.MODEL_NOT_GGUF

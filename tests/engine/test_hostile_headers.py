"""Whatever a header says, reading it ends in one of its kinds, soon, and without taking the memory that it claims."""

from __future__ import annotations

import itertools
import os
import random
import struct
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.errors import EngineProblem, PhialError
from engine.gguf_file import LONGEST_TEXT
from engine.gguf_header import read_header
from engine.sandbox import LONGEST_TEMPLATE
from tests.engine.tiny_models import PHI_3_TEMPLATE, write_model

PROBLEMS = {EngineProblem.MODEL_NOT_GGUF, EngineProblem.MODEL_TRUNCATED, EngineProblem.MODEL_DAMAGED}
MOST_MEMORY = 96 * 2**20  # bytes; the largest header that is read has 64 MB
numbers = itertools.count()


def outcome(path: Path) -> EngineProblem | None:
    """The problem with a file; None where it is well. Anything else is raised."""
    try:
        read_header(path)
    except PhialError as error:
        return EngineProblem(error.kind)
    return None


def text(value: bytes) -> bytes:
    return struct.pack("<Q", len(value)) + value


def pair(key: str, kind: int, value: bytes) -> bytes:
    return text(key.encode()) + struct.pack("<I", kind) + value


ARCHITECTURE = pair("general.architecture", 8, text(b"phi3"))


def claim(path: Path, *pairs: bytes, size: int, tensors: int = 0) -> Path:
    """A header, and behind it nothing but noughts up to ``size``: a file that costs no disk."""
    path.write_bytes(b"GGUF" + struct.pack("<IQQ", 3, tensors, len(pairs)) + b"".join(pairs))
    os.truncate(path, size)
    return path


CLAIMS: dict[str, Callable[[Path], Path]] = {
    "a vocabulary of a hundred thousand empty words": lambda path: claim(
        path, ARCHITECTURE, pair("tokenizer.ggml.tokens", 9, struct.pack("<IQ", 8, 2**17)), size=2**26
    ),
    "a vocabulary of sixteen million": lambda path: claim(
        path, ARCHITECTURE, pair("tokenizer.ggml.tokens", 9, struct.pack("<IQ", 8, 2**24)), size=2**28
    ),
    "a hundred lists of a million texts": lambda path: claim(
        path, *[pair(f"list {number}", 9, struct.pack("<IQ", 8, 2**20)) for number in range(100)], size=2**30
    ),
    "a word of a gigabyte": lambda path: claim(
        path, ARCHITECTURE, pair("tokenizer.ggml.tokens", 9, struct.pack("<IQQ", 8, 2, 2**30)), size=2**40
    ),
    "a list of sixteen million numbers": lambda path: claim(
        path, ARCHITECTURE, pair("scores", 9, struct.pack("<IQ", 6, 2**24)), size=2**30
    ),
    "a text of sixteen megabytes": lambda path: claim(
        path, ARCHITECTURE, pair("tokenizer.chat_template", 8, struct.pack("<Q", 2**24)), size=2**30
    ),
    "a header of a terabyte": lambda path: claim(
        path, ARCHITECTURE, *[pair(f"text {number}", 8, struct.pack("<Q", 2**24)) for number in range(9)], size=2**40
    ),
    "sixty-five thousand tensors of nothing": lambda path: claim(path, ARCHITECTURE, size=2**30, tensors=65_536),
}


@pytest.mark.parametrize("what", CLAIMS)
def test_what_a_header_claims_is_not_allocated(what, tmp_path):
    path = CLAIMS[what](tmp_path / "claim.gguf")
    tracemalloc.start()
    try:
        assert outcome(path) in {*PROBLEMS, None}
        assert tracemalloc.get_traced_memory()[1] < MOST_MEMORY
    finally:
        tracemalloc.stop()


def test_a_template_without_end_is_kept_only_so_far_that_it_is_refused(tmp_path):
    header = read_header(write_model(tmp_path / "m.gguf", "phi3", template="x" * 10**7))
    assert LONGEST_TEMPLATE < len(header.chat_template) <= LONGEST_TEXT


def test_a_template_in_letters_of_four_bytes_is_refused_too(tmp_path):
    header = read_header(write_model(tmp_path / "m.gguf", "phi3", template="🦊" * 10**6))
    assert len(header.chat_template) > LONGEST_TEMPLATE
    assert PHI_3_TEMPLATE not in header.chat_template


def test_a_thousand_files_with_bytes_turned_over(tiny):
    """Mutations of a whole real file: most lie in its weights, so they are drawn towards its beginning."""
    whole = tiny.read_bytes()
    dice = random.Random(1)
    seen = set()
    for number in range(1_000):
        body = bytearray(whole)
        for _ in range(dice.randint(1, 8)):
            at = int(len(body) * dice.random() ** 4)
            body[at] ^= 1 << dice.randrange(8)
        if dice.random() < 0.2:
            del body[dice.randrange(len(body)) :]
        path = tiny.with_name(f"mutated-{number}.gguf")
        path.write_bytes(body)
        seen.add(outcome(path))
        path.unlink()
    assert {None, *PROBLEMS} == seen


VALUES = st.one_of(
    st.builds(lambda value: struct.pack("<I", 4) + struct.pack("<I", value), st.integers(0, 2**32 - 1)),
    st.builds(lambda value: struct.pack("<I", 10) + struct.pack("<Q", value), st.integers(0, 2**64 - 1)),
    st.builds(lambda value: struct.pack("<I", 11) + struct.pack("<q", value), st.integers(-(2**63), 2**63 - 1)),
    st.builds(lambda value: struct.pack("<I", 6) + struct.pack("<f", value), st.floats(width=32)),
    st.builds(lambda value: struct.pack("<I", 8) + text(value), st.binary(max_size=20)),
    st.builds(
        lambda items: struct.pack("<IIQ", 9, 5, len(items)) + struct.pack(f"<{len(items)}i", *items),
        st.lists(st.integers(-(2**31), 2**31 - 1), max_size=5),
    ),
    st.binary(max_size=30),
)
KEYS = st.sampled_from([
    "general.alignment", "general.file_type", "general.name", "general.type", "split.count", "split.no",
    "phi3.attention.causal", "phi3.attention.head_count", "phi3.attention.head_count_kv", "phi3.attention.key_length",
    "phi3.block_count", "phi3.context_length", "phi3.embedding_length", "phi3.pooling_type", "tokenizer.chat_template",
    "tokenizer.ggml.bos_token_id", "tokenizer.ggml.tokens",
])  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300)
@given(values=st.dictionaries(KEYS, VALUES, max_size=8), tensors=st.integers(0, 3), rest=st.binary(max_size=200))
def test_any_value_under_any_key(values, tensors, rest, tmp_path):
    path = tmp_path / f"{next(numbers)}.gguf"
    pairs = [ARCHITECTURE, *(text(key.encode()) + value for key, value in values.items())]
    path.write_bytes(b"GGUF" + struct.pack("<IQQ", 3, tensors, len(pairs)) + b"".join(pairs) + rest)
    assert outcome(path) in {*PROBLEMS, None}
    path.unlink()

"""What writes and what doesn't; the lists are held against llama.cpp, which says what it knows."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
from pathlib import Path

import gguf
import pytest
from gguf.constants import MODEL_ARCH_NAMES

from engine.errors import EngineProblem
from engine.gguf_header import GgufHeader, read_header
from engine.writers import OTHERS, WRITERS, why_not_a_writer
from tests.engine.tiny_models import write_model

ASK_LLAMA_CPP = """
import ctypes, sys, llama_cpp
said = []
log = llama_cpp.llama_log_callback(lambda level, text, data: said.append(text.decode("utf-8", "replace")))
llama_cpp.llama_log_set(log, ctypes.c_void_p(0))
for path in sys.argv[1:]:
    said.clear()
    settings = llama_cpp.llama_model_default_params()
    assert not llama_cpp.llama_model_load_from_file(path.encode(), settings)
    print(path.rsplit("/", 1)[-1], "unknown model architecture" not in "".join(said))
"""


@pytest.fixture(scope="module")
def header(tmp_path_factory) -> GgufHeader:
    return read_header(write_model(tmp_path_factory.mktemp("tiny") / "m.gguf", "phi3"))


def kind_of(header: GgufHeader) -> EngineProblem | None:
    problem = why_not_a_writer(header, Path("/m.gguf"))
    return EngineProblem(problem.kind) if problem else None


def test_a_language_model_writes(header):
    assert kind_of(header) is None


@pytest.mark.parametrize("change", [
    {"architecture": "bert"}, {"architecture": "clip"}, {"architecture": "t5"}, {"kind": "adapter"}, {"kind": "mmproj"},
    {"kind": "imatrix"}, {"pooling": 1}, {"pooling": 3}, {"is_causal": False}, {"vocabulary_size": 0},
    {"tensor_count": 0},
])  # fmt: skip
def test_what_goes_with_one_does_not(change, header):
    assert kind_of(dataclasses.replace(header, **change)) is EngineProblem.MODEL_WRITES_NOTHING


@pytest.mark.parametrize("architecture", ["phi3small", "imatrix2", "x" * 1000, "phi3\0"])
def test_what_nobody_knows(architecture, header):
    assert kind_of(dataclasses.replace(header, architecture=architecture)) is EngineProblem.MODEL_ARCHITECTURE


def test_llama_cpp_knows_what_is_listed_and_what_it_knows_is_listed(tmp_path):
    assert not WRITERS & OTHERS
    asked = WRITERS | OTHERS | set(MODEL_ARCH_NAMES.values()) | {"phi3small"}
    for name in asked:
        writer = gguf.GGUFWriter(tmp_path / name, name)
        writer.write_header_to_file()
        writer.write_kv_data_to_file()
        writer.close()
    ran = subprocess.run(
        [sys.executable, "-c", ASK_LLAMA_CPP, *(str(tmp_path / name) for name in sorted(asked))],
        capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    known = {name for name, is_known in (line.split() for line in ran.stdout.splitlines()) if is_known == "True"}
    assert known == WRITERS | OTHERS

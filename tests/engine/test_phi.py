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


def test_the_table_is_sound():
    table = phi_table()
    ids = [phi.id for phi in (*table.models, *table.unsupported)]
    assert len(ids) == len(set(ids)) == 8
    for phi in table.models:
        assert phi.form in FORMS
        assert phi.architecture in PHI_ARCHITECTURES
    (small,) = table.unsupported
    assert small.id == "phi-3-small"
    assert set(small.instead) <= set(ids)


@pytest.mark.parametrize(
    ("field", "value"),
    [("sha256", "abc"), ("safe_context", 10**9), ("bytes", -1), ("kv_bytes_per_token", "many"), ("surprise", 1)],
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

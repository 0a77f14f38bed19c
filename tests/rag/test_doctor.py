from __future__ import annotations

import re
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from engine.catalogue import STARTER_VARIABLE
from engine.errors import EngineProblem
from engine.hardware import Memory
from engine.machine import INSTRUCTIONS
from engine.paths import models as model_folder
from rag import doctor
from rag.doctor import ENOUGH_DISK, PARTS, SPARED, examine
from rag.errors import LANGUAGES, describe
from rag.library import Library
from rag.protocol import Check
from rag.terminal_checks import in_words
from tests.engine.tiny_models import write_model

PROJECT = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Library]:
    monkeypatch.setenv(STARTER_VARIABLE, "")
    with Library.open(tmp_path / "phial") as opened:
        yield opened


def checks(library: Library, language: str = "en") -> dict[str, Check]:
    found = list(examine(library, language))
    assert len({check.name for check in found}) == len(found)
    return {check.name: check for check in found}


def test_a_sound_library_is_well_but_for_the_model_that_it_lacks(library: Library) -> None:
    found = checks(library)
    assert [name for name, check in found.items() if not check.is_well] == ["model"]
    assert found["home"].value == str(library.home)
    assert found["vector index"].value == "0 / 0"
    assert found["connections"].value == "0"
    assert re.fullmatch(r"\d+ / \d+", found["threads"].value)
    assert re.fullmatch(r"0 B / [\d.]+ [MG]B", found["kv cache"].value)


@pytest.mark.parametrize(("is_on_battery", "word"), [(True, "sur batterie"), (False, "sur secteur")])
def test_the_machine_is_told_as_models_find_it(
    library: Library, monkeypatch: pytest.MonkeyPatch, is_on_battery: bool, word: str
) -> None:
    monkeypatch.setattr("rag.offering.is_on_battery", lambda: is_on_battery)
    found = checks(library, "fr")
    assert found["power"].value == word
    assert re.fullmatch(r"[\d,]+ Go/s", found["bandwidth"].value)
    assert re.fullmatch(r"\d+ GFLOPS", found["compute"].value)
    assert found["accelerator"].value
    assert set(found["instructions"].value.split()) <= {*INSTRUCTIONS, "?"}
    recommended = [offer.name for offer in library.offering.offers("fr").offers if offer.is_recommended]
    assert [found["recommended model"].value] == (recommended or ["aucun"])


def test_everything_but_a_name_is_shown_in_words_of_the_language(library: Library) -> None:
    folder = model_folder(library.home)
    folder.mkdir()
    write_model(folder / "tiny.gguf")
    names = {name for name in checks(library) if name not in {"phial", "python", *PARTS, *SPARED}} | {
        "notice",
        "kernel avx2",
    }
    shown = {language: {name: in_words(name, language) for name in names} for language in LANGUAGES}
    assert all(len(set(words.values())) == len(names) for words in shown.values())
    assert {name for name in names if shown["fr"][name] == name} == set()
    assert shown["fr"]["model tiny"] == "modèle tiny"
    assert in_words("chromadb", "fr") == "chromadb"


def test_the_parts_are_those_that_every_installation_has() -> None:
    required = {re.split(r"[^\w-]", dependency)[0] for dependency in PROJECT["dependencies"]}
    assert set(PARTS) <= required


def test_a_part_that_is_missing_is_told(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "PARTS", ("chromadb", "no-such-package"))
    found = checks(library)
    assert found["chromadb"].is_well
    assert found["no-such-package"] == Check("no-such-package", "?", is_well=False)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_model_is_told_with_what_is_wrong_with_it(library: Library, language: str) -> None:
    folder = model_folder(library.home)
    folder.mkdir()
    write_model(folder / "tiny.gguf")
    (folder / "broken.gguf").write_bytes(b"no GGUF at all")
    found = checks(library, language)
    assert found["model tiny"].is_well
    assert found["model tiny"].value.startswith("llama ")
    broken = next(model for model in library.models.listed() if model.problem)
    assert broken.problem is not None
    assert broken.problem.kind == EngineProblem.MODEL_NOT_GGUF
    assert found["model broken"] == Check("model broken", str(describe(broken.problem, language)), is_well=False)
    assert found["model"].is_well


@pytest.mark.parametrize(("free", "is_well"), [(ENOUGH_DISK, False), (ENOUGH_DISK + 1, True)])
def test_a_disk_that_is_nearly_full_is_told(
    library: Library, monkeypatch: pytest.MonkeyPatch, free: int, is_well: bool
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=free))
    assert checks(library)["disk"] == Check("disk", "2 GB", is_well)


def test_memory_that_is_nearly_gone_is_told(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "memory", lambda: Memory(8 * 10**9, 10**9))
    assert checks(library)["memory"] == Check("memory", "1 GB / 8 GB", is_well=False)


def test_a_library_in_a_synced_folder_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(STARTER_VARIABLE, "")
    with Library.open(tmp_path / "Dropbox" / "phial") as library:
        assert not checks(library)["notice"].is_well

"""What is shipped, and under which licence: every package that runs is named with one."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from desktop.licences import BUNDLED, parts, text_of, texts_of

ROOT = Path(__file__).resolve().parents[2]


def test_everything_that_phial_names_is_there_with_a_licence() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    named = {part.package.lower().replace("_", "-").replace(".", "-") for part in parts()}
    for line in project["dependencies"]:
        name, _, marker = line.partition(";")
        package = "".join(letter if letter.isalnum() or letter in "-_." else " " for letter in name).split()[0]
        if "darwin" not in marker:
            assert package.lower().replace("_", "-").replace(".", "-") in named
    assert [part.name for part in parts() if not part.licence] == []


def test_what_is_inside_of_a_package_is_named_too() -> None:
    assert {name for name, *_ in BUNDLED} <= {part.name for part in parts()}


def test_a_frozen_program_tells_what_its_own_list_holds(tmp_path: Path) -> None:
    (tmp_path / "licences").mkdir()
    (tmp_path / "licences" / "Qt.txt").write_text("GNU LESSER GENERAL PUBLIC LICENSE", encoding="utf-8")
    qt = {
        "name": "Qt",
        "version": "6.11.3",
        "licence": "LGPL-3.0-only",
        "home": "https://www.qt.io",
        "package": "PySide6_Essentials",
        "texts": ["Qt.txt"],
        "offer": "The source of this version: https://qt.example",
    }
    none = {**qt, "name": "other", "texts": [], "licence": "none known", "offer": ""}
    (tmp_path / "licences.json").write_text(json.dumps({"parts": [qt, none]}), encoding="utf-8")
    listed = parts(tmp_path / "licences.json")
    assert (listed[0].name, listed[0].version, listed[0].licence) == ("Qt", "6.11.3", "LGPL-3.0-only")
    assert text_of(listed[0]).splitlines()[::3] == [qt["offer"], "GNU LESSER GENERAL PUBLIC LICENSE"]


def test_what_only_develops_is_not_shipped() -> None:
    assert {"pytest", "mypy", "ruff", "hypothesis"} & {part.package for part in parts()} == set()


@pytest.mark.parametrize("package", ["chromadb", "numpy", "pypdfium2", "rapidocr"])
def test_the_texts_are_there(package: str) -> None:
    assert len(texts_of(package)) > 500


def test_what_is_not_installed_has_none() -> None:
    assert texts_of("no-such-package") == ""


def test_one_without_a_text_has_that_of_another_of_its_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, extra in (("pyobjc_core", ""), ("pyobjc_framework_Cocoa", "licenses/LICENSE.txt")):
        about = tmp_path / f"{name}-1.0.dist-info"
        (about / "licenses").mkdir(parents=True)
        (about / "METADATA").write_text(f"Metadata-Version: 2.4\nName: {name}\nVersion: 1.0\n", encoding="utf-8")
        (about / "RECORD").write_text(f"{about.name}/METADATA,,\n{about.name}/{extra},,\n", encoding="utf-8")
        if extra:
            (about / extra).write_text("(This is the MIT license)", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    assert texts_of("pyobjc-core") == "(This is the MIT license)"


def test_every_part_has_the_text_of_its_licence() -> None:
    assert [part.name for part in parts() if len(text_of(part)) < 200] == ["SQLite"]  # which needs none


def test_qt_is_shown_with_both_texts_that_its_licence_is_made_of() -> None:
    qt = next(part for part in parts() if part.name == "Qt")
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in text_of(qt)
    assert "GNU GENERAL PUBLIC LICENSE" in text_of(qt)


def test_what_is_inside_of_a_package_has_its_own_holders_and_licence() -> None:
    found = {part.name: text_of(part) for part in parts()}
    assert "The ggml authors" in found["llama.cpp, ggml"]
    assert "Apache License" in found["all-MiniLM-L6-v2"]


def test_one_that_comes_without_its_text_names_whose_it_is() -> None:
    cobble = next(part for part in parts() if part.name == "cobble")
    assert text_of(cobble).startswith("Copyright (c) Michael Williamson")
    assert "Redistribution and use" in text_of(cobble)

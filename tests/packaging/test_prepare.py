"""Setting up: what counts as prepared, and which llama.cpp is not portable."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import prepare
import pytest

PORTABLE = (
    "CPU : SSE3 = 1 | SSSE3 = 1 | AVX = 1 | AVX2 = 1 | F16C = 1 | FMA = 1 | BMI2 = 1 | LLAMAFILE = 1 | REPACK = 1 | "
)


def checkout(folder: Path) -> Path:
    for name in prepare.INPUTS:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)
    return folder


def test_the_fingerprint_follows_every_pinned_input(tmp_path: Path) -> None:
    root = checkout(tmp_path)
    seen = {prepare.fingerprint(root, "3.11"), prepare.fingerprint(root, "3.12")}
    for name in prepare.INPUTS:
        (root / name).write_text(name + " changed")
        seen.add(prepare.fingerprint(root, "3.11"))
    assert len(seen) == 2 + len(prepare.INPUTS)


def test_a_copy_elsewhere_is_not_prepared(tmp_path: Path) -> None:
    first, second = checkout(tmp_path / "first"), checkout(tmp_path / "second")
    assert prepare.fingerprint(first, "3.11") != prepare.fingerprint(second, "3.11")


@pytest.mark.parametrize(
    ("stamp", "extras"),
    [
        (json.dumps({"inputs": "now", "extras": ["starter"]}), {"starter"}),
        (json.dumps({"inputs": "then", "extras": ["starter"]}), set()),
        (json.dumps({"inputs": "now"}), set()),
        (json.dumps([1]), set()),
        ("{", set()),
        ("", set()),
    ],
)
def test_only_a_whole_stamp_of_today_counts(tmp_path: Path, stamp: str, extras: set[str]) -> None:
    path = tmp_path / "stamp"
    path.write_text(stamp)
    assert prepare.prepared_extras(path, "now") == extras


def test_without_a_stamp_nothing_is_prepared(tmp_path: Path) -> None:
    assert prepare.prepared_extras(tmp_path / "none", "now") == set()


@pytest.mark.parametrize(
    ("system_info", "is_newer"),
    [
        (PORTABLE, False),
        (PORTABLE + "AVX512 = 0 | AMX_INT8 = 0 | ", False),
        (PORTABLE + "AMX_INT8 = 1 | ", True),
        (PORTABLE + "AVX512_VNNI = 1 | ", True),
        ("CPU : NEON = 1 | ARM_FMA = 1 | DOTPROD = 1 | ", False),
    ],
)
def test_a_build_for_one_processor_is_told_from_the_portable_one(system_info: str, is_newer: bool) -> None:
    assert prepare.uses_newer_instructions(system_info) is is_newer


def test_the_llama_cpp_that_is_installed_is_the_portable_one() -> None:
    llama_cpp = pytest.importorskip("llama_cpp")
    assert not prepare.uses_newer_instructions(llama_cpp.llama_print_system_info().decode())


def test_an_old_python_is_named_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    with pytest.raises(prepare.SetUpError, match=r"3\.11 or newer.*make run PYTHON="):
        prepare.check_tools()


@pytest.mark.skipif(os.name == "nt", reason="Windows finds its compiler by itself")
def test_a_missing_compiler_is_named_with_what_installs_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("CXX", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "platform", "linux")
    with pytest.raises(prepare.SetUpError, match="apt-get install build-essential"):
        prepare.check_tools()


def test_a_failed_step_is_its_own_sentence() -> None:
    with pytest.raises(prepare.SetUpError, match="it did not work"):
        prepare.step([sys.executable, "-c", "raise SystemExit(3)"], "it did not work")

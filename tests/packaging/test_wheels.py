"""Which dependencies have a wheel elsewhere: who needs whom there, and what pip's answer means."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import wheels
from wheels import TARGETS, Answer

MAC = TARGETS["macos-arm64"].markers()
INDEX = {
    "reader": ["lines", "colours; sys_platform == 'win32'", "maths[fast]; extra == 'all'"],
    "lines": ["bridge; sys_platform == 'darwin'"],
    "bridge": [],
    "maths": ["speed; extra == 'fast'"],
    "speed": [],
    "torch": ["kernels"],
    "kernels": [],
}


def ask(names: Iterable[str]) -> Answer:
    names = set(names)
    return Answer({name: INDEX[name] for name in names - {"bridge"}}, frozenset(names & {"bridge"}))


def test_what_a_system_needs_is_followed_to_the_end_by_its_own_markers() -> None:
    needed, lacking = wheels.walk(["reader", "torch; sys_platform != 'win32'"], MAC, ask)
    assert needed == {"reader", "lines", "bridge", "torch"}
    assert lacking == {"bridge"}
    assert "bridge" not in wheels.walk(["reader"], TARGETS["linux-x86_64"].markers(), ask)[0]


def test_extras_are_followed_too() -> None:
    assert wheels.walk(["reader[all]"], MAC, ask)[0] == {"reader", "lines", "bridge", "maths", "speed"}


def test_versions_are_those_of_the_constraints() -> None:
    assert wheels.pinned("# a comment\nPySide6_Essentials==6.11.3\n\nlxml==6.0 # why\n") == {
        "pyside6-essentials": "6.11.3", "lxml": "6.0",
    }  # fmt: skip


def test_pip_is_asked_again_without_what_it_lacks(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []

    def pip(command: list[str], **_: Any) -> subprocess.CompletedProcess[str]:
        asked.append([word for word in command if "==" in word])
        if "onnxruntime==1.2" in command:
            return subprocess.CompletedProcess(
                command, 1, "", "ERROR: No matching distribution found for onnxruntime==1.2"
            )
        report = {"install": [{"metadata": {"name": "PySide6_Essentials", "requires_dist": ["shiboken6"]}}]}
        Path(command[command.index("--report") + 1]).write_text(json.dumps(report), encoding="utf-8")
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(subprocess, "run", pip)
    versions = {"onnxruntime": "1.2", "pyside6-essentials": "6.11.3"}
    answer = wheels.ask_pip(["pyside6-essentials", "onnxruntime"], versions, TARGETS["macos-x86_64"])
    assert answer == Answer({"pyside6-essentials": ["shiboken6"]}, frozenset({"onnxruntime"}))
    assert asked == [["pyside6-essentials==6.11.3", "onnxruntime==1.2"], ["pyside6-essentials==6.11.3"]]


def test_what_pip_says_otherwise_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    failed = subprocess.CompletedProcess([], 1, "", "ERROR: the index is not to be had")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: failed)
    with pytest.raises(SystemExit, match="not to be had"):
        wheels.ask_pip(["lxml"], {}, TARGETS["windows-x64"])


def test_a_line_names_what_would_have_to_be_compiled() -> None:
    line = wheels.described("macos-x86_64", frozenset("abc"), frozenset({"torch", "onnxruntime", "llama-cpp-python"}))
    assert line == (
        "macos-x86_64: 3 distributions, without a wheel: onnxruntime; for the embedder's export alone: torch"
    )


def test_a_target_that_is_none_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert wheels.main(["amiga"]) == 2
    assert "macos-arm64" in capsys.readouterr().out

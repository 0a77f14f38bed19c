"""No process that we start on Windows flashes a console: every call that starts one is looked at, by value."""

from __future__ import annotations

import ast
import subprocess
import sys
import types
from pathlib import Path
from typing import Any

import pytest

import desktop.__main__ as entry
from desktop.call import Call
from engine import links
from rag import client

ROOT = Path(__file__).resolve().parents[3]
STARTING = {"Popen", "run", "call", "check_call", "check_output", "start", "startDetached", "spawn", "execute"}
NOWHERE_ON_WINDOWS = {
    ("engine/processor.py", "_system_control"),  # macOS alone
    ("desktop/viewer.py", "open"),  # Linux alone: what opens a PDF there is asked of xdg-mime
    ("desktop/viewer.py", "_open_by"),
    ("desktop/smoke.py", "*"),  # starts our own program, which has no console
}
CREATE_NO_WINDOW = 0x08000000


def starts(tree: ast.AST) -> list[tuple[str, ast.Call]]:
    """Every call of subprocess or QProcess, with the function that it stands in."""
    found = []
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            for node in ast.walk(function):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                    of = ast.unparse(node.func.value)
                    if node.func.attr in STARTING and of in {"subprocess", "QProcess", "asking"}:
                        found.append((function.name, node))
    return found


def test_every_call_that_starts_a_process_says_that_there_is_no_console() -> None:
    seen = 0
    for package in ("engine", "rag", "desktop"):
        for path in sorted((ROOT / package).rglob("*.py")):
            name = path.relative_to(ROOT).as_posix()
            source = path.read_text(encoding="utf-8")
            if "subprocess" not in source and "QProcess" not in source:
                continue
            for function, call in starts(ast.parse(source)):
                seen += 1
                if {(name, function), (name, "*")} & NOWHERE_ON_WINDOWS:
                    continue
                says = {keyword.arg for keyword in call.keywords}
                assert says & {"creationflags", None}, f"{name}, {function}: {ast.unparse(call)}"
    assert seen >= 4  # the worker, the children, and what other systems alone are asked


@pytest.fixture
def as_on_windows(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What a process is started with, on a system that knows the flag; nothing is started."""
    taken: dict[str, Any] = {}

    class Started:
        def __init__(self, command: list[str], **options: Any) -> None:
            taken.update(options, command=command)

        def wait(self) -> int:
            return 0

    monkeypatch.setattr(subprocess, "CREATE_NO_WINDOW", CREATE_NO_WINDOW, raising=False)
    monkeypatch.setattr(subprocess, "Popen", Started)
    return taken


def test_the_worker_is_started_without_one(as_on_windows: dict[str, Any], tmp_path: Path) -> None:
    client._start_worker(tmp_path)
    assert as_on_windows["creationflags"] == CREATE_NO_WINDOW


def test_parsers_and_the_models_process_are_started_without_one(
    as_on_windows: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(links.os, "set_handle_inheritable", lambda *_: None, raising=False)
    monkeypatch.setattr(subprocess, "STARTUPINFO", types.SimpleNamespace, raising=False)
    child = links.start_child("engine.runtime", None)  # type: ignore[arg-type]
    child.link.close()
    assert as_on_windows["creationflags"] == CREATE_NO_WINDOW


def test_a_window_that_a_terminal_asks_for_is_a_program_of_its_own(
    as_on_windows: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entry, "windowed_program", lambda: "phial.exe")
    monkeypatch.setattr(entry, "_open_window", lambda call: pytest.fail(f"{call} opens it in this process"))
    assert entry.main(["quick"]) == 0
    assert as_on_windows["command"] == ["phial.exe", "quick"]
    assert as_on_windows["creationflags"] == CREATE_NO_WINDOW


def test_elsewhere_the_window_is_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Call] = []
    monkeypatch.setattr(entry, "_open_window", lambda call: opened.append(call) or 0)
    assert entry.main(["quick"]) == 0
    assert [call.wanted for call in opened] == ["quick"]

"""The one entry: which process it becomes, and what it says where it can't be a window."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop import display
from desktop.__main__ import OUR_PROCESSES
from engine.paths import MODULE_OPTION
from rag.protocol import Watch
from tests.fakes.worker import FakeWorker

HEAVY = ("torch", "llama_cpp", "chromadb", "onnxruntime", "pypdfium2", "pypdf", "numpy", "sentence_transformers", "PIL")


def run(*arguments: str, home: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    base = {name: value for name, value in os.environ.items() if name not in {"DISPLAY", "WAYLAND_DISPLAY"}}
    base.pop("QT_QPA_PLATFORM", None)
    return subprocess.run(
        [sys.executable, *arguments],
        env={**base, "PHIAL_HOME": str(home), "PHIAL_LANGUAGE": "en", **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_the_window_imports_nothing_heavy(tmp_path: Path) -> None:
    code = f"import sys, desktop.__main__, desktop.app; print([name for name in {HEAVY!r} if name in sys.modules])"
    done = run("-c", code, home=tmp_path)
    assert done.stdout.strip() == "[]", done.stderr


def test_without_a_screen_there_is_a_sentence(tmp_path: Path) -> None:
    done = run("-m", "desktop", home=tmp_path / "home")
    assert done.returncode == 1
    assert done.stdout == ""
    assert "there is no screen" in done.stderr
    assert "phial --help" in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.fixture
def scratch(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder for what is temporary, here too, with a short name: a socket's in it may have a hundred characters."""
    with tempfile.TemporaryDirectory(prefix="phial-") as folder:
        monkeypatch.setenv("TMPDIR", folder)
        monkeypatch.setattr(tempfile, "tempdir", None)
        yield Path(folder)


def test_the_second_start_leaves_the_window_to_the_first_and_a_third_ends_it(
    home: Path, scratch: Path, worker: FakeWorker
) -> None:
    command = [sys.executable, "-m", "desktop"]
    environment = {**os.environ, "PHIAL_HOME": str(home), "QT_QPA_PLATFORM": "offscreen", "PHIAL_LANGUAGE": "fr"}
    first = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 30
    while not worker.asked(Watch) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert worker.asked(Watch)
    second = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=30, check=False)
    assert (second.returncode, second.stdout, second.stderr) == (0, "", "")
    assert first.poll() is None
    ending = subprocess.run(
        [*command, "quit"], env=environment, capture_output=True, text=True, timeout=30, check=False
    )
    assert (ending.returncode, ending.stdout, ending.stderr) == (0, "", "")
    _, said = first.communicate(timeout=30)
    assert said == ""
    assert first.returncode == 0
    assert len(worker.asked(Watch)) == 1
    # The folder of the user's own sockets is for the next start.
    assert [path.name for path in scratch.iterdir() if not path.name.removeprefix("phial-").isdigit()] == []


@pytest.mark.parametrize("asked", [["quit", "--help"], ["quick", "-h"]])
def test_what_is_no_command_of_the_terminal_has_the_help_of_all(asked: list[str], tmp_path: Path) -> None:
    done = run("-m", "desktop", *asked, home=tmp_path / "home")
    assert (done.returncode, done.stderr) == (0, "")
    assert "phial quick" in " ".join(done.stdout.split())
    assert "phial quit" in " ".join(done.stdout.split())
    assert not (tmp_path / "home").exists()


def test_a_screen_that_does_not_answer_is_none(tmp_path: Path) -> None:
    assert not display.has_display({"DISPLAY": ":98765"})
    assert not display.has_display({"WAYLAND_DISPLAY": "wayland-9", "XDG_RUNTIME_DIR": str(tmp_path)})
    assert not display.has_display({"DISPLAY": "nonsense"})


def test_a_wayland_socket_is_a_screen(tmp_path: Path) -> None:
    (tmp_path / "wayland-0").touch()
    assert display.has_display({"WAYLAND_DISPLAY": "wayland-0", "XDG_RUNTIME_DIR": str(tmp_path)})


@pytest.mark.parametrize(
    ("message", "library"),
    [
        ("libxcb-cursor.so.0: cannot open shared object file: No such file or directory", "libxcb-cursor.so.0"),
        ("/x/libqxcb.so: undefined symbol: _ZN", ""),
        ("", ""),
    ],
)
def test_the_loader_names_the_missing_library(message: str, library: str) -> None:
    assert display.library_named_in(message) == library


def test_only_our_own_processes_can_be_named(tmp_path: Path) -> None:
    done = run("-m", "desktop", MODULE_OPTION, "http.server", home=tmp_path)
    assert done.returncode == 2
    assert run("-m", "desktop", MODULE_OPTION, home=tmp_path).returncode == 2


@pytest.mark.parametrize("module", sorted(OUR_PROCESSES))
def test_each_of_our_processes_is_there(module: str, tmp_path: Path) -> None:
    code = f"import importlib.util, sys; sys.exit(importlib.util.find_spec({module!r}) is None)"
    assert run("-c", code, home=tmp_path).returncode == 0

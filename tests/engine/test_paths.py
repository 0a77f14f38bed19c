"""Where things are, and who may look."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path, PureWindowsPath

import pytest

from engine import paths
from engine.paths import HOME_VARIABLE, MODULE_OPTION, home, make_private_folder, process_command

posix_only = pytest.mark.skipif(os.name != "posix", reason="rights of this kind are POSIX's")


def rights(folder: Path) -> int:
    return stat.S_IMODE(folder.stat().st_mode)


@posix_only
def test_a_folder_that_is_made_is_its_owners_alone(tmp_path: Path) -> None:
    assert rights(make_private_folder(tmp_path / "one" / "two")) == 0o700


@posix_only
def test_an_empty_folder_becomes_private_and_one_in_use_stays_as_it_was(tmp_path: Path) -> None:
    folder = tmp_path / "shared"
    folder.mkdir()
    folder.chmod(0o755)
    (folder / "somebody's.txt").write_text("here already", encoding="utf-8")
    assert rights(make_private_folder(folder)) == 0o755
    (folder / "somebody's.txt").unlink()
    assert rights(make_private_folder(folder)) == 0o700


def test_the_data_folder_is_the_one_that_is_named_else_the_systems(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "named"))
    assert home() == tmp_path / "named"
    monkeypatch.delenv(HOME_VARIABLE)
    assert home().name == "phial"
    assert home().is_absolute()


@pytest.mark.parametrize(
    ("program", "windowed"),
    [
        (r"C:\Programs\Phial\phial.com", r"C:\Programs\Phial\phial.exe"),
        (r"C:\Programs\Phial\PHIAL.COM", r"C:\Programs\Phial\PHIAL.exe"),
        (r"C:\Programs\Phial\phial.exe", r"C:\Programs\Phial\phial.exe"),
        ("/opt/phial/phial", "/opt/phial/phial"),
    ],
)
def test_processes_of_windows_terminal_program_have_no_console(
    monkeypatch: pytest.MonkeyPatch, program: str, windowed: str
) -> None:
    monkeypatch.setattr(paths, "PurePath", PureWindowsPath)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", program)
    assert process_command("rag.worker", "x") == [windowed, MODULE_OPTION, "rag.worker", "x"]

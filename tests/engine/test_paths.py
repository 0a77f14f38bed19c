"""Where things are, and who may look."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from engine.paths import HOME_VARIABLE, home, make_private_folder

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

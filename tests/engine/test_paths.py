"""Where things are, and who may look."""

from __future__ import annotations

import os
import stat
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path, PureWindowsPath

import pytest

from engine import paths
from engine.paths import (
    HOME_VARIABLE,
    MODULE_OPTION,
    home,
    make_private_folder,
    make_sockets_folder,
    process_command,
    sockets_folder,
)

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


@pytest.fixture
def runtime(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder for sockets whose name leaves them room, and one like it for what is temporary: ``t`` in it."""
    with tempfile.TemporaryDirectory(prefix="phial-") as folder:
        (Path(folder) / "t").mkdir()
        monkeypatch.setenv("XDG_RUNTIME_DIR", folder)
        monkeypatch.setenv("TMPDIR", str(Path(folder) / "t"))
        monkeypatch.setattr(tempfile, "tempdir", None)
        yield Path(folder)


@posix_only
def test_the_folder_of_sockets_is_their_owners_alone_however_it_was_left(runtime: Path) -> None:
    folder = sockets_folder()
    assert folder == runtime / f"phial-{os.getuid()}"
    assert not folder.exists()
    assert rights(make_sockets_folder()) == 0o700
    (folder / "another.sock").touch()
    folder.chmod(0o777)
    assert make_sockets_folder() == folder == sockets_folder()
    assert rights(folder) == 0o700


@posix_only
@pytest.mark.parametrize("in_its_place", ["link", "file", "another user's"])
def test_what_somebody_else_has_put_in_its_place_is_left_alone(
    runtime: Path, in_its_place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = sockets_folder()
    match in_its_place:
        case "link":
            (runtime / "mine").mkdir()
            folder.symlink_to(runtime / "mine")
        case "file":
            folder.touch()
        case _:
            if os.getuid() != 0:
                pytest.skip("only root can give a folder away")
            folder.mkdir()
            os.chown(folder, 65534, 65534)
    assert sockets_folder() == runtime / "t" / folder.name
    assert make_sockets_folder() == runtime / "t" / folder.name
    monkeypatch.setattr(paths, "sockets_folder", lambda: folder)  # it was put there between the two looks
    with pytest.raises(OSError, match="phial-"):
        make_sockets_folder()


@posix_only
def test_a_folder_without_room_for_the_name_of_a_socket_is_passed_over(
    runtime: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = tmp_path / ("l" * 150)
    long.mkdir()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(long))
    assert sockets_folder().parent == runtime / "t"
    monkeypatch.setattr(tempfile, "tempdir", str(long))
    assert sockets_folder().parent == Path("/tmp")  # noqa: S108 - where the others are not

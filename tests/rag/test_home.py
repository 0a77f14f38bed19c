from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest

from rag.errors import LibraryProblem, Problem
from rag.home import notices_about


def mounts(monkeypatch: pytest.MonkeyPatch, **kinds: str) -> None:
    """Let the system have ``/`` on a disk, and ``/name`` with each file system in ``kinds``."""
    every = [SimpleNamespace(mountpoint="/", fstype="ext4", opts="rw")]
    every += [SimpleNamespace(mountpoint=f"/{name}", fstype=kind, opts="rw") for name, kind in kinds.items()]
    monkeypatch.setattr(psutil, "disk_partitions", lambda **_: every)


@pytest.mark.parametrize(
    "path",
    ["/home/ada/Dropbox/phial", "/home/ada/OneDrive - Work/x/phial", "/Users/ada/Library/Mobile Documents/phial",
     "/home/ada/nextcloud/phial", "/Users/ada/iCloud Drive/phial"],
)  # fmt: skip
def test_a_synced_folder_is_worth_a_word(path: str) -> None:
    assert notices_about(Path(path)) == (Problem(LibraryProblem.HOME_SYNCED, {"path": path}),)


def test_a_network_drive_is_worth_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    mounts(monkeypatch, home="nfs4", share="CIFS", **{"home/ada/disk": "ext4"})
    network = LibraryProblem.HOME_ON_NETWORK
    assert notices_about(Path("/home/ada/phial")) == (Problem(network, {"path": "/home/ada/phial"}),)
    assert notices_about(Path("/share")) == (Problem(network, {"path": "/share"}),)


def test_the_nearest_drive_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    mounts(monkeypatch, home="nfs4", **{"home/ada/disk": "ext4"})
    assert notices_about(Path("/home/ada/disk/phial")) == ()
    assert notices_about(Path("/homes/phial")) == ()


def test_an_ordinary_place_is_worth_none(tmp_path: Path) -> None:
    assert notices_about(tmp_path / "phial") == ()


def test_a_system_without_drives_is_no_reason_to_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(psutil, "disk_partitions", lambda **_: [])
    assert notices_about(Path("/home/ada/phial")) == ()

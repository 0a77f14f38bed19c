"""The archive and the package of a small folder: the same bytes each time, and what they hold."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tarfile
from email.message import Message
from pathlib import Path

import compare
import pytest
from linux import archive, deb, room

MOMENT = 1_700_000_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder as PyInstaller leaves one."""
    inner = tmp_path / "frozen" / "_internal"
    inner.mkdir(parents=True)
    (inner / "libx.so.1").write_bytes(b"\x7fELF" + b"x" * 100)
    (inner / "libx.so").symlink_to("libx.so.1")
    (inner / "NOTICE.txt").write_text("notice", encoding="utf-8")
    (inner.parent / "phial").write_text("#!/bin/sh\n", encoding="utf-8")
    (inner.parent / "phial").chmod(0o700)
    return inner.parent


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.skipif(shutil.which("xz") is None, reason="packs by xz")
def test_the_archive_is_the_same_whenever_it_is_packed(folder: Path, tmp_path: Path) -> None:
    one, other = tmp_path / "one.tar.xz", tmp_path / "other.tar.xz"
    archive.pack((folder,), one, "phial-1", MOMENT)
    for path in folder.rglob("*"):
        os.utime(path, (1, 1), follow_symlinks=False)
    archive.pack((folder,), other, "phial-1", MOMENT)
    assert digest(one) == digest(other)
    with tarfile.open(one) as opened:
        members = {member.name: member for member in opened}
    assert list(members) == sorted(members)
    assert members["phial-1/phial"].mode == 0o755
    assert members["phial-1/_internal/NOTICE.txt"].mode == 0o644
    assert members["phial-1/_internal/libx.so"].linkname == "libx.so.1"
    assert {(member.uname, member.mtime) for member in members.values()} == {("root", MOMENT)}
    assert compare.main([str(one), str(other)]) == 0


@pytest.mark.skipif(shutil.which("dpkg-deb") is None, reason="builds a Debian package")
def test_the_package_holds_the_program_its_entry_and_its_licence(folder: Path, tmp_path: Path) -> None:
    built = [tmp_path / "one.deb", tmp_path / "other.deb"]
    for package in built:
        deb.build(folder, tmp_path / "staging", package, "1.2.3", ["libc6 (>= 2.36)", "xkb-data"], MOMENT)
    assert digest(built[0]) == digest(built[1])
    listed = subprocess.run(
        ["/usr/bin/dpkg-deb", "--contents", str(built[0])], capture_output=True, text=True, check=True
    ).stdout
    assert "./usr/bin/phial -> ../lib/phial/phial" in listed
    for name in ("usr/lib/phial/phial", "usr/share/applications/phial.desktop", "usr/share/doc/phial/NOTICE.txt",
                 "usr/share/doc/phial/copyright", "usr/share/man/man1/phial.1.gz", "usr/share/man/it/man1/phial.1.gz",
                 "usr/share/lintian/overrides/phial", "usr/share/icons/hicolor/256x256/apps/phial.png"):  # fmt: skip
        assert f" ./{name}\n" in listed
    depends = subprocess.run(
        ["/usr/bin/dpkg-deb", "-f", str(built[0]), "Depends"], capture_output=True, text=True, check=True
    )
    assert depends.stdout.strip() == "libc6 (>= 2.36), xkb-data"
    copyright_file = (tmp_path / "staging/usr/share/doc/phial/copyright").read_text(encoding="utf-8")
    assert "\nLicense: Expat\n Permission is hereby granted" in copyright_file


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"Author": "Ada"}, f"Ada <{deb.NO_ADDRESS}>"),
        ({"Author-email": "Ada L. <ada@example.org>, Bo <bo@example.org>"}, "Ada L. <ada@example.org>"),
        ({"Author": "Ada", "Author-email": "ada@example.org"}, f"Ada <{deb.NO_ADDRESS}>"),
    ],
)
def test_the_maintainer_is_the_first_author(
    fields: dict[str, str], named: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    about = Message()
    for name, value in fields.items():
        about[name] = value
    monkeypatch.setattr("importlib.metadata.metadata", lambda _: about)
    assert deb.maintainer() == named


def test_glibc_is_asked_for_with_its_version() -> None:
    assert deb.dependencies(["libc6", "libegl1"], (2, 35)) == [
        "libc6 (>= 2.35)", "fontconfig-config", "libegl1", "xkb-data",
    ]  # fmt: skip


def test_the_names_in_a_relationship_are_read() -> None:
    assert room.names_in("libc6 (>= 2.36), a-b | c+1.2 (= 3), dd:any") == ["libc6", "a-b", "c+1.2", "dd"]


def test_a_room_is_entered_as_somebody_else_without_a_network(tmp_path: Path) -> None:
    (tmp_path / "it's").mkdir()
    (tmp_path / "file").touch()
    command = room.enter(
        tmp_path, {tmp_path / "it's": "/opt/文 档", tmp_path / "file": "/media/x y/m"}, ["/opt/文 档/p", "a'b"]
    )
    assert {"--mount", "--net", "--pid"} <= set(command)
    script = command[-1]
    assert "mkdir -p 'media/x y' && : >> 'media/x y/m'" in script
    assert f"--userspec=+{room.USER_ID}:+{room.USER_ID}" in script
    assert script.rstrip().endswith("""'/opt/文 档/p' 'a'"'"'b'""")
    assert subprocess.run(["/bin/sh", "-n", "-c", script], check=False).returncode == 0

"""A backup may be hostile or broken: nothing of it is believed, and nothing is written outside of where it belongs."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.frames import plain
from rag.backup_archive import (
    FORMAT,
    LIBRARY,
    MANIFEST,
    MOST_PARTS,
    Manifest,
    Part,
    is_part_name,
    open_archive,
    write_archive,
)
from rag.errors import LibraryProblem, PhialError

BODY = b"what the library holds " * 1_000
SOUND = Manifest("phial", FORMAT, "0.1.0", 4, 1.0, "linux", "/home", 1, 0, True, (),
                 (Part(LIBRARY, len(BODY), hashlib.sha256(BODY).hexdigest()),))  # fmt: skip


def get_on(_done: int) -> None:
    pass


def write(path: Path, files: dict[str, bytes], manifest: Any, **options: Any) -> Path:
    """An archive, made by hand."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in files.items():
            archive.writestr(name, body)
        if manifest is not None:
            archive.writestr(MANIFEST, manifest if isinstance(manifest, bytes) else json.dumps(manifest))
    return path


def check(path: Path) -> None:
    with open_archive(path) as archive:
        for part in archive.manifest.parts:
            archive.unpack(part, None, get_on)


def refused(path: Path) -> LibraryProblem:
    with pytest.raises(PhialError) as failure:
        check(path)
    assert failure.value.parameters["path"] == str(path)
    kind = failure.value.kind
    assert isinstance(kind, LibraryProblem)
    return kind


def with_part(name: str, body: bytes = b"x") -> dict[str, Any]:
    part = Part(name, len(body), hashlib.sha256(body).hexdigest())
    said: dict[str, Any] = plain(dataclasses.replace(SOUND, parts=(*SOUND.parts, part)))
    return said


def test_what_was_written_is_read(tmp_path: Path) -> None:
    (tmp_path / "library").write_bytes(BODY)
    written = write_archive(tmp_path / "a.phial", [(LIBRARY, tmp_path / "library")],
                            lambda parts: dataclasses.replace(SOUND, parts=parts), get_on)  # fmt: skip
    with open_archive(tmp_path / "a.phial") as archive:
        assert archive.manifest == written == SOUND
        archive.unpack(written.parts[0], tmp_path / "out", get_on)
    assert (tmp_path / "out").read_bytes() == BODY


@pytest.mark.parametrize(
    "name",
    ["../library.db", "models/../../x", "/etc/x", "models//x", "models/..", "models/.", "models\\x", "C:\\x",
     "models/C:x", "logs/x",
     "models", "models/a/b/c/d", "models/nul", "models/COM1.gguf", "models/x.", "models/x ", "models/ x",
     "models/a\nb", "worker.key", "library.db/x", "chroma/x", "models/" + "x" * 200],
)  # fmt: skip
def test_a_name_that_leads_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    assert not is_part_name(name)
    path = write(tmp_path / "a.phial", {LIBRARY: BODY, name: b"x"}, with_part(name))
    assert refused(path) is LibraryProblem.BACKUP_DAMAGED


@pytest.mark.parametrize("name", ["models/Phi-4 mini.gguf", "embedders/é 文/model.onnx", "window.ini", "models.json"])
def test_a_name_of_a_part_is_taken(tmp_path: Path, name: str) -> None:
    path = write(tmp_path / "a.phial", {LIBRARY: BODY, name: b"x"}, with_part(name))
    with open_archive(path) as archive:
        archive.unpack(archive.manifest.parts[1], tmp_path / "out", get_on)


def changed(**fields: Any) -> dict[str, Any]:
    said: dict[str, Any] = {**plain(SOUND), **fields}
    return said


@pytest.mark.parametrize(
    ("manifest", "kind"),
    [
        (None, LibraryProblem.BACKUP_NOT_ONE),
        (b"{", LibraryProblem.BACKUP_DAMAGED),
        (b"[" * 100_000, LibraryProblem.BACKUP_DAMAGED),
        (b"[]", LibraryProblem.BACKUP_NOT_ONE),
        (changed(product="other"), LibraryProblem.BACKUP_NOT_ONE),
        (changed(format=FORMAT + 1, new_field=1), LibraryProblem.BACKUP_NEWER),
        (changed(format=0), LibraryProblem.BACKUP_DAMAGED),
        (changed(schema="4"), LibraryProblem.BACKUP_DAMAGED),
        (changed(parts=[]), LibraryProblem.BACKUP_DAMAGED),
        (changed(parts=[plain(SOUND.parts[0])] * 2), LibraryProblem.BACKUP_DAMAGED),
        (changed(parts=[{**plain(SOUND.parts[0]), "bytes": len(BODY) + 1}]), LibraryProblem.BACKUP_DAMAGED),
        (changed(parts=[{**plain(SOUND.parts[0]), "bytes": -1}]), LibraryProblem.BACKUP_DAMAGED),
        (changed(parts=[{**plain(SOUND.parts[0]), "sha256": "0" * 64}]), LibraryProblem.BACKUP_DAMAGED),
        (changed(parts=[{**plain(SOUND.parts[0]), "sha256": "../x"}]), LibraryProblem.BACKUP_DAMAGED),
        (with_part("models/not-there.gguf"), LibraryProblem.BACKUP_DAMAGED),
    ],
)
def test_a_manifest_that_lies_is_refused(tmp_path: Path, manifest: Any, kind: LibraryProblem) -> None:
    assert refused(write(tmp_path / "a.phial", {LIBRARY: BODY}, manifest)) is kind


def test_a_newer_backup_says_of_which_version(tmp_path: Path) -> None:
    path = write(tmp_path / "a.phial", {LIBRARY: BODY}, changed(format=FORMAT + 1, version="9.0.0"))
    with pytest.raises(PhialError) as failure, open_archive(path):
        pass
    assert failure.value.parameters["version"] == "9.0.0"


def test_what_the_manifest_does_not_name_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "a.phial", {LIBRARY: BODY, "models/x.gguf": b"x"}, plain(SOUND))
    assert refused(path) is LibraryProblem.BACKUP_DAMAGED


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("second", [LIBRARY, LIBRARY.upper()])
def test_a_name_that_is_there_twice_is_refused(tmp_path: Path, second: str) -> None:
    path = write(tmp_path / "a.phial", {LIBRARY: BODY}, plain(SOUND))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(second, BODY)
    assert refused(path) is LibraryProblem.BACKUP_DAMAGED


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    body = bytes(50_000_000)
    part = Part(LIBRARY, len(body), hashlib.sha256(body).hexdigest())
    path = write(tmp_path / "a.phial", {LIBRARY: body}, plain(dataclasses.replace(SOUND, parts=(part,))))
    assert path.stat().st_size < 100_000
    assert refused(path) is LibraryProblem.BACKUP_DAMAGED


def test_a_part_that_is_longer_than_it_says_is_read_no_further(tmp_path: Path) -> None:
    path = write(tmp_path / "a.phial", {LIBRARY: BODY}, plain(SOUND))
    with open_archive(path) as archive:
        small = dataclasses.replace(SOUND.parts[0], bytes=10)
        with pytest.raises(PhialError):
            archive.unpack(small, tmp_path / "out", get_on)
    assert (tmp_path / "out").stat().st_size <= 11


def test_a_million_entries_are_not_even_read(tmp_path: Path) -> None:
    path = write(tmp_path / "a.phial", {LIBRARY: BODY}, plain(SOUND))
    whole = bytearray(path.read_bytes())
    struct.pack_into("<HH", whole, len(whole) - 22 + 8, 65_000, 65_000)
    path.write_bytes(whole)
    assert refused(path) is LibraryProblem.BACKUP_DAMAGED
    # In zip64's words, as more than 65,535 have to be told.
    whole = bytearray(write(path, {LIBRARY: BODY}, plain(SOUND)).read_bytes())
    length, start = struct.unpack_from("<LL", whole, len(whole) - 22 + 12)
    end = struct.pack("<4sQHHLLQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, 10**6, 10**6, length, start)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, start + length, 1)
    struct.pack_into("<HHLL", whole, len(whole) - 22 + 8, 0xFFFF, 0xFFFF, 2**32 - 1, 2**32 - 1)
    path.write_bytes(whole[:-22] + end + locator + whole[-22:])
    assert refused(path) is LibraryProblem.BACKUP_DAMAGED
    assert MOST_PARTS < 10**6


def test_a_link_is_refused(tmp_path: Path) -> None:
    said = with_part("models/x", b"/etc/passwd")
    path = write(tmp_path / "a.phial", {LIBRARY: BODY}, said)
    with zipfile.ZipFile(path, "a") as archive:
        link = zipfile.ZipInfo("models/x")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, b"/etc/passwd")
    assert refused(path) is LibraryProblem.BACKUP_DAMAGED


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x05\x06", b"PK\x05\x06" + bytes(18), bytes(1_000)])
def test_what_is_no_archive_is_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.phial").write_bytes(content)
    assert refused(tmp_path / "a.phial") is LibraryProblem.BACKUP_NOT_ONE


def test_what_is_not_there_can_not_be_read(tmp_path: Path) -> None:
    assert refused(tmp_path / "a.phial") is LibraryProblem.BACKUP_UNREADABLE
    assert refused(tmp_path) is LibraryProblem.BACKUP_UNREADABLE


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_flipped_byte_or_a_cut_is_a_refusal_or_nothing_at_all(tmp_path: Path, data: st.DataObject) -> None:
    path = write(tmp_path / "a.phial", {LIBRARY: BODY}, plain(SOUND))
    whole = bytearray(path.read_bytes())
    cut: Callable[[], bytes] = lambda: bytes(whole[: data.draw(st.integers(0, len(whole) - 1))])  # noqa: E731
    place = data.draw(st.integers(0, len(whole) - 1))
    whole[place] ^= data.draw(st.integers(1, 255))
    path.write_bytes(cut() if data.draw(st.booleans()) else bytes(whole))
    try:
        with open_archive(path) as archive:
            for part in archive.manifest.parts:
                (tmp_path / "out").unlink(missing_ok=True)
                archive.unpack(part, tmp_path / "out", get_on)
                if part.name == LIBRARY:
                    assert (tmp_path / "out").read_bytes() == BODY
    except PhialError:
        pass

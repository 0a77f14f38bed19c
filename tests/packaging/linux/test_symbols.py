"""Libraries lose their symbols, and stay what they were to the loader; what strip would break is left alone."""

from __future__ import annotations

import ctypes
import os
import shutil
import struct
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from linux import elf, symbols

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux") or shutil.which("strip") is None or shutil.which("cc") is None,
    reason="compiles and strips an ELF library",
)

SOURCE = """
static int hidden_table[64] = {7};
static int hidden_answer(int number) { return number * 6 + hidden_table[number & 63] * 0; }
int answer(int number) { return hidden_answer(number); }
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small library with what a debugger reads."""
    folder = tmp_path_factory.mktemp("compiled")
    (folder / "answer.c").write_text(SOURCE, encoding="utf-8")
    built = folder / "libanswer.so.1"
    compiling = ["cc", "-g", "-O0", "-shared", "-fPIC", "-o", str(built), str(folder / "answer.c")]
    subprocess.run(compiling, check=True)
    return built


def laid_out(library: Path, folder: Path) -> Path:
    """A frozen folder with the library among others."""
    inner = folder / "_internal"
    (inner / "kernels" / "avx2").mkdir(parents=True)
    for place in (folder / "phial", inner / library.name, inner / "kernels" / "avx2" / library.name):
        shutil.copyfile(library, place)
        place.chmod(0o755)
    (inner / "libanswer.so").symlink_to(library.name)
    (inner / "text.so").write_text("no library", encoding="utf-8")
    return folder


def test_libraries_are_stripped_and_still_answer(library: Path, tmp_path: Path) -> None:
    folder = laid_out(library, tmp_path / "one")
    done = symbols.strip_folder(folder)
    stripped = folder / "_internal" / library.name
    assert done.saved == library.stat().st_size - stripped.stat().st_size > 0
    assert done.left_alone == []
    assert b"hidden_answer" in library.read_bytes()
    assert b"hidden_answer" not in stripped.read_bytes()
    assert ctypes.CDLL(str(stripped)).answer(7) == 42
    assert stripped.stat().st_mode & 0o777 == 0o755
    again = laid_out(library, tmp_path / "other")
    symbols.strip_folder(again)
    assert (again / "_internal" / library.name).read_bytes() == stripped.read_bytes()
    assert symbols.strip_folder(folder).saved == 0


def test_the_program_the_links_and_what_is_compared_by_its_sum_stay(library: Path, tmp_path: Path) -> None:
    folder = laid_out(library, tmp_path / "phial")
    symbols.strip_folder(folder)
    whole = library.read_bytes()
    assert (folder / "phial").read_bytes() == whole
    assert (folder / "_internal" / "kernels" / "avx2" / library.name).read_bytes() == whole
    assert (folder / "_internal" / "libanswer.so").is_symlink()


def test_a_library_of_anothers_stays_as_it_was(library: Path, tmp_path: Path) -> None:
    folder = laid_out(library, tmp_path / "phial")
    shared = tmp_path / "shared.so"
    os.link(folder / "_internal" / library.name, shared)
    symbols.strip_folder(folder)
    assert shared.read_bytes() == library.read_bytes()


@pytest.mark.parametrize("harm", ["shorter", "moved", "fails"])
def test_what_strip_breaks_is_left_alone(
    harm: str, library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = laid_out(library, tmp_path / "phial")
    tool = tmp_path / "tools" / "strip"
    tool.parent.mkdir()
    real = shutil.which("strip")
    does = {
        "shorter": f'{real} "$@" && truncate --size=-9000 "$3"',
        "moved": f'{real} "$@" && printf "\\220" | dd of="$3" bs=1 seek=4200 conv=notrunc status=none',
        "fails": f'{real} "$@"; exit 1',
    }[harm]
    tool.write_text(f"#!/bin/sh\n{does}\n", encoding="utf-8")
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tool.parent}{os.pathsep}{os.environ['PATH']}")
    done = symbols.strip_folder(folder)
    assert done == symbols.Stripped(0, [Path("_internal") / library.name])
    assert (folder / "_internal" / library.name).read_bytes() == library.read_bytes()


def loaded(file: bytes) -> list[tuple[int, int, int]]:
    """Where in an ELF file the entry of each segment that is mapped lies, where the segment does, and its size."""
    begin, count = struct.unpack_from("<Q", file, 32)[0], struct.unpack_from("<H", file, 56)[0]
    entries = [
        (begin + 56 * number, *struct.unpack_from("<IIQQQQ", file, begin + 56 * number)) for number in range(count)
    ]
    return [(place, offset, size) for place, kind, _, offset, _, _, size in entries if kind == 1]


@given(st.data())
def test_a_single_byte_that_is_mapped_otherwise_is_seen(library: Path, data: st.DataObject) -> None:
    file = library.read_bytes()
    _, offset, size = data.draw(st.sampled_from([each for each in loaded(file) if each[1] >= 4096]))
    place = offset + data.draw(st.integers(0, size - 1))
    changed = bytearray(file)
    changed[place] ^= data.draw(st.integers(1, 255))
    assert not symbols.is_same_when_loaded(file, bytes(changed))


def test_a_segment_that_cannot_be_mapped_from_where_it_lies_is_seen(library: Path) -> None:
    file = library.read_bytes()
    entry, offset, _ = loaded(file)[-1]
    moved = bytearray(file)
    # The same bytes once more, a little off what the address asks for: what strip is known to do.
    struct.pack_into("<Q", moved, entry + 8, offset + 8)
    moved[offset + 8 :] = file[offset:]
    assert not symbols.is_same_when_loaded(file, bytes(moved))
    with pytest.raises(elf.ElfError):
        elf.segments(bytes(moved))
    with pytest.raises(elf.ElfError):
        elf.segments(file[: offset + 1])
    with pytest.raises(elf.ElfError):
        elf.segments(b"\x7fELF\x01" + file[5:])

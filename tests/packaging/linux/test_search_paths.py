"""A library looks for others beside itself, and nowhere that the machine that built it had."""

from __future__ import annotations

import ctypes
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from linux import elf, search_paths

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux") or shutil.which("cc") is None, reason="compiles an ELF library"
)


def compiled(place: Path, *options: str) -> Path:
    """A library that needs another, which is looked for where ``options`` of the linker say."""
    source = place.with_suffix(".c")
    source.write_text("int answer(int number) { return number * 6; }\n", encoding="utf-8")
    linker = [f"-Wl,{option}" for option in options]
    compiling = ["cc", "-shared", "-fPIC", *linker, "-o", str(place), str(source), "-lm"]
    subprocess.run(compiling, check=True)
    source.unlink()
    return place


@pytest.mark.parametrize("kind", ["--enable-new-dtags", "--disable-new-dtags"])
@pytest.mark.parametrize("places", ["/home/ada/lib", ":::::", "/opt/lib:/usr/local/lib", "relative/lib"])
def test_what_is_not_beside_it_goes_and_the_library_still_answers(kind: str, places: str, tmp_path: Path) -> None:
    library = compiled(tmp_path / "libanswer.so", kind, f"-rpath,{places}")
    before = library.read_bytes()
    assert search_paths.search_paths(before) == places.split(":")
    library.chmod(0o640)
    assert search_paths.clean_folder(tmp_path) == [Path("libanswer.so")]
    after = library.read_bytes()
    assert search_paths.search_paths(after) == []
    assert len(after) == len(before)
    assert library.stat().st_mode & 0o777 == 0o640
    assert ctypes.CDLL(str(library)).answer(7) == 42
    assert search_paths.clean_folder(tmp_path) == []


def test_what_is_beside_it_stays(tmp_path: Path) -> None:
    library = compiled(tmp_path / "libanswer.so", "-rpath,$ORIGIN/../numpy.libs:$ORIGIN")
    before = library.read_bytes()
    assert search_paths.clean_folder(tmp_path) == []
    assert library.read_bytes() == before


def test_what_needs_both_is_said(tmp_path: Path) -> None:
    compiled(tmp_path / "libanswer.so", "-rpath,$ORIGIN:/home/ada/lib")
    with pytest.raises(elf.ElfError, match="/home/ada/lib"):
        search_paths.clean_folder(tmp_path)


def test_what_is_compared_by_its_sum_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "_internal" / "kernels").mkdir(parents=True)
    compiled(tmp_path / "_internal" / "kernels" / "libkernel.so", "-rpath,/home/ada/lib")
    assert search_paths.clean_folder(tmp_path) == []

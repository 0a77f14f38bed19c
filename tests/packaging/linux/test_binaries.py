"""What binaries need, read from what readelf says, and from a real one."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from linux import binaries
from linux.binaries import Needs, asked_of_system, needs_in

SAID = """
File: /f/one.so
 0x0000000000000001 (NEEDED)             Shared library: [libc.so.6]
 0x0000000000000001 (NEEDED)             Shared library: [libours.so.1]
  0x0010:   Name: GLIBC_2.9  Flags: none  Version: 3
  0x0020:   Name: GLIBC_2.34  Flags: none  Version: 2
  0x0030:   Name: GLIBCXX_3.4.30  Flags: none  Version: 4

File: /f/two.so
 0x0000000000000001 (NEEDED)             Shared library: [libEGL.so.1]
"""


def test_versions_are_compared_as_numbers() -> None:
    one, two = Path("/f/one.so"), Path("/f/two.so")
    assert dict(needs_in(SAID, [one, two])) == {
        one: Needs(frozenset({"libc.so.6", "libours.so.1"}), (2, 34)),
        two: Needs(frozenset({"libEGL.so.1"}), (0, 0)),
    }


def test_what_lies_in_the_folder_is_not_asked_of_the_system(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "libours.so.1").touch()
    found = dict(needs_in(SAID, [Path("/f/one.so"), Path("/f/two.so")]))
    assert asked_of_system(tmp_path, found.values()) == ["libEGL.so.1", "libc.so.6"]


@pytest.mark.skipif(not sys.platform.startswith("linux") or shutil.which("readelf") is None, reason="reads ELF files")
def test_a_real_program_is_read(tmp_path: Path) -> None:
    shutil.copy("/bin/sh", tmp_path / "sh")
    (tmp_path / "link").symlink_to("sh")
    (tmp_path / "text").write_text("\x7fEL", encoding="utf-8")
    (found,) = binaries.needs(binaries.binaries(tmp_path)).values()
    assert "libc.so.6" in found.libraries
    assert found.glibc >= (2, 2)


@pytest.mark.skipif(shutil.which("dpkg") is None, reason="asks Debian's packages")
def test_a_library_is_found_in_its_package_and_one_that_is_not_here_is_said() -> None:
    assert binaries.packages(["libc.so.6"]) == {"libc.so.6": "libc6"}
    with pytest.raises(LookupError, match="libnowhere"):
        binaries.packages(["libnowhere.so.9"])

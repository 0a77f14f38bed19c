"""What binaries for macOS ask for, from headers; links, and what only looks like a binary, are no binaries."""

from __future__ import annotations

from pathlib import Path

import pytest
from macos import binaries
from macos.binaries import Slice

from tests.fakes.mach_o import ARM64, X86_64, mach_o, universal


def written(bundle: Path, place: str, body: bytes) -> Path:
    path = bundle / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body)
    return path


def test_a_binary_says_its_processor_and_its_oldest_macos(tmp_path: Path) -> None:
    thin = written(tmp_path, "a.dylib", mach_o(ARM64, (13, 3)))
    assert binaries.slices(thin) == (Slice("ARM64", (13, 3)),)
    both = written(tmp_path, "b.dylib", universal((X86_64, mach_o(X86_64, (10, 13))), (ARM64, mach_o(ARM64, (15, 0)))))
    assert binaries.slices(both) == (Slice("x86_64", (10, 13)), Slice("ARM64", (15, 0)))


def test_links_data_and_other_formats_are_no_binaries(tmp_path: Path) -> None:
    library = written(tmp_path, "Contents/Frameworks/b.so", mach_o())
    (tmp_path / "Contents" / "Resources").mkdir()
    (tmp_path / "Contents" / "Resources" / "b.so").symlink_to(library)
    written(tmp_path, "Contents/Resources/notes.txt", b"MIT")
    written(tmp_path, "Contents/Resources/empty", b"")
    written(tmp_path, "Contents/Resources/Some.class", b"\xca\xfe\xba\xbe\x00\x00\x00\x34")
    written(tmp_path, "Contents/Resources/libplugin.a", universal((ARM64, b"!<arch>\n")))
    first = written(tmp_path, "Contents/Frameworks/a.so", universal((ARM64, mach_o())))
    assert list(binaries.binaries(tmp_path)) == [first, library]


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (mach_o(ARM64, (15, 0)), None),
        (mach_o(ARM64, (11, 0)), None),
        (mach_o(ARM64, (15, 1)), "Contents/x.dylib asks for macOS 15.1, and 15.0 is stated"),
        (mach_o(ARM64, (26, 0)), "Contents/x.dylib asks for macOS 26.0, and 15.0 is stated"),
        (mach_o(X86_64, (11, 0)), "Contents/x.dylib is not for ARM64"),
        # What the other processor asks for is nothing to us.
        (universal((X86_64, mach_o(X86_64, (26, 0))), (ARM64, mach_o(ARM64, (14, 0)))), None),
    ],
)
def test_a_binary_that_asks_for_more_than_is_stated_is_named(tmp_path: Path, body: bytes, problem: str | None) -> None:
    written(tmp_path, "Contents/x.dylib", body)
    assert binaries.problems(tmp_path, "15.0") == ([] if problem is None else [problem])

"""Libraries are told by their names, whatever versions and hashes stand in them."""

from __future__ import annotations

import pytest
from library_licences import LIBRARIES, library_of, stem
from licences import is_spdx


@pytest.mark.parametrize(
    ("file", "project"),
    [
        ("libX11.so.6", "X.Org libraries"),
        ("pillow.libs/libfreetype-57f805ba.so.6.20.6", "FreeType"),
        ("numpy.libs/libgfortran-040039e1-0352e75f.so.5.0.0", "GCC runtime"),
        ("opencv_python_headless.libs/libcrypto-5409cd36.so.1.1.1k", "OpenSSL"),
        ("libgio-2.0.so.0", "GLib"),
        ("PIL/.dylibs/libavif.16.4.2.dylib", "libavif"),
        ("VCRUNTIME140_1.dll", "Microsoft Visual C++ runtime"),
        ("libcrypto-3.dll", "OpenSSL"),
        ("libreadline.so.8", "GNU Readline"),
        ("PIL/.dylibs/libz.1.3.1.zlib-ng.dylib", "zlib-ng"),
        ("libz.so.1", "zlib"),
        ("cv2/.dylibs/libx264.164.dylib", "x264"),
        ("PySide6/vcamp140.dll", "Microsoft Visual C++ runtime"),
    ],
)
def test_a_library_is_known_by_its_name(file: str, project: str) -> None:
    library = library_of(file)
    assert library is not None
    assert library.name == project


def test_the_old_openssl_had_another_licence() -> None:
    old, new = library_of("libssl-81259c47.so.1.1.1k"), library_of("libssl.so.3")
    assert old is not None
    assert new is not None
    assert (old.licence, new.licence) == ("OpenSSL", "Apache-2.0")


def test_what_nobody_named_is_not_guessed() -> None:
    assert library_of("libsurprise.so.1") is None


def test_every_licence_is_one_that_spdx_lists() -> None:
    assert [one.name for one in LIBRARIES if not is_spdx(one.licence)] == []


def test_each_name_is_given_once() -> None:
    stems = [stem for one in LIBRARIES for stem in one.stems]
    assert len(stems) == len(set(stems))
    assert all(one == stem(f"lib{one}.so.1") for one in stems if "*" not in one)

from __future__ import annotations

import ctypes
import hashlib
import sys
from pathlib import Path

import pytest

from engine import paths
from engine.kernels import (
    DEVICE_VARIABLE,
    GPU,
    INSTALLED,
    LIBRARY_VARIABLE,
    MANIFEST,
    MANIFEST_CODEC,
    BuiltKernel,
    Kernel,
    Manifest,
    installed_libraries,
    kernels_in,
    library_file,
)

BODY = b"a library"
SUM = hashlib.sha256(BODY).hexdigest()


def write_kernels(folder: Path, *built: BuiltKernel) -> None:
    for kernel in built:
        file = folder / kernel.library
        file.parent.mkdir(parents=True)
        file.write_bytes(BODY)
    folder.mkdir(exist_ok=True)
    (folder / MANIFEST).write_bytes(MANIFEST_CODEC.encode(Manifest("0.3.36", "0.25.3 abc", built)))


def built(name: str, *requires: str, is_modest: bool = False) -> BuiltKernel:
    return BuiltKernel(name, requires, is_modest, (), f"{name}/libggml-cpu.so", SUM)


def test_a_folder_without_kernels_leaves_the_installed_one(tmp_path: Path) -> None:
    assert [kernel.name for kernel in kernels_in(tmp_path / "none", tmp_path)] == [INSTALLED]


@pytest.mark.parametrize("manifest", [b"", b"{}", b'{"v":1,"type":"kernels","binding":"1","ggml":"","kernels":[7]}'])
def test_a_manifest_that_cannot_be_read_is_as_good_as_none(manifest: bytes, tmp_path: Path) -> None:
    (tmp_path / MANIFEST).write_bytes(manifest)
    assert [kernel.name for kernel in kernels_in(tmp_path, tmp_path)] == [INSTALLED]


@pytest.mark.parametrize("library", ["../libggml-cpu.so", "/libggml-cpu.so", "fast/../../libggml-cpu.so"])
def test_a_library_outside_the_folder_is_refused(library: str) -> None:
    with pytest.raises(ValueError, match="kernel fast"):
        BuiltKernel("fast", (), False, (), library, SUM)


def test_the_most_capable_come_first_and_the_modest_last(tmp_path: Path) -> None:
    write_kernels(tmp_path, built("fast", "avx512f"), built("old", is_modest=True))
    (tmp_path / "libggml-metal.dylib").touch()
    kernels = kernels_in(tmp_path, tmp_path)
    assert [kernel.name for kernel in kernels] == [GPU, "fast", INSTALLED, "old"]
    assert kernels[1].requires == ("avx512f",)
    assert kernels[1].ggml == "0.25.3 abc"


def test_another_installed_library_is_another_kernel(tmp_path: Path) -> None:
    library_file(tmp_path, "ggml-cpu").write_bytes(b"one")
    before = kernels_in(tmp_path, tmp_path)
    library_file(tmp_path, "ggml-cpu").write_bytes(b"another")
    assert kernels_in(tmp_path, tmp_path) != before


def test_a_file_that_was_changed_is_not_whole(tmp_path: Path) -> None:
    write_kernels(tmp_path, built("fast"))
    kernel, installed = kernels_in(tmp_path, tmp_path)
    assert kernel.is_whole
    assert installed.is_whole
    assert kernel.library is not None
    kernel.library.write_bytes(BODY[:-1])
    assert not kernel.is_whole
    kernel.library.unlink()
    assert not kernel.is_whole


def test_the_environment_says_what_to_load_and_where_to_compute() -> None:
    assert Kernel("fast", library=Path("there")).environment == {
        LIBRARY_VARIABLE: "there",
        DEVICE_VARIABLE: "processor",
    }
    assert Kernel(INSTALLED).environment == {LIBRARY_VARIABLE: "", DEVICE_VARIABLE: "processor"}
    assert Kernel(GPU).environment == {LIBRARY_VARIABLE: "", DEVICE_VARIABLE: ""}


def test_the_installed_libraries_are_found_without_being_loaded() -> None:
    assert library_file(installed_libraries(), "ggml-cpu").is_file()


def test_a_frozen_program_has_them_beside_its_assets(monkeypatch: pytest.MonkeyPatch) -> None:
    assert paths.kernels() == paths.assets().parent / "build" / "kernels"
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert paths.kernels() == paths.assets().parent / "kernels"


def test_the_version_that_a_manifest_is_held_against_can_be_asked_for() -> None:
    base = ctypes.CDLL(str(library_file(installed_libraries(), "ggml-base")))
    base.ggml_version.restype = ctypes.c_char_p
    assert base.ggml_version().count(b".") == 2

"""What libraries ask for is read from their headers; what is missing is laid beside, or fails the build."""

from __future__ import annotations

import shutil
from pathlib import Path

import distlib
import pytest
import setuptools
from windows import build
from windows.executables import AMD64, Executable, oldest_windows, read, read_all
from windows.runtimes import MissingRuntime, find, is_of_windows, lay_beside, missing, places

LAUNCHER = Path(distlib.__file__).with_name("t64.exe")
ARM_LAUNCHER = Path(distlib.__file__).with_name("t64-arm.exe")
ASKING = Path(setuptools.__file__).with_name("cli-64.exe")
"""Real programs of Windows that come with packages: the last asks for the C++ runtime."""


def library(name: str, *imports: str, delayed: tuple[str, ...] = (), machine: int = AMD64) -> Executable:
    return Executable(Path(name), machine, (6, 0), frozenset(imports), frozenset(delayed), is_signed=False)


def test_headers_are_read() -> None:
    launcher = read(LAUNCHER)
    assert (launcher.machine, launcher.oldest, launcher.is_signed) == (AMD64, (5, 2), False)
    assert launcher.imports == {"kernel32.dll", "shlwapi.dll"}
    assert "vcruntime140.dll" in read(ASKING).imports
    assert read(ARM_LAUNCHER).machine != AMD64


def test_what_is_missing_is_named_with_one_that_asks() -> None:
    folder = [
        library("llama.dll", "kernel32.dll", "ggml.dll", "VCOMP140.dll".lower(), "api-ms-win-crt-heap-l1-1-0.dll"),
        library("ggml.dll", "msvcp140.dll", "kernel32.dll"),
        library("GGML-CPU.dll", delayed=("vcruntime140_1.dll", "something-optional.dll")),
    ]
    asked = {name: path.name for name, path in missing(folder).items()}
    assert asked == {
        "vcomp140.dll": "llama.dll", "msvcp140.dll": "ggml.dll", "vcruntime140_1.dll": "GGML-CPU.dll",
    }  # fmt: skip
    assert not missing([*folder, *map(library, asked)])


@pytest.mark.parametrize("name", ["kernel32.dll", "icuuc.dll", "ws2_32.dll", "winspool.drv", "ucrtbase.dll"])
def test_what_windows_brings_is_not_missing(name: str) -> None:
    assert is_of_windows(name)


@pytest.mark.parametrize("name", ["vcruntime140.dll", "msvcp140.dll", "vcomp140.dll", "libomp140.x86_64.dll", "x.dll"])
def test_runtimes_are_not_of_windows_though_they_lie_there(name: str) -> None:
    assert not is_of_windows(name)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inner = tmp_path / "phial" / "_internal"
    inner.mkdir(parents=True)
    shutil.copy(ASKING, inner / "asking.dll")
    return inner


def test_a_runtime_is_taken_from_the_machine_that_builds(folder: Path, tmp_path: Path) -> None:
    redist, system = tmp_path / "VC" / "x64" / "Microsoft.VC143.CRT", tmp_path / "System32"
    for place in (redist, system):
        place.mkdir(parents=True)
    shutil.copy(ARM_LAUNCHER, redist / "vcruntime140.dll")  # of another processor
    shutil.copy(LAUNCHER, system / "vcruntime140.dll")
    environment = {"VCTOOLSREDISTDIR": str(tmp_path / "VC"), "SYSTEMROOT": str(tmp_path)}
    assert places(environment) == [redist, system]
    assert lay_beside(folder.parent, folder, environment) == [folder / "vcruntime140.dll"]
    assert (folder / "vcruntime140.dll").read_bytes() == LAUNCHER.read_bytes()
    assert lay_beside(folder.parent, folder, environment) == []


def test_a_runtime_that_is_nowhere_fails_the_build(folder: Path) -> None:
    with pytest.raises(MissingRuntime, match=r"asking\.dll asks for vcruntime140\.dll, which is nowhere"):
        lay_beside(folder.parent, folder, {})


@pytest.mark.parametrize(
    ("name", "said"),
    [("libomp140.x86_64.dll", "nobody is allowed"), ("mystery.dll", "neither here nor part of Windows")],
)
def test_what_may_not_be_shipped_or_is_unknown_fails_the_build(
    folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, said: str
) -> None:
    monkeypatch.setattr("windows.runtimes.read_all", lambda _: [library("ggml.dll", name)])
    with pytest.raises(MissingRuntime, match=said):
        lay_beside(folder.parent, folder, {})


def test_what_nobody_may_pass_on_is_not_even_looked_at(tmp_path: Path) -> None:
    place = tmp_path / "debug_nonredist" / "x64" / "Microsoft.VC143.OpenMP.LLVM"
    place.mkdir(parents=True)
    assert places({"VCTOOLSREDISTDIR": str(tmp_path / "debug_nonredist")}) == []
    assert find("libomp140.x86_64.dll", [place], AMD64) is None


def test_the_oldest_windows_is_the_newest_that_any_asks_for() -> None:
    assert oldest_windows([]) == (0, 0)
    assert oldest_windows(
        [library("a.dll"), Executable(Path("b.dll"), AMD64, (10, 0), frozenset(), frozenset(), False)]
    ) == (10, 0)


def test_a_folder_that_asks_for_more_than_is_promised_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("phial.exe", "phial.com"):
        shutil.copy(LAUNCHER, tmp_path / name)
    build.check(read_all(tmp_path))
    assert "2 programs and libraries; their headers ask for Windows 5.2 or newer" in capsys.readouterr().out
    newer = Executable(Path("new.dll"), AMD64, (11, 0), frozenset(), frozenset(), False)
    with pytest.raises(SystemExit, match=r"new\.dll"):
        build.check([newer])
    shutil.copy(ARM_LAUNCHER, tmp_path / "arm.dll")
    with pytest.raises(SystemExit, match=r"not for this processor: arm\.dll"):
        build.check(read_all(tmp_path))
    (tmp_path / "arm.dll").unlink()
    (tmp_path / "phial.com").unlink()
    with pytest.raises(SystemExit, match=r"phial\.com"):
        build.check(read_all(tmp_path))

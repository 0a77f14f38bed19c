"""The C++ and OpenMP runtimes that the libraries of a frozen folder ask for, laid beside the program.

Which are needed is read from the libraries' own headers, so that a new version of llama.cpp or Qt that asks for more
fails the build, and not a person's first question. Nothing is installed on the person's system (app-local deployment:
https://learn.microsoft.com/cpp/windows/deployment-in-visual-cpp).
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from windows.executables import Executable, is_executable, read, read_all

RUNTIME = re.compile(r"(msvcp140|vcruntime140|concrt140|vccorlib140|vcomp140)(_\w+)?\.dll")
"""What Microsoft lets programs carry: https://learn.microsoft.com/cpp/windows/redistributing-visual-cpp-files"""

NOT_OURS_TO_SHIP = re.compile(r"(libomp140.*|.*140d|ucrtbased)\.dll")
"""What Visual Studio has and nobody may pass on: LLVM's OpenMP, and all that is for debuggers.
llama.cpp asks for the first where it is compiled with clang or /openmp:llvm; our settings take MSVC's own /openmp."""

OF_WINDOWS = frozenset((
    "advapi32", "authz", "avrt", "bcrypt", "bcryptprimitives", "cabinet", "cfgmgr32", "combase", "comctl32",
    "comdlg32", "credui", "crypt32", "cryptbase", "cryptsp", "d2d1", "d3d11", "d3d12", "d3d9", "d3dcompiler_47",
    "dbghelp", "dcomp", "dnsapi", "dwmapi", "dwrite", "dxgi", "dxva2", "gdi32", "gdiplus", "glu32", "hid", "httpapi",
    "icu", "icuin", "icuuc", "imagehlp", "imm32", "iphlpapi", "kernel32", "kernelbase", "mf", "mfplat", "mfreadwrite",
    "mpr", "mscoree", "msi", "msimg32", "msvcrt", "mswsock", "ncrypt", "netapi32", "normaliz", "ntdll", "odbc32",
    "ole32", "oleacc", "oleaut32", "opengl32", "pdh", "powrprof", "propsys", "psapi", "rpcrt4", "rstrtmgr", "secur32",
    "setupapi", "shcore", "shell32", "shlwapi", "synchronization", "ucrtbase", "uiautomationcore", "urlmon", "user32",
    "userenv", "usp10", "uxtheme", "version", "wevtapi", "winhttp", "wininet", "winmm", "winspool.drv", "wintrust",
    "wldap32", "ws2_32", "wsock32", "wtsapi32",
))  # fmt: skip
"""Libraries that are part of Windows itself, without their ending."""


class MissingRuntime(Exception):
    """Something that a library asks for is nowhere; the text names both."""


def is_of_windows(name: str) -> bool:
    """Whether the library of this name (lower case) comes with every Windows that we support."""
    return name.startswith(("api-ms-win-", "ext-ms-win-")) or name.removesuffix(".dll") in OF_WINDOWS


def missing(executables: Sequence[Executable]) -> dict[str, Path]:
    """What is asked for and is neither in the folder nor of Windows: the name, and one that asks.

    A library that is loaded only when it is used may be absent where the one that asks copes with that: only runtimes
    are looked for among those.
    """
    present = {one.path.name.lower() for one in executables}
    asked: dict[str, Path] = {}
    for one in executables:
        for name in one.imports | {delayed for delayed in one.delayed if RUNTIME.fullmatch(delayed)}:
            if name not in present and not is_of_windows(name):
                asked.setdefault(name, one.path)
    return asked


def places(environment: Mapping[str, str]) -> list[Path]:
    """Where runtimes lie on a machine that builds: Visual Studio's own folder for passing on, then Windows'."""
    found: list[Path] = []
    if redist := environment.get("VCTOOLSREDISTDIR"):
        found += sorted((Path(redist) / "x64").glob("Microsoft.VC*"))
    for base in (environment.get("PROGRAMFILES"), environment.get("PROGRAMFILES(X86)")):
        if base:
            # The newest first: a library runs with a younger runtime than its own, not with an older one.
            found += sorted(
                Path(base).glob("Microsoft Visual Studio/*/*/VC/Redist/MSVC/*/x64/Microsoft.VC*"), reverse=True
            )
    if root := environment.get("SYSTEMROOT"):
        found.append(Path(root) / "System32")
    return [place for place in found if place.is_dir() and "debug_nonredist" not in place.as_posix().lower()]


def lay_beside(folder: Path, inner: Path, environment: Mapping[str, str] = os.environ) -> list[Path]:
    """Copy every runtime that is missing in ``folder`` into ``inner``, where all of its libraries find it.

    Gives the copies. Raises MissingRuntime for what can't be had, or is not ours to pass on.
    """
    copied: list[Path] = []
    while True:
        asked = missing(read_all(folder))
        if not asked:
            return copied
        for name, asking in sorted(asked.items()):
            if NOT_OURS_TO_SHIP.fullmatch(name):
                raise MissingRuntime(f"{asking.name} asks for {name}, which nobody is allowed to pass on")
            if not RUNTIME.fullmatch(name):
                raise MissingRuntime(f"{asking.name} asks for {name}, which is neither here nor part of Windows")
            source = find(name, places(environment), read(asking).machine)
            if source is None:
                raise MissingRuntime(f"{asking.name} asks for {name}, which is nowhere on this machine")
            copied.append(Path(shutil.copy(source, inner / name)))


def find(name: str, folders: Iterable[Path], machine: int) -> Path | None:
    """The first library of this name, for this kind of machine, in ``folders``."""
    for folder in folders:
        path = folder / name
        if path.is_file() and is_executable(path) and read(path).machine == machine:
            return path
    return None

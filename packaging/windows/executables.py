"""What Windows' own files say in their headers: what they ask for, which machine and which Windows they are for.

PE format: https://learn.microsoft.com/windows/win32/debug/pe-format
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from pathlib import Path

import pefile

AMD64 = pefile.MACHINE_TYPE["IMAGE_FILE_MACHINE_AMD64"]
SUFFIXES = (".exe", ".com", ".dll", ".pyd")

_DIRECTORIES = tuple(
    pefile.DIRECTORY_ENTRY[f"IMAGE_DIRECTORY_ENTRY_{name}"] for name in ("IMPORT", "DELAY_IMPORT", "SECURITY")
)


@dataclasses.dataclass(frozen=True)
class Executable:
    """``imports`` are names in lower case, ``delayed`` those asked for only when used; ``oldest`` is (major, minor)."""

    path: Path
    machine: int
    oldest: tuple[int, int]
    imports: frozenset[str]
    delayed: frozenset[str]
    is_signed: bool


def is_executable(path: Path) -> bool:
    """Whether ``path`` ends as programs and libraries do."""
    return path.suffix.lower() in SUFFIXES


def read(path: Path) -> Executable:
    """The headers of the file at ``path``. Raises pefile.PEFormatError for what is none, OSError."""
    with pefile.PE(str(path), fast_load=True) as file:
        file.parse_data_directories(directories=list(_DIRECTORIES[:2]))
        header = file.OPTIONAL_HEADER
        signature = header.DATA_DIRECTORY[_DIRECTORIES[2]]
        return Executable(
            path,
            file.FILE_HEADER.Machine,
            (header.MajorSubsystemVersion, header.MinorSubsystemVersion),
            _names(getattr(file, "DIRECTORY_ENTRY_IMPORT", ())),
            _names(getattr(file, "DIRECTORY_ENTRY_DELAY_IMPORT", ())),
            bool(signature.VirtualAddress and signature.Size),
        )


def read_all(folder: Path) -> list[Executable]:
    """The headers of every program and library in ``folder``, by path. Raises as ``read`` does."""
    return [read(path) for path in sorted(folder.rglob("*")) if path.is_file() and is_executable(path)]


def oldest_windows(executables: Iterable[Executable]) -> tuple[int, int]:
    """The oldest Windows, (major, minor), on which the loader takes all of them; (0, 0) where there are none."""
    return max((one.oldest for one in executables), default=(0, 0))


def _names(entries: Iterable[pefile.ImportDescData]) -> frozenset[str]:
    return frozenset(entry.dll.decode("ascii", "replace").lower() for entry in entries)

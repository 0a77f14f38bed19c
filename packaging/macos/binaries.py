"""What the bundle's binaries say in their headers: for which processor each is, and from which macOS on.

Mach-O: https://developer.apple.com/documentation/kernel (mach-o/loader.h), read by macholib.
"""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from macholib.mach_o import CPU_TYPE_NAMES, LC_BUILD_VERSION, LC_VERSION_MIN_MACOSX
from macholib.MachO import MachO

_MAGIC = frozenset({b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe", b"\xca\xfe\xba\xbf"})
"""Of a 64-bit binary, and of one for several processors."""
_HEADS = 4
_FOR_LINKERS = frozenset({".a", ".o"})
"""Some begin like what runs, and are only read by who compiles."""

PROCESSOR = "ARM64"
"""macholib's name of Apple's own."""


@dataclasses.dataclass(frozen=True)
class Slice:
    """A binary as it is for one processor. ``oldest`` is the macOS it asks for, (0, 0) where it doesn't say."""

    processor: str
    oldest: tuple[int, int]


def is_binary(path: Path) -> bool:
    """Whether a program or library of Mach-O lies at ``path``; a link is none, what it leads to is. Raises OSError."""
    if path.suffix in _FOR_LINKERS or path.is_symlink() or not path.is_file():
        return False
    with path.open("rb") as file:
        magic = file.read(_HEADS)
        # Java's classes begin as binaries for several processors do, with a version where their number stands.
        return magic in _MAGIC and (magic[0] == 0xCF or int.from_bytes(file.read(4), "big") < 20)


def binaries(bundle: Path) -> Iterator[Path]:
    """The Mach-O files in ``bundle``, by path; links are not followed. Raises OSError."""
    for place, folders, names in os.walk(bundle):
        folders.sort()
        yield from (path for name in sorted(names) if is_binary(path := Path(place, name)))


def slices(path: Path) -> tuple[Slice, ...]:
    """The binary at ``path`` for each processor. Raises ValueError where it is damaged, OSError."""
    found = []
    for header in MachO(str(path)).headers:
        oldest = 0
        for load, command, _ in header.commands:
            if load.cmd == LC_BUILD_VERSION:
                oldest = int(command.minos)
            elif load.cmd == LC_VERSION_MIN_MACOSX:
                oldest = int(command.version)
        processor = str(CPU_TYPE_NAMES.get(header.header.cputype, header.header.cputype))
        found.append(Slice(processor, (oldest >> 16, oldest >> 8 & 0xFF)))
    return tuple(found)


def problems(bundle: Path, oldest: str, paths: Iterable[Path] | None = None) -> list[str]:
    """Which binaries of ``bundle`` don't run on Apple's processors, or ask for a newer macOS than ``oldest`` (15.0)."""
    stated = version_of(oldest)
    found = []
    for path in binaries(bundle) if paths is None else paths:
        ours = [one for one in slices(path) if one.processor == PROCESSOR]
        name = path.relative_to(bundle).as_posix()
        if not ours:
            found.append(f"{name} is not for {PROCESSOR}")
        elif ours[0].oldest > stated:
            found.append(f"{name} asks for macOS {ours[0].oldest[0]}.{ours[0].oldest[1]}, and {oldest} is stated")
    return found


def version_of(text: str) -> tuple[int, int]:
    """A version that is written as 15.0."""
    major, minor = text.split(".")
    return int(major), int(minor)

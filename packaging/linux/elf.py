"""The headers of an ELF file, as far as a loader reads them.

https://refspecs.linuxfoundation.org/elf/gabi4+/contents.html, the chapters on headers, program loading and dynamic
linking; elf(5).
"""

from __future__ import annotations

import dataclasses
import struct

LOADED, DYNAMIC = 1, 2
"""Kinds of segments."""

HEADER = struct.Struct("<16sHHIQQQIHHHHHH")
SEGMENT = struct.Struct("<IIQQQQQQ")
_LITTLE_64 = b"\x7fELF\x02\x01\x01"


class ElfError(ValueError):
    """A file that is no whole ELF file of 64 bits, least significant byte first."""


@dataclasses.dataclass(frozen=True)
class Segment:
    """An entry of the table of segments: ``entry`` and ``offset`` are places in the file, ``address`` one in memory.

    ``in_file``, ``in_memory`` and ``alignment`` are bytes.
    """

    entry: int
    kind: int
    flags: int
    offset: int
    address: int
    in_file: int
    in_memory: int
    alignment: int


def segments(file: bytes) -> list[Segment]:
    """The segments of an ELF file, in their order.

    Raises ElfError, also where one doesn't lie where the loader could map it from.
    """
    if not file.startswith(_LITTLE_64) or len(file) < HEADER.size:
        raise ElfError
    header = HEADER.unpack_from(file)
    begin, size, count = header[5], header[9], header[10]
    if size != SEGMENT.size or begin + size * count > len(file):
        raise ElfError
    found = []
    for entry in range(begin, begin + size * count, size):
        kind, flags, offset, address, _, in_file, in_memory, alignment = SEGMENT.unpack_from(file, entry)
        if offset + in_file > len(file) or in_file > in_memory:
            raise ElfError
        if kind == LOADED and alignment > 1 and (offset - address) % alignment:
            raise ElfError
        found.append(Segment(entry, kind, flags, offset, address, in_file, in_memory, alignment))
    return found

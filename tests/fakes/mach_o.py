"""Mach-O files: the headers that the checks of the bundle for macOS read, and nothing else of a program."""

from __future__ import annotations

import struct

ARM64, X86_64 = 0x0100000C, 0x01000007
_DYLIB, _BUILD_VERSION, _MACOS = 6, 0x32, 1


def mach_o(processor: int = ARM64, oldest: tuple[int, int] = (11, 0)) -> bytes:
    """A library of one load command, which says from which macOS on it runs."""
    version = oldest[0] << 16 | oldest[1] << 8
    command = struct.pack("<IIIIII", _BUILD_VERSION, 24, _MACOS, version, version, 0)
    return struct.pack("<IIIIIIII", 0xFEEDFACF, processor, 0, _DYLIB, 1, len(command), 0, 0) + command


def universal(*slices: tuple[int, bytes]) -> bytes:
    """A library for several processors."""
    offset, body, heads = 4096, b"", b""
    for processor, one in slices:
        heads += struct.pack(">IIIII", processor, 0, offset + len(body), len(one), 12)
        body += one.ljust(4096, b"\0")
    return (struct.pack(">II", 0xCAFEBABE, len(slices)) + heads).ljust(4096, b"\0") + body

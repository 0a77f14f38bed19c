"""The size of a frozen folder by package, as it lies there and as it is packed.

    python packaging/sizes.py build/frozen/phial

What a package is packed into is found by packing it alone: together they are a little less than the sum.
"""

from __future__ import annotations

import collections
import concurrent.futures
import lzma
import os
import sys
from collections.abc import Sequence
from pathlib import Path

SMALLEST_SHOWN = 2_000_000
"""Bytes; smaller packages are added up."""

GOAL = 200_000_000
"""Bytes that a packed folder without a model has at most."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table of the folder that the first argument names."""
    print_table(Path((sys.argv[1:] if arguments is None else arguments)[0]).resolve())
    return 0


def print_table(folder: Path) -> None:
    """Print the folder's size by package, largest first, in megabytes (10^6 bytes): raw, and packed by xz."""
    files = files_by_package(folder)
    raw = collections.Counter({package: sum(path.stat().st_size for path in paths) for package, paths in files.items()})
    # lzma computes without Python's lock.
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        packed = dict(zip(files, pool.map(packed_size, files.values()), strict=True))
    print("     raw    packed")
    for package, size in raw.most_common():
        if size >= SMALLEST_SHOWN:
            print(line(size, packed[package], package))
    small = [package for package, size in raw.items() if size < SMALLEST_SHOWN]
    print(line(sum(raw[each] for each in small), sum(packed[each] for each in small), "everything smaller"))
    print(line(raw.total(), sum(packed.values()), "in all"))


def line(raw: int, packed: int, name: str) -> str:
    """A line of the table."""
    return f"{raw / 1e6:8.1f}  {packed / 1e6:8.1f}  {name}"


def files_by_package(folder: Path) -> dict[str, list[Path]]:
    """The files below ``folder`` by the first folder (or file) inside the program's own; a link is none."""
    inner = folder / "_internal"
    files: dict[str, list[Path]] = collections.defaultdict(list)
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            inside = path.relative_to(inner) if path.is_relative_to(inner) else path.relative_to(folder)
            files[inside.parts[0].removesuffix(".libs")].append(path)
    return dict(files)


def packed_size(paths: Sequence[Path]) -> int:
    """Bytes that these files have as one xz stream."""
    packer = lzma.LZMACompressor(preset=6)
    size = sum(len(packer.compress(path.read_bytes())) for path in paths)
    return size + len(packer.flush())


if __name__ == "__main__":
    sys.exit(main())

"""What differs between two builds of the same commit: `make compare`, or with two folders or archives named.

    python packaging/compare.py [ONE OTHER]

Without names the folder is frozen twice; both are compared file by file: bytes, rights, where links lead. Exit status
1 where something differs.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Sequence
from pathlib import Path

import freeze

FIRST = freeze.ROOT / "build" / "compare"


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("builds", nargs="*", type=Path, help="two folders, two .tar.xz or two .deb")
    builds: list[Path] = parser.parse_args(arguments).builds
    if len(builds) not in {0, 2}:
        parser.error("two builds are compared, or none named")
    with tempfile.TemporaryDirectory() as place:
        if builds:
            one, other = (unpacked(build, Path(place) / str(number)) for number, build in enumerate(builds))
        else:
            shutil.rmtree(FIRST, ignore_errors=True)
            FIRST.mkdir(parents=True)
            one = Path(shutil.move(freeze.freeze(), FIRST))
            other = freeze.freeze()
        found = differences(one, other)
        count = len(contents(one))
    print("\n".join(found) or "Nothing differs.")
    print(f"{count} files, {len(found)} differences")
    return 1 if found else 0


def unpacked(build: Path, place: Path) -> Path:
    """The folder that ``build`` is, or is unpacked to below ``place``. Raises OSError, CalledProcessError, TarError."""
    if build.is_dir():
        return build
    place.mkdir()
    if build.suffix == ".deb":
        subprocess.run(["/usr/bin/dpkg-deb", "--raw-extract", str(build), str(place)], check=True)
    else:
        with tarfile.open(build) as archive:
            archive.extractall(place, filter="tar")
    return place


def differences(one: Path, other: Path) -> list[str]:
    """A line for each file that is in one of the folders alone, or not the same in both."""
    first, second = contents(one), contents(other)
    lines = [f"only in the first: {name}" for name in sorted(first.keys() - second.keys())]
    lines += [f"only in the second: {name}" for name in sorted(second.keys() - first.keys())]
    return lines + [f"differs: {name}" for name in sorted(first.keys() & second.keys()) if first[name] != second[name]]


def contents(folder: Path) -> dict[str, tuple[str, int]]:
    """Each file and link below ``folder``: its SHA-256 (of a link, where it leads), and its rights."""
    found = {}
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            found[name] = (f"link to {path.readlink()}", 0)
        elif path.is_file():
            with path.open("rb") as file:
                found[name] = (hashlib.file_digest(file, "sha256").hexdigest(), path.stat().st_mode & 0o777)
    return found


if __name__ == "__main__":
    sys.exit(main())

"""What the binaries of a folder need of the system: libraries, the packages that bring them, and the oldest glibc.

Read from the files themselves (ELF's dynamic section and version needs, by readelf), so that it can't fall behind.
"""

from __future__ import annotations

import dataclasses
import re
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

ELF = b"\x7fELF"
_NEEDED = re.compile(r"\(NEEDED\)\s+Shared library: \[(.+)\]")
_GLIBC = re.compile(r"Name: GLIBC_(\d+)\.(\d+)")
_FILE = re.compile(r"^File: (.*)$")
_CACHED = re.compile(r"^\s+(\S+) \(.*\) => (\S+)$")
_AT_ONCE = 200
"""Files that one call of readelf looks at."""


@dataclasses.dataclass(frozen=True)
class Needs:
    """What one asks for: ``libraries`` by the names that the loader seeks; ``glibc`` as (2, 34), (0, 0) for none."""

    libraries: frozenset[str]
    glibc: tuple[int, int]


def binaries(folder: Path) -> list[Path]:
    """Every ELF file below ``folder``, each once, sorted."""
    found = []
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                if file.read(4) == ELF:
                    found.append(path)
    return found


def needs(paths: Sequence[Path]) -> dict[Path, Needs]:
    """What each of these binaries needs. Raises OSError, subprocess.CalledProcessError."""
    found: dict[Path, Needs] = {}
    for begin in range(0, len(paths), _AT_ONCE):
        some = paths[begin : begin + _AT_ONCE]
        command = ["readelf", "--wide", "--dynamic", "--version-info", *map(str, some)]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        found |= dict(needs_in(said, some))
    return found


def needs_in(said: str, paths: Sequence[Path]) -> Iterator[tuple[Path, Needs]]:
    """What readelf ``said`` of ``paths``. Of a single file it does not say the name."""
    parts: dict[str, list[str]] = {}
    current = str(paths[0]) if len(paths) == 1 else ""
    for line in said.splitlines():
        if named := _FILE.match(line):
            current = named[1]
        parts.setdefault(current, []).append(line)
    for path in paths:
        text = "\n".join(parts.get(str(path), ()))
        versions = [(int(major), int(minor)) for major, minor in _GLIBC.findall(text)]
        yield path, Needs(frozenset(_NEEDED.findall(text)), max(versions, default=(0, 0)))


def asked_of_system(folder: Path, found: Iterable[Needs]) -> list[str]:
    """The libraries that are asked for and are not in ``folder`` itself, sorted."""
    inside = {path.name for path in folder.rglob("*") if ".so" in path.name}
    return sorted({library for one in found for library in one.libraries} - inside)


def packages(libraries: Iterable[str]) -> dict[str, str]:
    """The Debian package of this system that brings each of ``libraries``.

    Raises LookupError for a library that isn't here, or belongs to no package.
    """
    listed = subprocess.run(["/sbin/ldconfig", "-p"], capture_output=True, text=True, check=True).stdout
    places = {match[1]: match[2] for line in reversed(listed.splitlines()) if (match := _CACHED.match(line))}
    found = {}
    for library in libraries:
        if library not in places:
            raise LookupError(f"{library} is asked for, and this system has none")
        found[library] = package_of(Path(places[library]))
    return found


def package_of(path: Path) -> str:
    """The package that ``path`` belongs to. Raises LookupError.

    The database has a file under the name that its package used: before or after /lib became a link to /usr/lib.
    """
    names = [
        path,
        path.resolve(),
        *(Path(str(each).replace("/usr/lib/", "/lib/", 1)) for each in (path, path.resolve())),
    ]
    for name in dict.fromkeys(names):
        asking = ["dpkg", "-S", str(name)]
        done = subprocess.run(asking, capture_output=True, text=True, check=False)
        if done.returncode == 0:
            return done.stdout.split(":", 1)[0].strip()
    raise LookupError(f"{path} belongs to no package")

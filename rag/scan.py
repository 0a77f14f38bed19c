"""Which files a path that was given stands for, and what can be said of those that are none of ours."""

from __future__ import annotations

import dataclasses
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from rag.errors import LibraryProblem, Problem, problem_of
from rag.extract import SUFFIXES, path_problem


@dataclasses.dataclass(frozen=True)
class FoundFile:
    """A file to read. ``size`` in bytes; ``modified_ns`` since 1970 in nanoseconds."""

    path: str
    size: int
    modified_ns: int


@dataclasses.dataclass(frozen=True)
class PassedOver:
    """A path that leads to nothing that can be read, and why."""

    path: str
    reason: Problem


def scan(paths: Iterable[str]) -> Iterator[FoundFile | PassedOver]:
    """The files that ``paths`` stand for, each once, folders in the order of their names.

    A file that is named is taken whatever it is called; of a folder, the formats that Phial reads; its other files are
    passed over by name. Hidden files and folders inside a folder are left alone, links to folders are not followed.
    """
    seen: set[str] = set()
    for given in paths:
        path = os.path.abspath(os.path.expanduser(given))  # noqa: PTH100, PTH111 - a Path would resolve nothing more
        found = False
        for item in _walk(path) if os.path.isdir(path) else (_look(path),):  # noqa: PTH112 - is_dir can raise
            found = True
            if item.path not in seen:
                seen.add(item.path)
                yield item
        if not found and path not in seen:
            seen.add(path)
            yield PassedOver(path, _problem(LibraryProblem.NO_DOCUMENTS, path))


def _walk(folder: str) -> Iterator[FoundFile | PassedOver]:
    unreadable: list[PassedOver] = []

    def note(error: OSError) -> None:
        place = os.fsdecode(error.filename or folder)
        unreadable.append(PassedOver(place, _problem(LibraryProblem.PATH_UNREADABLE, place)))

    for place, folders, names in os.walk(folder, onerror=note):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if name.startswith("."):
                continue
            path = os.path.join(place, name)  # noqa: PTH118
            if Path(name).suffix.lower() in SUFFIXES:
                yield _look(path)
            else:
                yield PassedOver(path, _problem(LibraryProblem.FORMAT_UNKNOWN, path))
        yield from unreadable
        unreadable.clear()
    yield from unreadable


def _look(path: str) -> FoundFile | PassedOver:
    try:
        status = os.stat(path)  # noqa: PTH116
    except (OSError, ValueError) as error:
        return PassedOver(path, problem_of(path_problem(Path(path), error)))
    if not stat.S_ISREG(status.st_mode):
        return PassedOver(path, _problem(LibraryProblem.PATH_NOT_A_FILE, path))
    return FoundFile(path, status.st_size, status.st_mtime_ns)


def _problem(kind: LibraryProblem, path: str) -> Problem:
    return Problem(kind.value, {"path": path})

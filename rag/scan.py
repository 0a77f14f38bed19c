"""Which files a path that was given stands for, and what can be said of those that are none of ours."""

from __future__ import annotations

import dataclasses
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from rag.errors import LibraryProblem, PhialError, Problem, problem_of
from rag.extract import SUFFIXES, Cancelled, is_protected, path_problem, patiently, protected_problem
from rag.ignoring import IgnoreRules

_RECALLED = 0x1000 | 0x40000 | 0x400000
"""Windows' FILE_ATTRIBUTE_OFFLINE, _RECALL_ON_OPEN and _RECALL_ON_DATA_ACCESS: reading the file brings it down."""

_DATALESS = 0x40000000
"""macOS' SF_DATALESS, the same."""

_ICLOUD = ".icloud"
"""Older iCloud leaves ``.name.icloud`` where ``name`` was."""


@dataclasses.dataclass(frozen=True)
class FoundFile:
    """A file to read. ``size`` in bytes; ``modified_ns`` since 1970 in nanoseconds. ``is_named``: by the person."""

    path: str
    size: int
    modified_ns: int
    is_named: bool = False


@dataclasses.dataclass(frozen=True)
class PassedOver:
    """A path that leads to nothing that can be read, and why."""

    path: str
    reason: Problem


def _nothing() -> None:
    pass


def scan_patiently(
    paths: Iterable[str], is_cancelled: Callable[[], bool], apart: Iterable[str] = ()
) -> Iterator[FoundFile | PassedOver]:
    """What ``scan`` gives. A path on a drive that gives no answer is passed over; it ends where it is cancelled."""
    aside = tuple(apart)
    for path in paths:
        try:
            yield from patiently(
                lambda get_on, path=path: list(scan([path], aside, get_on)),  # type: ignore[misc]
                Path(path),
                is_cancelled,
            )
        except Cancelled:
            return
        except PhialError as error:
            yield PassedOver(path, problem_of(error))


def scan(
    paths: Iterable[str], apart: Iterable[str] = (), get_on: Callable[[], None] = _nothing
) -> Iterator[FoundFile | PassedOver]:
    """The files that ``paths`` stand for, each once, folders in the order of their names.

    A file that is named is taken whatever it is called; of a folder, the formats that Phial reads; its other files are
    passed over by name. What the rules leave out inside a folder (see IgnoreRules) is left alone, as are the folders
    ``apart``; links to folders are not followed. ``get_on`` is called at each step.
    """
    seen: set[str] = set()
    for given in paths:
        path = os.path.abspath(os.path.expanduser(given))  # noqa: PTH100, PTH111 - a Path would resolve nothing more
        found = False
        is_folder = os.path.isdir(path)  # noqa: PTH112 - is_dir can raise
        for item in walk(path, IgnoreRules(path, apart), get_on) if is_folder else (look(path, is_named=True),):
            found = True
            if item.path not in seen:
                seen.add(item.path)
                yield item
        if not found and path not in seen:
            seen.add(path)
            yield PassedOver(path, _problem(LibraryProblem.NO_DOCUMENTS, path))


def walk(folder: str, rules: IgnoreRules, get_on: Callable[[], None] = _nothing) -> Iterator[FoundFile | PassedOver]:
    """What lies in ``folder`` and below that ``rules`` don't leave out; ``get_on`` is called at each step."""
    unreadable: list[PassedOver] = []

    def note(error: OSError) -> None:
        place = os.fsdecode(error.filename or folder)
        kept = problem_of(protected_problem(place)) if is_protected(error) else None
        unreadable.append(PassedOver(place, kept or _problem(LibraryProblem.PATH_UNREADABLE, place)))

    for place, folders, names in os.walk(folder, onerror=note):
        get_on()
        folders[:] = [
            name
            for name in sorted(folders)
            if not rules.leave_out(os.path.join(place, name), is_folder=True)  # noqa: PTH118
        ]
        for name in sorted(names):
            path = os.path.join(place, name)  # noqa: PTH118
            if is_placeholder(path):
                away = os.path.join(place, name[1 : -len(_ICLOUD)])  # noqa: PTH118
                if Path(away).suffix.lower() in SUFFIXES and not rules.leave_out(away, is_folder=False):
                    yield PassedOver(away, _problem(LibraryProblem.FILE_IN_CLOUD, away))
            elif not rules.leave_out(path, is_folder=False):
                get_on()
                yield look_inside(path)
        yield from unreadable
        unreadable.clear()
    yield from unreadable


def look_inside(path: str) -> FoundFile | PassedOver:
    """The file at ``path`` as one of a folder's: only the formats that Phial reads are looked at."""
    if Path(path).suffix.lower() in SUFFIXES:
        return look(path)
    return PassedOver(path, _problem(LibraryProblem.FORMAT_UNKNOWN, path))


def look(path: str, *, is_named: bool = False) -> FoundFile | PassedOver:
    """The file at ``path``; it is not opened, which would bring one down that lies in a cloud."""
    try:
        status = os.stat(path)  # noqa: PTH116
    except (OSError, ValueError) as error:
        return PassedOver(path, problem_of(path_problem(Path(path), error)))
    if not stat.S_ISREG(status.st_mode):
        return PassedOver(path, _problem(LibraryProblem.PATH_NOT_A_FILE, path))
    if lies_in_cloud(status):
        return PassedOver(path, _problem(LibraryProblem.FILE_IN_CLOUD, path))
    return FoundFile(path, status.st_size, status.st_mtime_ns, is_named)


def is_placeholder(path: str) -> bool:
    """Whether older iCloud has put this file in the place of one that lies in the cloud."""
    name = os.path.basename(path)  # noqa: PTH119
    return name.startswith(".") and name.endswith(_ICLOUD)


def lies_in_cloud(status: os.stat_result) -> bool:
    """Whether a file is the placeholder of one that a sync program would have to bring down first."""
    attributes, flags = getattr(status, "st_file_attributes", 0), getattr(status, "st_flags", 0)
    return bool(attributes & _RECALLED or flags & _DATALESS)


def _problem(kind: LibraryProblem, path: str) -> Problem:
    return Problem(kind.value, {"path": path})

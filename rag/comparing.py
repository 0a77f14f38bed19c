"""Comparing a folder as it is with what the library knows of it: what is new, changed, back, gone."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Callable, Iterable, Mapping, Sequence

from rag.errors import LibraryProblem
from rag.ignoring import IgnoreRules
from rag.scan import FoundFile, PassedOver, look_inside, walk
from rag.stores.file_records import Given
from rag.stores.folder_records import KnownFile

_NOT_THERE = frozenset({LibraryProblem.PATH_MISSING, LibraryProblem.PATH_NOT_A_FILE})

PASSING = frozenset(
    {
        LibraryProblem.PATH_MISSING,
        LibraryProblem.PATH_UNREADABLE,
        LibraryProblem.PATH_PROTECTED,
        LibraryProblem.PATH_NOT_ANSWERING,
        LibraryProblem.FILE_CHANGED,
        LibraryProblem.FILE_IN_CLOUD,
    }
)
"""Reasons for a failure that may have passed: a file that is found again, though unchanged, is read again."""


@dataclasses.dataclass(frozen=True)
class Comparison:
    """What came of it.

    ``changed``: to be read; ``back``: as they were, after they had been away; ``unread``: new, and can't be read now;
    ``missing``: known, not displaced, and no longer there; ``left_out``: known, and left out by a rule now; ``there``
    counts the known files that are there.
    """

    changed: tuple[FoundFile, ...]
    back: tuple[str, ...]
    unread: tuple[PassedOver, ...]
    missing: tuple[KnownFile, ...]
    left_out: tuple[str, ...]
    there: int


def compare(
    known: Mapping[str, KnownFile],
    found: Iterable[FoundFile | PassedOver],
    leave_out: Callable[[str], bool],
    exists: Callable[[str], bool],
) -> Comparison:
    """Compare what a look at a folder ``found`` with what is ``known`` of it.

    ``leave_out`` says whether the rules leave a path out: the look didn't see it then. ``exists`` is asked for known
    paths that the look didn't find: links to folders aren't followed, though a file behind one may have been given.
    """
    changed: list[FoundFile] = []
    back: list[str] = []
    unread: list[PassedOver] = []
    there: set[str] = set()
    closed: list[str] = []
    for item in found:
        file = known.get(item.path)
        if isinstance(item, PassedOver):
            if item.reason.kind == LibraryProblem.FILE_IN_CLOUD and file is None:
                unread.append(item)
            elif item.reason.kind in {LibraryProblem.PATH_UNREADABLE, LibraryProblem.PATH_PROTECTED}:
                closed.append(item.path.rstrip(os.sep) + os.sep)
            if item.reason.kind not in _NOT_THERE:
                there.add(item.path)
            continue
        there.add(item.path)
        if file is None or (file.size, file.modified_ns) != (item.size, item.modified_ns) or _can_be_tried(file):
            changed.append(item)
        elif file.is_away:
            back.append(item.path)
    missing: list[KnownFile] = []
    left_out: list[str] = []
    kept = known.keys() & there
    for path, file in known.items():
        if path in there or path.startswith(tuple(closed)):
            continue
        if leave_out(path) and file.given is Given.BY_FOLLOWING:
            left_out.append(path)
        elif not file.is_displaced and not exists(path):
            missing.append(file)
    return Comparison(tuple(changed), tuple(back), tuple(unread), tuple(missing), tuple(left_out), len(kept))


def look_at(
    targets: Sequence[str], rules: IgnoreRules, get_on: Callable[[], None]
) -> tuple[FoundFile | PassedOver, ...]:
    """What lies at ``targets`` (files and folders within the rules' root), folders with all that is in them."""
    found: list[FoundFile | PassedOver] = []
    for target in targets:
        get_on()
        is_folder = os.path.isdir(target) and (target == rules.root or not os.path.islink(target))  # noqa: PTH112, PTH114
        if target != rules.root and rules.leave_out_within(target, is_folder=is_folder):
            continue
        if is_folder:
            found.extend(walk(target, rules, get_on))
        elif exists(target):
            found.append(look_inside(target))
    return tuple(found)


def exists(path: str) -> bool:
    """Whether something is at ``path``, or it can't be told: only what is known to be gone is gone."""
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except (OSError, ValueError):
        return True
    return True


def _can_be_tried(file: KnownFile) -> bool:
    return file.reason is not None and not file.is_waiting and file.reason.kind in PASSING

"""Which files a scan leaves alone: by rules of our own, and by those of ``.phialignore`` files, in gitignore's form.

The form is that of ``gitignore(5)``: one pattern a line, the last one that fits decides, ``!`` takes back in, a file
deeper down overrules one above. The rules of our own stand before all of them, so that ``!.notes/`` takes a hidden
folder in.
"""

from __future__ import annotations

import io
import itertools
import logging
import os
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dulwich.ignore import IgnoreFilter

IGNORE_FILE = ".phialignore"

LEFT_ALONE = (
    ".*",
    # what other programs keep for themselves, or can make again
    "node_modules/", "bower_components/", "__pycache__/", "site-packages/", "__MACOSX/", "$RECYCLE.BIN/",
    "System Volume Information/", "lost+found/", "*.photoslibrary/", "*.app/", "Thumbs.db", "ehthumbs.db",
    "desktop.ini", "Icon\r",
    # locks of office programs, and files that are still being written
    "~$*", "*~", "*.tmp", "*.temp", "*.part", "*.partial", "*.crdownload", "*.download", "*.opdownload", "*.filepart",
)  # fmt: skip
"""What is hidden, caches, bulk, locks: nobody's documents."""

MOST_BYTES = 256 * 2**10
MOST_RULES = 1_000
"""What is read of one ``.phialignore``: it can come with a folder that somebody sent."""

MOST_STARS = 3
"""In one name of a pattern, and ``**`` in all of it: a pattern becomes a regular expression, and each further star
makes the longest search for it longer by a power. A rule with more of them is left out."""

_STARS = re.compile(rb"\*+")
# It repeats a pattern that it can't read, and what a person wrote has no place in a log.
logging.getLogger("dulwich.ignore").setLevel(logging.ERROR)


class IgnoreRules:
    """The rules for what lies in the folder ``root``; ``.phialignore`` files are read when a folder is first met."""

    def __init__(self, root: str, apart: Iterable[str] = ()) -> None:
        """``apart`` are folders that are never gone into, such as Phial's own."""
        self.root = root
        self._apart = frozenset(apart)
        self._own = _filter_of([os.fsencode(rule) for rule in LEFT_ALONE], ignores_case=True)
        self._filters: dict[str, IgnoreFilter | None] = {}

    def leave_out(self, path: str, *, is_folder: bool) -> bool:
        """Whether ``path`` is left alone, given that the folder it lies in is not."""
        if path in self._apart:
            return True
        folder = os.path.dirname(path)  # noqa: PTH120 - a Path costs more than all else here
        while True:
            rules = self._filter(folder)
            verdict = None if rules is None else rules.is_ignored(_relative(path, folder, is_folder=is_folder))
            if verdict is not None:
                return bool(verdict)
            if len(folder) <= len(self.root):
                name = _relative(path, os.path.dirname(path), is_folder=is_folder)  # noqa: PTH120
                return bool(self._own.is_ignored(name))
            folder = os.path.dirname(folder)  # noqa: PTH120

    def leave_out_within(self, path: str, *, is_folder: bool) -> bool:
        """Whether ``path``, or any folder between it and the root, is left alone."""
        between = [path]
        while len(between[-1]) > len(self.root):
            between.append(os.path.dirname(between[-1]))  # noqa: PTH120
        return any(
            self.leave_out(place, is_folder=is_folder if place == path else True) for place in reversed(between[:-1])
        )

    def _filter(self, folder: str) -> IgnoreFilter | None:
        if folder not in self._filters:
            rules = _rules_in(os.path.join(folder, IGNORE_FILE))  # noqa: PTH118
            self._filters[folder] = _filter_of(rules) if rules else None
        return self._filters[folder]


def _filter_of(rules: list[bytes], *, ignores_case: bool = False) -> IgnoreFilter:
    from dulwich.ignore import IgnoreFilter  # only a scan needs it, and it brings much of git along

    return IgnoreFilter(rules, ignorecase=ignores_case)


def _rules_in(path: str) -> list[bytes]:
    """The rules of an ignore file that can be followed in bounded time; none where there is no such file."""
    try:
        with open(path, "rb") as file:  # noqa: PTH123
            held = file.read(MOST_BYTES)
    except OSError:
        return []
    from dulwich.ignore import read_ignore_patterns

    rules = itertools.islice(read_ignore_patterns(io.BytesIO(held.removeprefix(b"\xef\xbb\xbf"))), MOST_RULES)
    return [rule for rule in rules if _is_bounded(rule)]


def _is_bounded(rule: bytes) -> bool:
    names = rule.split(b"/")
    return names.count(b"**") <= MOST_STARS and all(len(_STARS.findall(name)) <= MOST_STARS for name in names)


def _relative(path: str, folder: str, *, is_folder: bool) -> str:
    """As text: of bytes dulwich makes text by itself, and fails on a name that is no UTF-8."""
    inside = path[len(folder) :].lstrip(os.sep)
    return inside.replace(os.sep, "/") + ("/" if is_folder else "")

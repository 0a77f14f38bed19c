"""Where this person's programs keep their things, on each system; and looking there within bounds."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from engine.drives import is_on_network

DEEPEST = 6  # folders below the one that is looked through
MOST_ENTRIES = 20_000  # files and folders that are looked at in one place
LARGEST_NOTE = 2**20  # bytes of a settings file or a manifest


@dataclasses.dataclass(frozen=True)
class Found:
    """A model file of another program. ``label`` is what that program calls it, "" where the file's name says it."""

    path: Path
    source: str
    label: str = ""


@dataclasses.dataclass(frozen=True)
class Places:
    """A person's home, the environment, and which system it is (as ``sys.platform`` says it)."""

    home: Path
    environment: Mapping[str, str]
    platform: str

    def of(self, variable: str) -> tuple[Path, ...]:
        """The folder that an environment variable names, where it names one."""
        value = self.environment.get(variable, "").strip()
        if value.startswith("~"):
            return (self.home / value[1:].lstrip("/\\"),)
        return (Path(value),) if value else ()

    @property
    def roaming(self) -> Path:
        """Where programs keep settings: ``%APPDATA%``, ``Application Support``, ``$XDG_CONFIG_HOME``."""
        return self._own("APPDATA", "AppData/Roaming", "XDG_CONFIG_HOME", ".config")

    @property
    def local(self) -> Path:
        """Where programs keep large data: ``%LOCALAPPDATA%``, ``Application Support``, ``$XDG_DATA_HOME``."""
        return self._own("LOCALAPPDATA", "AppData/Local", "XDG_DATA_HOME", ".local/share")

    def _own(self, windows: str, in_windows: str, other: str, in_other: str) -> Path:
        if self.platform == "darwin":
            return self.home / "Library" / "Application Support"
        variable, folder = (windows, in_windows) if self.platform == "win32" else (other, in_other)
        return next(iter(self.of(variable)), self.home / folder)


def places_here() -> Places:
    """Those of this person on this machine. Raises RuntimeError where the system knows no home."""
    return Places(Path.home(), os.environ, sys.platform)


def is_away(path: Path) -> bool:
    """Whether an absolute path lies on a network drive, or a link in it leads to one: it may never answer.

    From the root on, so that nothing beyond the border is touched.
    """
    place = Path(path.anchor)
    for part in path.relative_to(place).parts:
        place /= part
        if is_on_network(place):
            return True
        with contextlib.suppress(OSError):  # it is no link
            place = Path(os.path.normpath(place.parent / place.readlink()))
    return is_on_network(place)


def files_below(folder: Path, *names: str) -> Iterator[Path]:
    """Files, and links, in ``folder`` and below that end with one of ``names`` (small letters), in order of paths.

    A folder on a network is not looked through, one that is a link only where it is ``folder`` itself: so no circle is
    walked. What can't be read is passed over. Where the links among the files lead is not looked at.
    """
    if not folder.is_absolute() or is_away(folder):
        return
    left = MOST_ENTRIES
    waiting = [(folder, 0)]
    while waiting:
        place, depth = waiting.pop()
        try:
            with os.scandir(place) as scanned:
                entries = sorted((entry for entry, _ in zip(scanned, range(left), strict=False)), key=lambda e: e.name)
        except OSError:
            continue
        left -= len(entries)
        folders = []
        for entry in entries:
            try:
                if entry.is_dir(follow_symlinks=False):
                    folders.append((Path(entry.path), depth + 1))
                elif entry.name.lower().endswith(names) and (
                    entry.is_symlink() or entry.is_file(follow_symlinks=False)
                ):
                    yield Path(entry.path)
            except OSError:
                continue
        waiting += [each for each in reversed(folders) if each[1] <= DEEPEST]


def note_at(path: Path) -> str:
    """The text of a small file; "" where it can't be read, is none, or is no note."""
    try:
        if is_away(path) or not path.is_file() or path.stat().st_size > LARGEST_NOTE:
            return ""
        return path.read_text(encoding="utf-8-sig", errors="replace")
    except OSError:
        return ""


def values_at(path: Path) -> Mapping[str, Any]:
    """The object that a JSON file holds; empty where it holds none."""
    try:
        value = json.loads(note_at(path) or "{}")
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def folder_named(value: object) -> tuple[Path, ...]:
    """The absolute path that a setting names, where it is one."""
    path = Path(value) if isinstance(value, str) and value and "\0" not in value else None
    return (path,) if path is not None and path.is_absolute() else ()

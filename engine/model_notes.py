"""What is known of model files beyond their headers, kept in the data folder.

Where other programs keep some, what they hash to, which of them end the process that opens them: losing it costs a
look, a hash and a try.
"""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import ClassVar

from engine.discover import Found
from engine.frames import Codec, FrameError, Message
from engine.paths import replace_file

MOST_DEATHS = 2
"""How often a file may end the process that opens it before it is left alone (decision 0144)."""

_FILE = "model-notes.json"
_MOST_STAMPS = 512  # of each kind; the oldest go


@dataclasses.dataclass(frozen=True)
class FoundFile:
    """A model file of another program (``engine.discover.Found``)."""

    path: str
    source: str
    label: str


@dataclasses.dataclass(frozen=True)
class Stamp:
    """Something that is true of a file for as long as its size (bytes) and its time of change (ns) stay."""

    path: str
    bytes: int
    changed: int
    value: str


@dataclasses.dataclass(frozen=True)
class Notes(Message):
    """All that is noted. Asked of a file that has changed meanwhile, they know nothing."""

    type: ClassVar[str] = "model_notes"
    found: tuple[FoundFile, ...] = ()
    hashes: tuple[Stamp, ...] = ()
    deaths: tuple[Stamp, ...] = ()

    def sha256_of(self, path: Path) -> str:
        """The SHA-256 of the file as it is now; "" where it wasn't computed."""
        return _of(self.hashes, path)

    def is_deadly(self, path: Path) -> bool:
        """Whether the file, as it is now, has ended its process so often that it is left alone."""
        return int(_of(self.deaths, path) or 0) >= MOST_DEATHS


_CODEC = Codec(1, [Notes])
_guard = threading.Lock()


def model_notes(home: Path) -> Notes:
    """What is noted in the data folder ``home``; nothing where that can't be read."""
    try:
        notes = _CODEC.decode((home / _FILE).read_bytes())
    except (OSError, FrameError):
        return Notes()
    assert isinstance(notes, Notes)  # noqa: S101 - the codec knows no other message
    return notes


def note_found(home: Path, found: Sequence[Found]) -> bool:
    """Keep what other programs have; say whether that is news. Raises OSError where it can't be written."""
    files = tuple(FoundFile(str(each.path), each.source, each.label) for each in found)
    return _change(home, lambda notes: dataclasses.replace(notes, found=files))


def note_hash(home: Path, path: Path, state: tuple[int, int], sha256: str) -> bool:
    """Keep the SHA-256 of a file that had ``state`` (see ``state_of``) when it was begun and when it was ended.

    Says whether that is news. Raises OSError.
    """
    return _change(home, lambda notes: dataclasses.replace(notes, hashes=_with(notes.hashes, path, state, sha256)))


def note_death(home: Path, path: Path) -> None:
    """The process with this file ended before it had written a word. Raises OSError."""
    state = state_of(path)
    if state is not None:
        _change(
            home,
            lambda notes: dataclasses.replace(
                notes, deaths=_with(notes.deaths, path, state, str(int(_of(notes.deaths, path) or 0) + 1))
            ),
        )


def note_life(home: Path, path: Path) -> None:
    """A word has been written with this file. Raises OSError."""
    if any(stamp.path == str(path) for stamp in model_notes(home).deaths):
        _change(
            home,
            lambda notes: dataclasses.replace(
                notes, deaths=tuple(stamp for stamp in notes.deaths if stamp.path != str(path))
            ),
        )


def state_of(path: Path) -> tuple[int, int] | None:
    """Bytes, and time of change (ns), of a file; None where there is none."""
    try:
        state = path.stat()
    except OSError:
        return None
    return state.st_size, state.st_mtime_ns


def _of(stamps: Sequence[Stamp], path: Path) -> str:
    name = str(path)
    stamp = next((stamp for stamp in stamps if stamp.path == name), None)
    return stamp.value if stamp is not None and (stamp.bytes, stamp.changed) == state_of(path) else ""


def _with(stamps: Sequence[Stamp], path: Path, state: tuple[int, int], value: str) -> tuple[Stamp, ...]:
    others = [stamp for stamp in stamps if stamp.path != str(path)]
    return (*others[1 - _MOST_STAMPS :], Stamp(str(path), *state, value))


def _change(home: Path, change: Callable[[Notes], Notes]) -> bool:
    """Whether ``change`` made a difference, which is then written."""
    with _guard:
        former = model_notes(home)
        notes = change(former)
        if notes != former:
            replace_file(home / _FILE, _CODEC.encode(notes))
        return notes != former

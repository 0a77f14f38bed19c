"""A file that is arriving: its bytes beside its final name, a record of which are there, their checksum as they come.

``NAME.part`` holds the bytes, each at its place; ``NAME.part.json`` says which have arrived; ``NAME.part.lock`` keeps
two processes from writing the same part. The record is written after the bytes that it names are on the disk, so that
whatever ends the process, or the power, what it says is there is there.
"""

from __future__ import annotations

import contextlib
import dataclasses
import errno
import glob
import hashlib
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import ClassVar, Self

from filelock import FileLock, Timeout

from engine.download_ranges import Spans, gaps, joined, length, prefix
from engine.download_source import Halt
from engine.frames import Codec, FrameError, Message
from engine.paths import replace_file

_BLOCK = 2**22
"""Bytes that are hashed at once."""


@dataclasses.dataclass(frozen=True)
class PartRecord(Message):
    """What of a file has arrived. ``total`` is 0 where nobody has said how long it is.

    ``sha256`` is what the whole must have; ``validator`` is what ``source`` called the state of the file that it gave.
    """

    type: ClassVar[str] = "part"
    sha256: str
    total: int = 0
    spans: Spans = ()
    source: str = ""
    validator: str = ""


_CODEC = Codec(1, [PartRecord])


class PartHeld(Exception):
    """Another process is getting this file."""


class Part:
    """The part of ``final``; use it as a context. Safe from any thread. Raises OSError wherever the disk does."""

    def __init__(self, final: Path, sha256: str, total: int, save_bytes: int) -> None:
        """``total`` bytes are wanted, 0 where nobody knows.

        After ``save_bytes`` that have arrived the record says so: that many are lost at most by a kill.
        """
        self.path = part_path(final)
        self._final = final
        self._record_path = record_path(final)
        self._save_bytes = save_bytes
        self._lock = FileLock(final.with_name(f"{final.name}.part.lock"), timeout=0, thread_local=False)
        self._changed = threading.Condition()
        self._saving = threading.Lock()
        self._nothing = self._record = PartRecord(sha256, total)
        self._unsaved = 0
        self._digest = hashlib.sha256()
        self._hashed = 0
        self._failure: OSError | None = None
        self._is_closing = False
        self._threads = tuple(
            threading.Thread(target=self._noting_failure, args=(work,), name=name, daemon=True)
            for work, name in ((self._hash, "checksum of a download"), (self._save_on, "record of a download"))
        )

    def __enter__(self) -> Self:
        """Take it up where it was left. Raises PartHeld."""
        try:
            self._lock.acquire()
        except Timeout as error:
            raise PartHeld from error
        try:
            for beside in self.path.parent.glob(f"{glob.escape(self._record_path.name)}?*"):
                beside.unlink()  # a record that a kill kept from its name
            self._record = kept_record(self._final, self._nothing.sha256) or self._nothing
            self.path.touch()
            if not self._record.spans:
                os.truncate(self.path, 0)
            for thread in self._threads:
                thread.start()
        except BaseException:
            self._release()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._end_threads()
        with contextlib.suppress(OSError):  # what the last record says is there all the same
            if self._record.spans:
                self._save()
            else:
                drop_part(self._final)
        self._release()

    @property
    def arrived(self) -> int:
        """Bytes that are there."""
        return length(self._record.spans)

    @property
    def total(self) -> int:
        """Bytes that the file has; 0 where nobody has said."""
        return self._record.total

    @property
    def first_missing(self) -> int:
        """Where the first byte that isn't there belongs."""
        return prefix(self._record.spans)

    @property
    def missing(self) -> Spans:
        """What isn't there yet, of a file whose length is known."""
        return gaps(self._record.spans, self._record.total)

    @property
    def is_whole(self) -> bool:
        """Whether every byte is there."""
        return self.total > 0 and self.arrived == self.total

    def validator_of(self, source: str) -> str:
        """What ``source`` called the state of the file whose bytes are there; "" where they are another's."""
        return self._record.validator if self._record.source == source and self._record.spans else ""

    def belongs_to(self, source: str, validator: str) -> None:
        """What arrives from now on is what ``source`` calls ``validator``."""
        with self._changed:
            self._record = dataclasses.replace(self._record, source=source, validator=validator)

    def set_total(self, total: int) -> None:
        """The file has ``total`` bytes; room is made for them."""
        with self._changed:
            self._record = dataclasses.replace(self._record, total=total)
        if self.path.stat().st_size != total:
            os.truncate(self.path, total)

    def note(self, start: int, end: int) -> None:
        """The bytes from ``start`` to ``end`` were written at their place."""
        with self._changed:
            if self._failure is not None:
                raise self._failure
            self._record = dataclasses.replace(self._record, spans=joined((*self._record.spans, (start, end))))
            self._unsaved += end - start
            self._changed.notify_all()

    def begin_anew(self) -> None:
        """Forget all that is there."""
        with self._saving:
            with self._changed:
                self._record = self._nothing
                self._digest = hashlib.sha256()
                self._hashed = 0
            self._record_path.unlink(missing_ok=True)
            os.truncate(self.path, 0)

    def has_right_checksum(self, halt: Halt) -> bool:
        """Whether the whole file is the one that was wanted; waits until its last byte is hashed. Raises Halted."""

        def wake() -> None:
            with self._changed:
                self._changed.notify_all()

        with halt.waking(wake), self._changed:
            while self._hashed < self.total and self._failure is None:
                self._changed.wait()
                halt.check()
            if self._failure is not None:
                raise self._failure
            return self._digest.hexdigest() == self._record.sha256

    def finish(self) -> None:
        """Give the file its final name, in one step, after all of it is on the disk."""
        self._end_threads()  # Windows gives no new name to what is open
        with self.path.open("r+b") as file:
            os.fsync(file.fileno())
        self.path.replace(self._final)
        _sync_folder(self._final.parent)
        with self._changed:
            self._record = self._nothing
        self._record_path.unlink(missing_ok=True)

    def _noting_failure(self, work: Callable[[], None]) -> None:
        try:
            work()
        except OSError as error:
            with self._changed:
                self._failure = error
                self._changed.notify_all()

    def _hash(self) -> None:
        """Hash what has arrived without a gap, as it grows; what was just written is still in memory."""
        with self.path.open("rb", buffering=0) as file:
            for digest, start, end in self._unhashed():
                file.seek(start)
                block = file.read(end - start)
                digest.update(block)
                with self._changed:
                    if digest is self._digest:  # nobody began anew meanwhile
                        if not block:  # nor did we: somebody else took bytes away that were there
                            raise OSError(errno.EIO, os.strerror(errno.EIO))
                        self._hashed = start + len(block)
                        self._changed.notify_all()

    def _save_on(self) -> None:
        """Bring the record up to date now and then; what arrives needn't wait for the disk meanwhile."""
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._is_closing or self._unsaved >= self._save_bytes)
                if self._is_closing:
                    return
            self._save()

    def _end_threads(self) -> None:
        with self._changed:
            self._is_closing = True
            self._changed.notify_all()
        for thread in self._threads:
            thread.join()

    def _unhashed(self) -> Iterator[tuple[hashlib._Hash, int, int]]:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._is_closing or self.first_missing > self._hashed)
                if self._is_closing:
                    return
                start, end = self._hashed, self.first_missing
                digest = self._digest
            yield digest, start, min(end, start + _BLOCK)

    def _save(self) -> None:
        with self._saving:
            with self._changed:
                record, self._unsaved = self._record, 0
            descriptor = os.open(self.path, os.O_RDWR | getattr(os, "O_BINARY", 0))
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
            replace_file(self._record_path, _CODEC.encode(record))

    def _release(self) -> None:
        with contextlib.suppress(OSError):
            Path(self._lock.lock_file).unlink()  # Windows lets nobody delete what is open: there it stays
        self._lock.release()


def part_path(final: Path) -> Path:
    """Where the bytes of ``final`` lie until all are there."""
    return final.with_name(f"{final.name}.part")


def record_path(final: Path) -> Path:
    """Where it is written which of them are there."""
    return final.with_name(f"{final.name}.part.json")


def kept_record(final: Path, sha256: str) -> PartRecord | None:
    """What has arrived of ``final``, which is to have this checksum; None where nothing did."""
    try:
        record = _CODEC.decode(record_path(final).read_bytes())
        size = part_path(final).stat().st_size
    except (OSError, FrameError):
        return None
    assert isinstance(record, PartRecord)  # noqa: S101 - the codec knows no other message
    is_sound = joined(record.spans) == record.spans and all(start >= 0 for start, _ in record.spans)
    is_there = is_sound and (not record.spans or record.spans[-1][1] <= min(size, record.total or size))
    return record if record.sha256 == sha256 and is_there else None


def drop_part(final: Path) -> None:
    """Erase what has arrived of ``final``. Raises OSError."""
    for path in (record_path(final), part_path(final)):
        path.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    """Put a change of names on the disk too; Windows does so by itself, and opens no folder."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

"""Keeping a library as one file, while it is used: whole, read back, under its name only then."""

from __future__ import annotations

import contextlib
import platform
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from engine.model_notes import model_notes
from engine.paths import backups, embedders, make_private_folder, models
from rag.backup_archive import (
    FORMAT,
    LIBRARY,
    SINGLE_FILES,
    KnownModel,
    Manifest,
    Part,
    is_part_name,
    open_archive,
    write_archive,
)
from rag.client import client_version
from rag.errors import LibraryProblem, PhialError
from rag.protocol import BackedUp, BackUp, BackupProgress, Reply
from rag.stores.copying import copy_database
from rag.stores.relocating import count_held, errors_named, leave_vectors_out, version_of

COPY = "library-to-back-up.db"
TOLD_SECONDS = 0.1
"""How often at most it is told how far a backup is."""

MARGIN = 1.05
"""Times the bytes that are to be written must be free on the disk before."""

Tell = Callable[[Reply], None]
IsCancelled = Callable[[], bool]


class NoLongerWanted(Exception):
    """It was cancelled."""


class Meter:
    """Tells how far a stage is, and stops it where it is no longer wanted."""

    def __init__(self, tell: Tell, is_cancelled: IsCancelled) -> None:
        self._tell = tell
        self._is_cancelled = is_cancelled
        self._stage, self._done, self._whole, self._told_at = "", 0, 0, 0.0

    def begin(self, stage: str, whole: int) -> None:
        """From now on it is ``stage``, of ``whole`` bytes."""
        self._stage, self._done, self._whole, self._told_at = stage, 0, whole, 0.0
        self.get_on(0)

    def get_on(self, done: int) -> None:
        """So many bytes more are done. Raises NoLongerWanted."""
        if self._is_cancelled():
            raise NoLongerWanted
        self._done += done
        if time.monotonic() - self._told_at >= TOLD_SECONDS or self._done == self._whole:
            self._told_at = time.monotonic()
            self._tell(BackupProgress(0, self._stage, self._done, self._whole))


@contextlib.contextmanager
def one_at_a_time(home: Path) -> Iterator[None]:
    """Making and restoring backups of ``home``: one of them at once. Raises PhialError BACKUP_UNDER_WAY."""
    lock = FileLock(home / "backup.lock", timeout=0, thread_local=False)
    try:
        lock.acquire()
    except Timeout as error:
        raise PhialError(LibraryProblem.BACKUP_UNDER_WAY, path=str(home)) from error
    try:
        yield
    finally:
        lock.release()


def ask_for_room(folder: Path, needed: int) -> None:
    """Raises PhialError NO_ROOM where the disk of ``folder`` has no room for so many bytes."""
    free = shutil.disk_usage(folder).free
    if needed * MARGIN > free:
        raise PhialError(LibraryProblem.NO_ROOM, path=str(folder), needed=int(needed * MARGIN), free=free)


def back_up(home: Path, wanted: BackUp, tell: Tell, is_cancelled: IsCancelled) -> BackedUp | None:
    """Keep the library in ``home`` as ``wanted`` says; None where it was cancelled.

    Raises PhialError FILE_THERE_ALREADY, FILE_UNWRITABLE, NO_ROOM, BACKUP_UNDER_WAY.
    """
    target = Path(wanted.path)
    beside = target.with_name(target.name + ".part")
    meter = Meter(tell, is_cancelled)
    if target.exists():
        raise PhialError(LibraryProblem.FILE_THERE_ALREADY, path=str(target))
    with _writing(target), errors_named(home), one_at_a_time(home):
        copy = make_private_folder(backups(home)) / COPY
        try:
            return _back_up(home, wanted, target, beside, copy, meter)
        except NoLongerWanted:
            return None
        finally:
            for left in (copy, copy.with_name(copy.name + "-journal"), beside):
                with contextlib.suppress(OSError):
                    left.unlink(missing_ok=True)


def _back_up(home: Path, wanted: BackUp, target: Path, beside: Path, copy: Path, meter: Meter) -> BackedUp:
    whole = sum(path.stat().st_size for path in (home / LIBRARY, home / f"{LIBRARY}-wal") if path.exists())
    others = [(name, path) for name, path in _files(home, with_models=wanted.with_models) if name != LIBRARY]
    packed = whole + sum(path.stat().st_size for _, path in others)
    is_one_disk = target.parent.stat().st_dev == home.stat().st_dev
    ask_for_room(home, whole + (packed if is_one_disk else 0))
    ask_for_room(target.parent, packed)
    meter.begin("copying", whole)
    pages_done = 0

    def tell_pages(done: int, pages: int) -> None:
        nonlocal pages_done
        meter.get_on((done - pages_done) * whole // max(1, pages))
        pages_done = done

    copy_database(home / LIBRARY, copy, tell_pages)
    if not wanted.with_vectors:
        leave_vectors_out(copy)
    documents, conversations = count_held(copy)

    def describe(parts: tuple[Part, ...]) -> Manifest:
        return Manifest(
            "phial", FORMAT, client_version(), version_of(copy), time.time(), f"{sys.platform} {platform.machine()}",
            str(home), documents, conversations, wanted.with_vectors, _models(home), parts,
        )  # fmt: skip

    meter.begin("packing", copy.stat().st_size + packed - whole)
    write_archive(beside, [(LIBRARY, copy), *others], describe, meter.get_on)
    with open_archive(beside) as archive:
        meter.begin("checking", archive.bytes)
        for part in archive.manifest.parts:
            archive.unpack(part, None, meter.get_on)
    if target.exists():
        raise PhialError(LibraryProblem.FILE_THERE_ALREADY, path=str(target))
    beside.replace(target)
    return BackedUp(0, str(target), target.stat().st_size, documents, conversations)


def _files(home: Path, *, with_models: bool) -> list[tuple[str, Path]]:
    """What is backed up, by its name in the archive: models that are still arriving are not."""
    found = [(name, home / name) for name in SINGLE_FILES if (home / name).is_file()]
    for folder in (models(home), embedders(home)) if with_models else ():
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(home).as_posix()
            if path.is_file() and is_part_name(name) and ".part" not in path.name:
                found.append((name, path))
    return found


def _models(home: Path) -> tuple[KnownModel, ...]:
    notes = model_notes(home)
    found = sorted(models(home).glob("*.gguf")) if models(home).is_dir() else []
    return tuple(KnownModel(path.name, path.stat().st_size, notes.sha256_of(path)) for path in found)


@contextlib.contextmanager
def _writing(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise PhialError(LibraryProblem.FILE_UNWRITABLE, details=str(error.strerror), path=str(target)) from error

"""Taking the library of a backup in: prepared beside the one that is here, then put in its place in small steps.

Everything is checked, mapped and brought up in the folder ``restoring``. When it is ready that becomes ``restored``, in
one step; from then on whoever opens the library next, holding its lock, carries it out, and goes on with it where it
was interrupted: each step is the renaming of a file.
"""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import errno
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from engine.download_disk import sha256_of
from engine.frames import from_plain, plain
from engine.model_notes import model_notes
from engine.paths import backups, kv_states, make_private_folder, models, replace_file
from rag.backing_up import COPY, IsCancelled, Meter, NoLongerWanted, Tell, ask_for_room, one_at_a_time
from rag.backup_archive import FOLDERS, LIBRARY, SINGLE_FILES, Manifest, OpenArchive, Part, open_archive
from rag.errors import LibraryProblem, PhialError
from rag.path_mapping import mapped_within
from rag.protocol import PathMap, Restore, Restored
from rag.stores.relocating import bring_up, errors_named, fit_to_this_machine, holds_anything, version_of
from rag.stores.schema import SCHEMA_VERSION
from rag.stores.vectors import FOLDER as VECTORS

PREPARING, READY, PLAN = "restoring", "restored", "plan.json"
ASIDE = "before-restore-"
_NOT_WHAT_IT_SAYS = {LibraryProblem.LIBRARY_DAMAGED, LibraryProblem.LIBRARY_NOT_MIGRATED}
"""What comes of a library.db that isn't what its version makes of it. Of a sound one, every step up is tested; and of
what lies in a backup there is no copy from just before that a person could go on with."""

MOST_ASIDE = 3
"""Libraries that were put aside and are kept."""


def restore(home: Path, wanted: Restore, tell: Tell, is_cancelled: IsCancelled) -> Restored | None:
    """Prepare all that ``complete`` needs to put the library of a backup in the place of the one in ``home``.

    Gives None, and leaves everything as it was, where it was cancelled. Raises PhialError BACKUP_…, RESTORE_NOT_EMPTY,
    NO_ROOM, LIBRARY_UNWRITABLE.
    """
    if not wanted.replaces and holds_anything(home / LIBRARY):
        raise PhialError(LibraryProblem.RESTORE_NOT_EMPTY, path=str(home))
    preparing = home / PREPARING
    with _writing(home), one_at_a_time(home):
        try:
            _erase(preparing)
            make_private_folder(preparing)
            with open_archive(Path(wanted.path)) as archive:
                return _prepare(home, preparing, archive, wanted, Meter(tell, is_cancelled))
        except NoLongerWanted:
            return None
        finally:
            _erase(preparing)


def _prepare(home: Path, preparing: Path, archive: OpenArchive, wanted: Restore, meter: Meter) -> Restored:
    manifest, damaged = archive.manifest, PhialError(LibraryProblem.BACKUP_DAMAGED, path=wanted.path)
    if manifest.schema > SCHEMA_VERSION:
        raise PhialError(LibraryProblem.BACKUP_NEWER, path=wanted.path, version=manifest.version)
    # The database is written once more where it is brought up.
    sizes = {part.name: part.bytes for part in manifest.parts}
    ask_for_room(home, archive.bytes + sizes[LIBRARY])
    meter.begin("unpacking", archive.bytes)
    for part in manifest.parts:
        is_here = _is_here(home / part.name, part)
        target = preparing / part.name
        make_private_folder(target.parent)
        archive.unpack(part, None if is_here else target, meter.get_on)
    meter.begin("fitting", 0)
    library = preparing / LIBRARY
    version = version_of(library)
    if version > SCHEMA_VERSION:
        raise PhialError(LibraryProblem.BACKUP_NEWER, path=wanted.path, version=manifest.version)
    if version < 1:
        raise damaged
    try:
        with errors_named(preparing):
            if not bring_up(preparing):
                raise damaged
            maps = (*wanted.maps, PathMap(manifest.home, str(home)))
            away = fit_to_this_machine(preparing, maps, os.path.lexists)
    except PhialError as error:
        if error.kind not in _NOT_WHAT_IT_SAYS:
            raise
        damaged.details = error.details
        raise damaged from error
    _map_choice(preparing / "models.json", maps)
    for beside in ("-wal", "-shm"):
        (preparing / (LIBRARY + beside)).unlink(missing_ok=True)
    aside = backups(home) / f"{ASIDE}{_stamp()}"
    is_kept = holds_anything(home / LIBRARY)
    replace_file(preparing / PLAN, json.dumps(plain(_Plan(aside.name, is_kept))).encode())
    meter.get_on(0)
    if (home / READY).exists():  # somebody restored before, and nobody has opened the library since
        raise PhialError(LibraryProblem.BACKUP_UNDER_WAY, path=str(home))
    _sync(preparing)
    preparing.rename(home / READY)
    _sync(home)
    return Restored(
        0, manifest.documents, manifest.conversations, away, str(aside) if is_kept else "", _missing(home, manifest)
    )


def complete(home: Path) -> None:
    """Carry out what ``restore`` has prepared, if it has. Whoever calls it holds the library. Raises PhialError."""
    with _writing(home):
        for left in (home / PREPARING, backups(home) / COPY):
            _erase(left)
        ready = home / READY
        if not ready.is_dir():
            return
        plan = _plan(ready)
        aside = make_private_folder(make_private_folder(backups(home)) / plan.aside)
        _swap(home, ready, aside)
        # Made from the old library: the worker makes them anew.
        for made in (home / VECTORS, kv_states(home)):
            _erase(made)
        if not plan.is_kept:
            _erase(aside)
        _sync(home)
        # It is over in one step; what is erased little by little bears the name of what was never ready.
        ready.rename(home / PREPARING)
        _erase(home / PREPARING)
        kept = sorted(backups(home).glob(f"{ASIDE}*"))
        for former in kept[:-MOST_ASIDE]:
            _erase(former)


def _swap(home: Path, ready: Path, aside: Path) -> None:
    """Each file that is ready takes the place of the one that is there, which goes aside."""
    if (ready / LIBRARY).exists():  # what is in its place is still the old one
        for beside in ("-wal", "-shm"):
            _move(home / (LIBRARY + beside), aside / (LIBRARY + beside))
    for single in SINGLE_FILES:
        if (ready / single).exists():
            _move(home / single, aside / single)
            _move(ready / single, home / single)
    for path in [path for folder in FOLDERS for path in sorted((ready / folder).rglob("*")) if path.is_file()]:
        name = path.relative_to(ready)
        _move(home / name, aside / name)
        _move(path, home / name)


@dataclasses.dataclass(frozen=True)
class _Plan:
    aside: str
    is_kept: bool


def _plan(ready: Path) -> _Plan:
    plan: _Plan = from_plain(_Plan, json.loads((ready / PLAN).read_text(encoding="utf-8")))
    return plan


def _stamp() -> str:
    return dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H-%M-%S")


def _is_here(path: Path, part: Part) -> bool:
    """Whether a model of the backup is in the data folder already."""
    if not part.name.startswith(FOLDERS) or not path.is_file() or path.stat().st_size != part.bytes:
        return False
    return sha256_of(path) == part.sha256


def _missing(home: Path, manifest: Manifest) -> tuple[str, ...]:
    """The models in the data folder there that are not in this one, by their hashes where those are known."""
    notes = model_notes(home)
    here = set()
    for folder in (models(home), home / READY / "models"):
        for path in folder.glob("*.gguf") if folder.is_dir() else ():
            here.update({path.name, notes.sha256_of(path)})
    return tuple(model.name for model in manifest.models if not {model.name, model.sha256 or model.name} & here)


def _map_choice(path: Path, maps: tuple[PathMap, ...]) -> None:
    """Have the choice of a model name files where they lie now; one that can't be read is left behind."""
    if path.is_file():
        try:
            said = json.loads(path.read_text(encoding="utf-8"))
        except (ValueError, RecursionError):
            path.unlink()
        else:
            replace_file(path, json.dumps(mapped_within(said, maps)).encode())


def _move(path: Path, target: Path) -> None:
    if path.exists():
        make_private_folder(target.parent)
        path.replace(target)


def _erase(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _sync(folder: Path) -> None:
    """Put the names in ``folder`` on the disk; Windows does so by itself, and opens no folder."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        with contextlib.suppress(OSError):
            os.fsync(descriptor)
        os.close(descriptor)


@contextlib.contextmanager
def _writing(home: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        kind = LibraryProblem.DISK_FULL if error.errno == errno.ENOSPC else LibraryProblem.LIBRARY_UNWRITABLE
        raise PhialError(kind, details=str(error.strerror), path=str(home)) from error

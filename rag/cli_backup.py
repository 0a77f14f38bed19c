"""``phial backup`` and ``phial restore``: a library as one file, to another place and back."""

from __future__ import annotations

import argparse
import contextlib
import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator

from filelock import FileLock
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from engine.frames import plain
from engine.paths import home
from rag.cli_scope import absolute
from rag.errors import LibraryProblem, PhialError, size_words, system_language, text
from rag.holding import hold
from rag.json_output import print_object
from rag.path_mapping import read_map
from rag.protocol import BackedUp, BackUp, BackupProgress, PathMap, Reply, Restore, Restored
from rag.session import Session
from rag.terminal_rows import make_console
from rag.view import View, printable

HELD_SECONDS = 3.0
"""How long a library that is held may be so by a worker that is about to end: its last client has just gone."""


def add_backup(command: argparse.ArgumentParser, say: Callable[[str], str]) -> None:
    """Give ``backup`` its arguments."""
    command.add_argument("path", metavar="FILE", help=say("backup_file"))
    command.add_argument("--with-models", action="store_true", help=say("backup_with_models"))
    command.add_argument("--without-vectors", action="store_true", help=say("backup_without_vectors"))


def add_restore(command: argparse.ArgumentParser, say: Callable[[str], str]) -> None:
    """Give ``restore`` its arguments."""
    command.add_argument("path", metavar="FILE", help=say("restore_file"))
    command.add_argument("--replace", action="store_true", help=say("restore_replace"))
    command.add_argument(
        "--map", dest="maps", action="append", default=[], type=_map, metavar="OLD=NEW", help=say("restore_map")
    )


def backup(session: Session, _view: View, chosen: argparse.Namespace) -> bool:
    """Keep the library as a file. Raises PhialError FILE_THERE_ALREADY, FILE_UNWRITABLE, NO_ROOM, BACKUP_UNDER_WAY."""
    path = absolute([chosen.path])[0]
    language = system_language()
    replies = session.run(lambda number: BackUp(number, path, chosen.with_models, not chosen.without_vectors))
    for reply in _shown(replies, as_json=chosen.json):
        if isinstance(reply, BackedUp) and not chosen.json:
            said = text(
                "backup_done", language, path=reply.path, size=size_words(reply.bytes, language),
                documents=reply.documents, conversations=reply.conversations,
            )  # fmt: skip
            make_console().print(printable(said), markup=False, highlight=False)
    return True


def restore(chosen: argparse.Namespace) -> bool:
    """Take the library of a backup in. No worker is asked: it may not be able to open what lies here.

    Raises PhialError BACKUP_…, RESTORE_NOT_EMPTY, NO_ROOM, LIBRARY_HELD, LIBRARY_UNWRITABLE; KeyboardInterrupt.
    """
    from rag.restoring import complete
    from rag.restoring import restore as prepare
    from rag.told import told

    folder = home()
    wanted = Restore(0, absolute([chosen.path])[0], chosen.replace, tuple(chosen.maps))
    lock = _held()
    try:
        complete(folder)
        with _interrupting() as cancelled:
            replies = told(lambda tell, is_cancelled: prepare(folder, wanted, tell, is_cancelled), cancelled)
            ended = [reply for reply in _shown(replies, as_json=chosen.json) if isinstance(reply, Restored)]
        if not ended:
            raise KeyboardInterrupt
        complete(folder)
    finally:
        lock.release()
    if not chosen.json:
        for line in restored_lines(ended[0], system_language()):
            make_console().print(printable(line), markup=False, highlight=False)
    return True


def restored_lines(restored: Restored, language: str) -> Iterator[str]:
    """What is to be known of what was restored, a sentence each."""
    counted = {"documents": restored.documents, "conversations": restored.conversations}
    yield text("restore_done", language, **counted)
    if restored.away:
        yield text("restore_away", language, away=restored.away)
    if restored.models:
        yield text("restore_models", language, models=", ".join(restored.models))
    if restored.aside:
        yield text("restore_aside", language, path=restored.aside)


def _held() -> FileLock:
    """The library, held; one that a worker is just letting go is waited for. Raises PhialError LIBRARY_HELD…."""
    deadline = time.monotonic() + HELD_SECONDS
    while True:
        try:
            return hold(home())
        except PhialError as error:
            if error.kind is not LibraryProblem.LIBRARY_HELD or time.monotonic() > deadline:
                raise
        time.sleep(0.05)


def _map(said: str) -> PathMap:
    try:
        return read_map(said)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{said}: OLD=NEW") from error


@contextlib.contextmanager
def _interrupting() -> Iterator[threading.Event]:
    """An interrupt from the keyboard as an event: what is under way puts everything back, then ends."""
    cancelled = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield cancelled
        return
    former = signal.signal(signal.SIGINT, lambda *_: cancelled.set())
    try:
        yield cancelled
    finally:
        signal.signal(signal.SIGINT, former)


def _shown(replies: Iterable[Reply], *, as_json: bool) -> Iterator[Reply]:
    """The replies, each shown on its way."""
    console, language = make_console(), system_language()
    columns = (TextColumn("{task.description}"), BarColumn(24), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=as_json or not console.is_terminal) as bars:
        bar = bars.add_task("", total=None)
        for reply in replies:
            if as_json:
                fields = {name: value for name, value in plain(reply).items() if name != "id"}
                print_object({"event": reply.type, **fields})
            elif isinstance(reply, BackupProgress):
                said = text(f"backup_{reply.stage}", language)
                bars.update(bar, description=said, completed=reply.bytes_done, total=reply.bytes or None)
            yield reply

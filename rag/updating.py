"""A newer version of this program: looked for and fetched when a person asks, run by nobody but them."""

from __future__ import annotations

import contextlib
import json
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from engine.download import Patience, Step, fetch
from engine.download_disk import sha256_of
from engine.download_hub import WebSource
from engine.download_source import Halt, Halted, RangeRefused, SourceFailed
from engine.download_transport import Transport
from engine.downloadable import Downloadable, DownloadKind
from engine.errors import EngineProblem
from engine.paths import make_private_folder, replace_file, updates
from rag.client import client_version
from rag.errors import LibraryProblem, PhialError
from rag.protocol import Reply, UpdateArrived, UpdateFound, UpdateProgress
from rag.stores.connection_records import ConnectionRecords
from rag.told import IsCancelled, Tell, told
from rag.update_manifest import LARGEST, Installer, Origin, UpdateManifest, read_manifest, shipped_origin, this_system

SEEN = "seen.json"
TOLD_SECONDS = 0.2
"""How often at most whoever fetches hears of it."""

CANCEL_SECONDS = 0.1
"""How long a cancelling may go unheard."""

_UNREACHABLE = frozenset(
    {EngineProblem.DOWNLOAD_UNREACHABLE, EngineProblem.DOWNLOAD_INTERRUPTED, EngineProblem.DOWNLOAD_WAITING,
     EngineProblem.DOWNLOAD_OUT_OF_REACH}
)  # fmt: skip
_REFUSED = frozenset({EngineProblem.DOWNLOAD_GATED, EngineProblem.DOWNLOAD_NOT_FOUND, EngineProblem.DOWNLOAD_REFUSED})
_WRONG = frozenset({EngineProblem.DOWNLOAD_MISLED, EngineProblem.DOWNLOAD_OTHER_LENGTH, EngineProblem.DOWNLOAD_DAMAGED})


class Updating:
    """Looks for a newer version, and fetches it, for one library. Safe from any thread."""

    def __init__(
        self,
        home: Path,
        connections: ConnectionRecords,
        origin: Callable[[], Origin] = shipped_origin,
        patience: Patience | None = None,
    ) -> None:
        """``connections`` is the ledger, in which each connection is written down before it is opened."""
        self._home = home
        self._connections = connections
        self._origin = origin
        self._patience = patience or Patience()
        self._found: UpdateManifest | None = None

    def look(self, language: str) -> UpdateFound:
        """What is said of the newest version, with its notes in ``language``: one question to one address.

        Raises PhialError UPDATE_NO_ADDRESS, before anything is asked; UPDATE_UNREACHABLE, UPDATE_REFUSED, UPDATE_WRONG,
        UPDATE_UNSIGNED, UPDATE_REPLAYED.
        """
        origin = self._origin()
        manifest = read_manifest(self._read(origin), origin)
        seen, seen_version = self._seen()
        if manifest.serial < seen:
            raise PhialError(LibraryProblem.UPDATE_REPLAYED, host=origin.host, version=seen_version)
        with contextlib.suppress(OSError):  # a full disk: the next manifest is held against an older one
            said = {"serial": manifest.serial, "version": manifest.version}
            replace_file(updates(self._home) / SEEN, json.dumps(said).encode())
        self._found = manifest
        installer = manifest.installer()
        return UpdateFound(
            0, manifest.version, client_version(), manifest.is_newer_than(client_version()), manifest.released,
            manifest.notes_in(language), origin.host, this_system(), installer.file if installer else "",
            installer.bytes if installer else 0, Origin(installer.address, ()).host if installer else "",
        )  # fmt: skip

    def get(self, cancelled: threading.Event) -> Iterator[Reply]:
        """Fetch the installer of what was found last, and tell how it comes on; its path at the end.

        Raises PhialError UPDATE_NONE where that is no newer version, UPDATE_NOT_FOR_THIS, UPDATE_UNREACHABLE,
        UPDATE_REFUSED, UPDATE_WRONG, NO_ROOM, and those of ``look``.
        """
        if self._found is None:
            self.look("")
        manifest = self._found
        if manifest is None or not manifest.is_newer_than(client_version()):
            raise PhialError(LibraryProblem.UPDATE_NONE, ours=client_version())
        installer = manifest.installer()
        if installer is None:
            raise PhialError(LibraryProblem.UPDATE_NOT_FOR_THIS, version=manifest.version, system=this_system())
        version = manifest.version
        yield from told(lambda tell, is_cancelled: self._fetch(version, installer, tell, is_cancelled), cancelled)

    def _fetch(self, version: str, installer: Installer, tell: Tell, is_cancelled: IsCancelled) -> UpdateArrived | None:
        wanted = Downloadable(
            version, f"Phial {version}", "", installer.file, installer.bytes, installer.sha256, DownloadKind.INSTALLER
        )
        source = WebSource(installer.address, wanted.name, self._transport(version))
        folder = make_private_folder(updates(self._home))
        with contextlib.suppress(OSError):
            if sha256_of(folder / installer.file) != installer.sha256:
                (folder / installer.file).unlink()  # ours, of another manifest
        told_at = 0.0

        def step(now: Step) -> None:
            nonlocal told_at
            if time.monotonic() - told_at >= TOLD_SECONDS or now.is_checking:
                told_at = time.monotonic()
                tell(UpdateProgress(0, version, source.name, now.arrived, now.total))

        halt = Halt()
        with _halting(halt, is_cancelled):
            try:
                path = fetch(wanted, folder, [source], halt, step, self._patience)
            except Halted:
                return None
            except PhialError as error:
                raise _of_an_update(error, source.name) from error
        self._drop_others(path)
        return UpdateArrived(0, version, str(path))

    def _read(self, origin: Origin) -> bytes:
        source = WebSource(origin.address, "Phial", self._transport(""))
        body = b""
        try:
            with contextlib.closing(source.open(0, None, "", Halt())) as opened:
                for chunk in opened.chunks():
                    body += chunk
                    if len(body) > LARGEST:
                        raise PhialError(LibraryProblem.UPDATE_WRONG, details="too long", host=origin.host)
        except SourceFailed as error:
            raise _of_an_update(error.problem, origin.host) from error
        except RangeRefused as error:  # it has nothing at all
            raise PhialError(LibraryProblem.UPDATE_WRONG, details="empty", host=origin.host) from error
        return body

    def _transport(self, version: str) -> Transport:
        def note(address: str) -> Callable[[int, str], None]:
            number = self._connections.begin_update(address, version)

            def finish(received: int, outcome: str) -> None:
                with contextlib.suppress(PhialError):  # that it was made stands there; the disk may be full
                    self._connections.end(number, received, outcome)

            return finish

        return Transport(note, self._patience.connect, self._patience.stall)

    def _seen(self) -> tuple[int, str]:
        """The serial of the newest manifest that was ever seen here, and its version."""
        try:
            said = json.loads((updates(self._home) / SEEN).read_bytes())
            return int(said["serial"]), str(said["version"])
        except (OSError, ValueError, KeyError, TypeError):
            return 0, ""

    def _drop_others(self, path: Path) -> None:
        """Erase installers that were fetched before: the last one is kept."""
        with contextlib.suppress(OSError):
            for other in path.parent.iterdir():
                if other.name != SEEN and not other.name.startswith(path.name):
                    other.unlink()


@contextlib.contextmanager
def _halting(halt: Halt, is_cancelled: IsCancelled) -> Iterator[None]:
    """A context in which a download hears that it is cancelled, also while it waits for a byte."""
    is_over = threading.Event()

    def listen() -> None:
        while not is_over.wait(CANCEL_SECONDS):
            if is_cancelled():
                halt.ask()
                return

    thread = threading.Thread(target=listen, name="cancelling of an update", daemon=True)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join()


def _of_an_update(error: PhialError, host: str) -> PhialError:
    """What a download says of a model, said of a version of this program."""
    for kinds, kind in (
        (_UNREACHABLE, LibraryProblem.UPDATE_UNREACHABLE),
        (_REFUSED, LibraryProblem.UPDATE_REFUSED),
        (_WRONG, LibraryProblem.UPDATE_WRONG),
    ):
        if error.kind in kinds:
            return PhialError(kind, details=f"{error.kind}: {error.details}", host=host)
    if error.kind is EngineProblem.DOWNLOAD_DISK_FULL:
        return PhialError(LibraryProblem.NO_ROOM, error.details, **error.parameters)
    return error

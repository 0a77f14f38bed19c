"""The worker process: opens one library, lets clients of this user in, and answers each of their requests.

It ends when its last client has gone. Requests run in threads of a pool; what indexing does goes on by itself.
"""

from __future__ import annotations

import contextlib
import faulthandler
import logging
import logging.handlers
import os
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from engine.frames import FrameError
from engine.links import Door, Link, LinkClosed
from engine.paths import logs, make_sockets_folder, sockets_folder
from rag.client import announce_door, client_version, door_address, make_door_key, write_start_problem
from rag.errors import LibraryProblem, PhialError, Problem, problem_of
from rag.library import Library
from rag.protocol import (
    CODEC,
    Anticipate,
    Ask,
    Cancel,
    Cancelled,
    Failed,
    ForgetUnread,
    Hello,
    Remove,
    Reply,
    Request,
    Restored,
    Welcome,
    ends,
)  # fmt: skip
from rag.requests import Respond

MOST_REQUESTS = 24
"""Requests at once, of all clients together; the next ones wait."""

FIRST_CLIENT_SECONDS = 30.0
"""How long a worker waits for the client that started it."""

LINGER_SECONDS = 0.5
"""How long it stays after the last client: a terminal's next command may follow at once."""

FAILED_TO_OPEN = 3
"""Exit status of a worker that left word of why it can't open its library."""

FORGETTING = (Remove, ForgetUnread)
"""What is asked as a window closes, and is carried out though nobody waits for it any more."""

FORGETTING_SECONDS = 10.0
"""How long a worker that nobody is connected to stays for that: a parser has to let go of a file first."""

_log = logging.getLogger(__name__)


class _Client:
    """A client and the requests it has under way."""

    def __init__(self, link: Link) -> None:
        self.link = link
        self.running: dict[int, threading.Event] = {}
        self.anticipation: int | None = None
        self.lock = threading.Lock()

    def send(self, reply: Reply) -> None:
        self.link.send(reply)

    def begin(self, request: Request) -> threading.Event | None:
        """The switch that cancels a request; None where its id is taken."""
        with self.lock:
            if request.id in self.running:
                return None
            if isinstance(request, Anticipate | Ask) and self.anticipation is not None:
                self.running[self.anticipation].set()  # what was being typed is another question now, or is asked
            if isinstance(request, Anticipate):
                self.anticipation = request.id
            return self.running.setdefault(request.id, threading.Event())

    def end(self, request: int) -> None:
        with self.lock:
            self.running.pop(request, None)
            if self.anticipation == request:
                self.anticipation = None

    def cancel(self, request: int | None = None) -> None:
        """Cancel one request, or all."""
        with self.lock:
            for identity, cancelled in self.running.items():
                if request is None or identity == request:
                    cancelled.set()


class Worker:
    """One library and its clients."""

    def __init__(self, library: Library, door: Door) -> None:
        self._library = library
        self._door = door
        self._respond = Respond(library)
        self._pool = ThreadPoolExecutor(MOST_REQUESTS, thread_name_prefix="request")
        self._clients: set[_Client] = set()
        self._changed = threading.Condition()
        self._is_replaced = False
        self._forgetting = 0

    def run(self) -> None:
        """Serve until the last client has gone, or another library is to take the place of this one."""
        threading.Thread(target=self._door.serve, args=(self._welcome,), name="door", daemon=True).start()
        self._library.resume()
        with self._changed:
            if not self._changed.wait_for(lambda: bool(self._clients), timeout=FIRST_CLIENT_SECONDS):
                return
            while self._clients and not self._is_replaced:
                self._changed.wait()
                if not self._clients:
                    self._changed.wait_for(lambda: bool(self._clients), timeout=LINGER_SECONDS)
                    self._finish_forgetting()

    def _finish_forgetting(self) -> None:
        """Wait until what was to be forgotten is, or somebody is there again."""
        with self._changed:
            self._changed.wait_for(lambda: bool(self._clients) or not self._forgetting, timeout=FORGETTING_SECONDS)

    def _welcome(self, link: Link) -> None:
        client = _Client(link)
        with self._changed:
            self._clients.add(client)
            self._changed.notify_all()
        try:
            while True:
                try:
                    message = link.receive()
                except FrameError as error:
                    _log.warning("a frame that is no request: %s", error)
                    client.send(Failed(0, Problem(LibraryProblem.BAD_REQUEST.value, {}, str(error))))
                    continue
                self._take(client, message)
        except LinkClosed:
            pass
        finally:
            client.cancel()
            self._library.feed.wake()
            link.close()
            with self._changed:
                self._clients.discard(client)
                self._changed.notify_all()

    def _take(self, client: _Client, message: object) -> None:
        if self._is_replaced:
            return  # the link is about to close
        if isinstance(message, Cancel):
            client.cancel(message.request)
            self._library.feed.wake()
        elif isinstance(message, Hello):
            client.send(Welcome(message.id, client_version(), os.getpid(), str(self._library.home)))
        elif isinstance(message, Request):
            cancelled = client.begin(message)
            if cancelled is None:
                client.send(Failed(message.id, Problem(LibraryProblem.BAD_REQUEST.value, {}, "id in use")))
                return
            self._count_forgetting(message, 1)
            self._pool.submit(self._answer, client, message, cancelled)
        else:
            client.send(Failed(0, Problem(LibraryProblem.BAD_REQUEST.value, {}, "not a request")))

    def _answer(self, client: _Client, request: Request, cancelled: threading.Event) -> None:
        final: Reply = Cancelled(request.id)
        try:
            with self._library.errors_named(), contextlib.closing(self._respond(request, cancelled)) as replies:
                for reply in replies:
                    if ends(request, reply):
                        final = reply
                        break
                    client.send(reply)
        except LinkClosed:
            return
        except PhialError as error:
            _log.info("request %s: %s", request.type, error.kind)
            final = Failed(request.id, problem_of(error))
        except Exception as error:
            _log.exception("request %s", request.type)
            final = Failed(request.id, problem_of(error))
        finally:
            client.end(request.id)
            self._count_forgetting(request, -1)
        # Before it is told: whoever hears of it asks the next worker, and is never answered from the former library.
        self._is_replaced = self._is_replaced or isinstance(final, Restored)
        with contextlib.suppress(LinkClosed):
            client.send(final)
        if self._is_replaced:
            with self._changed:
                self._changed.notify_all()

    def _count_forgetting(self, request: Request, change: int) -> None:
        if isinstance(request, FORGETTING):
            with self._changed:
                self._forgetting += change
                self._changed.notify_all()


def main(arguments: list[str] | None = None) -> int:
    """Run the worker of the library in the folder that the first argument names."""
    home = Path((sys.argv[1:] if arguments is None else arguments)[0])
    os.umask(0o077)  # Chroma, SQLite and the logs make files of their own
    try:
        library = Library.open(home)
        _log_to(home)
        address = door_address(home)
        if os.name == "posix":
            _make_sockets_folder()
            Path(address).unlink(missing_ok=True)  # the lock says that whoever left it is gone
        door = Door(address, make_door_key(home), CODEC)
        announce_door(home, address)
    except (PhialError, OSError) as error:
        problem = problem_of(error)
        if not isinstance(error, PhialError):
            problem = Problem(LibraryProblem.LIBRARY_UNWRITABLE.value, {"path": str(home)}, str(error))
        with contextlib.suppress(OSError):
            write_start_problem(home, problem)
        return FAILED_TO_OPEN
    _log.info("phial %s is at work", client_version())
    Worker(library, door).run()
    door.close()
    _end_now(library)
    return 0


def _make_sockets_folder() -> None:
    """Raises PhialError LIBRARY_UNWRITABLE where it can't be had, or isn't ours."""
    try:
        make_sockets_folder()
    except OSError as error:
        path = str(sockets_folder())
        raise PhialError(LibraryProblem.LIBRARY_UNWRITABLE, details=str(error.strerror), path=path) from error


def _end_now(library: Library) -> None:
    """End without waiting for native code that is still at work: whatever was committed is safe, the rest is redone."""
    library.end_processes()
    logging.shutdown()
    os._exit(0)


def _log_to(home: Path) -> None:
    """Log to files that rotate. They hold kinds and places of failures: no document's text, no question."""
    handler = logging.handlers.RotatingFileHandler(
        logs(home) / "worker.log", maxBytes=1_000_000, backupCount=3, encoding="utf-8"
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    for chatty in ("chromadb", "sentence_transformers", "transformers", "httpx"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    faulthandler.enable((logs(home) / "worker.crash").open("a"))


if __name__ == "__main__":
    sys.exit(main())

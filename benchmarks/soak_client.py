"""A client for the soak: it asks without waiting, and asks again what a killed worker took with it."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import psutil
from filelock import FileLock

from engine.links import Link, LinkClosed
from rag.client import connect
from rag.errors import LibraryProblem
from rag.protocol import (
    Ask,
    Document,
    Documents,
    Failed,
    Index,
    ListDocuments,
    Remove,
    Removed,
    Reply,
    Request,
    Retry,
    WatchFolder,
)  # fmt: skip

PATIENCE = 600.0
"""Seconds that coming to rest may take."""


class SoakClient:
    """Keeps one connection to the worker of ``home``, made anew when the worker is gone."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.starts = 0
        self.indexes_lost = 0
        self.worker_pid = 0
        self._link: Link | None = None
        self._last_id = 0
        self._answered = threading.Condition()
        self._finals: dict[int, Reply] = {}
        self._removing: dict[Path, int] = {}
        self._connect()

    def index(self, path: Path) -> None:
        """Ask for ``path`` to be read."""
        self._removing.pop(path, None)
        self._send(Index(self._next_id(), (str(path),)))

    def remove(self, path: Path) -> None:
        """Ask for ``path`` to be forgotten; it is asked again until the worker says that it is."""
        self._removing[path] = self._send(Remove(self._next_id(), (str(path),)))

    def follow(self, folder: Path) -> None:
        """Ask for ``folder`` to be followed. Raises TimeoutError."""
        self._wait_for(self._send(WatchFolder(self._next_id(), str(folder))), time.monotonic() + PATIENCE)

    def documents(self) -> tuple[Document, ...]:
        """Every document. Raises TimeoutError."""
        reply = self._wait_for(self._send(ListDocuments(self._next_id())), time.monotonic() + PATIENCE)
        return reply.documents if isinstance(reply, Documents) else ()

    def ask(self, question: str) -> None:
        """Ask a question, so that there is a model's process to kill."""
        self._send(Ask(self._next_id(), question))

    def kill_worker(self, *, lose_index: bool = False) -> None:
        """Kill it with -9, then connect again, which starts another worker; before that, Chroma's folder may go."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.worker_pid, signal.SIGKILL)
        with contextlib.suppress(psutil.NoSuchProcess):
            psutil.Process(self.worker_pid).wait(timeout=10)
        if lose_index:
            self.indexes_lost += 1
            shutil.rmtree(self.home / "chroma", ignore_errors=True)
        self._connect()
        self._remove_again()

    def finish_removing(self) -> None:
        """Wait until everything that was to go is gone. Raises TimeoutError."""
        deadline = time.monotonic() + PATIENCE
        self._remove_again()
        while self._removing:
            for path, request in tuple(self._removing.items()):
                reply = self._wait_for(request, deadline)
                if isinstance(reply, Removed) or _is_unknown(reply):
                    del self._removing[path]
                else:
                    self.remove(path)

    def finish_indexing(self, folder: Path) -> None:
        """Wait until every document in ``folder`` is settled. Raises TimeoutError."""
        self._wait_for(self._send(Index(self._next_id(), (str(folder),))), time.monotonic() + PATIENCE)

    def forget_missing(self, folder: Path) -> None:
        """Forget what was moved out of ``folder``, or renamed, and is known there still. Raises TimeoutError."""
        for document in self.documents():
            for path in map(Path, document.paths):
                if path.is_relative_to(folder) and not path.exists():
                    self.remove(path)
        self.finish_removing()

    def finish_following(self, folder: Path) -> None:
        """Wait until the library knows just the files that lie in ``folder``. Raises TimeoutError."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            there = {str(path) for path in folder.rglob("*") if path.is_file()}
            known = {path for document in self.documents() for path in document.paths}
            if {path for path in known if Path(path).is_relative_to(folder)} == there:
                return
            time.sleep(0.2)
        raise TimeoutError("a folder is not followed to its end")

    def read_again(self, keys: Sequence[str]) -> None:
        """What "try again" does in the window. Raises TimeoutError."""
        self._wait_for(self._send(Retry(self._next_id(), tuple(keys))), time.monotonic() + PATIENCE)

    def end(self) -> None:
        """Go, and wait until the worker, whose last client this was, has given the library free."""
        self._close()
        with FileLock(self.home / "library.lock", timeout=30):
            pass

    def _close(self) -> None:
        if self._link is not None:
            self._link.close()

    def _connect(self) -> None:
        self._close()
        self._link, welcome = connect(self.home, "soak")
        self.worker_pid = welcome.pid
        self.starts += 1
        threading.Thread(target=self._listen, args=(self._link,), daemon=True).start()

    def _listen(self, link: Link) -> None:
        with contextlib.suppress(LinkClosed):
            while True:
                reply = link.receive()
                if isinstance(reply, Reply) and reply.is_final:
                    with self._answered:
                        self._finals[reply.id] = reply
                        self._answered.notify_all()

    def _send(self, request: Request) -> int:
        assert self._link is not None
        self._link.send(request)
        return request.id

    def _next_id(self) -> int:
        self._last_id += 1
        return self._last_id

    def _remove_again(self) -> None:
        for path, request in tuple(self._removing.items()):
            if request not in self._finals:
                self.remove(path)

    def _wait_for(self, request: int, deadline: float) -> Reply:
        with self._answered:
            if not self._answered.wait_for(lambda: request in self._finals, deadline - time.monotonic()):
                raise TimeoutError(f"request {request} was not answered")
            return self._finals[request]


def _is_unknown(reply: Reply) -> bool:
    return isinstance(reply, Failed) and reply.problem.kind == LibraryProblem.PATH_NOT_IN_LIBRARY

"""Looking at a file that may lie on a drive which no longer answers: somebody else waits for it, not the caller.

A read from a network drive that hangs can't be cancelled, only left alone. So it happens in a thread that is given up
after a while without progress; it ends by itself when the drive answers, or with the process.
"""

from __future__ import annotations

import concurrent.futures
import hashlib
import os
import stat
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from rag.errors import LibraryProblem, PhialError
from rag.extract.formats import path_problem

ANSWERING_SECONDS = 60.0
"""How long nothing at all may come from a drive: one that has to spin up, or a slow server, takes seconds."""

_TICK_SECONDS = 0.05
_BLOCK = 2**20

Found = TypeVar("Found")


class Cancelled(Exception):
    """Nobody waits for it any more."""


def patiently(
    work: Callable[[Callable[[], None]], Found],
    path: Path,
    is_cancelled: Callable[[], bool],
    seconds: float = ANSWERING_SECONDS,
) -> Found:
    """What ``work`` gives, which looks at ``path`` and calls its argument whenever it has got on.

    Raises what ``work`` raises; Cancelled within a moment when ``is_cancelled`` says so; PhialError PATH_NOT_ANSWERING
    after so many ``seconds`` without progress. Then ``work`` may still run; its next sign of progress ends it.
    """
    outcome: concurrent.futures.Future[Found] = concurrent.futures.Future()
    is_abandoned = threading.Event()
    last_progress = time.monotonic()

    def get_on() -> None:
        nonlocal last_progress
        last_progress = time.monotonic()
        if is_abandoned.is_set():
            raise Cancelled

    def run() -> None:
        try:
            outcome.set_result(work(get_on))
        except BaseException as error:
            outcome.set_exception(error)

    threading.Thread(target=run, name="patience", daemon=True).start()
    try:
        while not concurrent.futures.wait((outcome,), _TICK_SECONDS).done:
            if is_cancelled():
                raise Cancelled
            if time.monotonic() - last_progress > seconds:
                raise PhialError(LibraryProblem.PATH_NOT_ANSWERING, path=str(path), seconds=round(seconds))
    finally:
        is_abandoned.set()
    return outcome.result()


def hash_file(
    path: Path, is_cancelled: Callable[[], bool], seconds: float = ANSWERING_SECONDS
) -> tuple[str, os.stat_result]:
    """The SHA-256 of a file's bytes, and the file's status when the last of them had been read.

    Raises Cancelled; PhialError PATH_MISSING, PATH_UNREADABLE, PATH_NOT_A_FILE, PATH_NOT_ANSWERING.
    """

    def work(get_on: Callable[[], None]) -> tuple[str, os.stat_result]:
        digest = hashlib.sha256()
        # A pipe that took the file's place must not hold us up for ever.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        try:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise PhialError(LibraryProblem.PATH_NOT_A_FILE, path=str(path))
            while block := os.read(descriptor, _BLOCK):
                digest.update(block)
                get_on()
            return digest.hexdigest(), os.fstat(descriptor)
        finally:
            os.close(descriptor)

    try:
        return patiently(work, path, is_cancelled, seconds)
    except (OSError, ValueError) as error:
        raise path_problem(path, error) from error


def status_of(path: Path, is_cancelled: Callable[[], bool], seconds: float = ANSWERING_SECONDS) -> os.stat_result:
    """How the file stands now. Raises Cancelled; PhialError PATH_MISSING, PATH_UNREADABLE, PATH_NOT_ANSWERING."""
    try:
        return patiently(lambda _: path.stat(), path, is_cancelled, seconds)
    except (OSError, ValueError) as error:
        raise path_problem(path, error) from error

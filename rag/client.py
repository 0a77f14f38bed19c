"""The way to the worker of a library: find it or start it, and greet it. Window and terminal both come this way.

Standard library only (and what ``engine`` has of it): the window imports this module.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.metadata
import json
import os
import secrets
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

from engine.frames import FrameError, plain
from engine.links import Link, LinkClosed, knock
from engine.paths import logs, make_private_folder, process_command, sockets_folder
from rag.errors import LibraryProblem, PhialError, Problem
from rag.protocol import CODEC, Failed, Hello, Welcome

KEY_FILE = "worker.key"
ADDRESS_FILE = "worker.address"
PROBLEM_FILE = "worker.problem.json"
LARGEST_PRINTED = 1_000_000
"""Bytes of what native libraries printed, after which the file is put aside."""

ROOM_FOR_A_WORD = 2**16
"""Bytes free on the disk below which a worker may have had no room to leave word of why it ended."""
START_SECONDS = 30.0
"""How long a worker may take to open its door; it imports nothing heavy before it does."""
HELD_SECONDS = 5.0
"""How long a library that is held may be so by a worker whose door is about to open."""


def door_address(home: Path) -> str:
    """Where the worker of the library in ``home`` lets its clients in: short whatever the path, the user's own.

    However ``home`` is spelled, through a link or with ``..``, it is one library and has one door.
    """
    name = hashlib.sha256(os.fsencode(os.path.realpath(home))).hexdigest()[:16]
    if sys.platform == "win32":
        return rf"\\.\pipe\phial-{name}"
    return str(sockets_folder() / f"{name}.sock")


def announce_door(home: Path, address: str) -> None:
    """Write down where the worker opens its door: a client with another environment would look elsewhere."""
    (home / ADDRESS_FILE).write_text(address, encoding="utf-8")


def _open_door(home: Path) -> str:
    announced = home / ADDRESS_FILE
    return announced.read_text(encoding="utf-8") if announced.is_file() else door_address(home)


def make_door_key(home: Path) -> bytes:
    """Write a fresh key that only this user can read, and give it. Raises OSError."""
    key = secrets.token_bytes(32)
    path = home / KEY_FILE
    beside = path.with_suffix(".new")
    beside.unlink(missing_ok=True)
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(key)
    beside.replace(path)
    return key


def connect(home: Path, client: str, *, starts_worker: bool = True) -> tuple[Link, Welcome]:
    """A greeted link to the worker of the library in ``home``, which is started where none runs.

    Raises PhialError: WORKER_START_FAILED, WORKER_OTHER_VERSION, LIBRARY_HELD, LIBRARY_NEWER, LIBRARY_DAMAGED,
    LIBRARY_UNWRITABLE, DISK_FULL (the word that the worker left of why it can't open the library).
    """
    deadline = time.monotonic() + START_SECONDS
    process: subprocess.Popen[bytes] | None = None
    while True:
        with contextlib.suppress(OSError, LinkClosed, UnicodeDecodeError):
            return _greet(knock(_open_door(home), (home / KEY_FILE).read_bytes(), CODEC), client)
        if not starts_worker:
            raise PhialError(LibraryProblem.WORKER_DIED)
        status = None if process is None else process.poll()
        if process is None or status == 0:  # status 0: it ended because its last client had gone
            process = _start_worker(home)
        elif status is not None:
            problem = _why_it_failed(home)
            # Held: perhaps by a worker that another client has just started, whose door is about to open.
            has_waited = time.monotonic() > deadline - START_SECONDS + HELD_SECONDS
            if problem.kind is not LibraryProblem.LIBRARY_HELD or has_waited:
                raise problem
        if time.monotonic() > deadline:
            raise PhialError(LibraryProblem.WORKER_START_FAILED, details=str(logs(home)))
        time.sleep(0.02)


def client_version() -> str:
    """The version of this program."""
    return importlib.metadata.version("phial")


def _start_worker(home: Path) -> subprocess.Popen[bytes]:
    try:
        make_private_folder(home)
        make_private_folder(logs(home))
        (logs(home) / PROBLEM_FILE).unlink(missing_ok=True)
        printed = logs(home) / "worker.out"
        if printed.is_file() and printed.stat().st_size > LARGEST_PRINTED:
            printed.replace(printed.with_suffix(".out.1"))
        with open(printed, "ab", opener=lambda path, flags: os.open(path, flags, 0o600)) as output:
            process = subprocess.Popen(
                process_command("rag.worker", str(home)),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
    except OSError as error:
        raise PhialError(LibraryProblem.LIBRARY_UNWRITABLE, details=str(error), path=str(home)) from error
    # It may outlive this process, or end before it: somebody has to wait for it, or it stays as a zombie.
    threading.Thread(target=process.wait, name="worker's end", daemon=True).start()
    return process


def write_start_problem(home: Path, problem: Problem) -> None:
    """For a worker that can't open its library: leave word of why, for the client that started it."""
    (logs(home) / PROBLEM_FILE).write_text(json.dumps(plain(problem)), encoding="utf-8")


def _why_it_failed(home: Path) -> PhialError:
    try:
        said = json.loads((logs(home) / PROBLEM_FILE).read_text(encoding="utf-8"))
        return PhialError(LibraryProblem(said["kind"]), details=said["details"], **said["parameters"])
    except (OSError, ValueError, KeyError, TypeError):
        with contextlib.suppress(OSError):
            if shutil.disk_usage(home).free < ROOM_FOR_A_WORD:
                return PhialError(LibraryProblem.DISK_FULL, path=str(home))
        return PhialError(LibraryProblem.WORKER_START_FAILED, details=str(logs(home)))


def _greet(link: Link, client: str) -> tuple[Link, Welcome]:
    link.send(Hello(0, client, client_version()))
    try:
        reply = link.receive()
    except FrameError as error:
        raise PhialError(LibraryProblem.WORKER_OTHER_VERSION, ours=client_version(), theirs="?") from error
    if isinstance(reply, Failed):
        raise PhialError(LibraryProblem.WORKER_OTHER_VERSION, ours=client_version(), theirs="?")
    if not isinstance(reply, Welcome):
        raise PhialError(LibraryProblem.WORKER_START_FAILED, details=f"greeted with {reply.type}")
    return link, reply

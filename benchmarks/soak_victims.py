"""What the soak does to a running library: whom it kills, and at which moment."""

from __future__ import annotations

import contextlib
import random
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import psutil
from soak_client import SoakClient

from rag.extract.process_limits import USUAL_LIMITS
from rag.extract.recognizer import OCR_LIMITS

LONGEST_CALM = {"worker": 6.0, "writing": 0.03, "forgetting": 0.3, "all": 4.0, "parser": 0.3, "ocr": 1.5, "model": 2.0}
"""Seconds at most that a victim is left alone: a worker from the change on, while it writes from a moment at which
it does, while it forgets from the moment that it is told to; the others from the moment that they run."""
VICTIMS = ("worker", "worker", "writing", "writing", "forgetting", "all", "parser", "ocr", "model")
PATIENCE = 20.0
"""Seconds that a process, or a moment, is waited for; then the worker is killed in its stead."""
FULL_SECONDS = 2.0
SCARCE_BYTES = 200_000

_TICK = 0.002

Found = TypeVar("Found")


def kill(client: SoakClient, victim: str, source: random.Random) -> str:
    """Kill -9 what is wanted, or the worker where that doesn't come to run; give what was killed."""
    calm = source.uniform(0, LONGEST_CALM[victim])
    if victim in {"parser", "ocr", "model"}:
        process = _wait(lambda: _running(client.worker_pid, victim))
        if process is not None:
            time.sleep(calm)
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
                return victim
        victim = "worker"
    if victim == "writing":
        before = _written(client.home)
        victim = "writing" if _wait(lambda: _written(client.home) != before) else "worker"
    time.sleep(calm)
    if victim == "all":
        for child in _children(client.worker_pid):
            with contextlib.suppress(psutil.NoSuchProcess):
                child.kill()
    client.kill_worker(lose_index=source.random() < 0.1)
    return victim


@contextlib.contextmanager
def disk_full(client: SoakClient) -> Iterator[bool]:
    """Inside, the worker's files can hardly grow, as on a full disk (Linux; elsewhere nothing happens: false)."""
    if sys.platform != "linux":
        yield False
        return
    try:
        worker = psutil.Process(client.worker_pid)
        largest = max((path.stat().st_size for path in client.home.rglob("*") if path.is_file()), default=0)
        _, hard = worker.rlimit(psutil.RLIMIT_FSIZE)
        worker.rlimit(psutil.RLIMIT_FSIZE, (min(largest, SCARCE_BYTES), hard))
    except (psutil.Error, OSError):
        yield False
        return
    try:
        yield True
    finally:
        with contextlib.suppress(psutil.Error, OSError):
            worker.rlimit(psutil.RLIMIT_FSIZE, (hard, hard))


def _wait(condition: Callable[[], Found]) -> Found | None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        found = condition()
        if found:
            return found
        time.sleep(_TICK)
    return None


def _written(home: Path) -> tuple[tuple[int, int], ...]:
    """What changes whenever library.db or Chroma's own database is written."""
    stamps = []
    for path in (home / "library.db-wal", *(home / "chroma").glob("*/chroma.sqlite3")):
        with contextlib.suppress(OSError):
            found = path.stat()
            stamps.append((found.st_size, found.st_mtime_ns))
    return tuple(stamps)


def _running(worker: int, victim: str) -> psutil.Process | None:
    for child in _children(worker):
        with contextlib.suppress(psutil.Error):
            if victim == _name_of(child.cmdline()):
                return child
    return None


def _name_of(command: list[str]) -> str:
    if "engine.runtime" in command:
        return "model"
    if "rag.extract.child" not in command:
        return ""
    # One program, told apart by the limits it was given.
    named = {USUAL_LIMITS.as_argument(): "parser", OCR_LIMITS.as_argument(): "ocr"}
    return next((named[argument] for argument in command if argument in named), "")


def _children(pid: int) -> list[psutil.Process]:
    try:
        return psutil.Process(pid).children(recursive=True)
    except psutil.NoSuchProcess:
        return []

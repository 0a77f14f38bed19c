"""What a parser process may do, set by itself before it meets a document: memory, time, files; no network, no program.

The system's limits (setrlimit(2)) bind native code too, where a system has them. The audit hook (PEP 578) binds what
is written in Python, on every system: it is no sandbox against machine code that a document smuggles in, but no reader
and no library under it can be talked into fetching, starting or writing anything.
"""

from __future__ import annotations

import math
import os
import sys
from collections.abc import Callable

from rag.extract.process_limits import Limits

ADDRESS_SPACE_BEYOND_MEMORY = 2**30
"""Bytes of address space that a process may reserve beyond the memory it may fill."""

_REFUSED = (
    "socket.connect", "socket.bind", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname", "urllib.Request",
    "subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "os.forkpty", "os.startfile",
    "pty.spawn", "webbrowser.open", "os.chmod", "os.chown", "os.kill", "os.link", "os.symlink", "os.truncate",
    "shutil.copyfile", "shutil.move",
)  # fmt: skip
_CHANGING = frozenset({"os.remove", "os.rename", "os.rmdir", "os.mkdir", "shutil.rmtree"})
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def confine(limits: Limits, scratch: str) -> None:
    """Hold this process to ``limits`` for good; it may write in the folder ``scratch`` alone."""
    _limit_resources(limits)
    sys.dont_write_bytecode = True
    sys.addaudithook(_hook(os.path.realpath(scratch)))


def allow_seconds(limits: Limits) -> None:
    """Let this process compute as long as one document may take from now on; then the system ends it.

    The parent keeps the time too, but only while it runs itself.
    """
    if sys.platform == "win32":  # pragma: no cover - Windows
        return
    import resource

    used = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
    wall = limits.document_seconds + limits.opening_seconds
    seconds = math.ceil(used + wall * (os.cpu_count() or 1))
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (_within(seconds, hard), hard))


def _limit_resources(limits: Limits) -> None:
    if sys.platform == "win32":  # pragma: no cover - Windows
        from engine.jobs import enter_job

        enter_job(limits.memory + ADDRESS_SPACE_BEYOND_MEMORY)
        return
    import resource

    os.nice(5)
    ceilings = {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: limits.scratch_bytes,
        resource.RLIMIT_NOFILE: limits.open_files,
    }
    if sys.platform == "linux":  # macOS reserves more address space for itself than any sensible ceiling
        ceilings[resource.RLIMIT_AS] = limits.memory + ADDRESS_SPACE_BEYOND_MEMORY
    for kind, ceiling in ceilings.items():
        _, hard = resource.getrlimit(kind)
        bound = _within(ceiling, hard)
        resource.setrlimit(kind, (bound, bound))


def _within(wanted: int, hard: int) -> int:
    """A limit no higher than the system's own (-1: it has none)."""
    return wanted if hard < 0 else min(wanted, hard)


def _hook(scratch: str) -> Callable[[str, tuple[object, ...]], None]:
    refused, inside = frozenset(_REFUSED), os.path.join(scratch, "")  # noqa: PTH118 - with its last separator

    def lies_outside(path: object) -> bool:
        if not isinstance(path, str | bytes | os.PathLike):
            return False  # a descriptor, opened before; the rights of a folder
        place = os.path.realpath(os.fsdecode(path))
        return not place.startswith(inside) and place not in {scratch, os.devnull}

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open":
            path, mode, flags = arguments
            writes = (isinstance(flags, int) and flags & _WRITING) or (isinstance(mode, str) and {*mode} & {*"wax+"})
            if writes and lies_outside(path):
                raise PermissionError("a parser writes nothing")
        elif event in refused:
            raise PermissionError(f"a parser does no {event}")
        elif event in _CHANGING:
            *_, folder = arguments
            # Names in a folder that is held open come from shutil.rmtree alone, whose path was looked at before.
            is_relative = isinstance(folder, int) and folder >= 0
            if not is_relative and any(map(lies_outside, arguments[:2])):
                raise PermissionError(f"a parser does no {event}")

    return watch

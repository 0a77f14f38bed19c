"""What one start of the program asks of the one that has the window, and how it is written on the way. Values alone."""

from __future__ import annotations

import dataclasses
import json
import os
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

WINDOW, QUICK, OPEN, BACKGROUND, QUIT = "window", "quick", "open", "background", "quit"
"""The window in front; the quick question; files and folders to take in and to show; nothing that gets in the way; the
end of the one that has the window."""

LARGEST = 2**18
"""Bytes of a call: thousands of paths. What is longer is no call of ours."""

_MOST_ACTIVATION = 512
"""Characters of the token by which a desktop lets a window come to the front."""


@dataclasses.dataclass(frozen=True)
class Call:
    """``paths`` are absolute. ``activation`` is the desktop's leave to come to the front, "" where it gave none."""

    wanted: str = WINDOW
    paths: tuple[str, ...] = ()
    activation: str = ""

    def written(self) -> bytes:
        """As it travels: one line, as long as LARGEST at most; of too many paths the first that fit."""
        paths = list(self.paths)
        while True:
            line = json.dumps([self.wanted, paths, self.activation[:_MOST_ACTIVATION]]).encode() + b"\n"
            if len(line) <= LARGEST or not paths:
                return line
            paths = paths[: len(paths) // 2]


def call_in(line: bytes) -> Call | None:
    """The call that ``line`` is; None for what no start of ours would have written."""
    if len(line) > LARGEST or not line.endswith(b"\n"):
        return None
    try:
        match json.loads(line):
            case [str(wanted), [*paths], str(activation)] if wanted in {WINDOW, QUICK, OPEN, BACKGROUND, QUIT}:
                pass
            case _:
                return None
    except (ValueError, RecursionError):
        return None
    if len(activation) > _MOST_ACTIVATION or not all(_is_path(path) for path in paths):
        return None
    return Call(wanted, tuple(paths), activation)


def call_for(arguments: Sequence[str]) -> Call | None:
    """The call that a command line is, None where it is one of the terminal's commands.

    A file or a folder is told from a command by its dot, its slash or its scheme: no command has one.
    """
    activation = os.environ.get("XDG_ACTIVATION_TOKEN", "")
    if not arguments:
        return Call(WINDOW, (), activation)
    if list(arguments) in ([QUICK], [BACKGROUND], [QUIT]):
        return Call(arguments[0], (), activation)
    if any(argument.startswith("-") for argument in arguments) or not _looks_like_a_path(arguments[0]):
        return None
    return Call(OPEN, tuple(map(_local_path, arguments)), activation)


def _looks_like_a_path(argument: str) -> bool:
    return any(sign in argument for sign in {".", "/", os.sep})


def _local_path(argument: str) -> str:
    """``argument``, a path or a file's URL, as an absolute path."""
    parts = urlsplit(argument)
    if parts.scheme == "file":
        from urllib.request import url2pathname  # it brings all of HTTP along: 8 MB in a window that needs none of it

        argument = url2pathname(parts.path)
    return os.path.abspath(argument)  # noqa: PTH100 - of what may be gone


def _is_path(path: object) -> bool:
    return isinstance(path, str) and "\0" not in path and Path(path).is_absolute()

"""The program's folder in a person's own PATH on Windows, which the installer adds and takes away on request.

It runs as a process of its own because an installer can't do it well: strings of its language end after 1024
characters, and one that had read a longer PATH would write it back cut off.
Environment variables: https://learn.microsoft.com/windows/win32/procthread/environment-variables
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

SEPARATOR = ";"


def with_folder(path: str, folder: str) -> str:
    """``path``, the value of PATH, with ``folder`` at its end; as it was where it is in already."""
    return path if _is_in(path, folder) else SEPARATOR.join([*_entries(path), folder])


def without_folder(path: str, folder: str) -> str:
    """``path``, the value of PATH, without ``folder``; as it was where it isn't in."""
    if not _is_in(path, folder):
        return path
    return SEPARATOR.join(entry for entry in _entries(path) if _plain(entry) != _plain(folder))


def _entries(path: str) -> list[str]:
    return [entry for entry in path.split(SEPARATOR) if entry]


def _is_in(path: str, folder: str) -> bool:
    return any(_plain(entry) == _plain(folder) for entry in _entries(path))


def _plain(entry: str) -> str:
    return entry.strip().strip('"').rstrip("\\").casefold()


def main(arguments: Sequence[str]) -> int:
    """``add FOLDER`` or ``remove FOLDER``; 0 where PATH is as it was asked for, 2 for another call."""
    match list(arguments):
        case ["add", folder]:
            change = with_folder
        case ["remove", folder]:
            change = without_folder
        case _:
            return 2
    return _change(lambda path: change(path, folder))


if sys.platform == "win32":  # pragma: no cover - Windows
    import winreg

    def _change(change: Callable[[str], str]) -> int:
        access = winreg.KEY_READ | winreg.KEY_WRITE
        with winreg.CreateKeyEx(winreg.HKEY_CURRENT_USER, "Environment", 0, access) as key:
            try:
                former, kind = winreg.QueryValueEx(key, "Path")
            except FileNotFoundError:
                former, kind = "", winreg.REG_EXPAND_SZ
            wanted = change(former)
            if wanted != former:
                winreg.SetValueEx(key, "Path", 0, kind, wanted)  # of the kind that it was: entries may name variables
        return 0

else:

    def _change(_: Callable[[str], str]) -> int:
        """Only Windows keeps PATH where a program can change it."""
        return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

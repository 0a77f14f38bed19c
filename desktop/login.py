"""Starting with the session: by the file, the agent or the registry's value that each system looks for.

Desktop Application Autostart Specification: https://specifications.freedesktop.org/autostart-spec/latest/
Launch agents: https://developer.apple.com/library/archive/documentation/MacOSX/Conceptual/BPSystemStartup/
Run and RunOnce keys: https://learn.microsoft.com/windows/win32/setupapi/run-and-runonce-registry-keys
"""

from __future__ import annotations

import os
import plistlib
import shlex
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath

from desktop.call import BACKGROUND
from engine.paths import windowed_program

NAME = "phial"
BUNDLE_IDENTIFIER = f"org.{NAME}.{NAME}"
"""What macOS knows the program by, and its agent."""
_RUN_KEY = r"Software\Microsoft\Windows\CurrentVersion\Run"


def program() -> list[str]:
    """The command line that starts this program, frozen or not."""
    return [windowed_program()] if getattr(sys, "frozen", False) else [sys.executable, "-m", "desktop"]


def command() -> list[str]:
    """The command line that begins without a window in anybody's way."""
    return [*program(), BACKGROUND]


def desktop_entry(words: Sequence[str]) -> str:
    """The entry that starts ``words`` with a session of a free desktop."""
    line = " ".join(_entry_word(word) for word in words)
    return f"[Desktop Entry]\nType=Application\nName=Phial\nExec={line}\nIcon={NAME}\nTerminal=false\n"


def launch_agent(words: Sequence[str]) -> bytes:
    """The agent that starts ``words`` with a session of macOS, where somebody sits at the screen."""
    return plistlib.dumps({
        "Label": BUNDLE_IDENTIFIER,
        "ProgramArguments": list(words),
        "RunAtLoad": True,
        "ProcessType": "Interactive",
        "LimitLoadToSessionType": "Aqua",
        # The settings show it under the program's name and icon.
        "AssociatedBundleIdentifiers": [BUNDLE_IDENTIFIER],
    })  # fmt: skip


class PassingPlace(OSError):
    """The program runs from where it won't be found again: the disk image, or a copy that macOS made of a download."""


def is_passing(program: str, is_read_only: bool) -> bool:
    """Whether macOS runs ``program`` from such a place; ``is_read_only``: of the volume that it lies on.

    A program that was downloaded and not yet moved is run from a copy elsewhere (App Translocation).
    """
    parts = PurePosixPath(program).parts
    return "AppTranslocation" in parts or (parts[1:2] == ("Volumes",) and is_read_only)


def entry_path(platform: str, home: Path, environment: Mapping[str, str]) -> Path | None:
    """The file that says so on ``platform`` (of sys.platform); None where it is no file."""
    if platform == "win32":
        return None
    if platform == "darwin":
        return home / "Library" / "LaunchAgents" / f"{BUNDLE_IDENTIFIER}.plist"
    named = Path(environment.get("XDG_CONFIG_HOME", ""))
    return (named if named.is_absolute() else home / ".config") / "autostart" / f"{NAME}.desktop"


def starts_at_login() -> bool:
    """Whether Phial starts with the session."""
    path = entry_path(sys.platform, Path.home(), os.environ)
    return _is_in_registry() if path is None else path.is_file()


def start_at_login(wanted: bool) -> None:
    """Have it start with the session, or not. Raises PassingPlace; OSError where the system doesn't let us."""
    path = entry_path(sys.platform, Path.home(), os.environ)
    if path is None:
        _write_registry(subprocess.list2cmdline(command()) if wanted else None)
    elif not wanted:
        path.unlink(missing_ok=True)
    else:
        if sys.platform == "darwin" and is_passing(program()[0], _is_read_only(program()[0])):
            raise PassingPlace(program()[0])
        path.parent.mkdir(parents=True, exist_ok=True)
        text = launch_agent(command()) if sys.platform == "darwin" else desktop_entry(command()).encode()
        path.write_bytes(text)


def _is_read_only(path: str) -> bool:
    return sys.platform != "win32" and bool(os.statvfs(path).f_flag & os.ST_RDONLY)


def _entry_word(word: str) -> str:
    """``word`` as the Exec key wants it: quoted where it has to be, its per cent signs doubled."""
    doubled = word.replace("%", "%%")
    if shlex.quote(doubled) == doubled:
        return doubled
    escaped = "".join(f"\\{character}" if character in '"`$\\' else character for character in doubled)
    # A backslash is escaped once more, as every text of an entry is.
    return '"' + escaped.replace("\\", "\\\\") + '"'


if sys.platform == "win32":  # pragma: no cover - Windows
    import winreg

    def _is_in_registry() -> bool:
        try:
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, _RUN_KEY) as key:
                winreg.QueryValueEx(key, NAME)
        except OSError:
            return False
        return True

    def _write_registry(line: str | None) -> None:
        with winreg.CreateKey(winreg.HKEY_CURRENT_USER, _RUN_KEY) as key:
            if line is not None:
                winreg.SetValueEx(key, NAME, 0, winreg.REG_SZ, line)
            elif _is_in_registry():
                winreg.DeleteValue(key, NAME)

else:

    def _is_in_registry() -> bool:
        return False

    def _write_registry(line: str | None) -> None:
        """Only Windows has one."""

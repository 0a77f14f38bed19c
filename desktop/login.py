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
from pathlib import Path

from desktop.call import BACKGROUND
from engine.paths import windowed_program

NAME = "phial"
_AGENT = f"org.{NAME}.{NAME}"
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
    """The agent that starts ``words`` with a session of macOS."""
    return plistlib.dumps(
        {"Label": _AGENT, "ProgramArguments": list(words), "RunAtLoad": True, "ProcessType": "Interactive"}
    )


def entry_path(platform: str, home: Path, environment: Mapping[str, str]) -> Path | None:
    """The file that says so on ``platform`` (of sys.platform); None where it is no file."""
    if platform == "win32":
        return None
    if platform == "darwin":
        return home / "Library" / "LaunchAgents" / f"{_AGENT}.plist"
    named = Path(environment.get("XDG_CONFIG_HOME", ""))
    return (named if named.is_absolute() else home / ".config") / "autostart" / f"{NAME}.desktop"


def starts_at_login() -> bool:
    """Whether Phial starts with the session."""
    path = entry_path(sys.platform, Path.home(), os.environ)
    return _is_in_registry() if path is None else path.is_file()


def start_at_login(wanted: bool) -> None:
    """Have it start with the session, or not. Raises OSError where the system doesn't let us."""
    path = entry_path(sys.platform, Path.home(), os.environ)
    if path is None:
        _write_registry(subprocess.list2cmdline(command()) if wanted else None)
    elif not wanted:
        path.unlink(missing_ok=True)
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        text = launch_agent(command()) if sys.platform == "darwin" else desktop_entry(command()).encode()
        path.write_bytes(text)


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

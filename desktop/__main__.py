"""The one entry of the program: the window, the terminal, or one of our own processes.

Everything is imported by the branch that needs it: each of these processes stays as light as its work.
"""

from __future__ import annotations

import faulthandler
import importlib.util
import os
import runpy
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from desktop.call import QUIT, Call, call_for
from engine.paths import MODULE_OPTION, home, logs, make_private_folder, windowed_program

OUR_PROCESSES = frozenset(
    {"rag.worker", "rag.extract.child", "engine.runtime", "engine.kernel_product", "engine.search_path"}
)

SMOKE_OPTION = "--smoke"
"""First argument that asks for every part to be tried once."""

INTERRUPTED = 130
"""Exit status of a command that was interrupted from the keyboard, as shells have it."""

LARGEST_CRASH_LOG = 2**18
"""Bytes; a longer one is begun anew."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what ``arguments`` (by default the command line) ask for, and give the exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] == [MODULE_OPTION]:
        return _run_module(given[1:])
    if given[:1] == [SMOKE_OPTION]:
        from desktop.smoke import main as try_every_part

        return try_every_part(given[1:])
    if given[1:] in (["--help"], ["-h"]) and call_for(given[:1]) is not None:  # phial quit --help: no command's own
        given = ["--help"]
    call = call_for(given)
    if call is None:
        try:
            from rag.cli import main as run_command

            return run_command(given)
        except KeyboardInterrupt:  # before the command could listen for it
            return INTERRUPTED
    if call.wanted == QUIT:
        return _end_window()
    if windowed_program() != sys.executable:  # asked for in a terminal, which is not to wait for it
        subprocess.Popen([windowed_program(), *given], creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0))
        return 0
    return _open_window(call)


def _run_module(given: list[str]) -> int:
    """Be one of our other processes: what ``python -m`` does where there is a Python to call."""
    if not given or given[0] not in OUR_PROCESSES:
        return 2
    sys.argv = given
    runpy.run_module(given[0], run_name="__main__", alter_sys=True)
    return 0


def _end_window() -> int:
    """End the window of this library, if one is open, and wait for it; 1 where it goes on."""
    data_folder = home()
    if not data_folder.is_dir():
        return 0
    from desktop.single_instance import SingleInstance

    return 0 if SingleInstance(data_folder).end_other() else 1


def _open_window(call: Call) -> int:
    """Open the window, or have the one that is open do what ``call`` asks for."""
    data_folder = home()
    crash_log = _open_crash_log(data_folder)
    if crash_log is not None:
        faulthandler.enable(crash_log)
    from desktop import display
    from rag.errors import system_language, text

    language = system_language()
    if not display.has_display(os.environ):
        display.say_on_standard_error(text("window_no_screen", language))
        return 1
    missing = display.missing_library(plugin) if (plugin := _x_plugin()) is not None else ""
    if missing:
        display.say_on_standard_error(text("window_no_library", language, library=missing))
        return 1
    from desktop.app import open_window

    return open_window(data_folder, language, call)


def _x_plugin() -> Path | None:
    """The part of Qt that needs most of the system, where it is the one that will be used."""
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM", "xcb") != "xcb":
        return None
    qt = importlib.util.find_spec("PySide6")
    if qt is None or qt.origin is None:
        return None
    return Path(qt.origin).parent / "Qt" / "plugins" / "platforms" / "libqxcb.so"


def _open_crash_log(data_folder: Path) -> int | None:
    """A descriptor of the file where a crash in native code leaves its stack; None where it can't be written."""
    path = logs(data_folder) / "window.crash.log"
    try:
        make_private_folder(data_folder)
        make_private_folder(path.parent)
        is_long = path.exists() and path.stat().st_size > LARGEST_CRASH_LOG
        return os.open(path, os.O_WRONLY | os.O_CREAT | (os.O_TRUNC if is_long else os.O_APPEND), 0o600)
    except OSError:
        return None


if __name__ == "__main__":
    sys.exit(main())

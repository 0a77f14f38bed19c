"""A Windows to try an installer on: the real one, or Wine in a folder of its own."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path, PureWindowsPath
from types import TracebackType
from typing import Self

PATIENCE = 120.0
"""Seconds that anything here may take."""


class System:
    """Runs programs of Windows, reads its registry. Under Wine all of it lies in ``folder``, else nothing does."""

    def __init__(self, folder: Path) -> None:
        self.is_wine = sys.platform != "win32"
        self._prefix = folder / "wine"
        self._environment = {**os.environ, "WINEDEBUG": "-all", "WINEPREFIX": str(self._prefix), "LC_ALL": "C.UTF-8"}
        self._before = [shutil.which("wine") or "wine"] if self.is_wine else []

    def __enter__(self) -> Self:
        if self.is_wine:
            self._prefix.parent.mkdir(parents=True, exist_ok=True)
            subprocess.run([*self._before, "wineboot", "-i"], env=self._environment, capture_output=True, check=True)
            self.be("win10")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.is_wine:
            for option in ("-k", "-w"):
                subprocess.run(["wineserver", option], env=self._environment, check=False)  # noqa: S607 - Wine's own

    def start(self, program: Path, *arguments: str) -> subprocess.Popen[bytes]:
        """Start a program of Windows; its process."""
        return subprocess.Popen([*self._before, str(program), *arguments], env=self._environment)

    def run(self, program: Path, *arguments: str) -> int:
        """Run a program of Windows to its end; its exit status."""
        return self.start(program, *arguments).wait(PATIENCE)

    def variable(self, name: str) -> str:
        """The value of a variable of Windows' environment."""
        return self._output("cmd", "/c", f"echo %{name}%").strip()

    def folder(self, name: str) -> Path:
        """The folder that a variable of Windows' environment names."""
        return self.path(self.variable(name))

    def path(self, named: str) -> Path:
        """A path as Windows names it, as this side of it does."""
        if not self.is_wine:
            return Path(named)
        parts = PureWindowsPath(named)
        return self._prefix / f"drive_{parts.drive[0].lower()}" / Path(*parts.parts[1:])

    def named(self, path: Path) -> str:
        """A path of this side, as Windows names it."""
        inside = path.relative_to(self._prefix / "drive_c") if self.is_wine else path
        return str(PureWindowsPath("C:\\", *inside.parts)) if self.is_wine else str(path)

    def value(self, key: str, name: str = "") -> str | None:
        """A value of the person's own registry, the key's own by default; None where there is none."""
        said = self._output("reg", "query", rf"HKCU\{key}", *(["/v", name] if name else ["/ve"]))
        found = re.search(r"REG_(?:EXPAND_)?(?:SZ|DWORD) +([^\r\n]*)", said)
        return found[1].strip() if found else None

    def write_value(self, key: str, name: str, text: str) -> None:
        """Write a text into the person's own registry."""
        self._output("reg", "add", rf"HKCU\{key}", "/v", name, "/d", text, "/f")

    def be(self, version: str) -> None:
        """Have Wine say that it is this Windows, as winecfg names them."""
        subprocess.run([*self._before, "winecfg", "-v", version], env=self._environment, check=True)

    def _output(self, *command: str) -> str:
        done = subprocess.run([*self._before, *command], env=self._environment, capture_output=True, check=False)
        return done.stdout.decode("utf-8" if self.is_wine else "oem", "replace")


def wait_for(condition: Callable[[], bool]) -> bool:
    """Wait until ``condition`` holds; whether it does in the end."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True

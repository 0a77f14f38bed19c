"""Use what a person downloads, as they would, once: ``--smoke`` of the program that it brings, with the starter model.

    python packaging/try_program.py dist/phial-0.1.0-windows-x64-setup.exe    installed, tried, removed (Windows)
    python packaging/try_program.py dist/phial-0.1.0-macos-arm64.dmg          opened, copied, tried (macOS)
    python packaging/try_program.py PROGRAM [OPTION …]                        started as it is: an AppImage

What it prints (one line of JSON) is printed; the exit status is its own. On Linux `make dist-smoke` tries the package
and the archive in bare rooms.
"""

from __future__ import annotations

import os
import plistlib
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from freeze_check import starter

PATIENCE = 900.0
"""Seconds: a virus scanner looks at every library the first time."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Try what the first argument names; the exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    named = Path(given[0]).resolve()
    with tempfile.TemporaryDirectory(prefix="phial é 文 ") as folder:
        environment = bare_environment(Path(folder) / "home")
        if named.suffix == ".dmg":
            with attached(named) as volume:
                bundle = next(volume.glob("*.app"))
                # With its links as they are: a bundle without them is another one, and its signature is broken.
                copied = Path(shutil.copytree(bundle, Path(folder) / bundle.name, symlinks=True))
            return smoke([str(copied / "Contents" / "MacOS" / "phial")], environment)
        if named.name.endswith("-setup.exe"):
            with installed(named) as program:
                return smoke([str(program)], environment)
        return smoke([str(named), *given[1:]], environment)


def bare_environment(home: Path) -> dict[str, str]:
    """The environment here, without a Python's variables, with a data folder of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    return {**kept, "PHIAL_HOME": str(home)}


def smoke(command: Sequence[str], environment: dict[str, str]) -> int:
    """Have a program try itself, with the starter model; its exit status."""
    model = ["--model", str(starter())]
    return subprocess.run([*command, "--smoke", *model], env=environment, timeout=PATIENCE, check=False).returncode


@contextmanager
def attached(image: Path) -> Iterator[Path]:
    """The folder where a disk image is open, read-only (macOS). Raises CalledProcessError."""
    command = ["hdiutil", "attach", "-readonly", "-nobrowse", "-plist", str(image)]
    said = subprocess.run(command, capture_output=True, check=True).stdout
    volume = mount_point(said)
    try:
        yield volume
    finally:
        subprocess.run(["hdiutil", "detach", str(volume)], check=True)  # noqa: S607 - the system's own


def mount_point(said: bytes) -> Path:
    """Where hdiutil says that it opened an image. Raises StopIteration where it says nothing of it."""
    entities = plistlib.loads(said)["system-entities"]
    return Path(next(one["mount-point"] for one in entities if "mount-point" in one))


@contextmanager
def installed(installer: Path) -> Iterator[Path]:
    """The program for terminals that an installer brings, for as long as it is used (Windows)."""
    place = Path(os.environ["LOCALAPPDATA"]) / "Programs" / "Phial"
    subprocess.run([str(installer), "/S"], check=True, timeout=PATIENCE)
    try:
        yield place / "phial.com"
    finally:
        subprocess.run([str(place / "uninstall.exe"), "/S"], check=True, timeout=PATIENCE)


if __name__ == "__main__":
    sys.exit(main())

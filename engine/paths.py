"""Where things are: the data folder and what lies in it, the shipped assets, and how a process of ours is started."""

from __future__ import annotations

import errno
import os
import stat
import sys
import tempfile
from pathlib import Path, PurePath

import platformdirs

HOME_VARIABLE = "PHIAL_HOME"
CONSOLE_SUFFIX = ".com"
"""What the program for terminals ends in on Windows: a shell that is given no ending takes it before ``.exe``."""
LONGEST_SOCKETS_PARENT = 60
"""Bytes: the address of a Unix socket has room for 103 on macOS, for 107 on Linux."""
MODULE_OPTION = "--phial-module"
"""First argument of a frozen program that is to run as one of our other processes; the next names its module."""


def home() -> Path:
    """The data folder, not necessarily existing: ``PHIAL_HOME`` where it is set, else the platform's own."""
    named = os.environ.get(HOME_VARIABLE)
    if named:
        return Path(named).expanduser().absolute()
    return Path(platformdirs.user_data_dir("phial", appauthor=False))


def make_private_folder(folder: Path) -> Path:
    """Make ``folder`` (and its parents) readable by its owner alone, and give it back.

    A folder that was there already is left as open as it was where it holds anything: it may be one that others use.
    What we write into it is still our owner's alone. Raises OSError where the folder can't be made.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if os.name == "posix" and stat.S_IMODE(folder.stat().st_mode) & 0o077 and not any(folder.iterdir()):
        folder.chmod(0o700)
    return folder


def sockets_folder() -> Path:
    """Where this user's Unix sockets lie, not necessarily there yet: with a short name, and nobody else's.

    Every process of this user finds the same one, as long as they have the same environment.
    """
    own = f"phial-{os.getuid()}"
    for named in (os.environ.get("XDG_RUNTIME_DIR"), tempfile.gettempdir()):
        if named and len(os.fsencode(named)) <= LONGEST_SOCKETS_PARENT and Path(named).is_dir():
            folder = Path(named) / own
            if _can_be_ours(folder):
                return folder
    return Path("/tmp") / own  # noqa: S108 - whose it is is looked at before anything is put into it


def make_sockets_folder() -> Path:
    """Have the folder of this user's sockets, which nobody else can look into.

    Raises OSError where it can't be made, or somebody else has put something in its place.
    """
    folder = sockets_folder()
    folder.mkdir(mode=0o700, exist_ok=True)
    if not _can_be_ours(folder):
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM), str(folder))
    if stat.S_IMODE(folder.lstat().st_mode) & 0o077:
        folder.chmod(0o700)
    return folder


def _can_be_ours(folder: Path) -> bool:
    """Whether nothing is at ``folder``, or a folder of this user's: not a link to one either."""
    try:
        found = folder.lstat()
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid()


def replace_file(path: Path, body: bytes) -> None:
    """Write a file of ours, whole or not at all, readable by its owner alone. Raises OSError."""
    make_private_folder(path.parent)
    descriptor, beside = tempfile.mkstemp(prefix=path.name, dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise


def assets() -> Path:
    """The folder of shipped data, in a checkout, an installed wheel and a frozen program alike."""
    return Path(__file__).resolve().parent.parent / "assets"


def kernels() -> Path:
    """Where llama.cpp's kernels for several kinds of processor lie, if any were built (decision 0148)."""
    root = assets().parent
    return root / "kernels" if getattr(sys, "frozen", False) else root / "build" / "kernels"


def shipped_models() -> Path:
    """Where a language model lies that came with the program (decision 0191), if one did."""
    return assets().parent / "models"


def logs(data_folder: Path) -> Path:
    """Where the log files of a library lie."""
    return data_folder / "logs"


def kv_states(data_folder: Path) -> Path:
    """Where what a library's model has read lies, for it to be read no more than once."""
    return data_folder / "kv"


def models(data_folder: Path) -> Path:
    """Where models that this library downloaded or was given lie."""
    return data_folder / "models"


def backups(data_folder: Path) -> Path:
    """Where a library lies as it was before an upgrade, or before another took its place."""
    return data_folder / "backups"


def updates(data_folder: Path) -> Path:
    """Where installers of newer versions lie, which the person asked for."""
    return data_folder / "updates"


def embedders(data_folder: Path) -> Path:
    """Where embedders that a person puts into this library's folder lie."""
    return data_folder / "embedders"


def windowed_program() -> str:
    """The program of this process; in ``phial.com``, Windows' program for terminals, the one without a console.

    A process that outlives its terminal must not hold it open, and none of ours is to flash one.
    """
    path = PurePath(sys.executable)
    return str(path.with_suffix(".exe")) if path.suffix.lower() == CONSOLE_SUFFIX else sys.executable


def process_command(module: str, *arguments: str) -> list[str]:
    """The command line that runs ``module`` (of this program) as a process of its own, frozen or not."""
    if getattr(sys, "frozen", False):
        return [windowed_program(), MODULE_OPTION, module, *arguments]
    return [sys.executable, "-P", "-m", module, *arguments]

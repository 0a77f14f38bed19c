"""Build the frozen folder, the same from the same commit: PyInstaller, with what differs from day to day held still.

    python packaging/freeze.py [--with-model FILE]

The folder is build/frozen/phial. OpenCV as packaging/build_opencv.py compiled it takes the place of the wheel's, where
it was compiled. ``--with-model`` lays a language model inside, for machines that never see a network.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import build_opencv
from linux.search_paths import clean_folder
from linux.symbols import strip_folder

ROOT = Path(__file__).resolve().parent.parent
FROZEN = ROOT / "build" / "frozen"
NAME = "phial"
MODELS = "models"
"""The folder of shipped models, where engine.paths.shipped_models looks."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Freeze; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--with-model", type=Path, metavar="FILE", help="a language model (GGUF) that is laid inside")
    chosen = parser.parse_args(arguments)
    folder = freeze()
    if chosen.with_model is not None:
        add_model(folder, chosen.with_model)
    return 0


def freeze() -> Path:
    """Build the folder anew, and give it. Exits with PyInstaller's status where it fails."""
    shutil.rmtree(FROZEN / NAME, ignore_errors=True)
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", "--distpath", str(FROZEN),
               "--workpath", str(ROOT / "build" / "pyinstaller"), str(ROOT / "packaging" / "phial.spec")]  # fmt: skip
    status = subprocess.run(command, cwd=ROOT, env=still_environment(), check=False).returncode
    if status != 0:
        raise SystemExit(status)
    if sys.platform.startswith("linux"):
        finish(FROZEN / NAME)
    return FROZEN / NAME


def finish(folder: Path) -> None:
    """Take out of the folder's libraries what they need where they were built, and say so; only the program runs.

    Raises OSError, linux.elf.ElfError.
    """
    if shutil.which("strip") is None:
        print("No strip is here: the libraries keep what only debuggers read.")
    else:
        done = strip_folder(folder)
        print(f"{done.saved / 1e6:.1f} MB of symbols taken out; {len(done.left_alone)} libraries left alone, in "
              f"{', '.join(sorted({path.parent.as_posix() for path in done.left_alone})) or 'no folder'}.")  # fmt: skip
    print(f"{len(clean_folder(folder))} libraries would have looked for others where they were built: no longer.")
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            path.chmod(0o755 if path == folder / NAME else 0o644)


def still_environment() -> dict[str, str]:
    """The environment here, with what a build would take from the moment it happens at."""
    environment = {**os.environ, "PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": str(moment())}
    if build_opencv.is_built():
        environment["PYTHONPATH"] = str(build_opencv.SLIM)
    else:
        print("OpenCV is the wheel's: `make opencv` compiles the part that OCR needs, a quarter of it or less, and "
              "without the films: on macOS what the wheel reads them by may not be shipped.")  # fmt: skip
    return environment


def moment() -> int:
    """The seconds since 1970 that everything built here is of: SOURCE_DATE_EPOCH, else those of the last commit.

    https://reproducible-builds.org/specs/source-date-epoch/
    """
    named = os.environ.get("SOURCE_DATE_EPOCH", "")
    if named.isdigit():
        return int(named)
    command = ["git", "log", "-1", "--format=%ct"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return int(done.stdout) if done.returncode == 0 and done.stdout.strip().isdigit() else 0


def add_model(folder: Path, model: Path) -> Path:
    """Lay ``model`` into the frozen ``folder``, where the program finds it; the file there. Exits where it is none."""
    with model.open("rb") as file:
        if file.read(4) != b"GGUF":
            raise SystemExit(f"{model} is no GGUF file.")
    place = folder / "_internal" / MODELS / model.name
    place.parent.mkdir(exist_ok=True)
    shutil.copyfile(model, place)
    return place


if __name__ == "__main__":
    sys.exit(main())

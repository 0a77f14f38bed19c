"""Build the installer for Windows: freeze, lay the runtimes beside, sign, compile, prove.

    python packaging/windows/build.py                      all of it, on Windows
    python packaging/windows/build.py --folder FOLDER      of a folder that is frozen already
    python packaging/windows/build.py --with-model FILE    the offline edition: a folder with installer and model
    python packaging/windows/build.py --dry-run            only say what would be done, anywhere

Signs where PHIAL_SIGNING_THUMBPRINT names a certificate (windows/signing.py), else says that nothing is signed.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import freeze

from rag.extract import SUFFIXES
from windows import files, resources, runtimes, signing
from windows.executables import AMD64, Executable, oldest_windows, read_all

ROOT = Path(__file__).resolve().parents[2]
FROZEN = ROOT / "build" / "frozen" / "phial"
WORK = ROOT / "build" / "windows"
SCRIPT = Path(__file__).with_name("phial.nsi")

OLDEST_WINDOWS = (10, 0)
"""What a header can say at most: 10.0 is 10 and 11. Of Windows 10, version 1809 is the oldest that Qt supports, and the
installer asks for it: https://doc.qt.io/qt-6.11/windows.html"""

MODELS = "phial-models"
"""The folder beside the installer out of which it takes models."""

CONSOLE_PROGRAM = "phial-console.exe"
"""How the specification names the program for terminals: PyInstaller gives every program this ending."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line asks; the exit status. Raises what the steps raise: a build that fails is not one."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--folder", type=Path, help="a frozen folder; without it, one is frozen")
    parser.add_argument("--output", type=Path, default=ROOT / "dist", help="where the installer goes")
    parser.add_argument("--with-model", type=Path, metavar="FILE", help="a model (GGUF) to lay beside the installer")
    parser.add_argument("--dry-run", action="store_true", help="print the files and the command lines, do nothing")
    given = parser.parse_args(arguments)
    version = importlib.metadata.version("phial")
    folder = (given.folder or FROZEN).resolve()
    name = f"phial-{version}-windows-x64"
    place = given.output.resolve() / f"{name}-offline" if given.with_model else given.output.resolve()
    output = place / f"{name}-setup.exe"
    if given.dry_run:
        print("\n".join(plan(folder, output, version, given.with_model, freezes=given.folder is None)))
        return 0
    if given.folder is None:
        freeze.freeze()
    name_console_program(folder)
    for copied in runtimes.lay_beside(folder, folder / "_internal"):
        print(f"laid beside: {copied.name}")
    programs = read_all(folder)
    check(programs)
    signature = signing.sign_command()
    if signature:
        signing.run(signature, signing.to_sign(programs))
        signing.run(signing.verify_command(), [folder / "phial.exe", folder / "phial.com"])
    output.parent.mkdir(parents=True, exist_ok=True)
    compile_installer(folder, output, version, signature)
    if signature:
        signing.run(signing.verify_command(), [output])
    if given.with_model:
        lay_model_beside(given.with_model, output)
    print(
        f"{output} ({output.stat().st_size / 1e6:.0f} MB), " + ("signed" if signature else "not signed: no certificate")
    )
    return 0


def lay_model_beside(model: Path, installer: Path) -> Path:
    """Copy ``model`` to where ``installer`` looks for one; the copy. Raises SystemExit where it is none, OSError.

    It isn't inside: NSIS makes no installer larger than 2 GiB, and most models are.
    """
    with model.open("rb") as file:
        if file.read(4) != b"GGUF":
            raise SystemExit(f"{model} is no GGUF file")
    place = installer.parent / MODELS / model.name
    place.parent.mkdir(parents=True, exist_ok=True)
    return Path(shutil.copyfile(model, place))


def name_console_program(folder: Path) -> None:
    """Give the program for terminals its name: ``phial.com``, which a shell finds before ``phial.exe``."""
    if (folder / CONSOLE_PROGRAM).exists():
        (folder / CONSOLE_PROGRAM).replace(folder / "phial.com")


def check(programs: Sequence[Executable]) -> None:
    """Say what the headers say; raises runtimes.MissingRuntime or SystemExit where they say what we don't promise."""
    oldest = oldest_windows(programs)
    print(f"{len(programs)} programs and libraries; their headers ask for Windows {oldest[0]}.{oldest[1]} or newer")
    if oldest > OLDEST_WINDOWS:
        newest = [one.path.name for one in programs if one.oldest > OLDEST_WINDOWS]
        raise SystemExit(f"for a newer Windows than is promised: {', '.join(newest)}")
    if others := [one.path.name for one in programs if one.machine != AMD64]:
        raise SystemExit(f"not for this processor: {', '.join(others)}")
    names = {one.path.name for one in programs}
    if absent := {"phial.exe", "phial.com"} - names:
        raise SystemExit(f"not in the folder: {', '.join(sorted(absent))}")


def compile_installer(
    folder: Path, output: Path, version: str, signature: Sequence[str] | None = None, *extra: str, work: Path = WORK
) -> None:
    """Have NSIS make ``output`` of ``folder``; ``extra`` are more definitions. Raises CalledProcessError and others."""
    contents = files.contents_of(folder)
    resources.write(work, version)
    (work / "contents.nsh").write_text(files.script(contents, SUFFIXES), encoding="utf-8")
    subprocess.run([*compile_command(contents, output, version, signature, work), *extra,
                    str(SCRIPT)], check=True)  # fmt: skip


def compile_command(
    contents: files.Contents, output: Path, version: str, signature: Sequence[str] | None, work: Path
) -> list[str]:
    """NSIS's compiler with what phial.nsi wants to know; warnings are errors."""
    numbers = ".".join(map(str, resources.four_numbers(version)))
    definitions = {
        "VERSION": version, "NUMBERS": numbers, "CONTENTS": str(work / "contents.nsh"),
        "ICON": str(work / "phial.ico"), "SIDE": str(work / "side.bmp"),
        "OUTPUT": str(output), "KILOBYTES": str(-(-contents.size // 1024)), "LONGEST": str(contents.longest),
    }  # fmt: skip
    if signature:
        definitions["SIGN"] = subprocess.list2cmdline(signature)
    return [
        makensis(),
        "-V2",
        "-WX",
        "-NOCD",
        "-INPUTCHARSET",
        "UTF8",
        *(f"-D{name}={text}" for name, text in definitions.items()),
    ]


def makensis() -> str:
    """NSIS's compiler, where it stands on the search path or where its own installer puts it."""
    usual = Path(os.environ.get("PROGRAMFILES(X86)", "")) / "NSIS" / "makensis.exe"
    return shutil.which("makensis") or (str(usual) if usual.is_file() else "makensis")


def plan(folder: Path, output: Path, version: str, model: Path | None, *, freezes: bool) -> list[str]:
    """What would be done, in order: every command line, and every file that is there to be installed."""
    lines = [f"{sys.executable} packaging/freeze.py"] if freezes else []
    lines.append(f"rename {folder / CONSOLE_PROGRAM} to phial.com")
    lines.append(f"copy what is missing of {runtimes.RUNTIME.pattern} into {folder / '_internal'}")
    signature = signing.sign_command()
    lines.append(subprocess.list2cmdline([*signature, "FILE…"]) if signature else "sign nothing: no certificate")
    if folder.is_dir():
        try:
            contents = files.contents_of(folder)
        except files.UnfitFolder as unfit:
            lines.append(f"{unfit}: frozen on another system, this folder shows no more than what would be inside")
            contents = files.all_in(folder)
        lines += [f"install {file}" for file in contents.files]
        lines.append(f"{len(contents.files)} files, {contents.size / 1e6:.0f} MB, the longest path {contents.longest}")
    else:
        contents = files.Contents(folder, (), 0, 0)
        lines.append(f"no files to list: nothing is frozen in {folder}")
    command = compile_command(contents, output, version, signature, WORK)
    lines.append(subprocess.list2cmdline([*command, str(SCRIPT)]))
    if signature:
        lines.append(subprocess.list2cmdline([*signing.verify_command(), str(output)]))
    if model:
        lines.append(f"copy {model} to {output.parent / MODELS / model.name}")
    return lines


if __name__ == "__main__":
    sys.exit(main())

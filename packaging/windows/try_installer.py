"""Try the installer as a person without rights would: install, mend, upgrade, remove; compare what is there after.

    python packaging/windows/try_installer.py INSTALLER FOLDER     the real one, on Windows, that was made of FOLDER
    python packaging/windows/try_installer.py                      under Wine: our script, around made-up programs

Under Wine more can be tried: another version, one that is open, one that won't end, an older Windows, a model beside.
Exit status 1 where something is not as it should be.
"""

from __future__ import annotations

import filecmp
import importlib.metadata
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from windows import build
from windows.files import contents_of
from windows.system import System, wait_for

WINE_CPU = "amd64-unicode"
"""What a Wine without 32-bit libraries runs. A release is x86-unicode, which every Windows that we support does."""

KEY = r"Software\Microsoft\Windows\CurrentVersion\Uninstall\Phial"
RUN = r"Software\Microsoft\Windows\CurrentVersion\Run"
VERB = r"Software\Classes\SystemFileAssociations\.pdf\shell\AskPhial"
FOLDER_VERB = r"Software\Classes\Directory\shell\AskPhial"


class Trial:
    """What is looked at, on ``system``; ``problems`` are sentences."""

    def __init__(self, system: System) -> None:
        self.system = system
        self.problems: list[str] = []
        self.local = system.folder("LOCALAPPDATA")
        self.installed = self.local / "Programs" / "Phial"
        self.data = self.local / "phial"
        self.menu = system.folder("APPDATA") / "Microsoft/Windows/Start Menu/Programs/Phial.lnk"
        self.desktop = system.folder("USERPROFILE") / "Desktop" / "Phial.lnk"
        self.temp = system.folder("TEMP")

    def expect(self, found: object, wanted: object, what: str) -> None:
        """Note it where ``found`` is not what is wanted."""
        print(f"{'as it should be' if found == wanted else 'NOT AS IT SHOULD BE'}: {what}", flush=True)
        if found != wanted:
            self.problems.append(f"{what}: {found!r} instead of {wanted!r}")

    def install(self, installer: Path, *options: str, status: int = 0, what: str) -> None:
        """Install silently, expecting an exit status."""
        self.expect(self.system.run(installer, "/S", *options), status, what)

    def expect_files(self, folder: Path, *more: str) -> None:
        """Expect the files of ``folder``, the uninstaller and ``more``, with the same content, and no others."""
        wanted, found = (set(contents_of(each).files) for each in (folder, self.installed))
        apart = {PurePosixPath("uninstall.exe"), *map(PurePosixPath, more)}
        self.expect(sorted(found ^ (wanted | apart)), [], "the files that are there, and no others")
        common = [str(file) for file in wanted & found]
        differing = filecmp.cmpfiles(folder, self.installed, common, shallow=False)[1]
        self.expect(differing, [], "their content")

    def expect_registered(self, version: str) -> None:
        """Expect the entries of an installed Phial."""
        place = self.system.named(self.installed)
        self.expect(self.system.value(KEY, "DisplayVersion"), version, "the version in Apps & features")
        self.expect(self.system.value(KEY, "InstallLocation"), place, "its folder there")
        self.expect(
            self.system.value(KEY, "QuietUninstallString"), f'"{place}\\uninstall.exe" /S', "its uninstaller there"
        )
        size = int(self.system.value(KEY, "EstimatedSize") or "0", 16)
        self.expect(size > 0, True, "its size there")
        for verb in (VERB, FOLDER_VERB):
            command = self.system.value(rf"{verb}\command")
            self.expect(command, f'"{place}\\phial.exe" "%1"', f"the command of {verb.split('shell')[0]}")
        self.expect(self.menu.is_file(), True, "the entry in the Start menu")

    def uninstall(self, *options: str) -> None:
        """Uninstall silently, and wait: the uninstaller goes on as a copy of itself."""
        self.system.run(self.installed / "uninstall.exe", "/S", *options)
        gone = wait_for(
            lambda: not (self.installed / "uninstall.exe").exists() and self.system.value(KEY, "DisplayName") is None
        )
        self.expect(gone, True, "the uninstaller has ended")

    def expect_nothing(self, *others: str) -> None:
        """Expect nothing of ours, and in our folder only ``others``."""
        left = sorted(
            path.relative_to(self.installed).as_posix() for path in self.installed.rglob("*") if path.is_file()
        )
        self.expect(left, sorted(others), "what is left in the folder")
        for key in (KEY, VERB, FOLDER_VERB, r"Software\Classes\SystemFileAssociations\.pdf"):
            self.expect(self.system.value(key, "MUIVerb") or self.system.value(rf"{key}\command"), None, f"no {key}")
        self.expect(self.menu.exists() or self.desktop.exists(), False, "no shortcut")
        self.expect((self.data / "library.db").read_text(encoding="utf-8"), "kept", "the library is kept")


def try_real(trial: Trial, installer: Path, folder: Path) -> None:
    """Install, mend and remove the real one, on a machine that has none: what a person has is not to try things on."""
    for place in (trial.installed, trial.data):
        if place.exists():
            raise SystemExit(f"{place} is there already: this is for a machine without a Phial.")
    keep_library(trial)
    trial.install(installer, what="a first installation")
    trial.expect_files(folder)
    trial.expect_registered(importlib.metadata.version("phial"))
    (trial.installed / "phial.com").unlink()
    (trial.installed / "notes.txt").write_text("a person's", encoding="utf-8")
    trial.install(installer, what="run again, to mend it")
    trial.expect_files(folder, "notes.txt")
    trial.uninstall()
    trial.expect_nothing("notes.txt")
    for place in (trial.installed, trial.data):
        shutil.rmtree(place)


def keep_library(trial: Trial) -> None:
    """A library in the data folder."""
    trial.data.mkdir(parents=True, exist_ok=True)
    (trial.data / "library.db").write_text("kept", encoding="utf-8")


def make_up(folder: Path, files: Sequence[str]) -> Path:
    """A folder as a frozen one is: two programs that behave as ours towards an installer, and ``files``."""
    for name in files:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"{folder.name}: {name}", encoding="utf-8")
    for name in ("phial.exe", "phial.com"):
        script = Path(__file__).with_name("made_up.nsi")
        options = [f"-DCPU={WINE_CPU}", f"-DOUTPUT={folder / name}"]
        subprocess.run([build.makensis(), "-V1", "-NOCD", *options, str(script)], check=True)
    return folder


def try_made_up(trial: Trial, folder: Path) -> None:
    """Everything that can happen to the script, around made-up programs."""
    first = make_up(folder / "first", ["_internal/base.dll", "_internal/gone/old.dll", "_internal/assets/é 文/a$b.txt"])
    second = make_up(folder / "second", ["_internal/base.dll", "_internal/new.dll"])
    installers = []
    for contents, version in ((first, "0.1.0"), (second, "0.2.0")):
        installers.append(folder / f"phial-{version}-setup.exe")
        extra = (f"-DCPU={WINE_CPU}", "-DWAITS=12")
        build.compile_installer(contents, installers[-1], version, None, *extra, work=folder / "work")
    old, new = installers
    system, program = trial.system, trial.installed / "phial.exe"
    keep_library(trial)
    system.write_value(RUN, "phial", r"C:\Python\python.exe -m desktop background")
    trial.install(old, what="a first installation")
    trial.expect_files(first)
    trial.expect_registered("0.1.0")
    trial.expect(trial.desktop.exists(), False, "no icon that nobody asked for")
    (trial.installed / "phial.com").unlink()
    (trial.installed / "_internal" / "notes.txt").write_text("a person's", encoding="utf-8")
    trial.install(old, "/DESKTOP", what="run again, to mend it, with an icon on the desktop")
    trial.expect_files(first, "_internal/notes.txt")
    trial.expect(trial.desktop.is_file(), True, "the icon on the desktop")

    stays = trial.temp / "phial-stays"
    with system.start(program, "stubborn"):
        wait_for(stays.exists)
        trial.install(new, status=4, what="refused while one is open that does not end")
        trial.expect_files(first, "_internal/notes.txt")
        stays.unlink()
    with system.start(program, "stay") as staying:
        wait_for(stays.exists)
        trial.install(new, what="an upgrade asks the open one to end, and waits for it")
        trial.expect(staying.wait(10), 0, "it has ended by itself")
    trial.expect_files(second, "_internal/notes.txt")
    trial.expect_registered("0.2.0")
    trial.expect(trial.desktop.is_file(), True, "the icon stays through an upgrade")
    system.write_value(RUN, "phial", f'"{system.named(program)}" background')
    trial.install(old, status=1, what="an older one asks first, and nobody says yes")
    trial.expect_files(second, "_internal/notes.txt")

    models = folder / "phial-models"
    models.mkdir()
    (models / "tiny.gguf").write_bytes(b"GGUF")
    trial.install(new, what="an offline edition, with a model beside")
    trial.expect_files(second, "_internal/notes.txt", "_internal/models/tiny.gguf")
    trial.install(new, f"/D={system.named(trial.data)}\\program", status=2, what="not into the folder of the library")
    trial.install(new, "/D=C:\\" + "\\".join(["x" * 60] * 4), status=2, what="not where paths get too long")
    trial.uninstall()
    trial.expect(system.value(RUN, "phial"), None, "our login item is gone")
    trial.expect_nothing("_internal/notes.txt")

    system.write_value(RUN, "phial", r"C:\Python\python.exe -m desktop background")
    elsewhere = trial.local / "Zoë's" / "文"
    trial.install(new, "/NOVERBS", f"/D={system.named(elsewhere)}", what="another folder, without verbs")
    trial.expect((elsewhere / "phial.exe").is_file(), True, "it is there")
    trial.expect(system.value(rf"{FOLDER_VERB}\command"), None, "no verb")
    trial.install(new, f"/D={system.named(trial.installed)}", what="moved into the usual folder")
    trial.expect(elsewhere.exists(), False, "nothing is left in the former folder")
    trial.expect(system.value(rf"{FOLDER_VERB}\command"), None, "still no verb: what was chosen stays")
    (trial.data / "kv" / "é 文").mkdir(parents=True)
    (trial.data / "kv" / "é 文" / "state").write_text("read", encoding="utf-8")
    (trial.data / "kv" / "é 文" / "state").chmod(0o400)
    trial.uninstall("/DELETELIBRARY")
    trial.expect(trial.data.exists(), False, "the library is gone where that was asked for")
    trial.expect(
        system.value(RUN, "phial"), r"C:\Python\python.exe -m desktop background", "another's login item stays"
    )
    system.be("win7")
    trial.install(new, status=3, what="refused on a Windows that is too old")
    trial.expect(trial.installed.exists() and any(trial.installed.rglob("*.exe")), False, "nothing was installed there")


def main(arguments: Sequence[str] | None = None) -> int:
    """Try what the command line names; the exit status."""
    given = [Path(each).resolve() for each in (sys.argv[1:] if arguments is None else arguments)]
    with tempfile.TemporaryDirectory() as place, System(Path(place)) as system:
        trial = Trial(system)
        if system.is_wine:
            try_made_up(trial, Path(place))
        else:
            installer, folder = given
            try_real(trial, installer, folder)
    print("\n".join(trial.problems) or "The installer installs, mends, upgrades and removes what is its own.")
    return 1 if trial.problems else 0


if __name__ == "__main__":
    sys.exit(main())

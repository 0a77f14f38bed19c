"""Prove what `make dist` built: install it for real, try every part of it, remove it, look for what stayed. As root.

    make dist-smoke

`phial --smoke` runs on the frozen folder, on the unpacked archive and on the installed package, each in a bare room
(packaging/linux/room.py) that holds what the package depends on and nothing else: no Python, compiler, home folder or
network, a program folder that can only be read, an ordinary user, names with spaces, accents and CJK. The package is
then removed: nothing of it stays, and the library that it made does. Its entry and description are validated where the
tools for that are there. Exit status 1 where something is not as it should be. What was tried goes to build/smoke.json.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import freeze
from freeze_check import starter
from linux import room
from linux.desktop_files import COMPONENT, NAME
from linux.room import closure, enter, furnish, names_in

ROOT = Path(__file__).resolve().parent.parent
DIST = ROOT / "dist"
REPORT = ROOT / "build" / "smoke.json"
FOREIGN = "/opt/Éléonore's 文档 dossier"
"""Where a person might unpack it."""
MODEL = "/media/clé de modèle 模型/model.gguf"
FORBIDDEN = ("python", "gcc", "cc1", "clang", "perl-compiler", "c++")
"""No file of a bare room has a name that begins so."""


class SmokeError(Exception):
    """What is not as it should be, in a sentence."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Prove it; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", type=Path, metavar="FILE", help="the model that is asked; else the starter's")
    chosen = parser.parse_args(arguments)
    if not sys.platform.startswith("linux") or os.geteuid() != 0:
        print(
            "This installs a package for real and makes rooms to try it in: it runs on Linux, as root.", file=sys.stderr
        )
        return 1
    proof = Proof(chosen.model or starter())
    for name, step in proof.steps():
        try:
            print(f"{name}: {step()}", flush=True)
        except (SmokeError, OSError, subprocess.SubprocessError, tarfile.TarError, LookupError) as error:
            proof.problems.append(f"{name}: {error}")
            print(f"{name}: FAILED: {error}", flush=True)
    proof.close()
    REPORT.write_text(json.dumps(proof.reports, indent=1), encoding="utf-8")
    print("\n".join(proof.problems) or "Everything that was built is as it should be.")
    return 1 if proof.problems else 0


def newest(pattern: str) -> Path:
    """The newest file in dist that is called so. Raises LookupError."""
    found = sorted(DIST.glob(pattern), key=lambda path: path.stat().st_mtime)
    if not found:
        raise LookupError(f"no {pattern} in {DIST}: make dist")
    return found[-1]


class Proof:
    """The steps, what they printed (``reports``) and what they found wrong (``problems``)."""

    def __init__(self, model: Path) -> None:
        self.problems: list[str] = []
        self.reports: dict[str, Any] = {}
        self._model = model
        self._place = Path(tempfile.mkdtemp(prefix="phial-dist-", dir="/var/tmp"))
        self._room = self._place / "room"
        self._package = newest("*.deb")
        self._archive = newest("*.tar.xz")

    def steps(self) -> Sequence[tuple[str, Callable[[], str]]]:
        """In their order: each stands on those before it."""
        return (
            ("a bare room", self.furnish),
            ("the frozen folder", self.try_frozen),
            ("the archive", self.try_archive),
            ("the archive's desktop entry", self.try_script),
            ("installing", self.install),
            ("the installed program", self.try_installed),
            ("the installed files", self.validate),
            ("removing", self.remove),
        )

    def furnish(self) -> str:
        """Make the room, of what the package says that it depends on."""
        asking = ["/usr/bin/dpkg-deb", "--field", str(self._package), "Depends"]
        depends = names_in(subprocess.run(asking, capture_output=True, text=True, check=True).stdout)
        packages = closure(depends)
        furnish(self._room, packages)
        tools = [path.name for path in self._room.rglob("*") if path.name.startswith(FORBIDDEN) and path.is_file()]
        programs = [name for name in tools if not name.endswith((".conf", ".xml", ".mo"))]
        if programs:
            raise SmokeError(f"the package brings {', '.join(programs)}")
        return f"{len(packages)} packages, from {', '.join(depends)}"

    def try_frozen(self) -> str:
        """The folder that PyInstaller made."""
        return self._smoke("frozen", f"{FOREIGN}/{NAME}/{NAME}", {freeze.FROZEN / NAME: f"{FOREIGN}/{NAME}"})

    def try_archive(self) -> str:
        """The archive, unpacked."""
        place = self._place / "unpacked"
        place.mkdir()
        subprocess.run(["/usr/bin/tar", "-xJf", str(self._archive), "-C", str(place)], check=True)
        (folder,) = place.iterdir()
        inside = f"{FOREIGN}/archive 归档/{folder.name}"
        return self._smoke("archive", f"{inside}/{NAME}", {folder: inside})

    def try_script(self) -> str:
        """The script adds an entry that starts what it should, and takes it away again."""
        (folder,) = (self._place / "unpacked").iterdir()
        moved = self._place / 'à "côté" $HOME & 100%' / folder.name
        moved.parent.mkdir()
        folder.rename(moved)
        data = self._place / "données"
        for word in ("add", "remove"):
            command = [str(moved / "desktop-entry.sh"), word]
            environment = {"PATH": "/usr/bin:/bin", "XDG_DATA_HOME": str(data), "HOME": "/nowhere"}
            subprocess.run(command, env=environment, capture_output=True, check=True)
            entry = data / "applications" / f"{NAME}.desktop"
            if word == "add":
                self._validate(["desktop-file-validate", str(entry)])
                if started_by(entry.read_text(encoding="utf-8")) != str(moved / NAME):
                    raise SmokeError(f"the entry starts {started_by(entry.read_text(encoding='utf-8'))}")
            elif left := [path.name for path in data.rglob("*") if path.name.startswith(NAME)]:
                raise SmokeError(f"{', '.join(left)} stayed")
        return "added, valid, removed"

    def install(self) -> str:
        """Install the package into this very system."""
        if Path(f"/usr/lib/{NAME}").exists():
            raise SmokeError("it is installed already; remove it first")
        subprocess.run(["/usr/bin/dpkg", "--install", str(self._package)], capture_output=True, text=True, check=True)
        return self._package.name

    def try_installed(self) -> str:
        """What the package installed, in the room; then a library of root's own, which outlives the package."""
        shutil.copy2(f"/usr/bin/{NAME}", self._room / "usr" / "bin" / NAME, follow_symlinks=False)
        said = self._smoke("installed", f"/usr/bin/{NAME}", {Path(f"/usr/lib/{NAME}"): f"/usr/lib/{NAME}"})
        home = self._place / "maison"
        environment = {"PATH": "/usr/bin:/bin", "HOME": str(home), "LC_ALL": "C.UTF-8"}
        subprocess.run([f"/usr/bin/{NAME}", "status"], env=environment, capture_output=True, check=True)
        return said

    def validate(self) -> str:
        """The entry, the description and the package, by the tools that judge them."""
        tried = [
            self._validate(["desktop-file-validate", f"/usr/share/applications/{NAME}.desktop"]),
            self._validate(["appstreamcli", "validate", "--no-net", f"/usr/share/metainfo/{COMPONENT}.metainfo.xml"]),
            self._validate(["lintian", "--allow-root", "--fail-on", "error", str(self._package)]),
        ]
        return ", ".join(tried)

    def remove(self) -> str:
        """Remove the package: nothing of it stays but the library."""
        asking = ["/usr/bin/dpkg-query", "--listfiles", NAME]
        listed = subprocess.run(asking, capture_output=True, text=True, check=True).stdout.splitlines()
        subprocess.run(["/usr/bin/dpkg", "--purge", NAME], capture_output=True, check=True)
        left = [name for name in listed if NAME in name and os.path.lexists(name)]
        if left:
            raise SmokeError(f"{', '.join(left)} stayed")
        if not (self._place / "maison" / ".local" / "share" / NAME / "library.db").exists():
            raise SmokeError("the library is gone")
        return f"{len(listed)} files and folders; the library stayed"

    def close(self) -> None:
        """Leave nothing behind, whatever happened."""
        if Path(f"/usr/lib/{NAME}").exists() and not any("installed already" in problem for problem in self.problems):
            subprocess.run(["/usr/bin/dpkg", "--purge", NAME], capture_output=True, check=False)
        shutil.rmtree(self._place, ignore_errors=True)

    def _smoke(self, name: str, program: str, shown: dict[Path, str]) -> str:
        command = enter(self._room, {**shown, self._model: MODEL}, [program, "--smoke", "--model", MODEL])
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
        try:
            report = json.loads(done.stdout)
        except ValueError:
            raise SmokeError(f"exit status {done.returncode}: {done.stdout[-500:]}{done.stderr[-1500:]}") from None
        self.reports[name] = report
        if done.returncode != 0 or not report["ok"]:
            said = [part["problem"] for part in report["parts"] if not part["ok"]]
            raise SmokeError(f"{', '.join(report['failed'])}: {'; '.join(said)} {done.stderr[-1500:]}")
        # The folder of the user's own sockets is for the next start.
        scratch = self._room / room.SCRATCH.lstrip("/")
        if left := [path.name for path in scratch.iterdir() if path.name != f"phial-{room.USER_ID}"]:
            raise SmokeError(f"{', '.join(left)} stayed in the temporary folder")
        parts = ", ".join(f"{part['name']} {part['seconds']} s" for part in report["parts"])
        return f"ok in {report['seconds']} s ({parts})"

    def _validate(self, command: Sequence[str]) -> str:
        if shutil.which(command[0]) is None:
            return f"{command[0]} is not here"
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise SmokeError(f"{' '.join(command)}: {done.stdout}{done.stderr}")
        return f"{command[0]}: valid"


def started_by(entry: str) -> str:
    """The program that a desktop entry's first Exec key starts, its quotes and escapes undone."""
    line = next(line for line in entry.splitlines() if line.startswith("Exec=")).removeprefix("Exec=")
    text = line.replace("\\\\", "\\").replace("%%", "%").removesuffix(" %F")
    if not text.startswith('"'):
        return text
    word, is_escaped = "", False
    for character in text[1:-1]:
        if character == "\\" and not is_escaped:
            is_escaped = True
            continue
        word, is_escaped = word + character, False
    return word


if __name__ == "__main__":
    sys.exit(main())

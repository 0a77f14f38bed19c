"""The archive for any Linux: the frozen folder, what to read first, and a script that shows it in the person's menu."""

from __future__ import annotations

import shutil
import subprocess
import tarfile
from collections.abc import Sequence
from pathlib import Path

from linux.desktop_files import COMPONENT, NAME, entry, metainfo, write_icons

HERE = Path(__file__).resolve().parent
SCRIPT = "desktop-entry.sh"
BEST = 9
"""Of xz's levels."""
LICENCE = HERE.parents[1] / "LICENSE"


def write_extras(folder: Path, version: str, moment: int, glibc: str) -> None:
    """Write into ``folder`` what an archive has beside the frozen folder: README, script, licence, entry, icons.

    Raises OSError.
    """
    shutil.rmtree(folder, ignore_errors=True)
    share = folder / "share"
    write_icons(share / "icons" / "hicolor")
    (share / f"{NAME}.desktop").write_text(entry("@PROGRAM@"), encoding="utf-8")
    (share / f"{COMPONENT}.metainfo.xml").write_text(metainfo(version, moment), encoding="utf-8")
    shutil.copyfile(HERE / SCRIPT, folder / SCRIPT)
    (folder / SCRIPT).chmod(0o755)
    shutil.copyfile(LICENCE, folder / LICENCE.name)
    readme = (HERE / "README.txt").read_text(encoding="utf-8")
    (folder / "README.txt").write_text(readme.format(version=version, glibc=glibc), encoding="utf-8")


def pack(folders: Sequence[Path], target: Path, root: str, moment: int, level: int = BEST) -> None:
    """Pack what lies in ``folders`` into ``target`` (.tar.xz), under the name ``root``: the same files, the same bytes.

    Raises OSError, subprocess.CalledProcessError.
    """
    # Two threads whatever the machine: xz cuts its blocks by whether there is one or more.
    command = ["xz", "--compress", "--stdout", f"-{level}", "--threads=2"]
    entries = {path.relative_to(folder).as_posix(): path for folder in folders for path in (folder, *folder.rglob("*"))}
    with target.open("wb") as output, subprocess.Popen(command, stdin=subprocess.PIPE, stdout=output) as packer:
        assert packer.stdin is not None
        with tarfile.open(fileobj=packer.stdin, mode="w|", format=tarfile.PAX_FORMAT) as archive:
            for name, path in sorted(entries.items()):
                add(archive, path, root if name == "." else f"{root}/{name}", moment)
        packer.stdin.close()
        if packer.wait() != 0:
            raise subprocess.CalledProcessError(packer.returncode, command)


def add(archive: tarfile.TarFile, path: Path, name: str, moment: int) -> None:
    """Add one file, folder or link, as nobody's in particular and of ``moment``."""
    member = archive.gettarinfo(str(path), name)
    member.uid = member.gid = 0
    member.uname = member.gname = "root"
    member.mtime = moment
    member.mode = 0o777 if member.issym() else 0o755 if member.isdir() or path.stat().st_mode & 0o100 else 0o644
    if member.isreg():
        with path.open("rb") as file:
            archive.addfile(member, file)
    else:
        archive.addfile(member)

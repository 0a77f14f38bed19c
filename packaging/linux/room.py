"""A bare room: a root folder that holds what some Debian packages bring and nothing else, entered by an ordinary user.

No Python, no compiler, no home folder, no network interface; the program's folder can only be read. The user, its name
and the paths have spaces, accents and CJK in them. It takes root, and leaves nothing behind: what is mounted is mounted
in a namespace of the command's own, which ends with it.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path

USER = "élodie 文书"
USER_ID = 47113
"""Of nobody on an ordinary system."""
SCRATCH = "/tmp/dossier d'élodie 文书"  # noqa: S108 - of the room
DEVICES = ("null", "zero", "urandom", "random", "full")


def closure(packages: Iterable[str]) -> list[str]:
    """``packages`` and all that they depend on, of those that are installed here, sorted."""
    shown = subprocess.run(
        ["/usr/bin/dpkg-query", "-W", "-f", "${Package}\t${Provides}\t${Pre-Depends}, ${Depends}\n"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    needs: dict[str, list[str]] = {}
    provided: dict[str, str] = {}
    for line in shown.splitlines():
        name, provides, depends = line.split("\t")
        needs[name] = names_in(depends)
        provided |= dict.fromkeys(names_in(provides), name)
    found: set[str] = set()
    waiting = list(packages)
    while waiting:
        name = waiting.pop()
        name = name if name in needs else provided.get(name, "")
        if name and name not in found:
            found.add(name)
            waiting += needs[name]
    return sorted(found)


def names_in(depends: str) -> list[str]:
    """The packages that a relationship field names, versions and kinds of machine left away."""
    return re.findall(r"(?:^|[,|])\s*([a-z0-9][a-z0-9+.-]+)", depends)


def furnish(room: Path, packages: Iterable[str]) -> None:
    """Make the folder ``room``, with the files of ``packages`` in it. Raises OSError, subprocess.CalledProcessError."""
    listed = subprocess.run(
        ["/usr/bin/dpkg-query", "-L", *packages], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    room.mkdir(parents=True)
    for folder in ("usr/bin", "usr/sbin", "usr/lib", "usr/lib64", "etc", "dev", "proc", "sys", "tmp", "run"):
        (room / folder).mkdir(parents=True)
    for folder in ("bin", "sbin", "lib", "lib64"):
        (room / folder).symlink_to(f"usr/{folder}")
    for name in dict.fromkeys(listed):
        source, target = Path(name), room / name.lstrip("/")
        if name.startswith("/usr/share/doc/") or not (source.is_file() or source.is_symlink()) or target.exists():
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(source, target, follow_symlinks=False)  # nobody in the room may write it
        except OSError:  # another file system
            shutil.copy2(source, target, follow_symlinks=False)
    (room / "etc" / "passwd").write_text(
        f"{USER}:x:{USER_ID}:{USER_ID}:{USER}:/home/{USER}:/bin/sh\n", encoding="utf-8"
    )
    (room / "etc" / "group").write_text(f"{USER}:x:{USER_ID}:\n", encoding="utf-8")
    for device in DEVICES:
        (room / "dev" / device).touch()
    (room / "dev" / "shm").mkdir()
    (room / "tmp").chmod(0o1777)
    scratch = room / SCRATCH.lstrip("/")
    scratch.mkdir()
    shutil.chown(scratch, USER_ID, USER_ID)


def enter(room: Path, shown: dict[Path, str], command: Sequence[str]) -> list[str]:
    """The command line that runs ``command`` inside of ``room`` as USER, without a network.

    ``shown`` are files and folders from outside with their places in the room, where they can only be read. No variable
    of the environment comes along: there is no home folder, and nothing is found by a PATH.
    """
    steps = ["set -e", f"cd {shlex.quote(str(room))}"]
    steps += [f"mount --bind /dev/{device} dev/{device}" for device in DEVICES]
    steps += ["mount -t tmpfs -o mode=1777 shm dev/shm", "mount -t proc proc proc", "mount -t sysfs -o ro sys sys"]
    for outside, inside in shown.items():
        place, parent = shlex.quote(inside.lstrip("/")), shlex.quote(str(Path(inside.lstrip("/")).parent))
        make = f"mkdir -p {place}" if outside.is_dir() else f"mkdir -p {parent} && : >> {place}"
        steps += [make, f"mount --bind {shlex.quote(str(outside))} {place}", f"mount -o remount,bind,ro {place}"]
    bare = ["env", "-i", f"TMPDIR={SCRATCH}", f"USER={USER}", "LC_ALL=C.UTF-8", "PATH=/nowhere"]
    leave = ["/usr/bin/setpriv", "--no-new-privs", "/usr/sbin/chroot", f"--userspec=+{USER_ID}:+{USER_ID}", "--groups="]
    steps.append(f"exec {shlex.join([*bare, *leave, '.', *command])}")
    return [
        "/usr/bin/unshare",
        "--mount",
        "--net",
        "--pid",
        "--fork",
        "--kill-child",
        "/bin/sh",
        "-c",
        "\n".join(steps),
    ]

"""The package for Debian and what is made of it: the frozen folder in /usr/lib, its entry, its icons, its licence.

Debian Policy: https://www.debian.org/doc/debian-policy/; deb(5), deb-control(5).
"""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import importlib.metadata
import os
import shutil
import subprocess
from collections.abc import Sequence
from email.message import Message
from pathlib import Path
from typing import cast

from linux.archive import BEST, LICENCE
from linux.desktop_files import COMPONENT, NAME, entry, metainfo, write_icons
from linux.manual import write_pages

DATA_PACKAGES = ("fontconfig-config", "xkb-data")
"""Bring what libraries in the folder read: which fonts there are, what keyboards look like. No binary names them."""
RECOMMENDED = ("xdg-desktop-portal", "fonts-dejavu-core | fonts-freefont-ttf | ttf-bitstream-vera | fonts-noto-core")

NO_ADDRESS = "phial@phial.invalid"
"""Stands where an address has to, until pyproject.toml has one: nobody's, by RFC 2606."""

OVERRIDES = Path(__file__).resolve().with_name("lintian-overrides")
"""What lintian says that is so on purpose, each with its reason."""

NOTICE = "NOTICE.txt"
"""Which packaging/shipped.py has written while the folder was built."""

COPYRIGHT = """\
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: Phial
Comment: This is Phial itself. What it is built of, in /usr/lib/phial, is under licences of its own: every part, its
 licence, the texts, and where its source is, are in /usr/share/doc/phial/NOTICE.txt. Qt (LGPL-3.0) lies there in
 libraries that can be replaced.

Files: *
Copyright: 2026 The Phial founders
License: Expat
"""


def architecture() -> str:
    """The machine's kind, as Debian calls it."""
    asking = ["dpkg", "--print-architecture"]
    return subprocess.run(asking, capture_output=True, text=True, check=True).stdout.strip()


def maintainer() -> str:
    """Who made it, as Debian wants it: a name and an address; the first of the authors in pyproject.toml."""
    about = cast("Message", importlib.metadata.metadata(NAME))
    with_address = str(about.get("Author-email") or "").partition(",")[0].strip()
    return with_address if "<" in with_address else f"{about.get('Author') or 'Phial'} <{NO_ADDRESS}>"


def control(version: str, depends: Sequence[str], installed_kib: int) -> str:
    """The package's control file."""
    return f"""Package: {NAME}
Version: {version}
Architecture: {architecture()}
Maintainer: {maintainer()}
Installed-Size: {installed_kib}
Depends: {", ".join(depends)}
Recommends: {", ".join(RECOMMENDED)}
Section: text
Priority: optional
Description: answers from your own documents, offline, with the page they stand on
 Phial reads your own files, finds the passages that answer a question, and
 has a small language model on your own computer put them into words: every
 sentence with its document, its page and its quote. Nothing leaves the
 machine, and no network is needed.
"""


def dependencies(packages: Sequence[str], glibc: tuple[int, int]) -> list[str]:
    """What the package depends on: those that bring the libraries, at least this glibc, and what is read besides."""
    others = sorted({*packages, *DATA_PACKAGES} - {"libc6"})
    return [f"libc6 (>= {glibc[0]}.{glibc[1]})", *others]


def build(
    folder: Path, staging: Path, target: Path, version: str, depends: Sequence[str], moment: int, level: int = BEST
) -> None:
    """Put the package of the frozen ``folder`` together in ``staging``, and write ``target``.

    Raises OSError, subprocess.CalledProcessError.
    """
    shutil.rmtree(staging, ignore_errors=True)
    lay_out(folder, staging, version, moment)
    files = sorted(path for path in staging.rglob("*") if path.is_file() and not path.is_symlink())
    sums = "".join(f"{hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()}  {path.relative_to(staging)}\n"
                   for path in files)  # fmt: skip
    kib = sum(-(-path.stat().st_size // 1024) for path in files)
    (staging / "DEBIAN").mkdir()
    (staging / "DEBIAN" / "control").write_text(control(version, depends, kib), encoding="utf-8")
    (staging / "DEBIAN" / "md5sums").write_text(sums, encoding="utf-8")
    hold_still(staging, moment)
    command = [
        "dpkg-deb",
        "--root-owner-group",
        "-Zxz",
        f"-z{level}",
        "--threads-max=2",
        "--build",
        str(staging),
        str(target),
    ]
    still = {**os.environ, "SOURCE_DATE_EPOCH": str(moment)}
    subprocess.run(command, env=still, stdout=subprocess.DEVNULL, check=True)


def lay_out(folder: Path, staging: Path, version: str, moment: int) -> None:
    """Lay everything where the package has it, below ``staging``. Raises OSError."""
    program = staging / "usr" / "lib" / NAME
    shutil.copytree(folder, program, symlinks=True)
    (staging / "usr" / "bin").mkdir()
    (staging / "usr" / "bin" / NAME).symlink_to(f"../lib/{NAME}/{NAME}")
    share = staging / "usr" / "share"
    write_icons(share / "icons" / "hicolor")
    (share / "applications").mkdir()
    (share / "applications" / f"{NAME}.desktop").write_text(entry(NAME), encoding="utf-8")
    (share / "metainfo").mkdir()
    (share / "metainfo" / f"{COMPONENT}.metainfo.xml").write_text(metainfo(version, moment), encoding="utf-8")
    write_pages(share / "man", version, moment)
    (share / "lintian" / "overrides").mkdir(parents=True)
    shutil.copyfile(OVERRIDES, share / "lintian" / "overrides" / NAME)
    documents = share / "doc" / NAME
    documents.mkdir(parents=True)
    licence = LICENCE.read_text(encoding="utf-8").partition("\n\n")[2].partition("\n\n")[2]
    indented = "".join(f" {line or '.'}\n" for line in licence.strip().splitlines())
    (documents / "copyright").write_text(f"{COPYRIGHT}{indented}", encoding="utf-8")
    shutil.copyfile(folder / "_internal" / NOTICE, documents / NOTICE)
    stamp = dt.datetime.fromtimestamp(moment, dt.UTC).strftime("%a, %d %b %Y %H:%M:%S +0000")
    log = (
        f"{NAME} ({version}) stable; urgency=medium\n\n  * See CHANGELOG.md of this release.\n\n"
        f" -- {maintainer()}  {stamp}\n"
    )
    (documents / "changelog.gz").write_bytes(gzip.compress(log.encode(), 9, mtime=0))


def hold_still(staging: Path, moment: int) -> None:
    """Give every file the rights that a package's have, and the time ``moment``. Raises OSError."""
    for path in (staging, *staging.rglob("*")):
        if not path.is_symlink():
            is_program = path.is_dir() or (path.stat().st_mode & 0o100 and ".so" not in path.name)
            path.chmod(0o755 if is_program else 0o644)
        os.utime(path, (moment, moment), follow_symlinks=False)

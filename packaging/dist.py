"""Build what a person downloads, on this system: `make dist`, or `make dist ARGUMENTS="--with-model FILE"`.

On Linux: the .deb and the .tar.xz, into the folder dist, with the table of sizes, the licences checked, and the oldest
glibc and the packages that they need, read from the binaries. With a model, the same for machines that never see a
network. On Windows and macOS the folder is frozen, and its own script named that makes the installer.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import platform
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import build_kernels  # noqa: E402 - ours, from the checkout
import freeze  # noqa: E402
import licences  # noqa: E402
import sizes  # noqa: E402
from linux import archive, binaries, deb  # noqa: E402

from engine.kernels import MANIFEST  # noqa: E402

DIST = ROOT / "dist"
WORK = ROOT / "build" / "linux"
INSTALLERS = {"win32": "packaging/windows", "darwin": "packaging/macos"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Build; the exit status: 1 where a licence or a library stands in the way."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--with-model", type=Path, metavar="FILE", help="a language model (GGUF) that is laid inside")
    parser.add_argument("--frozen", action="store_true", help="take the folder that was frozen last")
    parser.add_argument("--without-table", action="store_true", help="leave the table of sizes, which takes a minute")
    parser.add_argument("--quick", action="store_true", help="pack loosely, to try the packages and not to ship them")
    chosen = parser.parse_args(arguments)
    if not (build_kernels.KERNELS / MANIFEST).exists() and build_kernels.main([]) != 0:
        return 1
    folder = freeze.FROZEN / freeze.NAME if chosen.frozen else freeze.freeze()
    if licences.main([str(folder)]) != 0:
        return 1
    if not chosen.without_table:
        sizes.print_table(folder)
    if chosen.with_model is not None:
        freeze.add_model(folder, chosen.with_model)
    if sys.platform in INSTALLERS:
        print(f"{folder} is frozen; {INSTALLERS[sys.platform]} makes its installer.")
        return 0
    return build_for_linux(folder, is_offline=chosen.with_model is not None, level=1 if chosen.quick else archive.BEST)


def build_for_linux(folder: Path, *, is_offline: bool, level: int = archive.BEST) -> int:
    """Write the archive and the package of ``folder``, packed at xz's ``level``; say their needs; the exit status."""
    version, moment = importlib.metadata.version("phial"), freeze.moment()
    needs = binaries.needs(binaries.binaries(folder))
    glibc = max(one.glibc for one in needs.values())
    try:
        packages = binaries.packages(binaries.asked_of_system(folder, needs.values()))
    except LookupError as error:
        print(error, file=sys.stderr)
        return 1
    name = f"phial-{version}{'-offline' if is_offline else ''}"
    DIST.mkdir(exist_ok=True)
    extras = WORK / "extras"
    archive.write_extras(extras, version, moment, f"{glibc[0]}.{glibc[1]}")
    packed = DIST / f"{name}-linux-{platform.machine()}.tar.xz"
    archive.pack((folder, extras), packed, f"phial-{version}", moment, level)
    depends = deb.dependencies(sorted(packages.values()), glibc)
    package = DIST / f"{name.replace('-', '_', 1)}_{deb.architecture()}.deb"
    deb.build(folder, WORK / "deb", package, version, depends, moment, level)
    print(f"Oldest glibc: {glibc[0]}.{glibc[1]}, asked for by {', '.join(most_demanding(folder, needs, glibc))}.")
    print(f"The package depends on: {', '.join(depends)}")
    for built in (packed, package):
        size = built.stat().st_size
        over = "" if size <= sizes.GOAL or is_offline else f", {(size - sizes.GOAL) / 1e6:.1f} MB over the goal"
        print(f"{size / 1e6:8.1f} MB  {built.relative_to(ROOT)}{over}")
    return 0


def most_demanding(folder: Path, needs: dict[Path, binaries.Needs], glibc: tuple[int, int]) -> list[str]:
    """The first few binaries that ask for this ``glibc``."""
    asking = [path.relative_to(folder).name for path, one in needs.items() if one.glibc == glibc]
    return [*asking[:3], f"{len(asking) - 3} more"] if len(asking) > 4 else asking


if __name__ == "__main__":
    try:
        sys.exit(main())
    except subprocess.CalledProcessError as failed:
        sys.exit(f"{failed.cmd[0]} failed with exit status {failed.returncode}")

"""Make an AppImage of the frozen folder: one file that runs on most Linux systems, without being installed.

    python packaging/linux/appimage.py TOOL RUNTIME

TOOL is appimagetool, RUNTIME what it puts in front of the image: both are of the AppImage project, in no registry, so
the release workflow fetches them by their hashes. The image goes to dist, its folder to build/linux/AppDir.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import freeze
from release import version

from linux.desktop_files import COMPONENT, NAME, entry, metainfo, write_icons

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "build" / "linux" / "AppDir"
ICON_PIXELS = 256


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the image with the tool and the runtime that the arguments name; the exit status."""
    tool, runtime = map(Path, (sys.argv[1:] if arguments is None else arguments)[:2])
    image = ROOT / "dist" / f"phial-{version()}-linux-{platform.machine()}.AppImage"
    image.parent.mkdir(exist_ok=True)
    lay_out(freeze.FROZEN / freeze.NAME, FOLDER, version(), freeze.moment())
    return subprocess.run(command(tool, runtime, FOLDER, image), env=environment(), check=False).returncode


def lay_out(frozen: Path, folder: Path, version: str, moment: int) -> None:
    """Lay ``folder`` out as the AppImage specification wants it, with the frozen folder in it. Raises OSError.

    https://github.com/AppImage/AppImageSpec/blob/master/draft.md
    """
    shutil.rmtree(folder, ignore_errors=True)
    share = folder / "usr" / "share"
    shutil.copytree(frozen, folder / "usr" / "lib" / NAME, symlinks=True)
    write_icons(share / "icons" / "hicolor")
    (folder / f"{NAME}.desktop").write_text(entry(NAME), encoding="utf-8")
    (share / "applications").mkdir(parents=True)
    shutil.copyfile(folder / f"{NAME}.desktop", share / "applications" / f"{NAME}.desktop")
    (share / "metainfo").mkdir()
    (share / "metainfo" / f"{COMPONENT}.appdata.xml").write_text(metainfo(version, moment), encoding="utf-8")
    icon = share / "icons" / "hicolor" / f"{ICON_PIXELS}x{ICON_PIXELS}" / "apps" / f"{NAME}.png"
    shutil.copyfile(icon, folder / f"{NAME}.png")
    (folder / ".DirIcon").symlink_to(f"{NAME}.png")
    # What runs when the image is opened: a link, so that the program finds its own folder beside itself.
    (folder / "AppRun").symlink_to(Path("usr") / "lib" / NAME / NAME)


def command(tool: Path, runtime: Path, folder: Path, image: Path) -> list[str]:
    """What makes ``image`` of ``folder``; the runtime is given, or the tool would fetch the newest one."""
    return [str(tool), "--runtime-file", str(runtime), "--comp", "zstd", str(folder), str(image)]


def environment() -> dict[str, str]:
    """The environment for the tool, which is an AppImage itself: unpacked, as a build machine may have no FUSE."""
    return {**os.environ, "APPIMAGE_EXTRACT_AND_RUN": "1", "ARCH": platform.machine(),
            "SOURCE_DATE_EPOCH": str(freeze.moment())}  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())

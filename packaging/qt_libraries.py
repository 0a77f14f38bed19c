"""The system libraries that Qt needs and its wheels don't bring: which are missing, and what installs them.

Qt's own message where one is missing ("could not load the platform plugin") names none of them. Standard library only:
this runs before anything is installed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

DEBIAN_PACKAGES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libOpenGL.so.0": "libopengl0",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
}


def platform_plugins(environment: Mapping[str, str] = os.environ) -> tuple[str, ...]:
    """The names of Qt's platform plugins that a window here can need, on Linux."""
    plugins = ["libqoffscreen.so"]
    if environment.get("DISPLAY"):
        plugins.append("libqxcb.so")
    if environment.get("WAYLAND_DISPLAY"):
        plugins.append("libqwayland.so")
    return tuple(plugins)


def missing_libraries(site_packages: Path, plugins: Iterable[str]) -> tuple[str, ...]:
    """The file names of the system libraries that Qt's modules and ``plugins`` lack; none where there is no ``ldd``."""
    if not sys.platform.startswith("linux") or shutil.which("ldd") is None:
        return ()
    qt = site_packages / "PySide6" / "Qt"
    wanted = [qt / "lib" / f"libQt6{module}.so.6" for module in ("Widgets", "Network", "Svg")]
    wanted += [qt / "plugins" / "platforms" / plugin for plugin in plugins]
    files = [str(path) for path in wanted if path.exists()]
    if not files:
        return ()
    answer = subprocess.run(["ldd", *files], capture_output=True, text=True, check=False)  # noqa: S607
    return missing_in(answer.stdout)


def missing_in(ldd_output: str) -> tuple[str, ...]:
    """The libraries that the output of ``ldd`` calls missing, each once, in order of their names."""
    lines = (line.split() for line in ldd_output.splitlines())
    return tuple(sorted({words[0] for words in lines if words[1:] == ["=>", "not", "found"]}))


def install_command(libraries: Iterable[str]) -> list[str]:
    """The command that installs ``libraries`` on Debian and what descends from it; empty where one is unknown to us."""
    packages = {DEBIAN_PACKAGES.get(library, "") for library in libraries}
    if "" in packages or shutil.which("apt-get") is None:
        return []
    return ["apt-get", "install", "--yes", "--no-install-recommends", *sorted(packages)]


def provide(site_packages: Path, plugins: Iterable[str]) -> str:
    """Install what Qt lacks where we may (root on Debian); give the sentence for a person where some stays missing.

    Installing needs no display and asks nothing.
    """
    plugins = tuple(plugins)
    missing = missing_libraries(site_packages, plugins)
    if not missing:
        return ""
    command = install_command(missing)
    if command and os.geteuid() == 0:
        print(f"Qt lacks {', '.join(missing)}: installing them.", flush=True)
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "--quiet"], env=quiet, check=False)  # noqa: S607
        subprocess.run([*command, "--quiet"], env=quiet, check=False)
        missing = missing_libraries(site_packages, plugins)
        if not missing:
            return ""
    advice = f"Install them with: sudo {' '.join(command)}" if command else "Install them with the system's packages."
    return f"The window can't open: Qt needs system libraries that are not here ({', '.join(missing)}). {advice}"

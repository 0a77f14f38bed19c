"""Which system libraries Qt lacks, and the command that installs them."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
import qt_libraries

LDD_OUTPUT = """\
/site-packages/PySide6/Qt/plugins/platforms/libqxcb.so:
\tlinux-vdso.so.1 (0x00007ffc)
\tlibxcb-cursor.so.0 => not found
\tlibxcb.so.1 => /lib/x86_64-linux-gnu/libxcb.so.1 (0x00007f)
\tlibxcb-icccm.so.4 => not found
/site-packages/PySide6/Qt/lib/libQt6Widgets.so.6:
\tlibxcb-cursor.so.0 => not found
\t/lib64/ld-linux-x86-64.so.2 (0x00007f)
"""


def test_missing_libraries_are_named_once() -> None:
    assert qt_libraries.missing_in(LDD_OUTPUT) == ("libxcb-cursor.so.0", "libxcb-icccm.so.4")
    assert qt_libraries.missing_in("") == ()


def test_debian_installs_them_by_their_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    command = qt_libraries.install_command(qt_libraries.missing_in(LDD_OUTPUT))
    assert command[:2] == ["apt-get", "install"]
    assert command[-2:] == ["libxcb-cursor0", "libxcb-icccm4"]
    assert qt_libraries.install_command(["libxcb-cursor.so.0", "libnever-heard-of.so.1"]) == []
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert qt_libraries.install_command(["libxcb-cursor.so.0"]) == []


def test_the_plugins_follow_the_display() -> None:
    assert qt_libraries.platform_plugins({}) == ("libqoffscreen.so",)
    assert "libqxcb.so" in qt_libraries.platform_plugins({"DISPLAY": ":0"})
    assert "libqwayland.so" in qt_libraries.platform_plugins({"WAYLAND_DISPLAY": "wayland-0"})


def test_who_may_not_install_is_told_the_command(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(qt_libraries, "missing_libraries", lambda *_: ("libEGL.so.1",))
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(os, "geteuid", lambda: 1000, raising=False)
    sentence = qt_libraries.provide(tmp_path, ())
    assert "libEGL.so.1" in sentence
    assert sentence.endswith("sudo apt-get install --yes --no-install-recommends libegl1")


def test_a_library_that_is_gone_is_seen_in_a_real_file(tmp_path: Path) -> None:
    """With ldd itself: a shared object that was linked against one that is then taken away."""
    compiler = shutil.which("cc")
    if compiler is None or shutil.which("ldd") is None:
        pytest.skip("needs a compiler and ldd")
    platforms = tmp_path / "PySide6" / "Qt" / "plugins" / "platforms"
    platforms.mkdir(parents=True)
    source = tmp_path / "empty.c"
    source.write_text("int nothing(void) { return 0; }\n")
    gone = tmp_path / "libgone.so"
    for command in (
        [compiler, "-shared", "-fPIC", str(source), "-o", str(gone)],
        [
            compiler,
            "-shared",
            "-fPIC",
            str(source),
            "-o",
            str(platforms / "libqxcb.so"),
            "-Wl,--no-as-needed",
            str(gone),
        ],
    ):
        subprocess.run(command, check=True)
    assert qt_libraries.missing_libraries(tmp_path, ["libqxcb.so"]) == ()
    gone.unlink()
    missing = qt_libraries.missing_libraries(tmp_path, ["libqxcb.so"])
    assert [Path(name).name for name in missing] == ["libgone.so"]


def test_nothing_is_missing_where_qt_is_not_installed(tmp_path: Path) -> None:
    assert qt_libraries.missing_libraries(tmp_path, ["libqxcb.so"]) == ()

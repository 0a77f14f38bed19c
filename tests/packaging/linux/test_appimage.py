"""The folder of an AppImage is as its specification wants it, and the tool is given all that it would fetch."""

from __future__ import annotations

from pathlib import Path

from linux.appimage import command, lay_out


def test_the_folder_starts_the_program_from_beside_its_own_files(tmp_path: Path) -> None:
    frozen, folder = tmp_path / "phial", tmp_path / "AppDir"
    (frozen / "_internal").mkdir(parents=True)
    (frozen / "_internal" / "libone.so.1").write_bytes(b"one")
    (frozen / "_internal" / "libone.so").symlink_to("libone.so.1")
    (frozen / "phial").write_bytes(b"program")
    for _ in range(2):  # a second time it is made anew
        lay_out(frozen, folder, "0.1.0", 0)
    assert (folder / "AppRun").read_bytes() == b"program"
    assert (folder / "AppRun").resolve().with_name("_internal").is_dir()
    assert (folder / "usr/lib/phial/_internal/libone.so").is_symlink()
    assert "Exec=phial %F" in (folder / "phial.desktop").read_text(encoding="utf-8")
    assert (folder / ".DirIcon").read_bytes().startswith(b"\x89PNG")
    assert (folder / "usr/share/metainfo/org.phial.phial.appdata.xml").is_file()


def test_the_runtime_is_given() -> None:
    words = command(Path("tool"), Path("runtime"), Path("AppDir"), Path("phial.AppImage"))
    assert words[0] == "tool"
    assert words[words.index("--runtime-file") + 1] == "runtime"
    assert words[-2:] == ["AppDir", "phial.AppImage"]

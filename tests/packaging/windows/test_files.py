"""What is installed is what the folder holds; what is removed is that, by name, and empty folders."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as some
from windows.files import Contents, UnfitFolder, contents_of, install_lines, script, uninstall_lines

NAMES = some.text("abcé文$ ._-", min_size=1, max_size=8).filter(lambda name: name.strip(" .") == name)
PATHS = some.lists(some.lists(NAMES, min_size=1, max_size=4).map("/".join), min_size=1, max_size=12, unique=True)


@given(PATHS)
def test_what_is_laid_down_is_what_is_taken_away(paths: list[str]) -> None:
    contents = Contents(Path("/frozen"), tuple(sorted(map(PurePosixPath, paths))), 0, 0)
    where, laid = "", set()
    for line in install_lines(contents):
        if found := re.fullmatch(r'SetOutPath "(.*)"', line):
            where = found[1]
        else:
            source = re.fullmatch(r'File "/frozen/(.*)"', line)
            assert source is not None
            assert source[1] in paths
            laid.add(f"{where}\\{source[1].rpartition('/')[2].replace('$', '$$')}")
    removed = [line.split('"')[1] for line in uninstall_lines(contents) if line.startswith("Delete ")]
    assert sorted(removed) == sorted(laid)
    folders = [line.split('"')[1] for line in uninstall_lines(contents) if line.startswith("RMDir ")]
    for number, folder in enumerate(folders):  # what lies deeper goes first, and nothing is deleted whole
        assert not any(later.startswith(f"{folder}\\") for later in folders[number + 1 :])
    assert not any("/r" in line.split('"')[0] for line in uninstall_lines(contents))


def test_a_folder_is_read_whole(tmp_path: Path) -> None:
    (tmp_path / "_internal" / "empty").mkdir(parents=True)
    (tmp_path / "phial.exe").write_bytes(b"12345")
    (tmp_path / "_internal" / "base.dll").write_bytes(b"123")
    contents = contents_of(tmp_path)
    assert [str(file) for file in contents.files] == ["_internal/base.dll", "phial.exe"]
    assert (contents.size, contents.longest) == (8, len("_internal/base.dll"))
    assert [str(folder) for folder in contents.folders] == ["_internal"]


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ([], "holds no file"),
        (["a:b"], "no file of the name"),
        (["ends."], "no file of the name"),
        (["Readme", "README"], "one file on Windows"),
        (["x" * 150 + "/" + "y" * 20], "leaves no room"),
    ],
)
def test_what_windows_cannot_have_fails_the_build(tmp_path: Path, names: list[str], said: str) -> None:
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    with pytest.raises(UnfitFolder, match=said):
        contents_of(tmp_path)


def test_a_link_fails_the_build(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    (tmp_path / "b").symlink_to("a")
    with pytest.raises(UnfitFolder, match="b is a link"):
        contents_of(tmp_path)


def test_a_script_has_a_macro_for_each_step(tmp_path: Path) -> None:
    (tmp_path / "phial.exe").touch()
    written = script(contents_of(tmp_path), [".pdf", ".md"])
    assert re.findall(r"!macro (\w+)", written) == ["InstallFiles", "RemoveFiles", "AddVerbs", "RemoveVerbs"]
    assert written.count("!macroend") == 4
    assert re.findall(r'!insertmacro (\w+) "(.*)"', written) == [
        ("AddVerb", ".md"), ("AddVerb", ".pdf"), ("RemoveVerb", ".md"), ("RemoveVerb", ".pdf"),
    ]  # fmt: skip

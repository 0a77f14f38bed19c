"""The entry, the description and the icons that a free desktop gets; the script that adds them for one person."""

from __future__ import annotations

import configparser
import os
import subprocess
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from dist_smoke import started_by
from linux import archive, desktop_files
from PIL import Image

from rag.extract.formats import SUFFIXES

ALSO = {
    ".markdown": ".md", ".text": ".txt", ".rest": ".rst", ".htm": ".html", ".docm": ".docx", ".dotx": ".docx",
    ".ott": ".odt", ".pptm": ".pptx", ".ppsx": ".pptx", ".potx": ".pptx", ".xlsm": ".xlsx", ".xltx": ".xlsx",
    ".tab": ".tsv", ".jpeg": ".jpg", ".tiff": ".tif", ".doc": ".docx", ".xls": ".xlsx", ".ppt": ".pptx",
}  # fmt: skip
"""Files that open the same way as others do."""


def test_every_format_that_is_read_is_offered() -> None:
    assert {ALSO.get(suffix, suffix) for suffix in SUFFIXES} == set(desktop_files.TYPES)


def test_the_entry_starts_the_window_and_the_quick_question() -> None:
    parser = configparser.RawConfigParser()
    parser.optionxform = str  # type: ignore[method-assign,assignment]
    parser.read_string(desktop_files.entry("phial"))
    main, quick = parser["Desktop Entry"], parser["Desktop Action quick"]
    assert (main["Exec"], quick["Exec"]) == ("phial %F", "phial quick")
    assert main["Actions"] == "quick;"
    assert {"Comment", "Comment[fr]", "Comment[it]"} <= set(main)
    assert {"Name", "Name[fr]", "Name[it]"} == set(quick) - {"Exec"}
    assert "application/pdf;" in main["MimeType"]


def test_the_description_says_the_same_in_three_languages() -> None:
    component = ET.fromstring(desktop_files.metainfo("1.2.3", 86_400))  # noqa: S314 - our own
    release = component.find("releases/release")
    assert release is not None
    assert release.attrib == {"version": "1.2.3", "date": "1970-01-02"}
    language = "{http://www.w3.org/XML/1998/namespace}lang"
    for path in ("summary", "description/p"):
        spoken = [element.get(language, "en") for element in component.findall(path)]
        assert spoken.count("en") == spoken.count("fr") == spoken.count("it") > 0
    assert component.findtext("launchable") == "phial.desktop"
    assert component.findtext("categories/category") == "Office"


def test_icons_are_there_in_each_size(tmp_path: Path) -> None:
    desktop_files.write_icons(tmp_path)
    for pixels in desktop_files.ICON_SIZES:
        with Image.open(tmp_path / f"{pixels}x{pixels}" / "apps" / "phial.png") as picture:
            assert picture.size == (pixels, pixels)


@pytest.mark.skipif(os.name != "posix", reason="a script for Linux")
@pytest.mark.parametrize("place", ["plain", "à côté", '$HOME "100%" & `it`', "back\\slash|'quote'", "文档"])
def test_the_script_adds_an_entry_that_starts_this_very_folder_and_removes_it(tmp_path: Path, place: str) -> None:
    folder, data = tmp_path / place / "phial", tmp_path / "data"
    archive.write_extras(folder, "1.2.3", 0, "2.35")
    assert "glibc 2.35 or newer" in (folder / "README.txt").read_text(encoding="utf-8")

    def run(word: str) -> int:
        environment = {"PATH": "/usr/bin:/bin", "XDG_DATA_HOME": str(data), "HOME": "/nowhere"}
        command = [str(folder / archive.SCRIPT), word]
        return subprocess.run(command, env=environment, capture_output=True, check=False).returncode

    assert run("add") == 0
    entry = (data / "applications" / "phial.desktop").read_text(encoding="utf-8")
    assert started_by(entry) == str(folder.resolve() / "phial")
    assert entry.count("@") == 0
    assert (data / "icons" / "hicolor" / "48x48" / "apps" / "phial.png").exists()
    assert run("remove") == 0
    assert not [path for path in data.rglob("*") if path.is_file() and path.name.startswith("phial")]
    assert run("anything") == 2

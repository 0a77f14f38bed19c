"""What Windows reads of the programs: their version, what they can cope with, and that one of them has no console."""

from __future__ import annotations

import importlib.metadata
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from windows.resources import MANIFEST, four_numbers, program_options, version_resource


@pytest.mark.parametrize(
    ("version", "numbers"),
    [("0.1.0", (0, 1, 0, 0)), ("1.2", (1, 2, 0, 0)), ("2.0.1rc3", (2, 0, 1, 0)), ("3.4.5.dev6", (3, 4, 5, 0))],
)
def test_versions_are_counted_in_four_numbers(version: str, numbers: tuple[int, ...]) -> None:
    assert four_numbers(version) == numbers


@pytest.mark.parametrize("version", ["", "x", "1.70000"])
def test_what_windows_cannot_count_fails_the_build(version: str) -> None:
    with pytest.raises(ValueError, match=r"version|room"):
        four_numbers(version)


def test_the_version_resource_says_the_version_and_the_file() -> None:
    def record(name: str) -> Any:
        return lambda *given, **named: (name, given, named)

    names = (
        "VSVersionInfo",
        "FixedFileInfo",
        "StringFileInfo",
        "StringTable",
        "StringStruct",
        "VarFileInfo",
        "VarStruct",
    )
    # As PyInstaller does it, where its own classes are.
    _, _, read = eval(version_resource("0.2.0rc1", "phial.com"), {name: record(name) for name in names})  # noqa: S307
    assert read["ffi"][2]["filevers"] == (0, 2, 0, 0)
    texts = dict(struct[1] for struct in read["kids"][0][1][0][0][1][1])
    assert texts["ProductVersion"] == "0.2.0rc1"
    assert texts["OriginalFilename"] == "phial.com"


def test_the_manifest_asks_for_no_rights_and_copes_with_long_paths_sharp_screens_and_every_name() -> None:
    root = ET.fromstring(MANIFEST.encode())  # noqa: S314 - our own
    said = {element.tag.rpartition("}")[2]: element for element in root.iter()}
    assert said["requestedExecutionLevel"].attrib == {"level": "asInvoker", "uiAccess": "false"}
    wanted = {"longPathAware": "true", "activeCodePage": "UTF-8", "dpiAwareness": "PerMonitorV2", "dpiAware": "true/pm"}
    assert {name: said[name].text for name in wanted} == wanted


def test_there_are_two_programs_and_one_has_a_console(tmp_path: Path) -> None:
    windowed, terminal = program_options(tmp_path)
    assert (windowed["name"], windowed["console"]) == ("phial", False)
    assert (terminal["name"], terminal["console"]) == ("phial-console", True)
    for options, final in ((windowed, "phial.exe"), (terminal, "phial.com")):
        resource = Path(str(options["version"])).read_text(encoding="utf-8")
        assert final in resource
        assert importlib.metadata.version("phial") in resource
        assert Path(str(options["icon"])).stat().st_size > 0
        assert Path(str(options["manifest"])).read_text(encoding="utf-8") == MANIFEST

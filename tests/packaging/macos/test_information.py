"""Info.plist: what the bundle says of itself, what it must not, and why it reads folders, in each language."""

from __future__ import annotations

import plistlib
import re
from pathlib import Path
from typing import Any

import pytest
from macos import documents, information, plan

from desktop.login import BUNDLE_IDENTIFIER, launch_agent
from rag.errors import LANGUAGES
from rag.extract.formats import _FORMATS


def test_it_is_a_property_list_without_a_problem() -> None:
    plist = plistlib.loads(plistlib.dumps(information.information("1.2.3")))
    assert information.problems(plist) == []
    assert plist["CFBundleIdentifier"] == BUNDLE_IDENTIFIER == plistlib.loads(launch_agent(["x"]))["Label"]
    assert plist["LSMinimumSystemVersion"] == information.OLDEST_MACOS
    assert plist["CFBundleVersion"] == "1.2.3"


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"LSUIElement": True}, "LSUIElement is no key of Phial's"),
        ({"LSBackgroundOnly": True}, "LSBackgroundOnly is no key of Phial's"),
        ({"CFBundleURLTypes": []}, "CFBundleURLTypes is no key of Phial's"),
        ({"NSAppleEventsUsageDescription": "x"}, "NSAppleEventsUsageDescription is no key of Phial's"),
        ({"NSHighResolutionCapable": "yes"}, "NSHighResolutionCapable is no bool"),
        ({"CFBundleVersion": "1.2-beta"}, "CFBundleVersion 1.2-beta is not of numbers and dots"),
    ],
)
def test_what_it_must_not_say_is_named(change: dict[str, Any], problem: str) -> None:
    assert information.problems({**information.information("1.2.3"), **change}) == [problem]


def test_what_it_lacks_is_named() -> None:
    plist = information.information("1.2.3")
    del plist["NSDocumentsFolderUsageDescription"]
    assert information.problems(plist) == ["NSDocumentsFolderUsageDescription is missing"]


def test_a_double_click_opens_a_document_with_another_program() -> None:
    plist = information.information("1.2.3")
    plist["CFBundleDocumentTypes"][0]["LSHandlerRank"] = "Default"
    assert information.problems(plist) == ["PDF would be opened by Phial on a double click"]


def test_open_with_offers_phial_for_what_it_reads_and_for_folders() -> None:
    endings = [ending for kind in documents.DOCUMENT_TYPES for ending in kind.endings]
    assert len(endings) == len(set(endings))
    assert {f".{ending}" for ending in endings} == set(_FORMATS)
    assert documents.declarations()[-1]["LSItemContentTypes"] == [documents.FOLDER]


def test_every_language_says_why_each_kind_of_folder_is_read(tmp_path: Path) -> None:
    assert set(information.READING) == set(LANGUAGES) == set(information.information("1.2.3")["CFBundleLocalizations"])
    keys = {key for key in information.information("1.2.3") if key.endswith("UsageDescription")}
    written = information.write_strings(tmp_path)
    assert [folder for _, folder in written] == [f"{language}.lproj" for language in sorted(LANGUAGES)]
    for path, _ in written:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
        parts = [re.fullmatch(r'"(\w+)" = "([^"]+)";', line) for line in lines]
        assert {part.group(1) for part in parts if part} == keys
        assert all(part and "Phial" in part.group(2) and "{" not in part.group(2) for part in parts)


def test_what_a_release_compiles_asks_for_no_newer_macos() -> None:
    workflow = (plan.ROOT / ".github" / "workflows" / "release.yml").read_text(encoding="utf-8")
    stated = re.search(r'MACOSX_DEPLOYMENT_TARGET: "([\d.]+)"', workflow)
    assert stated is not None
    assert stated.group(1) == information.OLDEST_MACOS

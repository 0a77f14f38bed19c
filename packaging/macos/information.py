"""What the bundle says of itself: Info.plist, and its sentences in each language.

https://developer.apple.com/documentation/bundleresources/information-property-list
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from desktop.login import BUNDLE_IDENTIFIER
from macos.documents import declarations

OLDEST_MACOS = "15.0"
"""No binary inside asks for a newer one (macos.binaries checks each); PySide6's and Shiboken's modules ask for this."""

PROGRAM = "phial"
BUNDLE_NAME = "Phial.app"
DEVELOPMENT_LANGUAGE = "en"

_KEYS = ("Documents", "Desktop", "Downloads", "RemovableVolumes", "NetworkVolumes")
_FOLDERS = frozenset({"Documents", "Desktop", "Downloads"})
_SENTENCES = {
    "en": "Phial reads the documents you add from {place}, to answer from them. "
    "They are never changed, and nothing leaves this Mac.",
    "fr": "Phial lit les documents que vous ajoutez depuis {place}, pour répondre à partir d’eux. "
    "Ils ne sont jamais modifiés, et rien ne quitte ce Mac.",
    "it": "Phial legge i documenti che aggiungi da {place}, per rispondere a partire da essi. "
    "Non vengono mai modificati, e nulla lascia questo Mac.",
}
_PLACES = {
    "en": ("this folder", "the desktop", "this folder", "this drive", "this shared drive"),
    "fr": ("ce dossier", "le bureau", "ce dossier", "ce disque", "ce disque partagé"),
    "it": ("questa cartella", "questa scrivania", "questa cartella", "questo disco", "questo disco condiviso"),
}
READING = {
    language: {
        f"NS{key}{'Folder' if key in _FOLDERS else ''}UsageDescription": sentence.format(place=place)
        for key, place in zip(_KEYS, _PLACES[language], strict=True)
    }
    for language, sentence in _SENTENCES.items()
}
"""Why folders are read that macOS asks the person about, by language and key: what it shows when it asks."""

_TYPES: dict[str, type] = {
    "CFBundleDevelopmentRegion": str,
    "CFBundleDisplayName": str,
    "CFBundleDocumentTypes": list,
    "CFBundleExecutable": str,
    "CFBundleIconFile": str,
    "CFBundleIdentifier": str,
    "CFBundleInfoDictionaryVersion": str,
    "CFBundleLocalizations": list,
    "CFBundleName": str,
    "CFBundlePackageType": str,
    "CFBundleShortVersionString": str,
    "CFBundleVersion": str,
    "LSApplicationCategoryType": str,
    "LSArchitecturePriority": list,
    "LSMinimumSystemVersion": str,
    "NSHighResolutionCapable": bool,
    "NSHumanReadableCopyright": str,
    "NSPrincipalClass": str,
    "NSRequiresAquaSystemAppearance": bool,
    **dict.fromkeys(READING[DEVELOPMENT_LANGUAGE], str),
}
"""The keys that the bundle has, all of them, and no others: none asks for a right that Phial doesn't use, none opens
addresses (CFBundleURLTypes), none hides the Dock's icon (LSUIElement, LSBackgroundOnly)."""


def information(version: str) -> dict[str, Any]:
    """Info.plist of ``version`` (as 1.2.3)."""
    return {
        "CFBundleDevelopmentRegion": DEVELOPMENT_LANGUAGE,
        "CFBundleDisplayName": "Phial",
        "CFBundleDocumentTypes": declarations(),
        "CFBundleExecutable": PROGRAM,
        "CFBundleIconFile": f"{PROGRAM}.icns",
        "CFBundleIdentifier": BUNDLE_IDENTIFIER,
        "CFBundleInfoDictionaryVersion": "6.0",
        "CFBundleLocalizations": sorted(READING),
        "CFBundleName": "Phial",
        "CFBundlePackageType": "APPL",
        "CFBundleShortVersionString": version,
        "CFBundleVersion": version,
        "LSApplicationCategoryType": "public.app-category.productivity",
        "LSArchitecturePriority": ["arm64"],
        "LSMinimumSystemVersion": OLDEST_MACOS,
        "NSHighResolutionCapable": True,
        "NSHumanReadableCopyright": "The Phial founders. MIT licence.",
        "NSPrincipalClass": "NSApplication",
        # Light and dark as the system has it.
        "NSRequiresAquaSystemAppearance": False,
        **READING[DEVELOPMENT_LANGUAGE],
    }


def problems(plist: Mapping[str, Any]) -> list[str]:
    """What an Info.plist has that it shouldn't, or lacks; nothing where it is as it should be."""
    found = [f"{key} is no key of Phial's" for key in sorted(plist.keys() - _TYPES.keys())]
    found += [f"{key} is missing" for key in sorted(_TYPES.keys() - plist.keys())]
    found += [
        f"{key} is no {kind.__name__}"
        for key, kind in sorted(_TYPES.items())
        if type(plist.get(key, kind())) is not kind
    ]
    for declared in plist.get("CFBundleDocumentTypes", []):
        if (declared.get("CFBundleTypeRole"), declared.get("LSHandlerRank")) != ("Viewer", "Alternate"):
            found.append(f"{declared.get('CFBundleTypeName')} would be opened by Phial on a double click")
    version = str(plist.get("CFBundleVersion", ""))
    if not version.replace(".", "").isdigit():
        found.append(f"CFBundleVersion {version} is not of numbers and dots")
    return found


def strings(language: str) -> bytes:
    """InfoPlist.strings in ``language``: the sentences of READING, in the form of old property lists, as UTF-8."""
    return "".join(f'"{key}" = "{_escaped(sentence)}";\n' for key, sentence in READING[language].items()).encode()


def write_strings(folder: Path) -> list[tuple[str, str]]:
    """Write the strings of each language below ``folder``; each file, and the folder of the bundle that it goes to."""
    written = []
    for language in sorted(READING):
        path = folder / f"{language}.lproj" / "InfoPlist.strings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(strings(language))
        written.append((str(path), path.parent.name))
    return written


def _escaped(sentence: str) -> str:
    return sentence.replace("\\", "\\\\").replace('"', '\\"')

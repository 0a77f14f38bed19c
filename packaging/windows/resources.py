"""What Windows reads of our programs before they run: their version, and what they can cope with."""

from __future__ import annotations

import importlib.metadata
import re
from pathlib import Path

PUBLISHER = "The Phial founders"
DESCRIPTION = "Phial"
SIDE = (164, 314)
"""Pixels of the picture beside the installer's first page, as NSIS shows it: Windows shrinks a larger one badly."""

MANIFEST = """\
<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<assembly xmlns="urn:schemas-microsoft-com:asm.v1" manifestVersion="1.0">
  <trustInfo xmlns="urn:schemas-microsoft-com:asm.v3">
    <security>
      <requestedPrivileges>
        <requestedExecutionLevel level="asInvoker" uiAccess="false"/>
      </requestedPrivileges>
    </security>
  </trustInfo>
  <compatibility xmlns="urn:schemas-microsoft-com:compatibility.v1">
    <application>
      <supportedOS Id="{8e0f7a12-bfb3-4fe8-b9a5-48fd50a15a9a}"/>
    </application>
  </compatibility>
  <application xmlns="urn:schemas-microsoft-com:asm.v3">
    <windowsSettings>
      <dpiAware xmlns="http://schemas.microsoft.com/SMI/2005/WindowsSettings">true/pm</dpiAware>
      <dpiAwareness xmlns="http://schemas.microsoft.com/SMI/2016/WindowsSettings">PerMonitorV2</dpiAwareness>
      <longPathAware xmlns="http://schemas.microsoft.com/SMI/2016/WindowsSettings">true</longPathAware>
      <activeCodePage xmlns="http://schemas.microsoft.com/SMI/2019/WindowsSettings">UTF-8</activeCodePage>
    </windowsSettings>
  </application>
  <dependency>
    <dependentAssembly>
      <assemblyIdentity type="win32" name="Microsoft.Windows.Common-Controls" version="6.0.0.0"
                        processorArchitecture="*" publicKeyToken="6595b64144ccf1df" language="*"/>
    </dependentAssembly>
  </dependency>
</assembly>
"""
"""Without rights that nobody asked for, sharp on every screen, paths as long as they are, and text in UTF-8 for the
libraries that open files by what Windows calls the ANSI code page. The one Windows named is 10, which 11 is too."""


def four_numbers(version: str) -> tuple[int, int, int, int]:
    """``version`` (PEP 440) as Windows counts: 0.2.0rc1 is 0.2.0.0, as a release of it would be. Raises ValueError."""
    found = re.match(r"(\d+)(?:\.(\d+))?(?:\.(\d+))?", version)
    if found is None:
        raise ValueError(f"{version} is no version")
    numbers = [int(number or 0) for number in found.groups()]
    if max(numbers) > 65535:
        raise ValueError(f"{version} has a number that Windows has no room for")
    return numbers[0], numbers[1], numbers[2], 0


def version_resource(version: str, name: str) -> str:
    """The version resource of the program file ``name``, as PyInstaller reads it (in the words of its own tools)."""
    numbers = four_numbers(version)
    texts = {
        "CompanyName": PUBLISHER,
        "FileDescription": DESCRIPTION,
        "FileVersion": version,
        "InternalName": "phial",
        "LegalCopyright": "MIT License",
        "OriginalFilename": name,
        "ProductName": "Phial",
        "ProductVersion": version,
    }
    table = ", ".join(f"StringStruct({key!r}, {text!r})" for key, text in texts.items())
    return (
        f"VSVersionInfo(ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3F, flags=0x0, OS=0x40004, "
        "fileType=0x1, subtype=0x0, date=(0, 0)), "
        # US English, in Unicode: what Windows falls back on in any language.
        f"kids=[StringFileInfo([StringTable('040904B0', [{table}])]), "
        "VarFileInfo([VarStruct('Translation', [0x409, 1200])])])\n"
    )


def write(folder: Path, version: str) -> dict[str, Path]:
    """Write icon, manifest and version resources into ``folder``; their paths by name. Raises OSError, ValueError."""
    from app_icon import write_ico, write_side

    folder.mkdir(parents=True, exist_ok=True)
    paths = {
        name: folder / name for name in ("phial.ico", "phial.manifest", "phial.exe.txt", "phial.com.txt", "side.bmp")
    }
    write_ico(paths["phial.ico"])
    write_side(paths["side.bmp"], SIDE)
    paths["phial.manifest"].write_text(MANIFEST, encoding="utf-8")
    for name in ("phial.exe", "phial.com"):
        paths[f"{name}.txt"].write_text(version_resource(version, name), encoding="utf-8")
    return paths


def program_options(folder: Path) -> list[dict[str, object]]:
    """What PyInstaller is told of each of the two programs, besides what they are made of; writes into ``folder``.

    One code, one folder, two programs: the windowed one is every process of ours; the one for terminals waits for what
    it prints, and is given its name, ``phial.com``, by packaging/windows/build.py.
    """
    written = write(folder, importlib.metadata.version("phial"))
    return [
        {
            "name": name,
            "console": has_console,
            "icon": str(written["phial.ico"]),
            "manifest": str(written["phial.manifest"]),
            "version": str(written[f"{final}.txt"]),
            # A failure is a sentence of ours; a traceback in a box is nothing for a person.
            "disable_windowed_traceback": True,
        }
        for name, has_console, final in (("phial", False, "phial.exe"), ("phial-console", True, "phial.com"))
    ]

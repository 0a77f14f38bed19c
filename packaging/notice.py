"""The notice that lies in every package: what Phial is, on whose work it stands, where the source of that is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from licences import is_replaceable, may_be_shipped

HEAD = """\
Phial
=====

Phial is free software under the MIT licence. It stands on the work of others, listed below with their licences; the
whole texts lie in assets/licences, and "About Phial" in the window shows them all.

Libraries under the GNU Lesser General Public License (LGPL)
------------------------------------------------------------

You may use, study, change and replace these libraries, and nothing in Phial's licence keeps you from it, nor from
taking it apart to find out how your changed library works with it. Each lies in a file or a folder of its own beside
the program: put your own build, with the same interface, in its place, and Phial runs with it. The sources of exactly
the versions in this package are to be had, at no charge, from:

"""

TAIL = """
All parts
---------

"""


def notice_text(parts: Iterable[Mapping[str, Any]]) -> str:
    """The notice for the parts of a folder, as its list has them."""
    parts = list(parts)
    lines = [HEAD]
    for part in parts:
        if is_replaceable(part["licence"]):
            version = f" {part['version']}" if part["version"] else ""
            lines.append(
                f"{part['name']}{version} ({part['licence']})\n    {part['source']}\n    here: {_place(part)}\n"
            )
    lines.append(TAIL)
    for part in parts:
        title = " ".join(filter(None, (part["name"], part["version"])))
        lines.append(f"{title}: {part['licence']}  {part['home']}".rstrip() + "\n")
        inside = sorted({licence for _, _, licence in part["inside"]})
        if inside:
            lines.append(f"    and {len(part['inside'])} libraries compiled into it, under: {'; '.join(inside)}\n")
    return "".join(lines)


def _place(part: Mapping[str, Any]) -> str:
    # Beside the program lie links to what is in folders, under the same names: one place is told.
    foldered = {file.rsplit("/", 1)[-1] for file in part["files"] if "/" in file}
    files = [file for file in part["files"] if ".dist-info/" not in file and file not in foldered]
    folders = sorted({"/".join(file.split("/")[:-1][:3]) or file for file in files})
    return ", ".join(folders)


def source_line(part: Mapping[str, Any]) -> str:
    """What the about window says above the text of a part that the LGPL covers; "" for others."""
    if not may_be_shipped(part["licence"]) or not is_replaceable(part["licence"]):
        return ""
    return f"The source of this version: {part['source']}\nIt lies here, and may be replaced: {_place(part)}"

"""What a frozen folder holds, written as the lines of NSIS that install it and take just that away.

An uninstaller that deletes a folder whole takes along what a person has put there. Ours knows each file by its name,
and takes a folder only when nothing is left in it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePosixPath

LONGEST_PATH = 259
"""Characters of a path that every Windows program opens (MAX_PATH without its zero), whatever it was set to."""

ROOM_FOR_FOLDER = 100
"""Characters left for the folder of a person's choice: C:\\Users\\NAME\\AppData\\Local\\Programs\\Phial is 45."""

_FORBIDDEN = frozenset('<>:"|?*\\')


class UnfitFolder(Exception):
    """A folder that can't be installed on Windows as it is; the text says why."""


@dataclasses.dataclass(frozen=True)
class Contents:
    """``files`` are relative to ``folder``, sorted; ``size`` is bytes, ``longest`` characters of a relative path."""

    folder: Path
    files: tuple[PurePosixPath, ...]
    size: int
    longest: int

    @property
    def folders(self) -> list[PurePosixPath]:
        """Every folder that holds one of the files, or a folder that does; what lies deeper first."""
        found = {parent for file in self.files for parent in file.parents if parent != PurePosixPath()}
        return sorted(found, key=lambda folder: (-len(folder.parts), folder.as_posix()))


def contents_of(folder: Path) -> Contents:
    """What ``folder`` holds. Raises UnfitFolder for what Windows can't have: links, some names, some lengths."""
    for path in sorted(folder.rglob("*")):
        if path.is_symlink():
            raise UnfitFolder(f"{path.relative_to(folder).as_posix()} is a link")
    contents = all_in(folder)
    _refuse_unfit(contents.files)
    return contents


def all_in(folder: Path) -> Contents:
    """What ``folder`` holds, whatever it is, each link as the file that it leads to. Raises UnfitFolder for no file."""
    found = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    if not found:
        raise UnfitFolder(f"{folder} holds no file")
    files = tuple(PurePosixPath(path.relative_to(folder).as_posix()) for path in found)
    return Contents(folder, files, sum(path.stat().st_size for path in found), max(len(str(file)) for file in files))


def _refuse_unfit(files: Sequence[PurePosixPath]) -> None:
    seen: dict[str, PurePosixPath] = {}
    for file in files:
        if any(set(part) & _FORBIDDEN or part[-1] in " ." for part in file.parts):
            raise UnfitFolder(f"Windows has no file of the name {file}")
        if len(str(file)) > LONGEST_PATH - ROOM_FOR_FOLDER:
            raise UnfitFolder(f"{file} leaves no room for the folder of the program")
        other = seen.setdefault(str(file).casefold(), file)
        if other != file:
            raise UnfitFolder(f"{file} and {other} are one file on Windows")


def install_lines(contents: Contents) -> list[str]:
    """What lays the files down, folder by folder; sources are named as the compiler's own system names them."""
    lines: list[str] = []
    current: PurePosixPath | None = None
    for file in sorted(contents.files, key=lambda file: (file.parent.as_posix(), file.name)):
        if file.parent != current:
            current = file.parent
            lines.append(f'SetOutPath "{target(current)}"')
        lines.append(f'File "{contents.folder / file}"')  # a source is taken as it stands
    return [*lines, 'SetOutPath "$INSTDIR"']


def uninstall_lines(contents: Contents) -> list[str]:
    """What deletes these files, then each folder of theirs in which nothing of others lies."""
    return [
        *(f'Delete "{target(file)}"' for file in contents.files),
        *(f'RMDir "{target(folder)}"' for folder in contents.folders),
    ]


def verb_lines(macro: str, suffixes: Iterable[str]) -> list[str]:
    """The call of ``macro`` of phial.nsi for each ending of a file."""
    return [f'!insertmacro {macro} "{suffix}"' for suffix in sorted(suffixes)]


def script(contents: Contents, suffixes: Iterable[str]) -> str:
    """The file that phial.nsi includes: macros that install and remove the files, add and remove the verbs."""
    suffixes = sorted(suffixes)
    macros = {
        "InstallFiles": install_lines(contents),
        "RemoveFiles": uninstall_lines(contents),
        "AddVerbs": verb_lines("AddVerb", suffixes),
        "RemoveVerbs": verb_lines("RemoveVerb", suffixes),
    }
    body = "\n".join(
        f"!macro {name}\n" + "".join(f"  {line}\n" for line in lines) + "!macroend\n" for name, lines in macros.items()
    )
    return f"; Written by packaging/windows/files.py from {len(contents.files)} files.\n\n{body}"


def target(inside: PurePosixPath) -> str:
    """Where a file or folder lies when it is installed, as NSIS writes it."""
    return "\\".join(["$INSTDIR", *(escaped(part) for part in inside.parts)])


def escaped(text: str) -> str:
    """``text`` inside of quotation marks in a script of NSIS: a dollar is doubled."""
    return text.replace("$", "$$")

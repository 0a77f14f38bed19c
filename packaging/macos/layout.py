"""What a bundle holds and where: by PyInstaller's own rule, from the list of a folder that was frozen anywhere.

Code lies in Contents/Frameworks and data in Contents/Resources, each linked into the other, as signing wants it.
"""

from __future__ import annotations

import ast
import dataclasses
import shutil
from collections.abc import Iterable
from pathlib import Path, PurePath

FRAMEWORKS, RESOURCES = PurePath("Contents", "Frameworks"), PurePath("Contents", "Resources")
MODELS = "models"
"""The folder of shipped models, where engine.paths.shipped_models looks."""

_CODE = frozenset({"BINARY", "EXTENSION", "EXECUTABLE"})


@dataclasses.dataclass(frozen=True)
class Entry:
    """A file or link of the bundle: its place, and PyInstaller's kind of it."""

    place: PurePath
    kind: str


def laid_out(toc: Path) -> tuple[Entry, ...]:
    """Where each file of the folder that ``toc`` lists would lie in a bundle; nothing where there is no such list.

    Raises ValueError for what is no list of PyInstaller's.
    """
    if not toc.exists():
        return ()
    from PyInstaller.building.osx import BUNDLE

    listed = next((part for part in ast.literal_eval(toc.read_text(encoding="utf-8")) if isinstance(part, list)), [])
    # Made nowhere but on a Mac; the rule asks for nothing of the object.
    placed = BUNDLE._process_bundle_toc(BUNDLE.__new__(BUNDLE), sorted(listed))
    return tuple(Entry(PurePath(place), kind) for place, _, kind in sorted(placed))


def code_in(entries: Iterable[Entry]) -> list[PurePath]:
    """The places of what is signed by itself."""
    return [entry.place for entry in entries if entry.kind in _CODE]


def add_model(bundle: Path, model: Path) -> Path:
    """Lay ``model`` into ``bundle``, before it is signed; the file there. Exits where it is none."""
    with model.open("rb") as file:
        if file.read(4) != b"GGUF":
            raise SystemExit(f"{model} is no GGUF file.")
    place = bundle / RESOURCES / MODELS / model.name
    place.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(model, place)
    # The program looks beside its code; a file of data there could not be signed.
    link = bundle / FRAMEWORKS / MODELS
    if not link.is_symlink():
        link.symlink_to(PurePath("..", RESOURCES.name, MODELS), target_is_directory=True)
    return place

"""A file that the person asked for: written whole or not at all."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QIODevice, QSaveFile

from rag.errors import LibraryProblem, Problem


def save_file(path: Path, content: bytes) -> Problem | None:
    """Write ``content`` to ``path``; why it could not be, or None. What it replaces stays until it is complete."""
    file = QSaveFile(str(path))
    if file.open(QIODevice.OpenModeFlag.WriteOnly) and file.write(content) == len(content) and file.commit():
        return None
    return Problem(LibraryProblem.FILE_UNWRITABLE.value, {"path": str(path)}, file.errorString())

"""What can be done for a document, or for Phial itself, where they aren't well, as the buttons say it."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from rag.errors import EngineProblem, LibraryProblem, Problem, WindowProblem

translate = QCoreApplication.translate


class Mend(StrEnum):
    """What a button can do for Phial itself."""

    SHOW_MODELS = "show_models"
    SHOW_FOLDER = "show_folder"
    SHOW_SHORTCUT = "show_shortcut"
    TRY_NOW = "try_now"


MENDS: dict[str, Mend] = {
    **dict.fromkeys((
        EngineProblem.NO_MODEL, EngineProblem.MODEL_UNKNOWN, EngineProblem.MODEL_MISSING, EngineProblem.MODEL_AWAY,
        EngineProblem.MODEL_UNREADABLE, EngineProblem.MODEL_NOT_GGUF, EngineProblem.MODEL_TRUNCATED,
        EngineProblem.MODEL_PART_MISSING, EngineProblem.MODEL_ARCHITECTURE, EngineProblem.MODEL_WRITES_NOTHING,
        EngineProblem.MODEL_DAMAGED, EngineProblem.MODEL_UNUSABLE, EngineProblem.MEMORY_TOO_SMALL,
        EngineProblem.MODEL_MEMORY_RAN_OUT,
    ), Mend.SHOW_MODELS),
    **dict.fromkeys(
        (LibraryProblem.LIBRARY_NEWER, LibraryProblem.LIBRARY_NOT_MIGRATED, LibraryProblem.LIBRARY_DAMAGED),
        Mend.SHOW_FOLDER,
    ),
    **dict.fromkeys((
        LibraryProblem.LIBRARY_HELD, LibraryProblem.LIBRARY_UNWRITABLE, LibraryProblem.DISK_FULL,
        LibraryProblem.WORKER_START_FAILED, LibraryProblem.WORKER_OTHER_VERSION,
    ), Mend.TRY_NOW),
    **dict.fromkeys((WindowProblem.SHORTCUT_TAKEN, WindowProblem.SHORTCUT_MOVED), Mend.SHOW_SHORTCUT),
}  # fmt: skip


@runtime_checkable
class Mender(Protocol):
    """A window that can do what mends a failure."""

    def mend(self, problem: Problem) -> None:
        """Do it."""


def mend_of_problem(problem: Problem) -> str:
    """What the button says that does something for ``problem``; "" where none can."""
    mend = MENDS.get(problem.kind)
    return "" if mend is None else {
        Mend.SHOW_MODELS: translate("Mend", "Show the models"),
        Mend.SHOW_FOLDER: translate("Mend", "Show the data folder"),
        Mend.SHOW_SHORTCUT: translate("Mend", "Choose another"),
        Mend.TRY_NOW: translate("Mend", "Try now"),
    }[mend]  # fmt: skip


def ask_to_mend(widget: QWidget, problem: Problem) -> None:
    """Let the window that ``widget`` is in mend ``problem``."""
    above: QWidget | None = widget
    while above is not None and not isinstance(above, Mender):
        above = above.parentWidget()
    if above is not None:
        above.mend(problem)


def mend_name(mend: str) -> str:
    """What the button of ``mend`` (of rag.protocol.DocumentHealth) says."""
    return {
        "enter_password": translate("Mend", "Enter password"),
        "try_again": translate("Mend", "Try again"),
        "read_after_all": translate("Mend", "Read it after all"),
        "show_in_folder": translate("Mend", "Show in folder"),
        "open_settings": translate("Mend", "Open System Settings"),
        "find_file": translate("Mend", "Find the file…"),
        "forget": translate("Mend", "Remove"),
    }.get(mend, "")

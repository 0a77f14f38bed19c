"""What can be done for a document that isn't well, as its buttons say it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate


def mend_name(mend: str) -> str:
    """What the button of ``mend`` (of rag.protocol.DocumentHealth) says."""
    return {
        "enter_password": translate("Mend", "Enter password"),
        "try_again": translate("Mend", "Try again"),
        "show_in_folder": translate("Mend", "Show in folder"),
        "find_file": translate("Mend", "Find the file…"),
        "forget": translate("Mend", "Forget"),
    }.get(mend, "")

"""What is said where the program can't even begin: there is no window yet that could say it more calmly."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox

from desktop.diagnosis import details_of
from desktop.widgets.trouble import sentences_of
from rag.errors import Problem

translate = QCoreApplication.translate


def wants_another_try(problem: Problem) -> bool:
    """Say what ``problem`` is, and whether the person wants it tried again."""
    said = sentences_of(problem)
    box = QMessageBox(QMessageBox.Icon.Warning, "Phial", said.title)
    box.setInformativeText(f"{said.meaning} {said.mend}")
    again = box.addButton(translate("Mend", "Try now"), QMessageBox.ButtonRole.AcceptRole)
    copy = box.addButton(translate("TroubleCard", "Copy details"), QMessageBox.ButtonRole.HelpRole)
    copy.clicked.disconnect()  # it does not close the box
    copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(details_of(problem)))
    box.addButton(QMessageBox.StandardButton.Close)
    box.setDefaultButton(again)
    box.exec()
    return box.clickedButton() is again

"""The menu of the model chip: the models on this machine, and a file of one's own."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from desktop.widgets.model_words import locale_size
from rag.protocol import Model, Models


class ModelMenu(QMenu):
    """``model_chosen``: the name of one of them. ``file_chosen``: a GGUF file's path. ``all_wanted``: their window."""

    model_chosen = Signal(str)
    file_chosen = Signal(str)
    all_wanted = Signal()

    def __init__(self, models: Models, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for model in models.models:
            action = self.addAction(self._words(model))
            action.setCheckable(True)
            action.setChecked(model.is_chosen)
            action.setEnabled(model.problem is None)
            action.triggered.connect(lambda _=False, name=model.model: self.model_chosen.emit(name))
        if not models.models:
            self.addAction(self.tr("No model on this computer yet")).setEnabled(False)
        self.addSeparator()
        self.addAction(self.tr("Get a model…"), self.all_wanted.emit)
        self.addAction(self.tr("Use a model file (GGUF)…"), self._choose_file)

    def open_above(self, widget: QWidget) -> None:
        """Show the menu on top of ``widget``."""
        self.popup(widget.mapToGlobal(QPoint(0, -self.sizeHint().height())))

    def _words(self, model: Model) -> str:
        parts = [model.name, self.tr("{memory} of memory").format(memory=locale_size(model.memory_needed))]
        if model.is_stand_in:
            parts.append(self.tr("stand-in"))
        if model.fit == "does_not_fit":
            parts.append(self.tr("too large for this computer"))
        return " · ".join(parts)

    def _choose_file(self) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self.parentWidget(), self.tr("Use a model file"), str(Path.home()), self.tr("Models (*.gguf)")
        )
        if path:
            self.file_chosen.emit(path)

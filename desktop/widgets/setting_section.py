"""A section of the settings: its heading, and the rows, words and buttons below it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.theme import Theme
from desktop.widgets.buttons import Button
from desktop.widgets.labels import make_label
from desktop.widgets.setting_row import CheckRow, SettingRow


class SettingSection(QWidget):
    """``stops``: where the keyboard stops in it, in their order."""

    def __init__(self, theme: Theme, heading: str, *rows: SettingRow | CheckRow) -> None:
        super().__init__()
        self._stops: list[QWidget] = []
        self._buttons: list[QWidget] = []
        label = make_label("section")
        label.setText(heading)
        # Rows that come later stand above the buttons, which say what else there is.
        self._rows, self._foot = QVBoxLayout(), QVBoxLayout()
        for part in (self._rows, self._foot):
            part.setSpacing(theme.space(1.5 if part is self._rows else 1))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.space(1.5))
        layout.addWidget(label)
        layout.addLayout(self._rows)
        layout.addLayout(self._foot)
        for row in rows:
            self.add(row)

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """Where the keyboard stops, in their order."""
        return (*self._stops, *self._buttons)

    def add(self, row: SettingRow | CheckRow) -> None:
        """Have ``row`` below the others."""
        self._rows.addWidget(row)
        self._stops += row.stops

    def add_part(self, part: QWidget, stops: Sequence[QWidget]) -> None:
        """Have ``part`` below the rows; the keyboard stops at its ``stops``."""
        self._foot.addWidget(part)
        self._buttons += stops

    def add_words(self, words: str, role: str = "small", *, can_be_copied: bool = False) -> None:
        """Have ``words`` below the rows."""
        label = make_label(role)
        label.setText(words)
        if can_be_copied:
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._foot.addWidget(label)

    def add_button(self, words: str, act: Callable[[], object]) -> None:
        """Have a button below all else."""
        button = Button(words)
        button.clicked.connect(lambda _=False: act())
        self._foot.addWidget(button, 0, Qt.AlignmentFlag.AlignLeading)
        self._buttons.append(button)

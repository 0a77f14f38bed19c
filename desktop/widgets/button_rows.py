"""Buttons side by side, and in columns where they don't all fit."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from desktop.theme import Theme

FEWEST_COLUMNS = 2
"""Of buttons, where all of them don't fit beside each other: three don't in the narrowest pane, in French."""


class ButtonRows(QWidget):
    """Those of its buttons that are not hidden have a place; ``arrange`` finds it where they or their words change."""

    def __init__(self, theme: Theme, buttons: Sequence[QPushButton] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons: list[QPushButton] = []
        self._placed: list[QPushButton] = []
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.space(0.5))
        self.set_buttons(buttons)

    def set_buttons(self, buttons: Sequence[QPushButton]) -> None:
        """Have ``buttons``, in their order, and no others."""
        for button in self._buttons:
            if button not in buttons:
                self._grid.removeWidget(button)
                button.deleteLater()
        self._buttons = list(buttons)
        for button in buttons:
            if button.parentWidget() is not self:
                # Qt hides what comes into something that is in sight, as if nobody had said whether it is shown.
                is_hidden = button.isHidden() and button.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide)
                button.setParent(self)
                button.setHidden(is_hidden)
        self.arrange()

    def arrange(self) -> None:
        """Place what is in sight: in one row where there is room, else below each other."""
        shown = [button for button in self._buttons if not button.isHidden()]
        columns = self._columns_for(shown)
        if (shown, columns) == (self._placed, self._columns):
            return
        for button in self._placed:
            self._grid.removeWidget(button)
        self._grid.setColumnStretch(self._columns, 0)
        self._grid.setColumnStretch(columns, 1)
        self._placed, self._columns = shown, columns
        for place, button in enumerate(shown):
            self._grid.addWidget(button, *divmod(place, columns), Qt.AlignmentFlag.AlignLeading)

    def minimumSizeHint(self) -> QSize:
        """No wider than columns need: a row that stands now keeps nothing from getting narrow."""
        widths = [button.sizeHint().width() for button in self._placed]
        columns = [max(widths[place::FEWEST_COLUMNS], default=0) for place in range(FEWEST_COLUMNS)]
        width = sum(columns) + (FEWEST_COLUMNS - 1) * self._grid.spacing()
        return QSize(width, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See what there is room for now."""
        super().resizeEvent(event)
        self.arrange()

    def _columns_for(self, buttons: Sequence[QPushButton]) -> int:
        spaces = max(0, len(buttons) - 1) * self._grid.spacing()
        needed = sum(button.sizeHint().width() for button in buttons) + spaces
        return max(FEWEST_COLUMNS, len(buttons)) if needed <= self.width() else FEWEST_COLUMNS

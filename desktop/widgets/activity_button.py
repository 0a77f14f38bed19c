"""The button at the foot of the library that says how much is under way, and opens the list of it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QWidget

from desktop import keys
from desktop.activities import ActivityList
from desktop.theme import Theme
from desktop.widgets.activity_ring import standing_icon
from desktop.widgets.activity_words import ActivityWords
from desktop.widgets.buttons import Button


class ActivityButton(Button):
    """A ring, filled as far as all of it is, and how many there are; a quiet icon where nothing is under way."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._theme = theme
        self._words = ActivityWords(self)
        self._lines: list[str] | None = None
        self._standing: tuple[int, int, bool] = (-1, -1, False)
        self.setProperty("role", "icon")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setIconSize(QSize(16, 16))
        theme.changed.connect(self._dress)
        self.show_activities(ActivityList())

    def show_activities(self, activities: ActivityList) -> None:
        """Show how much of what is under way is done."""
        under_way = activities.under_way
        lines = [self._words.line(one) for one in under_way]
        if lines != self._lines:  # whoever listens hears of each change
            self._lines = lines
            self.setText(str(len(under_way)) if under_way else "")
            self.setAccessibleName(self.tr("Activity: {count}").format(count=self._words.count(under_way)))
            self.setAccessibleDescription("\n".join(lines))
            self.setToolTip("\n".join([f"{self.accessibleName()} ({keys.native(keys.ACTIVITIES)})", *lines]))
        standing = (len(under_way), round(activities.fraction * 100), activities.is_held)
        if standing != self._standing:
            self._standing = standing
            self._dress()

    def _dress(self) -> None:
        self.setIcon(self._icon())

    def _icon(self) -> QIcon:
        count, hundredths, is_held = self._standing
        if count <= 0:
            return self._theme.icon("activity", "muted")
        return standing_icon(self._theme, hundredths / 100 if hundredths >= 0 else -1.0, is_held=is_held)

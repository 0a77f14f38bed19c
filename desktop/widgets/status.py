"""The two chips below the library: which model writes, and that nothing leaves the machine."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QStyle, QStyleOptionButton, QWidget

from desktop.theme import Theme
from desktop.widgets.buttons import Button
from desktop.widgets.model_words import locale_size
from desktop.widgets.tips import plain_tip
from rag.protocol import ModelState

DOT = 8
"""Device-independent pixels."""

ICON_GAP = 4
"""Device-independent pixels between a button's icon and its text, by Qt's own count."""

DOT_COLOURS = {
    "absent": "line",
    "asleep": "muted",
    "loading": "amber_text",
    "awake": "teal",
    "writing": "teal",
    "died": "danger",
}


class Chip(Button):
    """A small rounded button that states a fact and opens what there is to know of it; long facts are elided."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._words = ""
        self.setProperty("role", "chip")
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @property
    def words(self) -> str:
        """All that it states."""
        return self._words

    def set_words(self, words: str) -> None:
        """State ``words``."""
        self._words = words
        self.setText(words)
        self.updateGeometry()
        self._elide()

    def sizeHint(self) -> QSize:
        """Room for all the words."""
        missing = self.fontMetrics().horizontalAdvance(self._words) - self.fontMetrics().horizontalAdvance(self.text())
        return super().sizeHint() + QSize(missing, 0)

    def minimumSizeHint(self) -> QSize:
        """Room for the beginning."""
        return QSize(0, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as much as there is room for."""
        super().resizeEvent(event)
        self._elide()

    def changeEvent(self, event: QEvent) -> None:
        """Ask for other room where the letters have changed: Qt's button alone doesn't."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()

    def _elide(self) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        room = self.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, option, self).width()
        room -= 0 if self.icon().isNull() else self.iconSize().width() + ICON_GAP
        # Widths are rounded down: words that just fit would seem a fraction of a pixel too wide.
        self.setText(self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, room + 1))


class ModelChip(Chip):
    """The model that writes answers: its name, its memory, and by a dot whether it is there."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._state: ModelState | None = None
        self.setIconSize(QSize(DOT, DOT))
        theme.changed.connect(self._dress)
        self.set_words(self.tr("Looking for a model…"))
        self._dress()

    @property
    def state(self) -> ModelState | None:
        """What was last said of the model."""
        return self._state

    def show_state(self, state: ModelState) -> None:
        """Say which model it is and how it stands."""
        self._state = state
        parts = [state.name or self.tr("No model yet")]
        if state.is_stand_in:
            parts.append(self.tr("stand-in"))
        if state.state in {"loading", "died"}:
            parts.append(self._state_words(state))
        elif state.memory > 0 and state.state in {"awake", "writing"}:
            parts.append(locale_size(state.memory))
        self.set_words(" · ".join(parts))
        sentences = [f"{state.name}: {self._state_words(state)}." if state.name else self._state_words(state)]
        if state.is_stand_in:
            sentences.append(
                self.tr("A small stand-in until a Phi model is added: trust the passages rather than its words.")
            )
        self.setToolTip(plain_tip("\n".join(sentences)))
        self.setAccessibleName(self.tr("Model: {model}").format(model=self.words))
        self.setAccessibleDescription(" ".join(sentences))
        self._dress()

    def _state_words(self, state: ModelState) -> str:
        if state.state == "asleep" and state.reason:
            return {
                "idle": self.tr("asleep, as nobody asked for a while; the next question wakes it"),
                "pressure": self.tr("asleep, as other programs needed the memory; the next question wakes it"),
            }.get(state.reason, self.tr("asleep"))
        return {
            "absent": self.tr("no model yet"),
            "asleep": self.tr("asleep"),
            "loading": self.tr("loading…"),
            "awake": self.tr("ready"),
            "writing": self.tr("writing"),
            "died": self.tr("stopped"),
        }.get(state.state, state.state)

    def _dress(self) -> None:
        colour = self._theme.colour(DOT_COLOURS.get(self._state.state if self._state else "absent", "line"))
        is_hollow = self._state is not None and self._state.state == "asleep"
        icon = QIcon()
        for scale in (1, 2, 3):
            picture = QPixmap(QSize(DOT, DOT) * scale)
            picture.fill(Qt.GlobalColor.transparent)
            painter = QPainter(picture)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(colour, 1.5 * scale))
            painter.setBrush(Qt.BrushStyle.NoBrush if is_hollow else colour)
            painter.drawEllipse(QRectF(scale, scale, (DOT - 2) * scale, (DOT - 2) * scale))
            painter.end()
            icon.addPixmap(picture)
        self.setIcon(icon)


class OfflineChip(Chip):
    """How many connections were ever made: none, but for what was asked for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.show_count(0)

    def show_count(self, connections: int) -> None:
        """Say how many connections were ever made."""
        self.set_words(self.tr("Offline · %Ln connection(s)", "", connections))
        meaning = self.tr("Nothing leaves this computer. Opens the list of every connection ever made.")
        self.setToolTip(plain_tip(f"{self.words}\n{meaning}"))  # all the words, where a language has no room for them
        self.setAccessibleName(self.words)
        self.setAccessibleDescription(meaning)

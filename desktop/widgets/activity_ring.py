"""How long work stands, told by a shape: a ring that fills, bars while it is held, a tick, a warning."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from desktop.activities import Activity, ActivityState
from desktop.theme import ICON_SIZES, Theme
from desktop.widgets.progress import RING_WIDTH, paint_ring

SIZE = 18
"""Device-independent pixels."""

DASHES = (2.0, 2.6)
"""Of the ring of what nobody can say how far it is, in widths of its line."""


def paint_standing(painter: QPainter, place: QRectF, theme: Theme, fraction: float, *, is_held: bool = False) -> None:
    """A ring in ``place``: filled to ``fraction``, dashed where that is -1; with two bars in it where it is held."""
    if fraction >= 0:
        paint_ring(painter, place, fraction, theme.colour("teal"), theme.colour("line"))
    else:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(theme.colour("muted" if is_held else "teal"), RING_WIDTH)
        pen.setDashPattern(DASHES)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.drawEllipse(place.adjusted(1, 1, -1, -1))
        painter.restore()
    if is_held:
        painter.save()
        painter.setPen(QPen(theme.colour("text"), RING_WIDTH, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        middle, step = place.center(), place.width() / 9
        for side in (-1, 1):
            x = middle.x() + side * step
            painter.drawLine(QRectF(x, middle.y() - 1.6 * step, 0, 3.2 * step).topLeft(),
                             QRectF(x, middle.y() - 1.6 * step, 0, 3.2 * step).bottomLeft())  # fmt: skip
        painter.restore()


def standing_icon(theme: Theme, fraction: float, *, is_held: bool) -> QIcon:
    """The same as an icon."""
    icon = QIcon()
    for pixels in ICON_SIZES:
        picture = QPixmap(QSize(pixels, pixels))
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.scale(pixels / 16, pixels / 16)
        paint_standing(painter, QRectF(1, 1, 14, 14), theme, fraction, is_held=is_held)
        painter.end()
        icon.addPixmap(picture)
    return icon


class ActivityRing(QWidget):
    """The standing of one activity."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._activity: Activity | None = None
        self.setFixedSize(SIZE, SIZE)
        theme.changed.connect(self.update)

    def show_activity(self, activity: Activity) -> None:
        """Show how it stands."""
        self._activity = activity
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Paint the shape."""
        if self._activity is None:
            return
        painter = QPainter(self)
        place = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        icon = {
            ActivityState.DONE: self._theme.icon("check", "teal"),
            ActivityState.FAILED: self._theme.icon("warning", "danger"),
            ActivityState.STOPPED: self._theme.icon("stop", "muted"),
        }.get(self._activity.state)
        if icon is not None:
            icon.paint(painter, self.rect())
        else:
            is_held = self._activity.state is not ActivityState.RUNNING
            paint_standing(painter, place, self._theme, self._activity.fraction, is_held=is_held)
        painter.end()

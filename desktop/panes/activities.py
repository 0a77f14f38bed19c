"""The one place that shows all long work: over the foot of the library, never in the way, put away by Escape."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop import keys
from desktop.activities import Activity
from desktop.panes.activity_feed import ActivityFeed
from desktop.theme import Theme
from desktop.widgets.activity_button import ActivityButton
from desktop.widgets.activity_row import ActivityRow
from desktop.widgets.buttons import IconButton
from desktop.widgets.labels import make_label
from desktop.widgets.undo_bar import UndoBar

WIDTH = 420
"""Device-independent pixels, where the window is that wide."""

HIGHEST_SHARE = 0.6
"""Of the window's height."""


class ActivityPane(QFrame):
    """Lies over the window and leaves everything else usable. ``opened``: an Activity whose outcome is to be seen."""

    opened = Signal(object)

    def __init__(self, theme: Theme, feed: ActivityFeed, button: ActivityButton, over: QWidget) -> None:
        """``button`` opens it, and stands below it; it covers a part of ``over``."""
        super().__init__(over)
        self._theme = theme
        self._feed = feed
        self._button = button
        self._over = over
        self._rows: dict[str, ActivityRow] = {}
        self._before: QWidget | None = None
        self.setProperty("role", "popup")
        self.setAccessibleName(self.tr("Activity"))
        self._undo = feed.undo
        self._lay_out()
        button.clicked.connect(self.toggle)
        feed.changed.connect(self._show_all)
        feed.undo.changed.connect(self._show_all)
        for watched in (over, self._body):
            watched.installEventFilter(self)
        self._show_all()
        self.hide()

    @property
    def rows(self) -> tuple[ActivityRow, ...]:
        """What is shown, from the top."""
        return tuple(sorted(self._rows.values(), key=self._list.indexOf))

    def toggle(self) -> None:
        """Appear with the keyboard; where it is in sight, go away."""
        if self.isVisible():
            self.put_away()
            return
        self._before = QApplication.focusWidget()
        self._show_all()
        self.show()
        self._fit()
        self.raise_()
        first = next((one for row in self.rows for one in row.buttons if one.isVisibleTo(self)), self._close)
        first.setFocus(Qt.FocusReason.PopupFocusReason)

    def put_away(self) -> None:
        """Go away, and give the keyboard back to where it was."""
        had_focus = self.isAncestorOf(QApplication.focusWidget() or self._over)
        self.hide()
        if had_focus and self._before is not None and isValid(self._before):  # a question may have gone meanwhile
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        self._before = None

    # --- what is shown ----------------------------------------------------------------------------------------------

    def _show_all(self) -> None:
        activities = self._feed.activities
        self._button.show_activities(activities)
        listed = activities.listed
        for key in [key for key in self._rows if key not in {one.key for one in listed}]:
            self._drop(self._rows.pop(key))
        for place, activity in enumerate(listed):
            row = self._rows.get(activity.key) or self._make_row(activity.key)
            if self._list.indexOf(row) != place:
                self._list.removeWidget(row)
                self._list.insertWidget(place, row)
            row.show_activity(activity)
        self._nothing.setVisible(not listed)
        if self.isVisible():
            self._fit()

    def _make_row(self, key: str) -> ActivityRow:
        row = self._rows[key] = ActivityRow(self._theme)
        row.hold_wanted.connect(lambda held: self._with(key, lambda one: self._feed.hold(one, held)))
        row.cancel_wanted.connect(lambda: self._with(key, self._feed.cancel))
        row.away_wanted.connect(lambda: self._with(key, self._feed.put_away))
        row.open_wanted.connect(lambda: self._with(key, self._open))
        return row

    def _with(self, key: str, act: Callable[[Activity], None]) -> None:
        activity = self._feed.activities.get(key)
        if activity is not None:
            act(activity)

    def _drop(self, row: ActivityRow) -> None:
        had_focus = row.isAncestorOf(QApplication.focusWidget() or self._over)
        self._list.removeWidget(row)
        row.hide()
        row.deleteLater()
        if had_focus and self.isVisible():
            self._close.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open(self, activity: Activity) -> None:
        self.hide()
        self._before = None
        self.opened.emit(activity)

    # --- where it stands --------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in its place when the window's size changes, and have room for what is said."""
        kind = QEvent.Type.Resize if watched is self._over else QEvent.Type.LayoutRequest
        if event.type() == kind and self.isVisible():
            self._fit()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape puts it away; what was cancelled here comes back by the usual key, though the library is folded."""
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()
        elif event.matches(QKeySequence.StandardKey.Undo):
            self._undo.take_back()
        else:
            super().keyPressEvent(event)

    def _fit(self) -> None:
        margin = self._theme.space(1)
        room = self._over.rect().adjusted(margin, margin, -margin, -margin)
        bottom = room.bottom()
        if self._button.isVisible():
            bottom = self._button.mapTo(self._over, QPoint(0, 0)).y() - margin // 2
        width = min(WIDTH, room.width())
        inside = width - 2 * self._theme.space(2)
        body = self._body
        needed = body.heightForWidth(inside) if body.hasHeightForWidth() else body.sizeHint().height()
        bar = self._undo_bar
        beside = 0 if bar.isHidden() else bar.heightForWidth(inside) + self._theme.space(0.5)
        height = self._head_height + needed + beside + self._theme.space(3)
        height = min(height, round(self._over.height() * HIGHEST_SHARE), bottom - room.top())
        place = QRect(room.left(), bottom - height, width, height)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            place.moveRight(room.right())
        self.setGeometry(place)

    def _lay_out(self) -> None:
        space = self._theme.space
        title = make_label("title")
        title.setText(self.tr("Activity"))
        self._close = IconButton(self._theme, "close", self.tr("Close the activity list"), keys.BACK_OUT)
        self._close.clicked.connect(self.put_away)
        head = QHBoxLayout()
        head.addWidget(title, 1)
        head.addWidget(self._close)
        self._head_height = self._close.sizeHint().height() + space(0.5)
        self._nothing = make_label("muted")
        self._nothing.setText(self.tr("Nothing is under way. What takes long is shown here while it lasts."))
        self._body = QWidget()
        column = QVBoxLayout(self._body)
        column.setContentsMargins(0, 0, space(0.5), 0)
        column.setSpacing(0)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        column.addWidget(self._nothing)
        column.addLayout(self._list)
        column.addStretch()
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setAccessibleName(self.tr("Activities"))
        self._scroll.setWidget(self._body)
        self._undo_bar = UndoBar(self._theme, self._undo, is_second=True)  # the library's lies below
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(2), space(1), space(1.5), space(1.5))
        layout.setSpacing(space(0.5))
        layout.addLayout(head)
        layout.addWidget(self._scroll, 1)
        layout.addWidget(self._undo_bar)

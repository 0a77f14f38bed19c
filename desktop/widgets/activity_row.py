"""One long work as a row: how it stands, what is done of what, and the buttons that hold it, go on, end or open it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.activities import Activity, ActivityKind, ActivityState
from desktop.theme import Theme
from desktop.widgets.activity_ring import ActivityRing
from desktop.widgets.activity_words import ActivityWords
from desktop.widgets.buttons import IconButton, QuietButton
from desktop.widgets.labels import make_label
from desktop.widgets.soft_breaks import breakable

LEADS_SOMEWHERE = frozenset(
    {ActivityKind.READING, ActivityKind.DOWNLOAD, ActivityKind.SUMMARY, ActivityKind.FINDING, ActivityKind.ANSWER}
)
"""Kinds whose outcome can be looked at."""

SEEN_AS_IT_COMES = frozenset({ActivityKind.SUMMARY, ActivityKind.FINDING})
"""Those that are looked at before they have ended, too: their conversation need not be the one that is shown."""


class ActivityRow(QWidget):
    """``hold_wanted``: whether it is to be held. ``cancel_wanted``, ``open_wanted``, ``away_wanted``."""

    hold_wanted = Signal(bool)
    cancel_wanted = Signal()
    open_wanted = Signal()
    away_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = ActivityWords(self)
        self._activity: Activity | None = None
        self._is_held = False
        self._ring = ActivityRing(theme)
        self._name = make_label()
        self._standing = make_label("small")
        self._hold = QuietButton("")
        self._hold.clicked.connect(lambda: self.hold_wanted.emit(not self._is_held))
        self._cancel = QuietButton(self.tr("Cancel"))
        self._cancel.clicked.connect(self.cancel_wanted)
        self._open = QuietButton(self.tr("Open"))
        self._open.clicked.connect(self.open_wanted)
        self._away = IconButton(theme, "close", self.tr("Put away"))
        self._away.clicked.connect(self.away_wanted)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._name)
        words.addWidget(self._standing)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, theme.space(0.5), 0, theme.space(0.5))
        layout.setSpacing(theme.space(1))
        layout.addWidget(self._ring, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(words, 1)
        for button in self.buttons:
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)

    @property
    def buttons(self) -> tuple[QWidget, ...]:
        """What can be pressed, in its order; not all of them are in sight."""
        return (self._hold, self._cancel, self._open, self._away)

    @property
    def words(self) -> tuple[str, str]:
        """What it is, and how it stands."""
        return self.accessibleName(), self.accessibleDescription()

    def show_activity(self, activity: Activity) -> None:
        """Show how it stands."""
        if activity == self._activity:
            return
        self._activity = activity
        name, standing = self._words.name(activity), self._words.standing(activity)
        self._ring.show_activity(activity)
        self._name.setText(breakable(name))
        self._standing.setText(breakable(standing))
        self.setAccessibleName(name)
        self.setAccessibleDescription(standing)
        self._is_held = activity.state is ActivityState.PAUSED
        can_go_on = activity.state in {ActivityState.RUNNING, ActivityState.PAUSED} or (
            activity.state is ActivityState.FAILED and activity.kind is ActivityKind.DOWNLOAD
        )
        self._hold.setVisible(activity.can_be_held and can_go_on)
        self._cancel.setVisible(activity.can_be_cancelled and not activity.is_over)
        leads = LEADS_SOMEWHERE if activity.state is ActivityState.DONE else SEEN_AS_IT_COMES
        self._open.setVisible(activity.kind in leads and activity.state in {ActivityState.RUNNING, ActivityState.DONE})
        self._away.setVisible(activity.is_over)
        if activity.state is ActivityState.FAILED:
            self._is_held = True  # the button goes on with it
            hold = self.tr("Try again")
        else:
            hold = self.tr("Resume") if self._is_held else self.tr("Pause")
        self._hold.setText(hold)
        for button, said in ((self._hold, hold), (self._cancel, self._cancel.text()), (self._open, self._open.text())):
            button.setAccessibleName(self.tr("{button}: {activity}").format(button=said, activity=name))
        self._away.set_name(self.tr("{button}: {activity}").format(button=self.tr("Put away"), activity=name))

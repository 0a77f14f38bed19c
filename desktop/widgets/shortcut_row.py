"""The global shortcut: which it is, another one to be pressed, and what is offered where it is taken."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QKeySequenceEdit, QLineEdit, QWidget

from desktop.hotkey import Chord, Grip
from desktop.quick_access import QuickAccess
from desktop.theme import Theme
from desktop.widgets.announce import announce
from desktop.widgets.buttons import IconButton, QuietButton
from desktop.widgets.direction import leave_room
from desktop.widgets.setting_row import SettingRow
from rag.errors import Problem, WindowProblem

_MODIFIERS = {
    Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta,
    Qt.Key.Key_Super_L, Qt.Key.Key_Super_R,
}  # fmt: skip


class ShortcutField(QKeySequenceEdit):
    """Takes the keys that are pressed in it; Escape gives them up, and Tab leaves it, as everywhere."""

    def __init__(self, theme: Theme, title: str) -> None:
        super().__init__()
        self.setMaximumSequenceLength(1)
        line = self.findChild(QLineEdit)
        if line is not None:
            line.setAccessibleName(title)
            # Not Qt's own button: that has no name, is too small to hit, and out of the keyboard's reach.
            none = IconButton(theme, "close", self.tr("No shortcut"))
            none.clicked.connect(self._empty)
            layout = QHBoxLayout(line)
            layout.setContentsMargins(0, 0, theme.space(0.5), 0)
            layout.addWidget(none, 0, Qt.AlignmentFlag.AlignTrailing)
            leave_room(line, 0, none.sizeHint().width())
            self.keySequenceChanged.connect(lambda keys: none.setVisible(not keys.isEmpty()))

    def _empty(self) -> None:
        self.clear()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.editingFinished.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """All keys are taken but those two, and a modifier only with another key.

        Qt empties the field as soon as one is down: who goes back through the fields with Shift+Tab would lose theirs.
        """
        if event.key() == Qt.Key.Key_Escape and not event.modifiers():
            self.clearFocus()
        elif event.key() in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab}:
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Tab)
        elif event.key() not in _MODIFIERS:
            super().keyPressEvent(event)


class ShortcutRow(SettingRow):
    """What is pressed holds at once, and is kept."""

    def __init__(self, theme: Theme, access: QuickAccess, title: str, parent: QWidget | None = None) -> None:
        self._field = ShortcutField(theme, title)
        super().__init__(theme, title, self._field, parent)
        self._access = access
        self._other = QuietButton("")
        self._other.clicked.connect(self._take_other)
        self._other.hide()
        self.layout().addWidget(self._other, 0, Qt.AlignmentFlag.AlignLeading)  # type: ignore[union-attr, call-arg]
        self._field.editingFinished.connect(self._choose)
        self.stops += (self._other,)
        access.changed.connect(self._show_anew)
        self._show_anew()

    def _choose(self) -> None:
        written = self._field.keySequence().toString(QKeySequence.SequenceFormat.PortableText)
        chord = Chord.parse(written)
        is_none = written and chord is None
        if chord == self._access.chord and not is_none:
            return  # the field tells its end more than once: what was said of the last stays
        self._other.hide()
        if is_none:
            self.explain(self._words(), self.tr("It needs one key with Ctrl, Alt or Meta, or a function key."))
            self._show()
        elif self._access.choose(chord) is Grip.TAKEN and chord is not None:
            self._say_taken(chord)
        else:
            self._show_anew()

    def _say_taken(self, chord: Chord) -> None:
        """Say whose it is, and offer one that is free."""
        free = self._access.free_alternative(chord)
        self._show_anew()
        self.show_problem(Problem(WindowProblem.SHORTCUT_TAKEN.value, {"shortcut": chord.native}))
        if free is not None:
            self._other.setText(self.tr("Use {shortcut} instead").format(shortcut=free.native))
            self._other.setProperty("chord", free.text)
            self._other.show()

    def _take_other(self) -> None:
        self._field.setKeySequence(QKeySequence.fromString(str(self._other.property("chord"))))
        self._choose()
        announce(self, self._field.keySequence().toString(QKeySequence.SequenceFormat.NativeText))

    def _show_anew(self) -> None:
        self._show()
        self.explain(self._words())

    def _show(self) -> None:
        chord = self._access.chord
        self._field.setKeySequence(QKeySequence() if chord is None else QKeySequence.fromString(chord.text))

    def _words(self) -> str:
        if self._access.is_impossible:
            return self.tr("This desktop gives no program such a key. Bind “phial quick” to one in its own settings.")
        if self._access.grip in {Grip.ASKED, Grip.REFUSED}:
            return self.tr("This desktop decides which key it is, and asks you.")
        return self.tr("Brings the quick question over any program. Empty the field to have none.")

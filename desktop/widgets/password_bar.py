"""A calm place to enter the password of a document, where its row is: no window of its own."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.theme import Theme, set_role
from desktop.widgets.announce import warn
from desktop.widgets.buttons import Button, IconButton
from desktop.widgets.direction import isolated, leave_room
from desktop.widgets.labels import make_label
from desktop.widgets.soft_breaks import breakable
from rag.protocol import Document


class PasswordBar(QFrame):
    """``given`` carries the Document and what was entered, which is kept nowhere here. ``closed``: it was put away."""

    given = Signal(object, str)
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._document: Document | None = None
        self.setProperty("role", "notice")
        self._title = make_label("title")
        self._field = self._make_field()
        self._message = make_label("small")
        self._open = Button(self.tr("Open"))
        self._open.clicked.connect(self._give)
        close = IconButton(theme, "close", self.tr("Close"))
        close.clicked.connect(self.put_away)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        entry = QHBoxLayout()
        entry.setSpacing(theme.space(1))
        entry.addWidget(self._field, 1)
        entry.addWidget(self._open)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.space(1.5), theme.space(1), theme.space(1), theme.space(1.25))
        layout.setSpacing(theme.space(0.75))
        layout.addLayout(head)
        layout.addLayout(entry)
        layout.addWidget(self._message)
        self.hide()

    @property
    def document(self) -> Document | None:
        """The document whose password is asked for, while it is."""
        return self._document

    @property
    def message(self) -> str:
        """What is said below the field."""
        return self._message.text().replace("\u200b", "")

    def ask(self, document: Document) -> None:
        """Ask for the password of ``document``, with the keyboard in the field."""
        self._document = document
        title = self.tr("“{document}” needs its password").format(document=isolated(document.name))
        self._title.setText(breakable(title))
        self.setAccessibleName(title)
        self._field.setAccessibleName(self.tr("Password of {document}").format(document=isolated(document.name)))
        promise = self.tr("It goes into your system’s keyring, or only into memory where there is none; into no file.")
        self._say(promise, is_trouble=False)
        self._allow(is_allowed=True)
        self._forget_entry()
        self.show()
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, said: str) -> None:
        """The password did not open it: say so, and let another be entered."""
        self._say(said, is_trouble=True)
        self._allow(is_allowed=True)
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)
        warn(self, said)

    def put_away(self) -> None:
        """Hide it, and forget what was entered."""
        self._forget_entry()
        self._document = None
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape puts it away."""
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()
        else:
            super().keyPressEvent(event)

    def _give(self) -> None:
        password = self._field.text()
        if self._document is None or not password or not self._open.isEnabled():
            return
        self._forget_entry()
        self._allow(is_allowed=False)
        self._say(self.tr("Trying it…"), is_trouble=False)
        self.given.emit(self._document, password)

    def _forget_entry(self) -> None:
        self._field.setText("")  # not clear(), which could be undone
        self._field.setEchoMode(QLineEdit.EchoMode.Password)

    def _allow(self, *, is_allowed: bool) -> None:
        self._field.setEnabled(is_allowed)
        self._open.setEnabled(is_allowed)

    def _say(self, words: str, *, is_trouble: bool) -> None:
        self._message.setText(breakable(words))
        set_role(self._message, "danger" if is_trouble else "small")
        self._field.setAccessibleDescription(words)

    def _make_field(self) -> QLineEdit:
        field = QLineEdit()
        field.setEchoMode(QLineEdit.EchoMode.Password)
        field.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        field.returnPressed.connect(self._give)
        # No action of the field's: its button would be too small to hit, and out of the keyboard's reach.
        eye = IconButton(self._theme, "watched", self.tr("Show what is written"))
        eye.clicked.connect(self._turn_echo)
        inside = QHBoxLayout(field)
        inside.setContentsMargins(0, 0, self._theme.space(0.5), 0)
        inside.addWidget(eye, 0, Qt.AlignmentFlag.AlignTrailing)
        leave_room(field, 0, eye.sizeHint().width())
        return field

    def _turn_echo(self) -> None:
        hides = self._field.echoMode() == QLineEdit.EchoMode.Password
        self._field.setEchoMode(QLineEdit.EchoMode.Normal if hides else QLineEdit.EchoMode.Password)

"""A newer version of Phial: looked for at the press of a button, fetched at that of another, never run from here."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QDate, QLocale, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.operations import Operation
from desktop.theme import Theme
from desktop.widgets.announce import announce
from desktop.widgets.buttons import Button, QuietButton
from desktop.widgets.labels import make_label
from desktop.widgets.mends import mend_name
from desktop.widgets.model_words import locale_size
from desktop.widgets.notice import Notice
from desktop.widgets.soft_breaks import breakable
from desktop.worker_client import WorkerClient
from rag.protocol import GetUpdate, LookForUpdate, UpdateArrived, UpdateFound, UpdateProgress


class UpdateRow(QWidget):
    """A button, and what came of it."""

    def __init__(self, theme: Theme, client: WorkerClient, notice: Notice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self._notice = notice
        self._operation: Operation | None = None
        self._look = Button(self.tr("Look for a new version…"))
        self._look.clicked.connect(self._ask)
        self._get = Button(self.tr("Fetch it"))
        self._get.clicked.connect(self._fetch)
        self._cancel = QuietButton(self.tr("Cancel"))
        self._cancel.clicked.connect(self._end)
        self._words = make_label("small", is_shown=False)
        row = QHBoxLayout()
        for button in (self._look, self._get, self._cancel):
            row.addWidget(button)
        row.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.space(1))
        layout.addLayout(row, 0)
        layout.addWidget(self._words, 0, Qt.AlignmentFlag.AlignTop)
        self._get.hide()
        self._cancel.hide()

    def _ask(self) -> None:
        self._get.hide()
        self._follow(self._client.run(LookForUpdate, language=QLocale().name().partition("_")[0]))
        self._say(self.tr("Looking…"))

    def _fetch(self) -> None:
        self._get.hide()
        self._follow(self._client.run(GetUpdate))
        self._cancel.show()

    def _follow(self, operation: Operation) -> None:
        self._operation = operation
        self._notice.put_away()
        self._look.setEnabled(False)
        operation.received.connect(self._show_progress)
        operation.succeeded.connect(self._show)
        operation.failed.connect(self._notice.say_problem)
        operation.failed.connect(lambda _: self._say(""))
        operation.cancelled.connect(lambda: self._say(""))
        operation.ended.connect(self._rest)

    def _end(self) -> None:
        if self._operation is not None:
            self._operation.cancel()

    def _rest(self) -> None:
        self._operation = None
        self._look.setEnabled(True)
        self._cancel.hide()

    def _show_progress(self, progress: object) -> None:
        if isinstance(progress, UpdateProgress):
            said = self.tr("Phial {version} from {host} · {done} of {size}").format(
                version=progress.version, host=progress.host, done=locale_size(progress.bytes_done),
                size=locale_size(progress.bytes),
            )  # fmt: skip
            self._words.setText(breakable(said))

    def _show(self, reply: object) -> None:
        if isinstance(reply, UpdateFound):
            self._say(self._found_words(reply))
            if reply.is_newer and reply.file:
                self._get.show()
                self._get.setFocus()
        elif isinstance(reply, UpdateArrived):
            folder = str(Path(reply.path).parent)
            self._say("")
            title = self.tr("Phial {version} is here, and is what was signed").format(version=reply.version)
            show = (mend_name("show_in_folder"), lambda: self._notice.show_folder(folder))
            text = self.tr("Phial does not run it. Quit Phial, then open {file}.").format(file=reply.path)
            self._notice.say(title, text, [show])
            announce(self, title)

    def _found_words(self, found: UpdateFound) -> str:
        day = QLocale().toString(QDate.fromString(found.day, Qt.DateFormat.ISODate), QLocale.FormatType.ShortFormat)
        if not found.is_newer:
            said = self.tr("Phial {version} is the newest version, as {host} says.")
            return said.format(version=found.ours, host=found.host)
        parts = [self.tr("Phial {version} of {day} is there.").format(version=found.version, day=day), found.notes]
        if found.file:
            said = self.tr("To be fetched: {file} ({size}) from {host}.")
            parts.append(said.format(file=found.file, size=locale_size(found.bytes), host=found.from_host))
        else:
            parts.append(self.tr("It has no installer for this computer."))
        return "\n".join(filter(None, parts))

    def _say(self, words: str) -> None:
        self._words.setText(breakable(words))
        self._words.setVisible(bool(words))
        if words:
            announce(self, words)

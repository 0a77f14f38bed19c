"""The library as one file: the buttons that keep it and take one in, and how far either is."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.operations import Operation
from desktop.theme import Theme
from desktop.widgets.announce import announce
from desktop.widgets.buttons import Button, QuietButton
from desktop.widgets.labels import make_label
from desktop.widgets.mends import mend_name
from desktop.widgets.model_words import locale_size
from desktop.widgets.notice import Notice
from desktop.worker_client import WorkerClient
from rag.protocol import BackedUp, BackUp, BackupProgress, Restore, Restored

SUFFIX = ".phial"


class KeepingRow(QWidget):
    """``restored``: another library is here, what is to be said of it; every window is to be made anew."""

    restored = Signal(str)

    def __init__(self, theme: Theme, client: WorkerClient, notice: Notice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self._notice = notice
        self._operation: Operation | None = None
        self._progress: BackupProgress | None = None
        self._restored: Restored | None = None
        words = make_label("small")
        words.setText(
            self.tr(
                "A backup is one file with the library, the conversations, the collections and the settings. Documents "
                "and models are not in it; the texts of the documents are, so keep it as safe as they are."
            )
        )
        self._back_up = Button(self.tr("Back up…"))
        self._back_up.clicked.connect(self._choose_target)
        self._restore = Button(self.tr("Restore…"))
        self._restore.clicked.connect(self._choose_backup)
        self._how_far = make_label("muted", is_shown=False)
        self._cancel = QuietButton(self.tr("Cancel"))
        self._cancel.clicked.connect(self._end)
        self._cancel.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.space(1))
        layout.addWidget(words)
        for parts in ((self._back_up, self._restore), (self._how_far, self._cancel)):
            row = QHBoxLayout()
            for part in parts:
                row.addWidget(part, int(part is self._how_far), Qt.AlignmentFlag.AlignTop)
            if self._how_far not in parts:
                row.addStretch()
            layout.addLayout(row)
        client.connected.connect(self._tell_restored)

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """Where the keyboard stops, in their order."""
        return self._back_up, self._restore, self._cancel

    @property
    def awaited(self) -> Operation | None:
        """The backup that is made, or taken in."""
        return self._operation

    def take_over(self, other: KeepingRow) -> None:
        """Follow what was begun in ``other``, which is to go."""
        self._restored, other._restored = other._restored, None
        operation, other._operation = other._operation, None
        if operation is not None:
            self._follow(operation)
            if other._progress is not None:
                self._show_progress(other._progress)

    def _choose_target(self) -> None:
        suggested = Path.home() / f"phial-{dt.date.today().isoformat()}{SUFFIX}"  # noqa: DTZ011 - the person's own day
        chosen, _ = QFileDialog.getSaveFileName(self, self.tr("Back up"), str(suggested), self._filter())
        if chosen:
            self._follow(self._client.run(BackUp, path=str(Path(chosen).absolute())))

    def _choose_backup(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, self.tr("Restore"), str(Path.home()), self._filter())
        if chosen:
            self._notice.say(
                self.tr("Restore “{name}”?").format(name=Path(chosen).name),
                self.tr(
                    "The library that is here now is put aside into “backups” in the data folder, and the one in the "
                    "backup takes its place."
                ),
                [(self.tr("Restore"), lambda: self._begin(chosen))],
            )

    def _begin(self, chosen: str) -> None:
        self._follow(self._client.run(Restore, path=str(Path(chosen).absolute()), replaces=True))

    def _follow(self, operation: Operation) -> None:
        self._operation = operation
        self._notice.put_away()
        self._show_running(is_running=True)
        operation.received.connect(self._show_progress)
        operation.succeeded.connect(self._show_end)
        operation.failed.connect(self._notice.say_problem)
        operation.ended.connect(self._rest)

    def _end(self) -> None:
        if self._operation is not None:
            self._operation.cancel()

    def _rest(self) -> None:
        self._operation = self._progress = None
        self._show_running(is_running=False)

    def _show_running(self, *, is_running: bool) -> None:
        for button in (self._back_up, self._restore):
            button.setEnabled(not is_running)
        for part in (self._how_far, self._cancel):
            part.setVisible(is_running)
        self._how_far.setText(self.tr("Beginning…"))

    def _show_progress(self, progress: object) -> None:
        if isinstance(progress, BackupProgress):
            self._progress = progress
            share = round(100 * progress.bytes_done / progress.bytes) if progress.bytes else 0
            said = self._stage(progress.stage)
            percent = self.tr("{percent} %").format(percent=QLocale().toString(share))
            self._how_far.setText(f"{said} · {percent}" if progress.bytes else said)

    def _stage(self, stage: str) -> str:
        return {
            "copying": self.tr("Copying the library"),
            "packing": self.tr("Packing"),
            "checking": self.tr("Checking"),
            "unpacking": self.tr("Unpacking"),
            "fitting": self.tr("Fitting it to this computer"),
        }.get(stage, stage)

    def _show_end(self, reply: object) -> None:
        if isinstance(reply, BackedUp):
            folder = str(Path(reply.path).parent)
            title = self.tr("Backed up as “{name}”").format(name=Path(reply.path).name)
            show = (mend_name("show_in_folder"), lambda: self._notice.show_folder(folder))
            self._notice.say(title, f"{folder} · {locale_size(reply.bytes)}", [show])
            announce(self, title)
        elif isinstance(reply, Restored):
            self._restored = reply  # said when the worker that has it is there

    def _restored_words(self, reply: Restored) -> str:
        said = [self.tr("It holds %Ln document(s).", "", reply.documents)]
        if reply.away:
            said.append(
                self.tr("%Ln file(s) are not where they were: add the folders that hold them now.", "", reply.away)
            )
        if reply.models:
            said.append(self.tr("Not on this computer: {models}.").format(models=", ".join(reply.models)))
        if reply.aside:
            said.append(self.tr("The library that was here lies in {folder}.").format(folder=reply.aside))
        return " ".join(said)

    def _tell_restored(self) -> None:
        reply, self._restored = self._restored, None
        if reply is not None:
            self.restored.emit(self._restored_words(reply))

    def _filter(self) -> str:
        return f"{self.tr('Backups of Phial')} (*{SUFFIX})"

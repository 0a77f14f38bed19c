"""A conversation as a file: where it is to lie, what the worker makes of it, and what came of it."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

from PySide6.QtCore import QLocale, QStandardPaths
from PySide6.QtWidgets import QFileDialog

from desktop.saved_file import save_file
from desktop.theme import Theme
from desktop.widgets.announce import announce, warn
from desktop.widgets.direction import isolated
from desktop.widgets.mends import mend_name
from desktop.widgets.notice import Action, Notice
from desktop.worker_client import WorkerClient
from rag.errors import LibraryProblem, Problem
from rag.protocol import Answer, ExportAnswer, ExportConversation, Exported, ExportFormat, Request

KINDS = {
    f"PDF (*.{ExportFormat.PDF})": ExportFormat.PDF,
    f"Word (*.{ExportFormat.DOCX})": ExportFormat.DOCX,
    f"Markdown (*.{ExportFormat.MARKDOWN})": ExportFormat.MARKDOWN,
}
"""What the dialog offers, by what each is called; the first where the person says nothing. Names, in no language."""


class SavingNotice(Notice):
    """Saves conversations, and answers by themselves, where the person says, and tells where they lie, or why not."""

    def __init__(self, theme: Theme, client: WorkerClient) -> None:
        super().__init__(theme)
        self._client = client
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        # Where there is none, the dialog would begin wherever the program was started.
        self._folder = documents if Path(documents).is_dir() else str(Path.home())

    def save(self, conversation: int) -> None:
        """Ask where ``conversation`` is to be saved, and as what; then save it."""
        # Never named by the conversation's title: that is text, and text is no path.
        self._save(
            self.tr("Save the conversation"),
            f"phial-conversation-{conversation}",
            ExportConversation,
            {"conversation": conversation},
        )

    def save_answer(self, answer: Answer, title: str, asked: float) -> None:
        """Ask where ``answer`` alone is to be saved under its ``title``; ``asked`` is a Unix time, 0: not known."""
        alone = dataclasses.replace(answer, question="")  # it stands above already
        fields = {"title": title, "answer": alone, "asked": asked}
        self._save(self.tr("Save the answer"), "phial-answer", ExportAnswer, fields)

    def _save(self, title: str, name: str, kind: type[Request], fields: dict[str, Any]) -> None:
        self.put_away()
        suggested = Path(self._folder) / f"{name}.{ExportFormat.PDF}"
        chosen, wanted = QFileDialog.getSaveFileName(self.window(), title, str(suggested), ";;".join(KINDS))
        if not chosen:
            return
        path, export_format = named_by(chosen, wanted)
        if path != Path(chosen) and path.exists():
            # The dialog asked about the name without its ending: nobody has allowed that this file is replaced.
            self._say_failed(Problem(LibraryProblem.FILE_THERE_ALREADY.value, {"path": str(path)}))
            return
        self._folder = str(path.parent)
        operation = self._client.run(kind, **fields, format=export_format, language=QLocale().name()[:2])
        operation.succeeded.connect(lambda reply: self._write(path, reply))
        operation.failed.connect(self._say_failed)

    def _write(self, path: Path, exported: Exported) -> None:
        if (problem := save_file(path, exported.content)) is not None:
            self._say_failed(problem)
            return
        title = self.tr("Saved as “{name}”").format(name=isolated(path.name))
        show: Action = (mend_name("show_in_folder"), lambda: self.show_folder(str(path.parent)))
        self.say(title, str(path.parent), [show])
        announce(self, title)

    def _say_failed(self, problem: Problem) -> None:
        self.say_problem(problem)
        warn(self, self.accessibleName())


def named_by(chosen: str, kind: str) -> tuple[Path, ExportFormat]:
    """The file that is meant, and its form: by the ending of its name, else by the ``kind`` that was chosen."""
    path = Path(chosen)
    by_ending = {f".{one}": one for one in ExportFormat}
    if (form := by_ending.get(path.suffix.lower())) is not None:
        return path, form
    form = KINDS.get(kind, ExportFormat.PDF)
    return path.with_name(f"{path.name}.{form}"), form

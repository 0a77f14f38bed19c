"""How far indexing is, while somebody watches: files, scanned pages, passages, what is read now, how long still."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console, RenderableType
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn
from rich.table import Column
from rich.text import Text

from rag import protocol
from rag.errors import text
from rag.protocol import Document, DocumentState
from rag.terminal_rows import one_line
from rag.terminal_words import roughly


class IndexingBars(Progress):
    """A bar for each kind of work that there is, and under them a line with the time left and what is being read."""

    def __init__(self, console: Console, language: str) -> None:
        """Nothing is shown where nobody watches."""
        columns = (TextColumn("{task.description}", table_column=Column(no_wrap=True)), BarColumn(24),
                   MofNCompleteColumn(table_column=Column(no_wrap=True)))  # fmt: skip
        self._language = language
        self._line = ""
        self._reading: dict[str, str] = {}
        super().__init__(*columns, console=console, transient=True, disable=not console.is_terminal)
        self._files = self._bar("index_reading")
        self._scans = self._bar("index_recognizing")
        self._passages = self._bar("index_embedding")
        self._scanned_pages = _Countdown()

    def get_renderables(self) -> Iterable[RenderableType]:
        """The bars, and the line under them."""
        yield from super().get_renderables()
        if self._line:
            yield Text(self._line, style="dim", no_wrap=True, overflow="ellipsis")

    def take(self, reply: protocol.Reply) -> None:
        """Show what a reply to ``index`` says of it."""
        if isinstance(reply, protocol.Progress):
            self.show(reply)
        elif isinstance(reply, protocol.DocumentChanged):
            self.note(reply.document)

    def note(self, document: Document) -> None:
        """A document has changed: its file may be read now, or no longer."""
        for path in document.paths:
            self._reading.pop(path, None)
            if document.state is DocumentState.READING or document.pages_waiting:
                self._reading[path] = _named(document)

    def show(self, progress: protocol.Progress) -> None:
        """Show how far all is."""
        if progress.documents:
            self.update(self._files, total=progress.documents, completed=progress.documents_done, visible=True)
        else:  # all files are read, and no longer counted
            self.update(self._files, completed=self.tasks[self._files].total or 0)
        done, total = self._scanned_pages.at(progress.pages_waiting)
        self.update(self._scans, total=total, completed=done, visible=total > 0)
        self.update(
            self._passages, total=progress.passages, completed=progress.passages_done, visible=progress.passages > 0
        )
        self._line = " · ".join(part for part in (left(progress, self._language), *self._now()) if part)

    def _bar(self, key: str) -> TaskID:
        return self.add_task(text(key, self._language), total=None, visible=False)

    def _now(self) -> list[str]:
        """What is read now: the file that came last."""
        return list(self._reading.values())[-1:]


class _Countdown:
    """What was done of something of which only the rest is told, and which may grow."""

    def __init__(self) -> None:
        self._left = 0
        self._done = 0

    def at(self, left: int) -> tuple[int, int]:
        """What is done and what there is in all, now that so much is ``left``."""
        self._done += max(0, self._left - left)
        self._left = left
        return self._done, self._done + left


def _named(document: Document) -> str:
    read = document.pages_read - document.pages_waiting
    return one_line(document.name) + (f" ({read}/{document.pages})" if document.pages > 1 and read > 0 else "")


def left(progress: protocol.Progress, language: str) -> str:
    """“about 12 min left”; "" where it isn't known."""
    if progress.is_paused:
        return text("index_paused", language)
    seconds = progress.seconds_left
    return text("index_time_left", language, time=roughly(seconds)) if seconds > 0 else ""

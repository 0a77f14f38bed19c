"""What the library pane knows, kept up to date by the worker, and what it asks of it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.operations import Operation
from desktop.panes.giving import Giving
from desktop.panes.removing import Removing
from desktop.path_sorting import PathSorter
from desktop.undo import Undo
from desktop.widgets.document_model import DocumentModel
from desktop.worker_client import WorkerClient
from rag.errors import LibraryProblem, Problem
from rag.protocol import (
    AddModel,
    ChooseModel,
    Collections,
    Document,
    DocumentChanged,
    DocumentGone,
    Documents,
    Download,
    DownloadChanged,
    EmbedderProgress,
    Folders,
    Indexed,
    IndexRebuilding,
    LibraryStatus,
    ListModels,
    Models,
    ModelState,
    Pause,
    Progress,
    Reply,
    Retry,
    Status,
    Unlock,
    UnwatchFolder,
    Watch,
    WatchFolder,
)

MOMENT = 30
"""Milliseconds within which news are told as one."""


class LibraryFeed(QObject):
    """Follows the library over every restart of the worker.

    ``changed``: documents or progress, told once for whatever came within a moment: a folder of a thousand files is a
    thousand pieces of news. ``failed``: a Problem of something that was asked here; that the worker died is the
    window's to say. ``left_out``: a list of IndexedFiles that were given and are in no row. ``removed``: a Removed.
    ``noticed``: a tuple of Problems, what is worth knowing of the library since the worker is there.
    ``connections_counted``: how many were ever made. ``folders_changed``: the tuple of WatchedFolders,
    ``collections_changed`` that of CollectionRows. ``download_changed`` carries the Download of a model that has come
    on, ``upkeep_changed`` an EmbedderProgress or an IndexRebuilding. ``document_news`` carries each Documents,
    DocumentChanged and DocumentGone, for those who follow them one by one; one that is removed is gone for them.
    """

    changed = Signal()
    document_news = Signal(object)
    folders_changed = Signal(object)
    collections_changed = Signal(object)
    download_changed = Signal(object)
    upkeep_changed = Signal(object)
    model_state_changed = Signal(object)
    failed = Signal(object)
    left_out = Signal(object)
    removed = Signal(object)
    noticed = Signal(object)
    connections_counted = Signal(int)

    def __init__(self, client: WorkerClient, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self.model = DocumentModel(self)
        client.concealed = lambda: self.model.concealed
        self._progress: Progress | None = None
        self._sorter = PathSorter(self)
        self._sorter.sorted.connect(self._add_sorted)
        self._giving = Giving(client, self)
        self._giving.indexed.connect(self._tell_left_out)
        self._giving.failed.connect(self._report)
        self.undo = Undo(self, lambda: client.is_restoring)
        client.restoring.connect(self.undo.settle)
        client.replaced.connect(self._giving.forget)
        self._removing = Removing(client, self.model, self.undo, self)
        self._removing.removed.connect(self.removed)
        self._removing.failed.connect(self._report)
        self._removing.gone.connect(self._tell_gone)
        self._removing.came_back.connect(self._tell_back)
        self._downloads: dict[str, str] = {}
        self._model: str | None = None
        self._watching: Operation | None = None
        self._telling = QTimer(self, singleShot=True, interval=MOMENT)
        self._telling.timeout.connect(self.changed)
        client.connected.connect(self._begin)
        if client.is_connected:
            self._begin()

    def add(self, paths: Sequence[str]) -> None:
        """Take files into the library, and folders, which are followed from then on."""
        self._sorter.sort(paths)

    def add_files(self, paths: Sequence[str]) -> Operation:
        """Take files into the library, and what folders hold by now."""
        self._keep_concealed(paths)
        return self._giving.give(tuple(paths))

    def _keep_concealed(self, paths: Sequence[str]) -> None:
        """What is given again is not to be erased presently."""
        if self.model.conceals(paths):
            self.undo.take_back()

    def add_folders(self, paths: Iterable[str]) -> None:
        """Take folders into the library, and follow them."""
        for path in paths:
            self._keep_concealed([path])
            self._expect_folders(self._client.run(WatchFolder, path=path))

    def unwatch(self, path: str) -> None:
        """Follow the folder at ``path`` no longer; its documents stay."""
        self._expect_folders(self._client.run(UnwatchFolder, path=path))

    def unlock(self, document: Document, password: str) -> Operation:
        """Open ``document`` with ``password``. Who asked says what came of it."""
        return self._client.run(Unlock, key=document.key, password=password)

    def remove(self, documents: Sequence[Document], brought_back: Callable[[], None] = lambda: None) -> None:
        """Erase what was read of ``documents``, as soon as it can no longer be undone (see ``Removing``)."""
        self._removing.remove(documents, brought_back)

    def leave_unread(self) -> None:
        """Leave out what has not been read yet, with the usual way back (see ``Removing``)."""
        self._removing.leave_unread(self.model.unread)

    def leave_scans(self) -> None:
        """Leave the scanned pages unread that wait for OCR, with a way back (see ``Removing``)."""
        self._removing.leave_scans(self.model.scans)

    def retry(self, documents: Iterable[Document]) -> None:
        """Read ``documents`` again."""
        self._expect(self._client.run(Retry, keys=tuple(document.key for document in documents)))

    def pause(self, paused: bool) -> None:
        """Hold indexing, or let it go on."""
        self._expect(self._client.run(Pause, paused=paused))

    def ask_status(self, receive: Callable[[LibraryStatus], None]) -> None:
        """Give the library's status to ``receive`` when it comes."""
        operation = self._client.run(Status)
        operation.succeeded.connect(receive)
        self._expect(operation)

    def ask_models(self, receive: Callable[[Models], None]) -> None:
        """Give the models on this machine to ``receive`` when they come."""
        operation = self._client.run(ListModels)
        operation.succeeded.connect(receive)
        self._expect(operation)

    def choose_model(self, model: str) -> None:
        """Answer with ``model`` from now on."""
        self._expect(self._client.run(ChooseModel, model=model))

    def add_model(self, path: str) -> None:
        """Use the GGUF file at ``path``."""
        self._expect(self._client.run(AddModel, path=path))

    @property
    def progress(self) -> Progress | None:
        """How far reading is, of the documents in rows alone; None where it is not known."""
        if self._progress is None:
            return None
        known = dataclasses.replace(self._progress, pages_waiting=self.model.pages_waiting)
        if concealed := self.model.concealed_waiting:
            whole = max(known.documents_done, known.documents - concealed)
            known = dataclasses.replace(known, documents=whole, seconds_left=-1.0)
        return known

    @property
    def giving(self) -> tuple[Operation, ...]:
        """The requests to take files in that have not ended yet."""
        return self._giving.operations

    def take_over(self, other: LibraryFeed) -> None:
        """Know what ``other`` knows, which is to go, and see through what it was given."""
        self.model.replace(other.model.documents)
        self._giving.take_over(other._giving)
        self._sorter.deleteLater()
        self._sorter = other._sorter
        self._sorter.setParent(self)
        self._sorter.sorted.disconnect(other._add_sorted)
        self._sorter.sorted.connect(self._add_sorted)
        self.changed.emit()

    def end(self) -> None:
        """Nobody looks any more: what was removed is erased."""
        self.undo.settle()
        self._removing.end()
        self._client.connected.disconnect(self._begin)
        if self._watching is not None:
            self._watching.cancel()

    def _tell_gone(self, documents: Sequence[Document]) -> None:
        for document in documents:
            self.document_news.emit(DocumentGone(0, document.key))
        self.changed.emit()

    def _tell_back(self, documents: Sequence[Document]) -> None:
        for document in documents:
            self.document_news.emit(DocumentChanged(0, document))
        self.changed.emit()

    def _begin(self) -> None:
        self._progress = None
        self._watching = self._client.run(Watch)
        self._watching.received.connect(self._take)
        self._giving.give_again()
        self.ask_status(self._tell_standing)

    def _tell_standing(self, status: LibraryStatus) -> None:
        self.connections_counted.emit(len(status.connections))
        if status.notices:
            self.noticed.emit(status.notices)

    def _add_sorted(self, files: tuple[str, ...], folders: tuple[str, ...]) -> None:
        if files:
            self.add_files(files)
        self.add_folders(folders)

    def _take(self, news: Reply) -> None:
        match news:
            case Documents() | DocumentChanged() | DocumentGone():
                self._take_document(news)
            case Progress():
                self._progress = news
                self._tell_soon()
            case ModelState():
                self._take_model(news)
            case Folders():
                self.folders_changed.emit(news.folders)
            case Collections():
                self.collections_changed.emit(news.collections)
            case DownloadChanged():
                self._take_download(news.download)
            case EmbedderProgress() | IndexRebuilding():
                self.upkeep_changed.emit(news)

    def _take_document(self, news: Documents | DocumentChanged | DocumentGone) -> None:
        if isinstance(news, Documents):
            self.model.replace(news.documents)
        elif isinstance(news, DocumentGone):
            self.model.forget(news.key)
        else:
            self.model.change(news.document, news.was)
            if self.model.is_concealed(news.document.key):
                return  # it is about to be removed: nobody is to hear of it
        self.document_news.emit(news)
        self._tell_soon()

    def _tell_soon(self) -> None:
        if not self._telling.isActive():
            self._telling.start()

    def _take_model(self, state: ModelState) -> None:
        self.model_state_changed.emit(state)
        if self._model is not None and self._model != state.model:
            # Another answers: where the person didn't choose it, the library's status says why.
            self.ask_status(self._tell_standing)
        self._model = state.model

    def _take_download(self, download: Download) -> None:
        self.download_changed.emit(download)
        if self._downloads.get(download.model) != download.state:
            # It began, or came to something: connections may have been made since they were last counted.
            self._downloads[download.model] = download.state
            self.ask_status(lambda status: self.connections_counted.emit(len(status.connections)))

    def _tell_left_out(self, indexed: Indexed) -> None:
        """Of what was given, what has no row that would say what became of it."""
        shown = {path for document in self.model.documents for path in document.paths}
        left_out = [file for file in indexed.files if file.reason is not None and file.path not in shown]
        if left_out:
            self.left_out.emit(left_out)

    def _expect_folders(self, operation: Operation) -> None:
        operation.succeeded.connect(self._take)
        self._expect(operation)

    def _expect(self, operation: Operation) -> None:
        operation.failed.connect(self._report)

    def _report(self, problem: Problem) -> None:
        if problem.kind != LibraryProblem.WORKER_DIED:
            self.failed.emit(problem)

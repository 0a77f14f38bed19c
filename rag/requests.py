"""What the worker does for each kind of request: a function of the request's name that gives its replies.

Here is what a person wants of their documents; what they want of Phial itself is in rag/upkeep_requests.py.
"""
# ruff: noqa: ARG002 - they are all called alike

from __future__ import annotations

import dataclasses
import queue
import threading
from collections.abc import Generator, Iterator

from rag.errors import LibraryProblem, Problem, system_language
from rag.protocol import (
    Anticipate,
    Ask,
    ChangeCollection,
    Collection,
    Collections,
    Conversation,
    Conversations,
    DeleteCollection,
    DeleteConversation,
    DocumentChanged,
    DocumentGone,
    Documents,
    Done,
    DownloadChanged,
    Estimate,
    Evidence,
    ExportAnswer,
    ExportConversation,
    Exported,
    FindAll,
    Folders,
    ForgetUnread,
    Found,
    Health,
    HealthReport,
    Index,
    KeepTurn,
    Kept,
    LeaveScans,
    ListCollections,
    ListConversations,
    ListDocuments,
    ListFolders,
    ListPages,
    OpenCollection,
    OpenConversation,
    Pause,
    ReadOutline,
    ReadScans,
    ReadWords,
    Remove,
    RenameCollection,
    RenameConversation,
    Reply,
    Request,
    Retry,
    Search,
    SearchDocument,
    ShowPage,
    Summarise,
    Turn,
    Unlock,
    UnwatchFolder,
    Watch,
    WatchFolder,
    Withhold,
)
from rag.upkeep_requests import UpkeepRequests

_QUIET = 0.2
"""Seconds without news after which what follows from them is told."""


class Respond(UpkeepRequests):
    """Answers requests from one library. A request that was cancelled simply ends, without its final reply."""

    def __call__(self, request: Request, cancelled: threading.Event) -> Generator[Reply]:
        """The replies to ``request``, each with its id. Raises PhialError."""
        for reply in getattr(self, f"_{request.type}")(request, cancelled):
            yield dataclasses.replace(reply, id=request.id)

    def _index(self, request: Index, cancelled: threading.Event) -> Iterator[Reply]:
        yield from self._library.index(request.paths, cancelled.is_set, request.passwords)

    def _search(self, request: Search, cancelled: threading.Event) -> Iterator[Reply]:
        last: Evidence | None = None
        for event in self._library.look_up(
            request.question, request.limit, request.scope, cancelled.is_set, request.without
        ):
            if isinstance(event, Evidence):
                last = event
                if not event.is_complete and not request.waits:
                    break
            if not isinstance(event, Evidence) or not event.is_complete:
                yield event
        if last is not None and not cancelled.is_set():
            yield Found(0, last.passages, last.seconds)

    def _ask(self, request: Ask, cancelled: threading.Event) -> Iterator[Reply]:
        yield from self._library.ask(
            request.question, request.scope, request.model, request.conversation, cancelled.is_set,
            request.language, request.without,
        )  # fmt: skip

    def _anticipate(self, request: Anticipate, cancelled: threading.Event) -> Iterator[Reply]:
        self._library.anticipate(
            request.question, request.scope, request.conversation, cancelled.is_set, request.without
        )
        if not cancelled.is_set():
            yield Done(0)

    def _summarise(self, request: Summarise, cancelled: threading.Event) -> Iterator[Reply]:
        yield from self._library.summarise(request, cancelled.is_set)

    def _find_all(self, request: FindAll, cancelled: threading.Event) -> Iterator[Reply]:
        yield from self._library.find_all(
            request.question, request.scope, request.language, cancelled.is_set, request.without
        )

    def _estimate(self, request: Estimate, cancelled: threading.Event) -> Iterator[Reply]:
        yield self._library.estimator.estimate(request)

    def _list_documents(self, request: ListDocuments, cancelled: threading.Event) -> Iterator[Reply]:
        yield Documents(0, self._library.documents())

    def _watch(self, request: Watch, cancelled: threading.Event) -> Iterator[Reply]:
        with self._library.feed.follow() as events:
            yield Documents(0, self._library.documents())
            yield self._library.progress()
            yield self._library.model_state()
            yield Folders(0, self._library.folders.listed())
            yield Collections(0, self._library.collections.listed())
            for download in self._library.getting.downloads():
                yield DownloadChanged(0, download)
            if (changing := self._library.embedders.progress()) is not None:
                yield changing
            may_differ = False
            while not cancelled.is_set():
                try:
                    event = events.get(timeout=_QUIET if may_differ else None)
                    may_differ = may_differ or isinstance(event, DocumentChanged | DocumentGone)
                    if event is not None:
                        yield event
                except queue.Empty:
                    # A document that goes, or is another one now, changes how many are in a folder or a collection.
                    if may_differ:
                        may_differ = False
                        yield Folders(0, self._library.folders.listed())
                        yield Collections(0, self._library.collections.listed())

    def _remove(self, request: Remove, cancelled: threading.Event) -> Iterator[Reply]:
        removed = self._library.remove(request.targets)
        for document in removed.documents:
            yield DocumentGone(0, document.key)
        yield removed

    def _forget_unread(self, request: ForgetUnread, cancelled: threading.Event) -> Iterator[Reply]:
        yield self._library.forget_unread(request.keys)

    def _withhold(self, request: Withhold, cancelled: threading.Event) -> Iterator[Reply]:
        with self._library.withheld(request.keys):
            yield self._library.progress()
            cancelled.wait()

    def _leave_scans(self, request: LeaveScans, cancelled: threading.Event) -> Iterator[Reply]:
        self._library.leave_scans(request.keys)
        yield Done(0)

    def _read_scans(self, request: ReadScans, cancelled: threading.Event) -> Iterator[Reply]:
        self._library.read_scans(request.keys)
        yield Done(0)

    def _retry(self, request: Retry, cancelled: threading.Event) -> Iterator[Reply]:
        self._library.retry(request.keys)
        yield Done(0)

    def _unlock(self, request: Unlock, cancelled: threading.Event) -> Iterator[Reply]:
        is_kept = self._library.unlock(request.key, request.password, cancelled.is_set)
        if not cancelled.is_set():
            yield Done(0, None if is_kept else Problem(LibraryProblem.PASSWORD_NOT_KEPT.value))

    def _watch_folder(self, request: WatchFolder, cancelled: threading.Event) -> Iterator[Reply]:
        yield Folders(0, self._library.folders.watch(request.path))

    def _unwatch_folder(self, request: UnwatchFolder, cancelled: threading.Event) -> Iterator[Reply]:
        yield Folders(0, self._library.folders.unwatch(request.path))

    def _list_folders(self, request: ListFolders, cancelled: threading.Event) -> Iterator[Reply]:
        yield Folders(0, self._library.folders.listed())

    def _health(self, request: Health, cancelled: threading.Event) -> Iterator[Reply]:
        yield HealthReport(0, self._library.health(request.keys))

    def _pause(self, request: Pause, cancelled: threading.Event) -> Iterator[Reply]:
        self._library.pause(request.paused)
        yield Done(0)

    def _show_page(self, request: ShowPage, cancelled: threading.Event) -> Iterator[Reply]:
        page = self._library.show_page(request.sha256, request.page, request.scale, request.marks, cancelled.is_set)
        if page is not None:
            yield page

    def _list_pages(self, request: ListPages, cancelled: threading.Event) -> Iterator[Reply]:
        yield self._library.leafing.pages(request.sha256)

    def _read_words(self, request: ReadWords, cancelled: threading.Event) -> Iterator[Reply]:
        yield self._library.leafing.words(request.sha256, request.page)

    def _read_outline(self, request: ReadOutline, cancelled: threading.Event) -> Iterator[Reply]:
        outline = self._library.leafing.outline(request.sha256, cancelled.is_set)
        if outline is not None:
            yield outline

    def _search_document(self, request: SearchDocument, cancelled: threading.Event) -> Iterator[Reply]:
        yield from self._library.leafing.search(request.sha256, request.words, cancelled.is_set)

    def _list_conversations(self, request: ListConversations, cancelled: threading.Event) -> Iterator[Reply]:
        yield Conversations(0, self._library.history.conversations(request.words))

    def _open_conversation(self, request: OpenConversation, cancelled: threading.Event) -> Iterator[Reply]:
        title, turns = self._library.history.conversation(request.conversation)
        yield Conversation(0, request.conversation, title, turns)

    def _keep_turn(self, request: KeepTurn, cancelled: threading.Event) -> Iterator[Reply]:
        made_of = (request.summary, request.found, request.words)
        yield Kept(0, *self._library.history.add_turn(request.conversation, request.answer, *made_of))

    def _rename_conversation(self, request: RenameConversation, cancelled: threading.Event) -> Iterator[Reply]:
        self._library.history.rename(request.conversation, request.title)
        yield Done(0)

    def _delete_conversation(self, request: DeleteConversation, cancelled: threading.Event) -> Iterator[Reply]:
        self._library.delete_conversation(request.conversation)
        yield Done(0)

    def _export_conversation(self, request: ExportConversation, cancelled: threading.Event) -> Iterator[Reply]:
        language = request.language or system_language()
        title, turns = self._library.history.conversation(request.conversation)
        content = self._library.export(title, turns, request.format, language)
        yield Exported(0, request.conversation, request.format, content)

    def _export_answer(self, request: ExportAnswer, cancelled: threading.Event) -> Iterator[Reply]:
        turn = Turn(1, request.asked, request.answer)
        content = self._library.export(request.title, (turn,), request.format, request.language or system_language())
        yield Exported(0, 0, request.format, content)

    def _list_collections(self, request: ListCollections, cancelled: threading.Event) -> Iterator[Reply]:
        yield Collections(0, self._library.collections.listed())

    def _open_collection(self, request: OpenCollection, cancelled: threading.Event) -> Iterator[Reply]:
        name = self._library.collections.known(request.name)
        yield Collection(0, name, self._library.collections.documents(name))

    def _change_collection(self, request: ChangeCollection, cancelled: threading.Event) -> Iterator[Reply]:
        yield Collections(0, self._library.collections.change(request.name, request.add, request.take))

    def _rename_collection(self, request: RenameCollection, cancelled: threading.Event) -> Iterator[Reply]:
        yield Collections(0, self._library.collections.rename(request.name, request.new_name))

    def _delete_collection(self, request: DeleteCollection, cancelled: threading.Event) -> Iterator[Reply]:
        yield Collections(0, self._library.collections.delete(request.name))

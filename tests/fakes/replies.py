"""What the fake worker answers to each kind of request when the test says nothing else."""

from __future__ import annotations

import dataclasses
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from engine.links import Link
from rag.errors import Problem
from rag.protocol import (
    PAGE_UNITS,
    AddModel,
    Answered,
    Anticipate,
    Ask,
    Cancelled,
    ChooseModel,
    Connections,
    Conversation,
    ConversationRow,
    Conversations,
    DeleteConversation,
    Documents,
    DocumentState,
    Done,
    DownloadChanged,
    DownloadState,
    DropDownload,
    Errand,
    Estimate,
    Evidence,
    ExportAnswer,
    ExportConversation,
    Exported,
    Failed,
    Folders,
    ForgetUnread,
    Found,
    GetModel,
    Health,
    HealthReport,
    Hello,
    Index,
    Indexed,
    KeepTurn,
    Kept,
    LeaveScans,
    LibraryStatus,
    ListConnections,
    ListConversations,
    ListDocuments,
    ListFolders,
    ListModels,
    ListOffers,
    ListPages,
    Models,
    Offers,
    OpenConversation,
    Page,
    PageForm,
    Pause,
    PauseDownload,
    ReadOutline,
    ReadScans,
    ReadWords,
    Remove,
    Removed,
    RenameConversation,
    Request,
    Retry,
    Search,
    SearchDocument,
    Sentence,
    ShowPage,
    Stage,
    Status,
    Token,
    Turn,
    Unlock,
    UnwatchFolder,
    Watch,
    WatchedFolder,
    WatchFolder,
    Welcome,
    Withhold,
)  # fmt: skip
from tests.fakes.collecting import COLLECTING
from tests.fakes.plausible import NOTE, document, half_of, health, picture
from tests.fakes.reading import list_pages, read_outline, read_words, search_document

if TYPE_CHECKING:
    from tests.fakes.worker import FakeWorker

Handler = Callable[["FakeWorker", Link, Request], None]


def _hello(worker: FakeWorker, link: Link, request: Request) -> None:
    link.send(Welcome(request.id, "0.1.0", os.getpid(), str(worker.home)))


def _watch(worker: FakeWorker, link: Link, request: Request) -> None:
    worker.watch(link, request.id)


def _list(worker: FakeWorker, link: Link, request: Request) -> None:
    link.send(Documents(request.id, tuple(worker.script.documents)))


def _ask(worker: FakeWorker, link: Link, request: Request) -> None:
    assert isinstance(request, Ask)
    script = worker.script
    link.send(Evidence(request.id, script.passages, is_complete=False, seconds=0.03))
    link.send(Evidence(request.id, script.passages, is_complete=True, seconds=0.05))
    link.send(Stage(request.id, "model", script.answer.model))
    link.send(Stage(request.id, "prompt", script.answer.model, 612))
    written = ""
    for word in script.answer.text.split(" "):
        if worker.is_stopped(link, request.id):
            break
        piece = word if not written else " " + word
        link.send(Token(request.id, piece))
        written += piece
        time.sleep(script.pause)
    if not written:
        link.send(Cancelled(request.id))
        return
    is_whole = written == script.answer.text
    answer = dataclasses.replace(
        script.answer,
        question=request.question,
        text=written,
        sentences=script.answer.sentences if is_whole else (Sentence(written, supported=False),),
        citations=script.answer.citations if is_whole else (),
        was_stopped=not is_whole,
    )
    link.send(Answered(request.id, answer, *_keep(worker, request.conversation, Turn(0, time.time(), answer))))


def _keep(worker: FakeWorker, conversation: int, turn: Turn) -> tuple[int, int]:
    kept = worker.script.conversations
    known = next((i for i, one in enumerate(kept) if one.conversation == conversation), None)
    if known is None:
        kept.append(Conversation(0, len(kept) + 1, turn.answer.question, (dataclasses.replace(turn, turn=1),)))
        return kept[-1].conversation, 1
    turns = (*kept[known].turns, dataclasses.replace(turn, turn=len(kept[known].turns) + 1, asked=turn.asked + 100))
    kept[known] = dataclasses.replace(kept[known], turns=turns)
    return kept[known].conversation, len(turns)


def _search(worker: FakeWorker, link: Link, request: Request) -> None:
    assert isinstance(request, Search)
    link.send(Evidence(request.id, worker.script.passages[: request.limit], is_complete=False, seconds=0.02))
    link.send(Found(request.id, worker.script.passages[: request.limit], 0.04))


def _index(worker: FakeWorker, link: Link, request: Request) -> None:
    assert isinstance(request, Index)
    for path in request.paths:
        queued = document(Path(path).name, DocumentState.QUEUED, pages=0)
        worker.change(queued)
        worker.change(document(Path(path).name, DocumentState.READY, pages=4))
    link.send(Indexed(request.id, (), 0.1))


def _remove(worker: FakeWorker, link: Link, request: Request) -> None:
    assert isinstance(request, Remove)
    targets = set(request.targets)
    gone = tuple(one for one in worker.script.documents if targets & {one.key, one.sha256, *one.paths})
    for one in gone:
        worker.forget(one.key)
    link.send(Removed(request.id, gone, ()))


def _forget_unread(worker: FakeWorker, link: Link, request: Request) -> None:
    assert isinstance(request, ForgetUnread)
    gone = tuple(one for one in worker.script.documents if one.key in request.keys and one.is_unread)
    for one in gone:
        worker.forget(one.key)
    link.send(Removed(request.id, gone, ()))


def _leave_scans(worker: FakeWorker, link: Link, request: Request) -> None:
    assert isinstance(request, LeaveScans)
    for one in list(worker.script.documents):
        if one.key in request.keys:
            worker.change(dataclasses.replace(one, pages_waiting=0))
    link.send(Done(request.id))


def _read_scans(worker: FakeWorker, link: Link, request: Request) -> None:
    assert isinstance(request, ReadScans)
    link.send(Done(request.id))


def _withhold(worker: FakeWorker, link: Link, request: Request) -> None:
    assert isinstance(request, Withhold)
    while not worker.is_stopped(link, request.id):
        time.sleep(0.01)
    link.send(Cancelled(request.id))


def _retry(worker: FakeWorker, link: Link, request: Request) -> None:
    assert isinstance(request, Retry)
    for one in list(worker.script.documents):
        if one.key in request.keys:
            worker.change(dataclasses.replace(one, state=DocumentState.QUEUED, reason=None))
    link.send(Done(request.id))


def _unlock(worker: FakeWorker, link: Link, request: Request) -> None:
    assert isinstance(request, Unlock)
    locked = next((one for one in worker.script.documents if one.key == request.key), None)
    if locked is None:
        link.send(Failed(request.id, Problem("document_gone")))
    elif worker.script.passwords.get(request.key, "") != request.password:
        link.send(Failed(request.id, Problem("password_wrong", {"path": locked.name})))
    else:
        worker.change(dataclasses.replace(locked, state=DocumentState.READY, reason=None))
        link.send(Done(request.id, None if worker.script.has_keyring else Problem("password_not_kept")))


def _watch_folder(worker: FakeWorker, link: Link, request: Request) -> None:
    assert isinstance(request, WatchFolder)
    others = [one for one in worker.script.folders if one.path != request.path]
    worker.follow(*others, WatchedFolder(request.path, "watched", 0))
    _folders(worker, link, request)


def _unwatch_folder(worker: FakeWorker, link: Link, request: Request) -> None:
    assert isinstance(request, UnwatchFolder)
    worker.follow(*(one for one in worker.script.folders if one.path != request.path))
    _folders(worker, link, request)


def _folders(worker: FakeWorker, link: Link, request: Request) -> None:
    link.send(Folders(request.id, tuple(worker.script.folders)))


def _health(worker: FakeWorker, link: Link, request: Request) -> None:
    assert isinstance(request, Health)
    known = {one.document.key: one for one in worker.script.health}
    link.send(
        HealthReport(
            request.id,
            tuple(
                known[one.key] if one.key in known and known[one.key].document == one else health(one)
                for one in list(worker.script.documents)
                if not request.keys or one.key in request.keys
            ),
        )
    )


def _estimate(worker: FakeWorker, link: Link, request: Request) -> None:
    assert isinstance(request, Estimate)
    documents = 0 if request.errand is Errand.ASK else len(request.scope.documents) or len(worker.script.documents)
    link.send(dataclasses.replace(worker.script.estimate, id=request.id, documents=documents))


def _done(worker: FakeWorker, link: Link, request: Request) -> None:
    link.send(Done(request.id))


def _show_page(worker: FakeWorker, link: Link, request: Request) -> None:
    assert isinstance(request, ShowPage)
    shown = next((one for one in worker.script.documents if one.sha256 == request.sha256), None)
    if shown is None:
        link.send(Failed(request.id, Problem("document_gone")))
    elif shown.format not in {"pdf", "image"}:
        form = PageForm.TEXT if shown.format == "text" else PageForm.MARKDOWN
        link.send(Page(request.id, shown.sha256, shown.name, shown.paths[0], shown.format, request.page, shown.pages,
                       "", 0.0, 0.0, b"", NOTE, (), request.marks, form, PAGE_UNITS[shown.format]))  # fmt: skip
    elif not 1 <= request.page <= shown.pages:
        link.send(Failed(request.id, Problem("page_missing", {"page": request.page, "pages": shown.pages})))
    else:
        lines = 2 if request.marks else 0
        boxes = tuple((72.0, 150.0 + 16 * line, 520.0, 164.0 + 16 * line) for line in range(lines))
        drawn = picture(request.page, request.scale)
        link.send(Page(request.id, shown.sha256, shown.name, shown.paths[0], "pdf", request.page, shown.pages,
                       str(request.page), 595.0, 842.0, drawn, "", boxes, ()))  # fmt: skip


def _conversations(worker: FakeWorker, link: Link, request: Request) -> None:
    assert isinstance(request, ListConversations)
    rows = tuple(
        ConversationRow(one.conversation, one.title, len(one.turns), one.turns[-1].asked)
        for one in reversed(worker.script.conversations)
        if request.words.lower() in one.title.lower()
    )
    link.send(Conversations(request.id, rows))


def _open_conversation(worker: FakeWorker, link: Link, request: Request) -> None:
    assert isinstance(request, OpenConversation)
    for one in worker.script.conversations:
        if one.conversation == request.conversation:
            link.send(dataclasses.replace(one, id=request.id))
            return
    link.send(Failed(request.id, Problem("conversation_gone")))


def _keep_turn(worker: FakeWorker, link: Link, request: Request) -> None:
    assert isinstance(request, KeepTurn)
    turn = Turn(0, time.time(), request.answer, request.summary, request.found, request.words)
    conversation, number = _keep(worker, request.conversation, turn)
    link.send(Kept(request.id, conversation, number))


def _rename(worker: FakeWorker, link: Link, request: Request) -> None:
    assert isinstance(request, RenameConversation)
    worker.script.conversations = [
        dataclasses.replace(one, title=request.title) if one.conversation == request.conversation else one
        for one in worker.script.conversations
    ]
    link.send(Done(request.id))


def _delete(worker: FakeWorker, link: Link, request: Request) -> None:
    assert isinstance(request, DeleteConversation)
    worker.script.conversations = [
        one for one in worker.script.conversations if one.conversation != request.conversation
    ]
    link.send(Done(request.id))


def _export(worker: FakeWorker, link: Link, request: Request) -> None:
    assert isinstance(request, ExportConversation)
    held = [one for one in worker.script.conversations if one.conversation == request.conversation]
    if held:
        link.send(Exported(request.id, request.conversation, request.format, f"# {held[0].title}\n".encode()))
    else:
        link.send(Failed(request.id, Problem("conversation_gone")))


def _export_answer(worker: FakeWorker, link: Link, request: Request) -> None:
    assert isinstance(request, ExportAnswer)
    link.send(Exported(request.id, 0, request.format, f"# {request.title}\n".encode()))


def _models(worker: FakeWorker, link: Link, request: Request) -> None:
    link.send(Models(request.id, worker.script.models))


def _offers(worker: FakeWorker, link: Link, request: Request) -> None:
    link.send(Offers(request.id, worker.script.machine, tuple(worker.script.offers)))


def _get(worker: FakeWorker, link: Link, request: Request) -> None:
    """The half of it arrives, and no more, until the test says so."""
    assert isinstance(request, GetModel)
    download = half_of(request.model)
    worker.tell_download(download)
    link.send(DownloadChanged(request.id, download))


def _pause_download(worker: FakeWorker, link: Link, request: Request) -> None:
    assert isinstance(request, PauseDownload)
    worker.tell_download(dataclasses.replace(half_of(request.model), state=DownloadState.PAUSED))
    link.send(Done(request.id))


def _drop_download(worker: FakeWorker, link: Link, request: Request) -> None:
    assert isinstance(request, DropDownload)
    worker.tell_download(None, request.model)
    link.send(Done(request.id))


def _status(worker: FakeWorker, link: Link, request: Request) -> None:
    documents = worker.script.documents
    counts: dict[str, int] = {}
    for one in documents:
        counts[one.state.value] = counts.get(one.state.value, 0) + 1
    link.send(
        LibraryStatus(
            id=request.id,
            home=str(worker.home),
            version="0.1.0",
            pid=os.getpid(),
            documents=counts,
            pages=sum(one.pages for one in documents),
            passages=sum(one.passages for one in documents),
            passages_embedded=sum(one.passages_embedded for one in documents),
            bytes=sum(one.bytes for one in documents),
            embedder="all-MiniLM-L6-v2",
            model=worker.script.model.model,
            is_stand_in=worker.script.model.is_stand_in,
            is_paused=False,
            connections=worker.script.connections,
            notices=worker.script.notices,
        )
    )


def _ledger(worker: FakeWorker, link: Link, request: Request) -> None:
    link.send(Connections(request.id, worker.script.ledger))


HANDLERS: dict[type[Request], Handler] = {
    Hello: _hello,
    Watch: _watch,
    ListDocuments: _list,
    Ask: _ask,
    Search: _search,
    Index: _index,
    Remove: _remove,
    ForgetUnread: _forget_unread,
    LeaveScans: _leave_scans,
    ReadScans: _read_scans,
    Withhold: _withhold,
    Retry: _retry,
    Unlock: _unlock,
    WatchFolder: _watch_folder,
    UnwatchFolder: _unwatch_folder,
    ListFolders: _folders,
    Health: _health,
    Anticipate: _done,
    Estimate: _estimate,
    Pause: _done,
    ShowPage: _show_page,
    ListPages: list_pages,
    ReadWords: read_words,
    ReadOutline: read_outline,
    SearchDocument: search_document,
    KeepTurn: _keep_turn,
    ListConversations: _conversations,
    OpenConversation: _open_conversation,
    RenameConversation: _rename,
    DeleteConversation: _delete,
    ExportConversation: _export,
    ExportAnswer: _export_answer,
    ListModels: _models,
    ChooseModel: _models,
    AddModel: _models,
    ListOffers: _offers,
    GetModel: _get,
    PauseDownload: _pause_download,
    DropDownload: _drop_download,
    Status: _status,
    ListConnections: _ledger,
    **COLLECTING,
}

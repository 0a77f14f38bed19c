"""The link to the worker: requests, replies, and a worker that dies."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot

from desktop import worker_client
from desktop.operations import Operation
from desktop.worker_client import WorkerClient
from engine.links import Link
from rag.errors import LibraryProblem, PhialError, Problem
from rag.protocol import (
    Answered,
    Anticipate,
    Ask,
    Cancel,
    Documents,
    Errand,
    Estimate,
    Failed,
    FindAll,
    ListDocuments,
    Remove,
    Removed,
    Reply,
    Request,
    Restore,
    Restored,
    Search,
    Summarise,
    Token,
    Watch,
)
from tests.fakes.plausible import ANSWER
from tests.fakes.worker import FakeWorker


def ended(operation: Operation) -> Callable[[], None]:
    def check() -> None:
        assert not operation.is_running

    return check


def silent(worker: FakeWorker, link: Link, request: Request) -> None:
    """A worker that thinks for ever."""


def test_replies_come_in_order_and_in_the_gui_thread(qtbot: QtBot, client: WorkerClient) -> None:
    received: list[Reply] = []
    threads: set[QThread] = set()
    operation = client.run(Ask, question="?")
    operation.received.connect(received.append)
    operation.received.connect(lambda _: threads.add(QThread.currentThread()))
    with qtbot.waitSignal(operation.succeeded) as final:
        pass
    assert "".join(reply.text for reply in received if isinstance(reply, Token)) == ANSWER.text
    assert final.args is not None
    assert isinstance(final.args[0], Answered)
    assert threads == {client.thread()}


def test_what_is_asked_before_the_worker_is_there_is_kept_and_sent(qtbot: QtBot, home: Path) -> None:
    client = WorkerClient(home)
    operation = client.run(ListDocuments)
    with FakeWorker(home), qtbot.waitSignal(operation.succeeded) as final:
        client.start()
    assert final.args is not None
    assert isinstance(final.args[0], Documents)
    client.close()


def test_who_has_left_hears_nothing_more(qtbot: QtBot, client: WorkerClient, worker: FakeWorker) -> None:
    operation = client.run(ListDocuments)
    heard: list[Reply] = []
    operation.succeeded.connect(heard.append)
    while not worker.asked(ListDocuments):
        QThread.msleep(1)
    QThread.msleep(50)  # the answer lies in the inbox by now
    client.close()
    qtbot.wait(20)
    assert heard == []


def test_what_was_kept_can_be_cancelled(qtbot: QtBot, home: Path) -> None:
    client = WorkerClient(home)
    operation = client.run(ListDocuments)
    with qtbot.waitSignal(operation.cancelled):
        operation.cancel()
    with FakeWorker(home) as worker:
        with qtbot.waitSignal(client.connected):
            client.start()
        with qtbot.waitSignal(client.run(Watch).received):
            pass
        assert not worker.asked(ListDocuments)
    client.close()


def test_what_has_ended_is_let_go_with_all_that_waited_for_it(qtbot: QtBot, client: WorkerClient) -> None:
    def ask() -> weakref.ref[Operation]:
        operation = client.run(ListDocuments)
        operation.succeeded.connect(lambda reply: ended(operation))  # a circle through Qt, which no search finds
        return weakref.ref(operation)

    asked = ask()
    qtbot.waitUntil(lambda: gc.collect() >= 0 and asked() is None)


def test_the_first_list_of_a_watch_does_not_end_it(qtbot: QtBot, client: WorkerClient) -> None:
    operation = client.run(Watch)
    with qtbot.waitSignal(operation.received) as first:
        pass
    assert first.args is not None
    assert isinstance(first.args[0], Documents)
    assert operation.is_running
    with qtbot.waitSignal(operation.cancelled):
        operation.cancel()


def test_cancelling_reaches_the_worker(qtbot: QtBot, client: WorkerClient, worker: FakeWorker) -> None:
    worker.script.pause = 0.02
    operation = client.run(Ask, question="?")
    with qtbot.waitSignal(operation.received):
        pass
    with qtbot.waitSignal(operation.ended):
        operation.cancel()
    assert [request.request for request in worker.asked(Cancel) if isinstance(request, Cancel)] == [
        operation.request.id
    ]


def test_a_failure_ends_the_operation_with_its_problem(qtbot: QtBot, client: WorkerClient, worker: FakeWorker) -> None:
    problem = Problem("library_empty")
    worker.script.handlers[Ask] = lambda worker, link, request: link.send(Failed(request.id, problem))
    operation = client.run(Ask, question="?")
    failed: list[Problem] = []
    operation.failed.connect(failed.append)
    with qtbot.waitSignal(operation.ended):
        pass
    assert failed == [problem]


def test_a_worker_that_dies_is_announced_and_found_again(
    qtbot: QtBot, client: WorkerClient, worker: FakeWorker, home: Path
) -> None:
    worker.script.handlers[Ask] = silent
    operation = client.run(Ask, question="?")
    failed: list[Problem] = []
    operation.failed.connect(failed.append)
    qtbot.waitUntil(lambda: bool(worker.asked(Ask)))
    with qtbot.waitSignal(client.lost) as lost:
        worker.die()
        second = FakeWorker(home)
    assert lost.args is not None
    assert lost.args[0].kind == LibraryProblem.WORKER_DIED
    qtbot.waitUntil(ended(operation))
    assert [problem.kind for problem in failed] == [LibraryProblem.WORKER_DIED]
    assert not client.is_connected
    later = client.run(ListDocuments)
    with qtbot.waitSignals([client.connected, later.succeeded]):
        pass
    second.close()


def test_a_worker_that_ends_because_it_took_a_backup_in_is_no_trouble(
    qtbot: QtBot, client: WorkerClient, worker: FakeWorker, home: Path
) -> None:
    worker.script.handlers[Restore] = lambda _, link, request: link.send(Restored(request.id, 1, 0, 0, ""))
    with qtbot.waitSignal(client.run(Restore, path="one.phial").succeeded):
        pass
    said: list[Problem] = []
    client.lost.connect(said.append)
    with qtbot.waitSignal(client.connected):
        worker.die()
        second = FakeWorker(home)
    assert said == []
    with qtbot.waitSignal(client.lost):  # the next one is lost like any other
        second.die()
        third = FakeWorker(home)
    third.close()


def test_what_was_asked_of_the_library_that_was_here_reaches_no_other(
    qtbot: QtBot, client: WorkerClient, worker: FakeWorker, home: Path
) -> None:
    worker.script.handlers[Ask] = silent
    worker.script.handlers[Restore] = lambda _, link, request: link.send(Restored(request.id, 1, 0, 0, ""))
    said: list[object] = []
    asked = client.run(Ask, question="?")
    asked.failed.connect(said.append)
    asked.cancelled.connect(lambda: said.append("cancelled"))
    client.replaced.connect(lambda: said.append("replaced"))
    restoring = client.run(Restore, path="one.phial")
    assert client.is_restoring
    with qtbot.waitSignal(restoring.succeeded):
        pass
    assert client.is_restoring, "the library that is here is not the one that windows show"
    worker.die()
    qtbot.waitUntil(lambda: not client.is_connected)
    late = client.run(Remove, targets=("study",))
    with qtbot.waitSignal(client.connected):
        second = FakeWorker(home)
    assert said == ["replaced", "cancelled"]
    assert not client.is_restoring
    with qtbot.waitSignal(client.run(ListDocuments).succeeded):
        pass  # whatever was sent before it is there by now
    assert second.asked(Remove) == []
    assert not late.is_running
    second.close()


def test_a_worker_that_cannot_be_started_fails_what_was_kept(
    qtbot: QtBot, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PhialError(LibraryProblem.LIBRARY_NEWER, path=str(home))

    monkeypatch.setattr(worker_client, "connect", refuse)
    client = WorkerClient(home)
    operation = client.run(ListDocuments)
    said: list[Problem] = []
    client.lost.connect(said.append)
    operation.failed.connect(said.append)
    with qtbot.waitSignal(operation.ended):
        client.start()
    assert [problem.kind for problem in said] == [LibraryProblem.LIBRARY_NEWER] * 2
    client.close()


def test_no_request_looks_at_what_the_person_has_removed(qtbot: QtBot, home: Path) -> None:
    client = WorkerClient(home)
    client.concealed = lambda: ("study",)
    kinds: tuple[tuple[type[Request], dict[str, object]], ...] = (
        (Ask, {"question": "?"}),
        (Search, {"question": "?"}),
        (FindAll, {"question": "?"}),
        (Anticipate, {"question": "?"}),
        (Summarise, {"documents": ("notes",)}),
        (Estimate, {"errand": Errand.ASK}),
    )

    def left_out() -> set[tuple[str, ...]]:
        requests = [client.run(kind, **fields).request for kind, fields in kinds]
        return {request.without for request in requests}  # type: ignore[attr-defined]

    assert left_out() == {("study",)}
    client.run(ListDocuments)
    erasing = client.run(Remove, targets=("study", "plans"))
    assert left_out() == {("study", "plans")}
    client.concealed = tuple  # its rows are gone; the worker has not said so yet
    assert left_out() == {("study", "plans")}
    erasing.take(Removed(erasing.request.id, (), ()))
    assert left_out() == {()}
    client.close()

"""What a person who listens finds: the tree of names and roles that screen readers walk, in every pane and state."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from desktop.panes.health import HealthPane
from desktop.theme import Theme
from desktop.widgets.password_bar import PasswordBar
from desktop.windows.connections import ConnectionsWindow
from desktop.windows.main import MainWindow
from desktop.windows.shortcuts import ShortcutsDialog
from desktop.worker_client import WorkerClient
from rag.errors import Problem
from rag.protocol import Ask, DocumentState, Failed, OpenConversation, WatchedFolder
from tests.fakes.plausible import ANSWER, LEDGER, NOTES, document
from tests.fakes.worker import FakeWorker

Role = QAccessible.Role
CONTROLS = {
    Role.Button,
    Role.ButtonMenu,
    Role.CheckBox,
    Role.ComboBox,
    Role.EditableText,
    Role.Link,
    Role.List,
    Role.ListItem,
    Role.MenuItem,
    Role.RadioButton,
}


@dataclasses.dataclass(frozen=True)
class Node:
    """What is said of one thing."""

    role: QAccessible.Role
    name: str
    is_focusable: bool
    path: str


def interface_of(of: QObject) -> QAccessibleInterface:
    found = QAccessible.queryAccessibleInterface(of)
    assert found is not None
    return found


def walk(at: QAccessibleInterface, path: str = "") -> Iterator[Node]:
    state = at.state()
    if state.invisible:  # type: ignore[attr-defined]
        return
    name = at.text(QAccessible.Text.Name)
    here = f"{path}/{at.role().name}:{name[:24]}"
    yield Node(at.role(), name, bool(state.focusable), here)  # type: ignore[attr-defined]
    for number in range(at.childCount()):
        child = at.child(number)
        if child is not None and child.isValid():
            yield from walk(child, here)


def unnamed(widget: QWidget) -> list[str]:
    return [
        node.path
        for node in walk(interface_of(widget))
        if not node.name.strip() and (node.role in CONTROLS or node.is_focusable)
    ]


def names(widget: QWidget) -> set[str]:
    return {node.name for node in walk(interface_of(widget))}


def answered(qtbot: QtBot, window: MainWindow) -> None:
    window.conversation.ask(ANSWER.question)
    qtbot.waitUntil(lambda: window.conversation.turns[-1].answer is not None)


def reading(qtbot: QtBot, window: MainWindow) -> None:
    answered(qtbot, window)
    window.conversation.citation_opened.emit(ANSWER.citations[0], ANSWER.citations)
    qtbot.waitUntil(lambda: window.reader.page is not None)


def reading_a_note(qtbot: QtBot, window: MainWindow) -> None:
    window.library.document_opened.emit(NOTES)
    qtbot.waitUntil(lambda: window.reader.page is not None)


def looking_back(qtbot: QtBot, window: MainWindow) -> None:
    answered(qtbot, window)
    window.search_conversations()
    qtbot.waitUntil(lambda: ANSWER.question in " ".join(names(window.conversation)))


def asked_for_a_password(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: any(one.name == "Locked.pdf" for one in window.library.documents))
    bar = window.library.findChild(PasswordBar)
    assert bar is not None
    bar.ask(next(one for one in window.library.documents if one.name == "Locked.pdf"))


def looking_at_every_page(qtbot: QtBot, window: MainWindow) -> None:
    window.show_health()
    pane = window.findChild(HealthPane)
    assert pane is not None
    qtbot.waitUntil(lambda: len(pane.rows) == len(window.library.documents))
    assert unnamed(pane) == []


def looking_at_the_models(qtbot: QtBot, window: MainWindow) -> None:
    window.models.come_forward()
    qtbot.waitUntil(lambda: bool(window.models.pane.cards))
    assert unnamed(window.models) == []


def in_trouble(qtbot: QtBot, window: MainWindow) -> None:
    window.show_problem(Problem("worker_died"))
    window.library.add_paths(["/gone"])


def narrow(qtbot: QtBot, window: MainWindow) -> None:
    reading(qtbot, window)
    window.resize(700, 800)


def empty(qtbot: QtBot, window: MainWindow) -> None:
    pass


@pytest.mark.parametrize(
    "reach",
    [
        empty, answered, reading, reading_a_note, looking_back, in_trouble, narrow, asked_for_a_password,
        looking_at_every_page, looking_at_the_models,
    ],
)  # fmt: skip
def test_nothing_that_can_be_used_is_without_a_name(
    qtbot: QtBot, window: MainWindow, worker: FakeWorker, reach: Callable[[QtBot, MainWindow], None]
) -> None:
    worker.change(document("Locked.pdf", DocumentState.NEEDS_PASSWORD, reason=Problem("pdf_encrypted", {"path": "x"})))
    worker.follow(WatchedFolder("/home/ada/Notes", "watched", 3), WatchedFolder("/media/Backup", "away", 3))
    reach(qtbot, window)
    assert unnamed(window) == []


def test_a_failed_question_and_a_conversation_that_is_gone_have_names_too(
    qtbot: QtBot, window: MainWindow, worker: FakeWorker
) -> None:
    worker.script.handlers[Ask] = lambda _, link, request: link.send(Failed(request.id, Problem("model_died")))
    window.conversation.ask("Why?")
    qtbot.waitUntil(lambda: "Ask again" in names(window.conversation))
    worker.script.handlers[OpenConversation] = lambda _, link, request: link.send(
        Failed(request.id, Problem("conversation_gone"))
    )
    window.conversation.open_conversation(9)
    qtbot.waitUntil(lambda: "Copy details" in names(window.conversation))
    assert unnamed(window) == []


def test_what_is_read_is_there_to_be_heard(qtbot: QtBot, window: MainWindow) -> None:
    reading(qtbot, window)
    heard = names(window)
    assert {"Library", "Conversation", "Reader", "Documents", "Question", "Answer", "Page number"} <= heard
    assert any(name.startswith("Passage 1: Harbour wind study 2025.pdf, page 57") for name in heard)
    assert any(name.startswith("Harbour wind study 2025.pdf, ready, 148 page") for name in heard)


@pytest.mark.parametrize("is_ledger", [False, True])
def test_dialogs_have_names(
    window: MainWindow, theme: Theme, client: WorkerClient, worker: FakeWorker, is_ledger: bool
) -> None:
    worker.script.ledger = LEDGER
    dialog: QDialog = ConnectionsWindow(theme, client, window) if is_ledger else ShortcutsDialog(theme, window)
    dialog.open()
    assert dialog.windowTitle()
    assert unnamed(dialog) == []
    dialog.reject()

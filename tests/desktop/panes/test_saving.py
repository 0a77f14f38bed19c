"""A conversation saved from the window: where, as what, and what is said when it can't be."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QStandardPaths
from PySide6.QtWidgets import QFileDialog, QLabel, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from desktop.panes.conversation import ConversationPane
from desktop.panes.saving import KINDS, SavingNotice, named_by
from desktop.theme import Theme
from desktop.widgets.conversation_head import ConversationHead
from desktop.widgets.elided import ElidedLabel
from desktop.worker_client import WorkerClient
from rag.protocol import Conversation, ExportConversation, ExportFormat, RenameConversation, Turn
from tests.fakes.plausible import ANSWER
from tests.fakes.worker import FakeWorker

PDF, WORD, MARKDOWN = KINDS
KEPT = Conversation(0, 7, "Cranes", (Turn(1, 0.0, ANSWER),))


@pytest.fixture
def pane(qtbot: QtBot, theme: Theme, client: WorkerClient, worker: FakeWorker) -> ConversationPane:
    worker.script.conversations = [KEPT]
    pane = ConversationPane(theme, client)
    qtbot.addWidget(pane)
    pane.resize(640, 800)
    pane.show()
    return pane


def open_kept(qtbot: QtBot, pane: ConversationPane) -> None:
    pane.open_conversation(7)
    qtbot.waitUntil(lambda: len(pane.turns) == 1)


def choose(monkeypatch: pytest.MonkeyPatch, path: Path | str, kind: str = PDF) -> list[str]:
    """Have the dialog answer with ``path``; what it was given as a suggestion."""
    suggested: list[str] = []

    def dialog(_parent: object, _title: str, suggestion: str, _kinds: str) -> tuple[str, str]:
        suggested.append(suggestion)
        return str(path), kind

    monkeypatch.setattr(QFileDialog, "getSaveFileName", dialog)
    return suggested


def notice_of(pane: ConversationPane) -> SavingNotice:
    return pane.findChild(SavingNotice)


def said(pane: ConversationPane) -> str:
    return " ".join(label.text().replace("\u200b", "") for label in notice_of(pane).findChildren(QLabel))


def save_button(pane: ConversationPane) -> QPushButton:
    head = pane.findChild(ConversationHead)
    return next(one for one in head.findChildren(QPushButton) if one.accessibleName() == "Save the conversation…")


def test_it_is_written_where_the_person_says_in_their_language(
    qtbot: QtBot, pane: ConversationPane, worker: FakeWorker, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    QLocale.setDefault(QLocale("it_IT"))
    open_kept(qtbot, pane)
    suggested = choose(monkeypatch, tmp_path / "cranes.docx")
    save_button(pane).click()
    qtbot.waitUntil(notice_of(pane).isVisible)
    assert (tmp_path / "cranes.docx").read_bytes() == b"# Cranes\n"
    assert "cranes.docx" in said(pane)
    assert str(tmp_path) in said(pane)
    assert [Path(one).name for one in suggested] == ["phial-conversation-7.pdf"], "a title is no path"
    (request,) = worker.asked(ExportConversation)
    assert isinstance(request, ExportConversation)
    assert (request.conversation, request.format, request.language) == (7, ExportFormat.DOCX, "it")


def test_a_new_conversation_has_nothing_to_save_until_it_is_answered(
    qtbot: QtBot, pane: ConversationPane, worker: FakeWorker, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    suggested = choose(monkeypatch, tmp_path / "x.pdf")
    pane.save()
    assert suggested == []
    assert not save_button(pane).isVisible()
    pane.ask(ANSWER.question)
    qtbot.waitUntil(lambda: pane.turns[0].answer is not None and not pane.is_answering)
    assert save_button(pane).isVisible()
    pane.new_conversation()
    assert not save_button(pane).isVisible()
    open_kept(qtbot, pane)
    assert save_button(pane).isVisible()
    pane.show_history()
    assert not save_button(pane).isVisible(), "which one would it be?"


def test_one_of_the_history_is_saved_from_its_menu(
    qtbot: QtBot, pane: ConversationPane, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    choose(monkeypatch, tmp_path / "from-history.md", MARKDOWN)
    pane.show_history()
    view = pane._history._list
    qtbot.waitUntil(lambda: view.model().rowCount() == 1)
    pane._history._show_menu(view.visualRect(view.currentIndex()).center())
    menu = pane._history.findChild(QMenu)
    next(action for action in menu.actions() if action.text() == "Save…").trigger()
    menu.close()
    qtbot.waitUntil((tmp_path / "from-history.md").exists)
    assert notice_of(pane).isVisible()


def test_a_place_that_cannot_be_written_is_said_and_what_was_there_stays(
    qtbot: QtBot, pane: ConversationPane, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    open_kept(qtbot, pane)
    choose(monkeypatch, tmp_path / "nowhere" / "x.pdf")
    pane.save()
    qtbot.waitUntil(notice_of(pane).isVisible)
    assert "can’t be written" in said(pane)
    assert list(tmp_path.glob("*.pdf")) == []


def test_the_dialog_begins_in_a_folder_that_is_there_then_where_the_last_was_saved(
    qtbot: QtBot, theme: Theme, client: WorkerClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _: str(tmp_path / "Documents"))
    notice = SavingNotice(theme, client)
    qtbot.addWidget(notice)
    (tmp_path / "elsewhere").mkdir()
    suggested = choose(monkeypatch, tmp_path / "elsewhere" / "x.pdf")
    notice.save(7)
    notice.save(7)
    assert [Path(one).parent for one in suggested] == [Path.home(), tmp_path / "elsewhere"]


def test_the_history_stays_the_history_while_what_was_shown_is_renamed(
    qtbot: QtBot, pane: ConversationPane, worker: FakeWorker
) -> None:
    open_kept(qtbot, pane)
    pane.show_history()
    view = pane._history._list
    qtbot.waitUntil(lambda: view.model().rowCount() == 1)
    view.model().setData(view.model().index(0, 0), "Winds")
    qtbot.waitUntil(lambda: bool(worker.asked(RenameConversation)))
    head = pane.findChild(ConversationHead)
    assert head.findChild(ElidedLabel).text() == "Conversations"
    assert not save_button(pane).isVisible()
    pane._history.closed.emit()
    assert head.findChild(ElidedLabel).text() == "Winds"


@pytest.mark.parametrize("elsewhere", [ConversationPane.show_history, ConversationPane.new_conversation])
def test_what_is_said_of_one_conversation_does_not_stay_with_another(
    qtbot: QtBot,
    pane: ConversationPane,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    elsewhere: Callable[[ConversationPane], None],
) -> None:
    open_kept(qtbot, pane)
    choose(monkeypatch, tmp_path / "x.pdf")
    pane.save()
    qtbot.waitUntil(notice_of(pane).isVisible)
    elsewhere(pane)
    assert not notice_of(pane).isVisible()


def test_a_file_that_the_dialog_did_not_ask_about_is_never_replaced(
    qtbot: QtBot, pane: ConversationPane, worker: FakeWorker, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "thesis.docx").write_bytes(b"years of work")
    open_kept(qtbot, pane)
    choose(monkeypatch, tmp_path / "thesis", WORD)
    pane.save()
    assert "is there already" in said(pane)
    assert worker.asked(ExportConversation) == []
    assert (tmp_path / "thesis.docx").read_bytes() == b"years of work"


def test_a_conversation_that_is_gone_is_said(
    qtbot: QtBot, pane: ConversationPane, worker: FakeWorker, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    open_kept(qtbot, pane)
    worker.script.conversations = []
    choose(monkeypatch, tmp_path / "x.pdf")
    pane.save()
    qtbot.waitUntil(notice_of(pane).isVisible)
    assert "conversation" in said(pane)
    assert not (tmp_path / "x.pdf").exists()


@pytest.mark.parametrize(
    ("chosen", "kind", "name", "form"),
    [
        ("a.docx", PDF, "a.docx", ExportFormat.DOCX),
        ("a.MD", PDF, "a.MD", ExportFormat.MARKDOWN),
        ("a", WORD, "a.docx", ExportFormat.DOCX),
        ("notes of 22.11", MARKDOWN, "notes of 22.11.md", ExportFormat.MARKDOWN),
        ("a", "", "a.pdf", ExportFormat.PDF),
    ],
)
def test_the_ending_decides_the_form_and_is_added_where_it_is_missing(
    chosen: str, kind: str, name: str, form: ExportFormat
) -> None:
    assert named_by(f"/here/{chosen}", kind) == (Path(f"/here/{name}"), form)

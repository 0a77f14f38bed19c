"""The main window in each of its states."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QWidget

from desktop.widgets.collection_section import CollectionSection
from desktop.widgets.details import Details
from desktop.widgets.document_list import DocumentList
from desktop.widgets.history import HistoryView
from desktop.widgets.mode_bar import Mode
from desktop.widgets.password_bar import PasswordBar
from desktop.widgets.reader_strip import ReaderStrip
from desktop.widgets.undo_bar import UndoBar
from desktop.windows.main import MainWindow
from rag.errors import Problem
from rag.protocol import (
    Answered,
    Ask,
    DocumentFinding,
    Download,
    DownloadChanged,
    DownloadState,
    Failed,
    FindAll,
    FoundAll,
)
from tests.desktop.windows.stage import LOCKED, REFUSED, Stage, part
from tests.fakes.plausible import ANSWER, NOTES, PASSAGES


def filled(stage: Stage) -> QWidget:
    window = stage.show_main()
    stage.wait(lambda: len(window.library.documents) == len(stage.worker.script.documents))
    return window


def answered(stage: Stage) -> QWidget:
    window = stage.show_main()
    window.conversation.ask(ANSWER.question)
    stage.wait(lambda: window.conversation.answers and window.conversation.answers[-1].answer is not None)
    return window


def refused(stage: Stage) -> QWidget:
    window = stage.show_main()
    stage.worker.script.handlers[Ask] = lambda _, link, request: link.send(Answered(request.id, REFUSED, 1, 1))
    window.conversation.ask("Who painted it?")
    stage.wait(lambda: window.conversation.answers and window.conversation.answers[-1].answer is not None)
    return window


def failed(stage: Stage) -> QWidget:
    window = stage.show_main()
    stage.worker.script.handlers[Ask] = lambda _, link, request: link.send(Failed(request.id, Problem("model_died")))
    window.conversation.ask("Why?")
    stage.wait(lambda: window.conversation.turns and window.conversation.turns[-1].outcome is not None)
    return window


def waiting(stage: Stage) -> QWidget:
    window = stage.show_main()
    stage.worker.script.handlers[Ask] = lambda *_: None
    window.conversation.ask("Why?")
    stage.wait(lambda: window.conversation.is_answering)
    return window


def found_everywhere(stage: Stage) -> QWidget:
    finding = DocumentFinding(PASSAGES[0].sha256, PASSAGES[0].document, PASSAGES[0].path, 0.9, PASSAGES[:2], ())
    stage.worker.script.handlers[FindAll] = lambda _, link, request: link.send(
        FoundAll(request.id, 2, 2, (finding,), (), (), (), 1.0, was_stopped=False)
    )
    window = stage.show_main()
    composer = window.conversation.composer
    composer.modes.choose(Mode.FIND_ALL)
    composer.asked.emit("crane")
    stage.wait(lambda: window.conversation.turns and window.conversation.turns[-1].outcome is not None)
    return window


def summarising(stage: Stage) -> QWidget:
    window = stage.show_main()
    window.conversation.composer.modes.choose(Mode.SUMMARISE)
    return window


def limited(stage: Stage) -> QWidget:
    window = stage.show_main()
    window.library.findChild(DocumentList).selectAll()  # type: ignore[union-attr]
    return window


def reading(stage: Stage) -> QWidget:
    window = answered(stage)
    assert isinstance(window, MainWindow)
    window.conversation.citation_opened.emit(ANSWER.citations[0], ANSWER.citations)
    stage.wait(lambda: window.reader.page is not None and window.reader.page.page == ANSWER.citations[0].page)
    return window


def reading_a_note(stage: Stage) -> QWidget:
    window = stage.show_main()
    window.library.document_opened.emit(NOTES)
    stage.wait(lambda: window.reader.page is not None and window.reader.page.name == NOTES.name)
    return window


def telling_details(stage: Stage) -> QWidget:
    window = answered(stage)
    part(window, Details).unfold(True)
    return window


def finding_words(stage: Stage) -> QWidget:
    window = reading(stage)
    assert isinstance(window, MainWindow)
    window.reader.find_words()
    stage.qtbot.keyClicks(window.focusWidget(), "crane")
    return window


def looking_through_pages(stage: Stage) -> QWidget:
    window = reading(stage)
    part(window, ReaderStrip).fold()
    return window


def watching_activities(stage: Stage) -> QWidget:
    window = stage.show_main()
    window.show_activities()
    return window


def naming_a_collection(stage: Stage) -> QWidget:
    window = stage.show_main()
    part(window, CollectionSection).ask_name(())
    return window


def searching_beside_the_outline(stage: Stage) -> QWidget:
    window = reading(stage)
    assert isinstance(window, MainWindow)
    window.reader.strip.fold()
    window.reader.strip.turn_to(1)
    window.reader.find_words()
    window.reader.find_bar.open("gust")
    stage.wait(lambda: window.reader.strip.outline.model().rowCount() and window.reader.find_bar.said)
    return window


def folded(stage: Stage) -> QWidget:
    window = reading(stage)
    window.resize(round(700 * stage.shell.theme.scale), 800)
    return window


def folded_library(stage: Stage) -> QWidget:
    window = stage.show_main(640, 700)
    window.search()
    return window


def looking_back(stage: Stage) -> QWidget:
    window = answered(stage)
    assert isinstance(window, MainWindow)
    window.search_conversations()
    history = window.conversation.findChild(HistoryView)
    assert history is not None
    listed = history.findChild(QAbstractItemView)
    assert listed is not None
    stage.wait(lambda: listed.model().rowCount())
    return window


def asked_for_a_password(stage: Stage) -> QWidget:
    window = stage.show_main()
    bar = window.library.findChild(PasswordBar)
    assert bar is not None
    bar.ask(LOCKED)
    return window


def in_trouble(stage: Stage) -> QWidget:
    window = stage.show_main()
    window.show_problem(Problem("worker_died"))
    window.library.add_paths(["/gone"])
    return window


def long_work(stage: Stage) -> QWidget:
    """What is under way, held, has failed and is done, in the list of it."""
    window = stage.show_main()
    reason = Problem("download_unreachable", {"model": "Phi-3.5-mini", "host": "huggingface.co"})
    for name, state, why in (
        ("Phi-4-mini", DownloadState.RUNNING, None),
        ("Phi-4", DownloadState.PAUSED, None),
        ("Phi-3.5-mini", DownloadState.FAILED, reason),
    ):
        download = Download(name, name, state, 800_000_000, 2_490_000_000, 9_000_000, "huggingface.co", why)
        stage.worker.tell(lambda number, download=download: DownloadChanged(number, download))  # type: ignore[misc]
    stage.wait(lambda: window.activities.activities.get("Phi-3.5-mini"))
    window.show_activities()
    return window


def collected(stage: Stage) -> QWidget:
    """A collection is open, another was deleted a moment ago, a third would have the name of the first."""
    library = stage.show_main().library
    while library.back_out():
        pass
    section, documents = library.findChild(CollectionSection), library.findChild(DocumentList)
    assert section is not None
    assert documents is not None
    stage.wait(lambda: section.list.shown)
    section.list.opened.emit("Cranes")
    stage.wait(lambda: documents.model().rowCount() == 2)
    section.list.delete_wanted.emit("Contracts")
    section.ask_name(())
    stage.qtbot.keyClicks(section.findChild(QLineEdit), "cranes")
    stage.qtbot.keyClick(section.findChild(QLineEdit), Qt.Key.Key_Return)
    stage.wait(lambda: library.findChild(UndoBar).isVisible())  # type: ignore[union-attr]
    return stage.main


def first_step(stage: Stage, number: int) -> QWidget:
    window = stage.show_main()
    window.first_steps_wanted.emit()
    steps = stage.shell.beginning.steps
    assert steps is not None
    steps.show_step(number)
    return window

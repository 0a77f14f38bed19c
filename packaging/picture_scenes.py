"""The scenes of the main window: a library that grows, questions and their answers, pages, and what is under way."""

from __future__ import annotations

from collections.abc import Iterator

from picture_documents import SCANNED_QUESTION, make_documents, make_lease
from picture_files import ROOT
from picture_studio import Scene, Shot, Stage, Studio
from PySide6.QtCore import QCoreApplication, QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit

from desktop.widgets.mode_bar import Mode
from desktop.widgets.scope import ChosenScope
from desktop.widgets.turn import TurnView
from rag.protocol import ChangeCollection, DeleteCollection, Document

QUESTIONS = {
    "en": "What is the bridge made of, and how far does it span?",
    "fr": "Quand le jardin est-il né ?",
    "it": "Quanti posti letto ha il rifugio Malgazza?",
}
HALF_SUPPORTED = "What is the footbridge made of?"
"""The starter answers it with one sentence that stands in the documents, and with more that don't."""

LEASE = "Lease of the boat house.pdf"
"""A document that is deleted after it was read."""

READER_SIZE, READER_WIDTHS = (1400, 760), (240, 440, 720)
"""Of the window, and of its panes, where the reader is what is to be seen."""

COLLECTIONS = {"en": ("Bridges", "Gardens"), "fr": ("Ponts", "Jardins"), "it": ("Ponti", "Giardini")}

SOUGHT = {"en": "water", "fr": "eau", "it": "acqua"}
SUMMED_UP = {"en": "halden-greenhouse.pdf", "fr": "jardin-des-tilleuls.pdf", "it": "gita-al-rifugio.md"}


def ask(studio: Studio, question: str) -> TurnView:
    """Ask ``question`` in a new conversation, and wait for the answer."""
    window = studio.window
    window.conversation.new_conversation()
    window.conversation.composer.modes.choose(Mode.ASK)
    window.conversation.ask(question)
    turn = window.conversation.answers[-1]
    studio.wait(lambda: turn.answer is not None and not window.conversation.is_answering, "the answer")
    return turn


def open_first_citation(studio: Studio, turn: TurnView) -> None:
    """Have the page in the reader that ``turn`` cites first."""
    assert turn.answer is not None
    turn.opened.emit(turn.answer.citations[0], turn.answer.citations)
    studio.wait(lambda: studio.window.reader.page is not None, "the page")


def named(studio: Studio, name: str) -> Document:
    """The document called ``name``."""
    return next(one for one in studio.window.library.documents if one.name == name)


def empty(studio: Studio) -> Iterator[Shot]:
    """Nothing in the library."""
    studio.wait(lambda: studio.client.is_connected, "the worker")
    studio.rest()
    studio.window.resize(1000, 640)
    yield Shot("empty", studio.window)


def first_steps(studio: Studio) -> Iterator[Shot]:
    """The first start, step by step."""
    beginning = studio.shell.beginning
    beginning.begin()
    assert beginning.steps is not None
    studio.window.resize(1000, 640)
    for step, name in enumerate(("first-model", "first-documents", "first-shortcut")):
        beginning.steps.show_step(step)
        studio.rest(1.0)
        yield Shot(name, studio.window)
    beginning.steps.ended.emit(False)


def drop(studio: Studio) -> Iterator[Shot]:
    """Files over the window that were not let go yet."""
    window, data = studio.window, QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in sorted((ROOT / "assets" / "samples").glob("*.pdf"))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(window, QDragEnterEvent(QPoint(9, 9), Qt.DropAction.CopyAction, data, buttons, keys))
    yield Shot("drop", window)
    QApplication.sendEvent(window, QDragLeaveEvent())


def indexing(studio: Studio) -> Iterator[Shot]:
    """Documents that are read, held at where they are."""
    yield Shot("indexing", studio.window.library)


def main(studio: Studio) -> Iterator[Shot]:
    """An answer, and the page that it cites."""
    open_first_citation(studio, ask(studio, QUESTIONS[studio.language]))
    studio.show_main()
    yield Shot("main", studio.window)
    window = studio.window
    window.resize(980, 720)
    yield Shot("narrow-two-panes", window)
    window.resize(520, 720)
    yield Shot("narrow-one-pane", window)
    window.reader.closed.emit()


def details(studio: Studio) -> Iterator[Shot]:
    """How an answer came about, and what nothing supports."""
    turn = ask(studio, HALF_SUPPORTED)
    words = QCoreApplication.translate("AnswerFoot", "Details")
    next(button for button in turn.findChildren(QAbstractButton) if button.text() == words).click()
    studio.rest()
    yield Shot("details", studio.window.conversation)


def collections(studio: Studio) -> Iterator[Shot]:
    """Documents in collections, and several chosen."""
    window = studio.window
    bridges, gardens = COLLECTIONS[studio.language]
    for name, members in (
        (bridges, ("alder-quay-footbridge.pdf",)),
        (gardens, ("halden-greenhouse.pdf", "jardin-des-tilleuls.pdf")),
    ):
        studio.client.run(ChangeCollection, name=name, add=tuple(named(studio, one).key for one in members))
    window.conversation.new_conversation()
    chosen = ChosenScope(tuple(named(studio, one) for one in ("choir-meeting.md", "sourdough-notebook.md")))
    window.library.take_scope(chosen)
    window.conversation.set_scope(chosen)
    studio.rest(1.0)
    window.resize(1000, 720)
    yield Shot("collections", window)
    window.library.take_scope(ChosenScope())
    window.conversation.set_scope(ChosenScope())
    for name in COLLECTIONS[studio.language]:
        studio.client.run(DeleteCollection, name=name)
    studio.rest()


def reader(studio: Studio) -> Iterator[Shot]:
    """The reader with the pages beside it, then the outline, then words that are sought."""
    window, pane = studio.window, studio.window.reader
    window.library.document_opened.emit(named(studio, "alder-quay-footbridge.pdf"))
    studio.wait(lambda: pane.page is not None, "the document")
    studio.show_wide(*READER_SIZE, READER_WIDTHS)
    pane.strip.fold()
    studio.rest(1.0)
    yield Shot("reader-pages", pane)
    outline = QCoreApplication.translate("ReaderStrip", "Outline")
    next(button for button in pane.strip.findChildren(QAbstractButton) if button.text() == outline).click()
    studio.rest(0.5)
    yield Shot("reader-outline", pane)
    pane.strip.fold()
    pane.find_words()
    field = pane.find_bar.findChild(QLineEdit)
    assert field is not None
    field.setText("steel")
    studio.rest(1.0)
    yield Shot("reader-find", pane)
    pane.find_bar.left.emit()
    pane.closed.emit()


def summary(studio: Studio) -> Iterator[Shot]:
    """A document summed up."""
    window, composer = studio.window, studio.window.conversation.composer
    window.conversation.new_conversation()
    composer.modes.choose(Mode.SUMMARISE)
    window.conversation.set_scope(ChosenScope((named(studio, SUMMED_UP[studio.language]),)))
    composer.asked.emit("")
    studio.wait(lambda: not window.conversation.is_answering, "the summary")
    yield Shot("summary", window.conversation)
    window.conversation.set_scope(ChosenScope())
    composer.modes.choose(Mode.ASK)


def find(studio: Studio) -> Iterator[Shot]:
    """Something that is looked for in every document."""
    window, composer = studio.window, studio.window.conversation.composer
    window.conversation.new_conversation()
    composer.modes.choose(Mode.FIND_ALL)
    composer.asked.emit(SOUGHT[studio.language])
    studio.wait(lambda: not window.conversation.is_answering, "what was found")
    yield Shot("find", window.conversation)
    composer.modes.choose(Mode.ASK)


def history(studio: Studio) -> Iterator[Shot]:
    """What was asked so far."""
    window = studio.window
    window.search_conversations()
    studio.rest(1.0)
    yield Shot("history", window.conversation)
    window.conversation.focus_composer()


def scan(studio: Studio) -> Iterator[Shot]:
    """A passage that was read by OCR, on its page."""
    turn = ask(studio, SCANNED_QUESTION)
    assert turn.answer is not None
    scanned = next(one for one in turn.answer.passages if one.confidence >= 0)
    turn.opened.emit(scanned, turn.answer.passages)
    reader = studio.window.reader
    studio.wait(lambda: reader.page is not None and reader.page.confidence >= 0, "the scan")
    studio.show_main()
    yield Shot("scan", studio.window)
    reader.closed.emit()


def note(studio: Studio) -> Iterator[Shot]:
    """A note, as rendered text."""
    reader = studio.window.reader
    studio.window.library.document_opened.emit(named(studio, "sourdough-notebook.md"))
    studio.wait(lambda: reader.page is not None, "the note")
    studio.show_main()
    yield Shot("note", reader)
    reader.closed.emit()


def begin_reading(studio: Studio) -> None:
    """Have the samples being read, and held there."""
    library = studio.window.library
    library.add_samples()
    studio.wait(lambda: any(one.pages_read for one in library.documents), "a document")
    library.feed.pause(True)
    studio.wait(lambda: library.feed.progress is not None and library.feed.progress.is_paused, "the pause")


def end_reading(studio: Studio) -> None:
    """Have all that most scenes need read."""
    studio.window.library.feed.pause(False)
    studio.settle()
    studio.add([make_documents(studio.folder / "Permits"), make_lease(studio.folder / LEASE)])


PREPARATIONS = {Stage.READING: begin_reading, Stage.READY: end_reading}

SCENES = (
    Scene(("empty",), Stage.EMPTY, empty),
    Scene(("drop",), Stage.EMPTY, drop),
    Scene(("first-model", "first-documents", "first-shortcut"), Stage.EMPTY, first_steps),
    Scene(("indexing",), Stage.READING, indexing),
    Scene(("main", "narrow-two-panes", "narrow-one-pane"), Stage.READY, main),
    Scene(("details",), Stage.READY, details),
    Scene(("collections",), Stage.READY, collections),
    Scene(("reader-pages", "reader-outline", "reader-find"), Stage.READY, reader),
    Scene(("summary",), Stage.READY, summary),
    Scene(("find",), Stage.READY, find),
    Scene(("scan",), Stage.READY, scan),
    Scene(("note",), Stage.READY, note),
    Scene(("history",), Stage.READY, history),
)

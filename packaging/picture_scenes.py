"""The scenes of the main window: a library that grows, questions and their answers, pages, and what is under way."""

from __future__ import annotations

import json
from collections.abc import Iterator

from picture_documents import SCANNED_QUESTION, make_documents
from picture_files import ROOT
from picture_studio import Scene, Shot, Stage, Studio
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent
from PySide6.QtWidgets import QApplication

from desktop.widgets.mode_bar import Mode
from desktop.widgets.scope import ChosenScope
from desktop.widgets.turn import TurnView
from rag.protocol import Document

QUESTIONS: dict[str, str] = {}
"""The first of the demo's questions in each language."""
for _one in json.loads((ROOT / "assets" / "questions.json").read_text(encoding="utf-8")):
    QUESTIONS.setdefault(_one["language"], _one["question"])

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
    yield Shot("empty", studio.window)


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
    yield Shot("main", studio.window)
    window = studio.window
    window.resize(980, 720)
    yield Shot("narrow-two-panes", window)
    window.resize(520, 720)
    yield Shot("narrow-one-pane", window)
    window.reader.closed.emit()


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
    yield Shot("scan", studio.window)
    reader.closed.emit()


def note(studio: Studio) -> Iterator[Shot]:
    """A note, as rendered text."""
    reader = studio.window.reader
    studio.window.library.document_opened.emit(named(studio, "sourdough-notebook.md"))
    studio.wait(lambda: reader.page is not None, "the note")
    yield Shot("note", reader)
    reader.closed.emit()


def prepare(studio: Studio, stage: Stage) -> None:
    """Bring the library to ``stage``."""
    window = studio.window
    if stage is Stage.READING:
        window.library.add_samples()
        studio.wait(lambda: any(one.pages_read for one in window.library.documents), "a document")
        feed = window.library.feed
        feed.pause(True)
        studio.wait(lambda: feed.progress is not None and feed.progress.is_paused, "the pause")
    elif stage is Stage.READY:
        window.library.feed.pause(False)
        studio.settle()
        studio.add([make_documents(studio.folder / "Permits")])


SCENES = (
    Scene(("empty",), Stage.EMPTY, empty),
    Scene(("drop",), Stage.EMPTY, drop),
    Scene(("indexing",), Stage.READING, indexing),
    Scene(("main", "narrow-two-panes", "narrow-one-pane"), Stage.READY, main),
    Scene(("summary",), Stage.READY, summary),
    Scene(("find",), Stage.READY, find),
    Scene(("scan",), Stage.READY, scan),
    Scene(("note",), Stage.READY, note),
    Scene(("history",), Stage.READY, history),
)

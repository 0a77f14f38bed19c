"""The scenes of what is not every day: long work, failures, a thousand documents, long names, right to left."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

from picture_crowd import LONG, LONG_QUESTION, MANY, RIGHT_TO_LEFT_QUESTION, make_crowd
from picture_scenes import LEASE, ask, named
from picture_studio import Scene, Shot, Stage, Studio
from PySide6.QtCore import Qt

from desktop.widgets.trouble_bar import TroubleBar
from engine.catalogue import STARTER_VARIABLE
from engine.phi import phi_table
from rag.errors import LibraryProblem, Problem, WindowProblem
from rag.protocol import DropDownload, GetModel

SMALL_SIZE = (1000, 460)
"""Of a window whose picture is about a bar."""


def download(studio: Studio) -> Iterator[Shot]:
    """A model that is being fetched, on its card."""
    window = studio.opened_by(studio.window.models.come_forward, "the models")
    studio.wait(lambda: studio.window.models.pane.cards, "the cards of the models")
    studio.rest(1.0)
    yield Shot("download", window)
    window.close()


def activities(studio: Studio) -> Iterator[Shot]:
    """All that is under way, over the library."""
    window = studio.window
    studio.wait(lambda: window.activities.activities.under_way, "what is under way")
    window.show_activities()
    studio.wait(lambda: len(window.activity_pane.rows) > 1, "two things under way")
    window.resize(1000, 640)
    yield Shot("activities", window, varying=[window.activity_pane])
    window.activity_pane.put_away()


def begin_long_work(studio: Studio) -> None:
    """Have a model fetched, and a thousand documents waiting to be read."""
    studio.client.run(GetModel, model=phi_table().models[0].id, source="")
    library = studio.window.library
    library.add_paths([str(make_crowd(studio.folder / "Archive"))])
    studio.wait(lambda: len(library.documents) > MANY, "the documents")
    library.feed.pause(True)
    studio.rest(1.0)


def end_long_work(studio: Studio) -> None:
    """Have the thousand documents read, and the model left."""
    studio.client.run(DropDownload, model=phi_table().models[0].id)
    studio.window.library.feed.pause(False)
    studio.settle()


def many(studio: Studio) -> Iterator[Shot]:
    """A thousand documents."""
    studio.window.conversation.new_conversation()
    studio.window.resize(1000, 640)
    yield Shot("thousand-documents", studio.window)


def long_names(studio: Studio) -> Iterator[Shot]:
    """Names and a question that have no room."""
    window = studio.window
    turn = ask(studio, LONG_QUESTION)
    window.library.document_opened.emit(named(studio, LONG[0]))
    studio.wait(lambda: window.reader.page is not None, "the document")
    assert turn.answer is not None
    window.resize(1200, 640)
    yield Shot("long-names", window)
    window.reader.closed.emit()


def right_to_left(studio: Studio) -> Iterator[Shot]:
    """The window as it is where one reads from right to left, over documents in Hebrew and Arabic."""
    studio.application.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    studio.renew()
    try:
        turn = ask(studio, RIGHT_TO_LEFT_QUESTION)
        assert turn.answer is not None
        passage = turn.answer.passages[0]
        turn.opened.emit(passage, turn.answer.passages)
        studio.wait(lambda: studio.window.reader.page is not None, "the document")
        studio.window.resize(1200, 640)
        yield Shot("right-to-left", studio.window)
    finally:
        studio.application.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        studio.renew()


def failures(studio: Studio) -> Iterator[Shot]:
    """The bars over the window: each calm, with what it means and what to do."""
    window = studio.window
    window.conversation.new_conversation()
    window.resize(*SMALL_SIZE)
    for name, problem in (
        ("worker-died", Problem(LibraryProblem.WORKER_DIED.value)),
        ("disk-full", Problem(LibraryProblem.DISK_FULL.value, {"path": "/home/ines/.local/share/phial"})),
        (
            "shortcut-taken",
            Problem(WindowProblem.SHORTCUT_MOVED.value, {"shortcut": "Ctrl+Alt+Space", "other": "Ctrl+Alt+P"}),
        ),
    ):
        studio.shell.show_problem(problem)
        yield Shot(name, window)
    put_bar_away(studio)


def put_bar_away(studio: Studio) -> None:
    """Have no bar over the window."""
    bar = studio.window.findChild(TroubleBar)
    assert bar is not None
    bar.put_away()


def document_gone(studio: Studio) -> Iterator[Shot]:
    """A document that was deleted since it was read, and is opened."""
    window = studio.window
    (studio.folder / LEASE).unlink(missing_ok=True)
    window.resize(*SMALL_SIZE)
    window.library.document_opened.emit(named(studio, LEASE))
    studio.wait(lambda: window.reader.trouble is not None, "what happened to it")
    yield Shot("document-gone", window.reader)
    window.reader.closed.emit()


def lose_the_model(studio: Studio) -> None:
    """Have a worker that finds no model."""
    os.environ[STARTER_VARIABLE] = str(studio.folder / "nowhere.gguf")
    os.kill(int((studio.home / "library.pid").read_text(encoding="utf-8")), signal.SIGKILL)
    studio.wait(lambda: not studio.client.is_connected, "the end of the worker")
    studio.wait(lambda: studio.client.is_connected, "the next worker")
    studio.settle()
    put_bar_away(studio)


def no_model(studio: Studio) -> Iterator[Shot]:
    """An answer where no model is installed."""
    window = studio.window
    ask(studio, "What is the bridge made of, and how far does it span?")
    yield Shot("no-model", window.conversation)


PREPARATIONS = {
    Stage.BUSY: begin_long_work, Stage.CROWDED: end_long_work, Stage.WITHOUT_MODEL: lose_the_model
}  # fmt: skip

SCENES = (
    Scene(("worker-died", "disk-full", "shortcut-taken"), Stage.READY, failures),
    Scene(("document-gone",), Stage.READY, document_gone),
    Scene(("download",), Stage.BUSY, download),
    Scene(("activities",), Stage.BUSY, activities),
    Scene(("thousand-documents",), Stage.CROWDED, many),
    Scene(("long-names",), Stage.CROWDED, long_names),
    Scene(("right-to-left",), Stage.CROWDED, right_to_left),
    Scene(("no-model",), Stage.WITHOUT_MODEL, no_model),
)

"""The scenes of the other windows: the quick question, the models, the health of the index, the settings, and so on."""

from __future__ import annotations

from collections.abc import Iterator

from picture_documents import MIXED_NAME
from picture_scenes import QUESTIONS, named
from picture_studio import Scene, Shot, Stage, Studio
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from desktop.windows.about import AboutWindow

HEALTH_SIZE = (720, 800)


def quick(studio: Studio) -> Iterator[Shot]:
    """The quick question: as it appears, with passages while one types, with the answer."""
    popup = studio.shell.quick
    popup.appear()
    field = popup.findChild(QLineEdit)
    assert field is not None
    yield Shot("quick-empty", popup)
    field.setText(QUESTIONS[studio.language])
    studio.rest(2.0)
    popup.appear()  # what was photographed may have taken it for another program
    field.home(False)
    yield Shot("quick-evidence", popup)
    popup.appear()
    QTest.keyClick(field, Qt.Key.Key_Return)
    studio.wait(lambda: popup.answer is not None, "the quick answer")
    field.home(False)
    yield Shot("quick", popup)
    field.clear()
    popup.hide()


def health(studio: Studio) -> Iterator[Shot]:
    """What came of every page, at the document that is partly text and partly scans."""
    key = named(studio, MIXED_NAME).key
    window = studio.opened_by(lambda: studio.window.show_health(key), "the health")
    window.resize(*HEALTH_SIZE)
    pane, documents = studio.window.health.pane, len(studio.window.library.documents)
    studio.wait(lambda: len(pane.rows) == documents, "the health of every document")
    yield Shot("health", window)
    window.close()


def models(studio: Studio) -> Iterator[Shot]:
    """The models, as they fit this computer."""
    window = studio.opened_by(studio.window.models.come_forward, "the models")
    studio.wait(lambda: studio.window.models.pane.cards, "the cards of the models")
    yield Shot("models", window)
    window.close()


def settings(studio: Studio) -> Iterator[Shot]:
    """The settings."""
    window = studio.opened_by(studio.window.settings_wanted.emit, "the settings")
    studio.rest(1.5)
    yield Shot("settings", window)
    window.close()


def about(studio: Studio) -> Iterator[Shot]:
    """What Phial is, and what it stands on."""
    window = AboutWindow(studio.shell.theme, studio.window, client=studio.client)
    listed: list[bool] = []
    window.listed.connect(lambda: listed.append(True))
    window.show()
    studio.wait(lambda: listed, "the licences")
    yield Shot("about", window)
    window.close()


def connections(studio: Studio) -> Iterator[Shot]:
    """Every connection ever made: none."""
    window = studio.opened_by(studio.window.library.connections_wanted.emit, "the connections")
    yield Shot("connections", window)
    window.close()


def shortcuts(studio: Studio) -> Iterator[Shot]:
    """The keys."""
    window = studio.opened_by(studio.window.show_shortcuts, "the shortcuts")
    yield Shot("shortcuts", window)
    window.close()


SCENES = (
    Scene(("quick-empty", "quick-evidence", "quick"), Stage.READY, quick),
    Scene(("health",), Stage.READY, health),
    Scene(("models",), Stage.READY, models),
    Scene(("settings",), Stage.READY, settings),
    Scene(("about",), Stage.READY, about),
    Scene(("connections",), Stage.READY, connections),
    Scene(("shortcuts",), Stage.READY, shortcuts),
)

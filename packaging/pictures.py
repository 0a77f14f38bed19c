"""Take the pictures in docs/pictures from the real window, its real worker and the samples, on a screen of its own.

``python packaging/pictures.py``: on Linux with Xvfb (Debian: xvfb), elsewhere on the screen that is there.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from picture_documents import MIXED_NAME, SCANNED_QUESTION, make_documents
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from desktop.shell import Shell
from desktop.single_instance import WINDOW
from desktop.widgets.document_model import is_under_way
from desktop.widgets.mode_bar import Mode
from desktop.windows.settings import SettingsWindow
from desktop.worker_client import WorkerClient
from engine.paths import make_private_folder
from rag.protocol import DocumentState

READY = DocumentState.READY
ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "pictures"
SIZE = (1360, 860)
HEALTH_SIZE = (720, 800)
PATIENCE = 240.0
"""Seconds for each thing that is waited for; a first answer loads the embedder and the model."""

ON_OWN_SCREEN = "PHIAL_PICTURES_SCREEN"


def main() -> int:
    """Take the pictures; the exit status."""
    if sys.platform == "linux" and ON_OWN_SCREEN not in os.environ:
        return on_own_screen()
    with tempfile.TemporaryDirectory(prefix="phial-pictures-") as folder:
        take_pictures(Path(folder))
    return 0


def on_own_screen() -> int:
    """Run this script again on a virtual screen."""
    if shutil.which("Xvfb") is None:
        print("The pictures need a virtual screen: sudo apt-get install xvfb", file=sys.stderr)
        return 1
    with virtual_screen() as display:
        environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", ON_OWN_SCREEN: "1"}
        environment.pop("WAYLAND_DISPLAY", None)
        return subprocess.run([sys.executable, __file__], env=environment, cwd=ROOT, check=False).returncode


@contextmanager
def virtual_screen() -> Iterator[str]:
    """A screen that nobody sees; the name of its display."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1920x1200x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=(writing,), stderr=subprocess.DEVNULL)
    os.close(writing)
    try:
        with os.fdopen(reading) as told:
            yield f":{told.readline().strip()}"
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait()


class Photographer:
    """The window over a fresh library, and what it takes to have it hold still."""

    def __init__(self, home: Path) -> None:
        self.application = QApplication(sys.argv[:1])
        self.client = WorkerClient(make_private_folder(home), self.application)
        self.shell = Shell(self.application, home, self.client, "en")
        self.theme, self.window = self.shell.theme, self.shell.window
        self.window.resize(*SIZE)
        self.shell.begin(WINDOW)
        self.client.start()

    def wait(self, until: Callable[[], bool], what: str) -> None:
        """Let the window live until something is so."""
        deadline = time.monotonic() + PATIENCE
        while not until():
            if time.monotonic() > deadline:
                raise SystemExit(f"waited {PATIENCE:.0f} s in vain for {what}")
            self.application.processEvents()
            time.sleep(0.02)

    def rest(self, seconds: float) -> None:
        """Let the window live for so long."""
        end = time.monotonic() + seconds
        self.wait(lambda: time.monotonic() > end, "a rest")

    def take(self, name: str, widget: QWidget | None = None) -> None:
        """Save the window as it is, or another ``widget``, light and dark."""
        FOLDER.mkdir(parents=True, exist_ok=True)
        for appearance in ("dark", "light"):
            self.theme.choose(appearance)
            self.rest(1.0)
            path = FOLDER / f"{name}-{appearance}.png"
            if not (widget or self.window).grab().save(str(path)):
                raise SystemExit(f"can't write {path}")
            print(path)


def take_pictures(folder: Path) -> None:
    """Go through the day of a new library in ``folder``: empty, indexing, answering, a scan, then the other windows."""
    photographer = Photographer(folder / "home")
    window, client = photographer.window, photographer.client
    photographer.wait(lambda: client.is_connected, "the worker")
    photographer.take("empty")
    window.library.add_samples()
    photographer.wait(lambda: any(one.pages_read for one in window.library.documents), "a document")
    photographer.take("indexing")
    documents = len(window.library.documents)
    photographer.wait(lambda: all(one.state is READY for one in window.library.documents), f"{documents} documents")
    question = json.loads((ROOT / "assets" / "questions.json").read_text(encoding="utf-8"))[0]
    window.conversation.ask(question["question"])
    turn = window.conversation.answers[-1]
    photographer.wait(lambda: turn.answer is not None, "the answer")
    assert turn.answer is not None
    turn.opened.emit(turn.answer.citations[0], turn.answer.citations)
    photographer.wait(lambda: window.reader.page is not None, "the page")
    photographer.take("answer")
    shutil.copy(FOLDER / "answer-light.png", FOLDER / "main-light.png")
    take_modes(photographer, turn.answer.citations[0].document)
    take_quick(photographer, question["question"])
    take_scan(photographer, make_documents(folder / "Permits"))
    take_health(photographer)
    take_models(photographer)
    take_settings(photographer)
    photographer.shell.end()
    client.close()


def take_modes(photographer: Photographer, summed_up: str) -> None:
    """Have the document ``summed_up`` summed up, then look for something in all of them."""
    window, composer = photographer.window, photographer.window.conversation.composer
    window.reader.closed.emit()
    for mode, words, name in ((Mode.SUMMARISE, "", "summary"), (Mode.FIND_ALL, "water", "find")):
        window.conversation.new_conversation()
        composer.modes.choose(mode)
        chosen = tuple(one for one in window.library.documents if one.name == summed_up)
        window.conversation.set_scope(chosen if mode is Mode.SUMMARISE else ())
        composer.asked.emit(words)
        photographer.wait(lambda: not window.conversation.is_answering, f"the {name}")
        photographer.take(name)
    composer.modes.choose(Mode.ASK)


def take_quick(photographer: Photographer, question: str) -> None:
    """Ask ``question`` in the quick question."""
    quick = photographer.shell.quick
    quick.appear()
    field = quick.findChild(QLineEdit)
    assert field is not None
    field.setText(question)
    photographer.rest(2.0)
    QTest.keyClick(field, Qt.Key.Key_Return)
    photographer.wait(lambda: quick.answer is not None, "the quick answer")
    field.home(False)  # from its beginning
    photographer.take("quick", quick)
    quick.hide()


def take_scan(photographer: Photographer, folder: Path) -> None:
    """Follow ``folder``, which holds scans, and open a passage that OCR has read."""
    window = photographer.window
    known = len(window.library.documents)
    window.library.add_paths([str(folder)])
    photographer.wait(lambda: len(window.library.documents) == known + len(list(folder.iterdir())), "the folder")
    photographer.wait(lambda: not any(is_under_way(one) for one in window.library.documents), "the scans")
    window.conversation.new_conversation()
    window.conversation.ask(SCANNED_QUESTION)
    turn = window.conversation.answers[-1]
    photographer.wait(lambda: turn.answer is not None, "the answer from a scan")
    assert turn.answer is not None
    scanned = next(one for one in turn.answer.passages if one.confidence >= 0)
    turn.opened.emit(scanned, turn.answer.passages)
    page = window.reader
    photographer.wait(lambda: page.page is not None and page.page.confidence >= 0, "the scan")
    photographer.take("scan")


def take_health(photographer: Photographer) -> None:
    """Open the health of the index at the document that is partly text and partly scans."""
    window = photographer.window
    mixed = next(one for one in window.library.documents if one.name == MIXED_NAME)
    window.show_health(mixed.key)
    window.health.resize(*HEALTH_SIZE)
    pane = window.health.pane
    photographer.wait(lambda: len(pane.rows) == len(window.library.documents), "the health of every document")
    photographer.take("health", window.health)


def take_models(photographer: Photographer) -> None:
    """Open the models, as they fit this computer."""
    models = photographer.window.models
    models.come_forward()
    photographer.wait(lambda: bool(models.pane.cards), "the models")
    photographer.take("models", models)
    models.close()


def take_settings(photographer: Photographer) -> None:
    """Open the settings."""
    shell = photographer.shell
    shell.show_settings()
    photographer.rest(2.0)
    window = next(one for one in photographer.window.findChildren(SettingsWindow))
    photographer.take("settings", window)


if __name__ == "__main__":
    sys.exit(main())

"""The composition root of the window's process: everything is made here and passed on."""

from __future__ import annotations

import logging
import logging.handlers
import signal
import sys
import threading
from pathlib import Path
from traceback import format_tb
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QObject, Qt, QTimer, QtMsgType, Signal, qInstallMessageHandler
from PySide6.QtGui import QPixmapCache
from PySide6.QtWidgets import QApplication

from desktop.call import Call
from desktop.garbage import GarbageCollector
from desktop.inbox import Inbox
from desktop.languages import speak
from desktop.memory import give_large_pieces_back
from desktop.opened_files import OpenedFiles
from desktop.session_end import SessionEnd
from desktop.shell import Shell
from desktop.single_instance import SingleInstance
from desktop.windows.refusal import wants_another_try
from desktop.worker_client import WorkerClient
from engine.paths import logs, make_private_folder
from rag.client import client_version
from rag.errors import LibraryProblem, Problem, problem_of

PIXMAPS = 2 * 2**10
"""KiB that Qt may keep of what it has drawn once, icons in the sizes of the screen: it would take five times that."""

_log = logging.getLogger("desktop")


def open_window(home: Path, language: str, call: Call) -> int:
    """Show the main window of the library in ``home`` in ``language`` until it is closed; the exit status.

    ``call`` is what this start is for: where another one has the window, that is told.
    """
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    give_large_pieces_back()
    application = QApplication(["phial"])  # what window managers know the window by
    QPixmapCache.setCacheLimit(PIXMAPS)
    application.setApplicationName("phial")
    application.setApplicationDisplayName("Phial")
    application.setApplicationVersion(client_version())
    application.setDesktopFileName("phial")
    speak(application, language)
    instance = begin_in(home, application)
    if instance is None:
        return 1
    if not instance.take(call):
        return 0
    failures = UnexpectedFailures(application)
    garbage = GarbageCollector(application)
    client = WorkerClient(home, application)
    shell = Shell(application, home, client, language)
    failures.happened.connect(shell.show_problem)
    instance.called.connect(shell.call)
    opened = OpenedFiles(application)
    application.installEventFilter(opened)
    opened.called.connect(shell.call)
    session = SessionEnd(application)
    session.keeping.connect(shell.keep_state)
    session.ending.connect(shell.quit)
    shell.begin(call)
    client.start()
    QTimer.singleShot(0, garbage.settle)
    # Once the old windows have been deleted: with all they showed, they would be kept as there to stay.
    shell.renewed.connect(garbage.settle, Qt.ConnectionType.QueuedConnection)
    status = application.exec()
    session.close()
    instance.hush()
    shell.end()
    client.close()
    garbage.end()
    instance.release()
    return status


def begin_in(home: Path, application: QApplication) -> SingleInstance | None:
    """Have the data folder ``home`` and a log in it; None where the person leaves it at that it can't be had."""
    while True:
        try:
            make_private_folder(logs(make_private_folder(home)))
            instance = SingleInstance(home, application)
            _keep_log(logs(home))
        except OSError as error:
            if not wants_another_try(
                Problem(LibraryProblem.LIBRARY_UNWRITABLE.value, {"path": str(home)}, type(error).__name__)
            ):
                return None
        else:
            return instance


class UnexpectedFailures(QObject):
    """What no code of ours expected: written into the log, and said in a sentence; the window goes on."""

    happened = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        inbox = Inbox(self)

        def take(kind: type[BaseException], error: BaseException | None, traceback: TracebackType | None) -> None:
            # Where it happened, not what the error says: that may quote a document.
            _log.error("unexpected %s\n%s", kind.__name__, "".join(format_tb(traceback)))
            inbox.put(UnexpectedFailures._tell, problem_of(error or kind()))

        sys.excepthook = take
        threading.excepthook = lambda failed: take(failed.exc_type, failed.exc_value, failed.exc_traceback)

    def _tell(self, problem: Problem) -> None:
        self.happened.emit(problem)


def _keep_log(folder: Path) -> None:
    handler = logging.handlers.RotatingFileHandler(
        folder / "window.log", maxBytes=2**20, backupCount=2, encoding="utf-8", delay=True
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.getLogger().addHandler(handler)
    qInstallMessageHandler(_log_qt)


def _log_qt(kind: QtMsgType, _: QMessageLogContext, message: str) -> None:
    is_serious = kind in {QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg}
    logging.getLogger("qt").log(logging.ERROR if is_serious else logging.WARNING, "%s", message)

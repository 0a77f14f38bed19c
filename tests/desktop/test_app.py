"""What no code expected: it reaches the log and the window's calm bar, and the program goes on."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from desktop.app import UnexpectedFailures
from desktop.diagnosis import details_of
from desktop.widgets.trouble import sentences_of
from rag.errors import Problem


@pytest.fixture
def failures(qtbot: QtBot) -> Iterator[UnexpectedFailures]:
    hooks = sys.excepthook, threading.excepthook
    parent = QObject()
    yield UnexpectedFailures(parent)
    sys.excepthook, threading.excepthook = hooks


SECRET = "words of a document"


def fail() -> None:
    raise ZeroDivisionError(SECRET)


def test_an_exception_in_a_slot_is_a_problem_and_a_line_in_the_log(
    qtbot: QtBot, failures: UnexpectedFailures, caplog: pytest.LogCaptureFixture
) -> None:
    with qtbot.waitSignal(failures.happened) as said:
        QTimer.singleShot(0, fail)
    (problem,) = said.args
    assert isinstance(problem, Problem)
    assert problem.kind == "unexpected"
    assert "Traceback" not in str(sentences_of(problem))
    assert "in fail" in caplog.text
    assert SECRET not in caplog.text + details_of(problem)
    assert [record.levelno for record in caplog.records] == [logging.ERROR]
    assert details_of(problem).startswith("Phial ")


def test_an_exception_in_a_thread_is_one_too(
    qtbot: QtBot, failures: UnexpectedFailures, caplog: pytest.LogCaptureFixture
) -> None:
    with qtbot.waitSignal(failures.happened):
        threading.Thread(target=fail).start()
    assert "ZeroDivisionError" in caplog.text

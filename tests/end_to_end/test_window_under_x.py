"""The window among other programs: a real X server, a window manager, a second start, a drag out of another window."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable

import pytest
from Xlib import XK

from rag.protocol import Ask, Index, Watch
from tests.end_to_end.conftest import SAMPLES, wait
from tests.fakes.dragging import Drag
from tests.fakes.screen import Client
from tests.fakes.worker import FakeWorker

pytestmark = pytest.mark.skipif(
    shutil.which("Xvfb") is None or shutil.which("openbox") is None, reason="no Xvfb with openbox here"
)

Start = Callable[..., subprocess.Popen[bytes]]


def test_a_second_start_brings_the_first_window_to_the_front(other: Client, worker: FakeWorker, start: Start) -> None:
    first = start()
    assert wait(lambda: worker.asked(Watch))
    other.open_window("Other program")
    other.take_focus()
    assert wait(lambda: other.in_front() == "Other program")
    assert start().wait(30) == 0
    assert wait(lambda: other.in_front() == "Phial")
    assert first.poll() is None


def test_keys_lead_from_the_question_to_the_search_and_back(other: Client, worker: FakeWorker, start: Start) -> None:
    start()
    assert wait(lambda: worker.asked(Watch) and other.in_front() == "Phial")
    other.strike(XK.XK_Escape)  # the first steps are for another day
    for letter in "gu":
        other.strike(ord(letter))
    other.strike(XK.XK_Control_L, ord("k"))
    for letter in "zz":  # these are sought among the documents
        other.strike(ord(letter))
    other.strike(XK.XK_F6)
    for letter in "st":
        other.strike(ord(letter))
    other.strike(XK.XK_Return)
    assert wait(lambda: worker.asked(Ask))
    assert [one.question for one in worker.asked(Ask) if isinstance(one, Ask)] == ["gust"]


def test_files_are_dragged_out_of_another_program(other: Client, worker: FakeWorker, start: Start) -> None:
    papers = [SAMPLES / "alder-quay-footbridge.pdf", SAMPLES / "choir-meeting.md"]
    start()
    assert wait(lambda: worker.asked(Watch) and other.in_front() == "Phial")
    other.open_window("Files")
    drag = Drag(other, papers, "Phial")
    assert drag.enter()
    drag.leave()
    assert not worker.asked(Index)
    again = Drag(other, papers, "Phial")
    assert again.enter()
    assert again.drop()
    assert wait(lambda: worker.asked(Index))
    assert [one.paths for one in worker.asked(Index) if isinstance(one, Index)] == [tuple(map(str, papers))]


def test_what_is_no_document_is_not_taken(other: Client, worker: FakeWorker, start: Start) -> None:
    start()
    assert wait(lambda: worker.asked(Watch) and other.in_front() == "Phial")
    other.open_window("Files")
    assert not Drag(other, [], "Phial").enter()
    assert not worker.asked(Index)

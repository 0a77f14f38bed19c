"""The shortcut, pressed in another program: the whole window under a real X server with a window manager."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable

import pytest
from Xlib import XK, X

from rag.protocol import Search, Watch
from tests.end_to_end.conftest import wait
from tests.fakes.screen import Client
from tests.fakes.worker import FakeWorker

pytestmark = pytest.mark.skipif(
    shutil.which("Xvfb") is None or shutil.which("openbox") is None, reason="no Xvfb with openbox here"
)

SHORTCUT = (XK.XK_Control_L, XK.XK_Alt_L, XK.XK_space)
ALTERNATIVE = (XK.XK_Control_L, XK.XK_Alt_L, XK.XK_p)


def turn_to_the_other(other: Client) -> None:
    other.open_window("Other program")
    assert wait(lambda: other.in_front() == "Other program")


def test_it_comes_in_front_is_typed_into_and_gives_the_keyboard_back(
    other: Client, worker: FakeWorker, start: Callable[..., subprocess.Popen[bytes]]
) -> None:
    start()
    assert wait(lambda: worker.asked(Watch))
    turn_to_the_other(other)
    other.strike(*SHORTCUT)
    assert wait(lambda: other.in_front() == "Ask Phial")
    for letter in "gust":
        other.strike(ord(letter))
    assert wait(lambda: worker.asked(Search))
    assert [one.question for one in worker.asked(Search) if isinstance(one, Search)] == ["gust"]
    other.strike(XK.XK_Escape)
    assert wait(lambda: other.in_front() == "Other program")


def test_a_shortcut_that_another_program_has_gives_way_to_the_next(
    other: Client, worker: FakeWorker, start: Callable[..., subprocess.Popen[bytes]]
) -> None:
    root = other.display.screen().root
    code = other.display.keysym_to_keycode(XK.XK_space)
    root.grab_key(code, X.ControlMask | X.Mod1Mask, True, X.GrabModeAsync, X.GrabModeAsync)
    other.display.sync()
    start()
    assert wait(lambda: worker.asked(Watch))
    turn_to_the_other(other)
    other.strike(*ALTERNATIVE)
    assert wait(lambda: other.in_front() == "Ask Phial")


def test_phial_quick_reaches_the_program_that_runs(
    other: Client, worker: FakeWorker, start: Callable[..., subprocess.Popen[bytes]]
) -> None:
    start()
    assert wait(lambda: worker.asked(Watch))
    turn_to_the_other(other)
    assert start("quick").wait(30) == 0
    assert wait(lambda: other.in_front() == "Ask Phial")

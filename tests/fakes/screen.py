"""A real X server without a screen, a window manager on it, and a client that presses keys."""

from __future__ import annotations

import contextlib
import os
import subprocess
from collections.abc import Iterator

import Xlib.display
from Xlib import X
from Xlib.ext import xtest
from Xlib.protocol.event import ClientMessage
from Xlib.xobject.drawable import Window


@contextlib.contextmanager
def serving() -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """An X server, and its name."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1440x900x24", "-nolisten", "tcp", "-noreset"]
    with subprocess.Popen(command, pass_fds=(writing,), stderr=subprocess.DEVNULL) as process:
        os.close(writing)
        with os.fdopen(reading) as said:
            number = said.readline().strip()
        try:
            yield process, f":{number}"
        finally:
            process.terminate()


@contextlib.contextmanager
def managed(name: str) -> Iterator[None]:
    """A window manager on the server ``name``."""
    command = ["openbox", "--sm-disable"]
    with subprocess.Popen(command, env={**os.environ, "DISPLAY": name}, stderr=subprocess.DEVNULL) as process:
        try:
            yield
        finally:
            process.terminate()


class Client:
    """Another program: it has a window, presses keys, and sees which window is in front."""

    def __init__(self, name: str) -> None:
        self.display = Xlib.display.Display(name)
        self._root = self.display.screen().root
        self.window: Window | None = None

    def close(self) -> None:
        self.display.close()

    def open_window(self, title: str) -> None:
        """Have a window of its own, and the keyboard."""
        self.window = self._root.create_window(0, 0, 300, 200, 0, X.CopyFromParent)
        self.window.set_wm_name(title)
        self.window.map()
        self.display.sync()

    def take_focus(self) -> None:
        """Have the keyboard, as a person gives it with a click."""
        assert self.window is not None
        activate = self.display.intern_atom("_NET_ACTIVE_WINDOW")
        data = (32, [2, X.CurrentTime, 0, 0, 0])
        message = ClientMessage(window=self.window, client_type=activate, data=data)
        self._root.send_event(message, event_mask=X.SubstructureRedirectMask | X.SubstructureNotifyMask)
        self.display.sync()

    def strike(self, *keysyms: int) -> None:
        """Press the keys one after the other, then let go of them."""
        codes = [self.display.keysym_to_keycode(keysym) for keysym in keysyms]
        for code in codes:
            xtest.fake_input(self.display, X.KeyPress, code)
        for code in reversed(codes):
            xtest.fake_input(self.display, X.KeyRelease, code)
        self.display.sync()

    def in_front(self) -> str:
        """The title of the window that has the keyboard, by the window manager's word; "" where none has."""
        held = self._root.get_full_property(self.display.intern_atom("_NET_ACTIVE_WINDOW"), X.AnyPropertyType)
        if held is None or not held.value or not held.value[0]:
            return ""
        window = self.display.create_resource_object("window", held.value[0])
        with contextlib.suppress(Exception):  # it may be gone by now
            title = window.get_full_property(self.display.intern_atom("_NET_WM_NAME"), X.AnyPropertyType)
            return title.value.decode() if title else window.get_wm_name()
        return ""

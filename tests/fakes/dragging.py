"""Files dragged out of another program onto a window, by the protocol that X programs have for it (XDND, version 5)."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

from Xlib import X, Xatom
from Xlib.protocol import event as x_event
from Xlib.xobject.drawable import Window

from tests.fakes.screen import Client

VERSION = 5
FORM = "text/uri-list"
PATIENCE = 10.0
"""Seconds that the window under the pointer may take to answer."""


class Drag:
    """``paths`` on their way from ``client``'s window to the one called ``title``."""

    def __init__(self, client: Client, paths: Sequence[Path], title: str) -> None:
        assert client.window is not None
        self._client, self._source = client, client.window
        self._atom = client.display.intern_atom
        self._uris = "".join(f"{path.as_uri()}\r\n" for path in paths).encode()
        self._target = self._window_called(title)
        self._source.set_selection_owner(self._atom("XdndSelection"), X.CurrentTime)

    def enter(self) -> bool:
        """Be over the window; whether it takes what is dragged."""
        self._say("XdndEnter", VERSION << 24, self._atom(FORM), 0, 0)
        place = self._target.translate_coords(self._client.display.screen().root, 0, 0)
        x, y = -place.x + 200, -place.y + 200
        self._say("XdndPosition", 0, x << 16 | y, X.CurrentTime, self._atom("XdndActionCopy"))
        return bool(self._answer("XdndStatus")[1] & 1)

    def drop(self) -> bool:
        """Let go; whether it was taken."""
        self._say("XdndDrop", 0, X.CurrentTime, 0, 0)
        return bool(self._answer("XdndFinished")[1] & 1)

    def leave(self) -> None:
        """Go elsewhere."""
        self._say("XdndLeave", 0, 0, 0, 0)

    def _say(self, what: str, *data: int) -> None:
        message = x_event.ClientMessage(
            window=self._target, client_type=self._atom(what), data=(32, [self._source.id, *data])
        )
        self._target.send_event(message)
        self._client.display.sync()

    def _answer(self, what: str) -> list[int]:
        """What the window says; what it asks for meanwhile is handed out."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            while self._client.display.pending_events():
                event = self._client.display.next_event()
                if isinstance(event, x_event.SelectionRequest):
                    self._hand_out(event)
                elif event.type == X.ClientMessage and event.client_type == self._atom(what):
                    return list(event.data[1])
            time.sleep(0.01)
        raise AssertionError(f"no {what}")

    def _hand_out(self, asked: x_event.SelectionRequest) -> None:
        if asked.target == self._atom("TARGETS"):
            asked.requestor.change_property(asked.property, Xatom.ATOM, 32, [self._atom(FORM)])
        else:
            asked.requestor.change_property(asked.property, asked.target, 8, self._uris)
        asked.requestor.send_event(
            x_event.SelectionNotify(
                time=asked.time,
                requestor=asked.requestor,
                selection=asked.selection,
                target=asked.target,
                property=asked.property,
            )
        )
        self._client.display.sync()

    def _window_called(self, title: str) -> Window:
        display = self._client.display
        listed = display.screen().root.get_full_property(self._atom("_NET_CLIENT_LIST"), X.AnyPropertyType)
        for number in listed.value:
            window: Window = display.create_resource_object("window", number)
            name = window.get_full_property(self._atom("_NET_WM_NAME"), X.AnyPropertyType)
            if name is not None and name.value.decode() == title:
                return window
        raise AssertionError(f"no window called {title}")

"""The global shortcut on Wayland: the desktop portal has it, and asks the person.

org.freedesktop.portal.GlobalShortcuts (version 2), org.freedesktop.portal.Request and the shortcuts specification:
https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.GlobalShortcuts.html
https://specifications.freedesktop.org/shortcuts-spec/latest/
"""

from __future__ import annotations

import collections
import contextlib
import secrets
import threading
from collections.abc import Iterator
from typing import Any

from jeepney import (
    DBusAddress,
    DBusErrorResponse,
    HeaderFields,
    MatchRule,
    Message,
    MessageType,
    message_bus,
    new_method_call,
)
from jeepney.io.blocking import DBusConnection, Proxy, open_dbus_connection
from PySide6.QtCore import QObject

from desktop.hotkey.base import Grip, Hotkey
from desktop.hotkey.chord import Chord
from desktop.inbox import Inbox

_BUS_NAME, _PATH = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop"
_SHORTCUTS = DBusAddress(_PATH, _BUS_NAME, "org.freedesktop.portal.GlobalShortcuts")
_REGISTRY = DBusAddress(_PATH, _BUS_NAME, "org.freedesktop.host.portal.Registry")
_REQUEST = "org.freedesktop.portal.Request"
_ID = "quick-ask"
_APPLICATION = "phial"
"""The name of the desktop file: the portal knows programs by it."""

ANSWER_SECONDS = 120.0
"""How long the person may take to say yes or no."""

_LISTEN_SECONDS = 0.5
_MOST_SIGNALS = 64
_FAILURES = (DBusErrorResponse, OSError, TimeoutError, EOFError, KeyError, ValueError)


def trigger_of(chord: Chord) -> str:
    """The chord as the shortcuts specification writes it: ``CTRL+ALT+space``."""
    held = (("CTRL", chord.control), ("ALT", chord.alt), ("SHIFT", chord.shift), ("LOGO", chord.meta))
    if chord.function_number:
        key = f"F{chord.function_number}"
    else:
        key = "space" if chord.key == ord(" ") else chr(chord.key).lower()
    return "+".join([*(name for name, is_held in held if is_held), key])


class PortalHotkey(Hotkey):
    """A session with the portal, listened to by a thread. The compositor decides which keys it is."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._ended = threading.Event()
        self._inbox = Inbox(self)

    def hold(self, chord: Chord) -> Grip:
        """Ask for it; ``changed`` tells what came of it."""
        self.release()
        self._ended = threading.Event()
        words = self.tr("Ask a question over any program")
        listening = threading.Thread(
            target=_listen, args=(self._inbox, trigger_of(chord), words, self._ended), name="shortcut", daemon=True
        )
        grip = self._come_to(Grip.ASKED)
        listening.start()
        return grip

    def release(self) -> None:
        """End the session: the thread closes it within a moment."""
        self._ended.set()

    def _take(self, ended: threading.Event, grip: Grip, description: str = "") -> None:
        if ended.is_set():
            return  # another chord is being asked for
        self.description = description
        self._come_to(grip)

    def _press(self) -> None:
        self.pressed.emit()


# --- in the thread that listens ---------------------------------------------------------------------------------------


def _listen(inbox: Inbox[PortalHotkey], trigger: str, words: str, ended: threading.Event) -> None:
    def tell(grip: Grip, description: str = "") -> None:
        inbox.put(PortalHotkey._take, ended, grip, description)

    try:
        with contextlib.closing(open_dbus_connection("SESSION")) as bus:
            session = _Session(bus, ended)
            description = session.bind(trigger, words)
            if description is None:
                tell(Grip.REFUSED)
                return
            tell(Grip.HELD, description)
            for _ in session.presses():
                inbox.put(PortalHotkey._press)
    except _FAILURES:
        tell(Grip.IMPOSSIBLE)


class _Session:
    """What is said with the portal on one connection. Raises what ``_FAILURES`` names."""

    def __init__(self, bus: DBusConnection, ended: threading.Event) -> None:
        self._bus = bus
        self._ended = ended
        self._handle = ""
        self._filters: list[object] = []  # each filters for as long as it is there
        # A signal can be here before the reply to what it answers: whoever waits for that finds it in the queue.
        self._signals: collections.deque[Message] = collections.deque(maxlen=_MOST_SIGNALS)

    def bind(self, trigger: str, words: str) -> str | None:
        """Ask for the shortcut; how the desktop writes it ("" where it doesn't say), None where the answer was no."""
        # Newer portals know a program outside of a sandbox by what it says it is; older ones have no such method.
        self._bus.send_and_get_reply(new_method_call(_REGISTRY, "Register", "sa{sv}", (_APPLICATION, {})))
        for interface in (_REQUEST, _SHORTCUTS.interface):
            rule = MatchRule(type="signal", interface=interface)
            self._filters.append(self._bus.filter(rule, queue=self._signals))
            Proxy(message_bus, self._bus).AddMatch(rule)
        made = self._ask("CreateSession", "a{sv}", (), {"session_handle_token": ("s", _token())})
        if made is None:
            return None
        self._handle = _text(made, "session_handle")
        shortcut = (_ID, {"description": ("s", words), "preferred_trigger": ("s", trigger)})
        bound = self._ask("BindShortcuts", "oa(sa{sv})sa{sv}", (self._handle, [shortcut], ""), {})
        if bound is None:
            return None
        for name, about in bound.get("shortcuts", ("", []))[1]:
            if name == _ID:
                return _text(about, "trigger_description")
        return None  # the person left it out

    def presses(self) -> Iterator[None]:
        """One for each time that it is pressed, until the session is to end."""
        while not self._ended.is_set():
            message = self._receive()
            if message is not None and _member(message) == "Activated" and message.body[:2] == (self._handle, _ID):
                yield

    def _ask(
        self, method: str, signature: str, arguments: tuple[Any, ...], options: dict[str, Any]
    ) -> dict[str, Any] | None:
        """Call ``method``, whose answer comes as a signal of a request; its results, None where it was refused."""
        token = _token()
        sender = self._bus.unique_name.removeprefix(":").replace(".", "_")
        expected = f"{_PATH}/request/{sender}/{token}"
        call = new_method_call(_SHORTCUTS, method, signature, (*arguments, options | {"handle_token": ("s", token)}))
        reply = self._bus.send_and_get_reply(call, timeout=ANSWER_SECONDS)
        if reply.header.message_type is MessageType.error:
            raise OSError(str(reply.header.fields.get(HeaderFields.error_name)))
        paths = {expected, reply.body[0]}  # portals before 0.9 chose a path of their own
        waited = 0.0
        while not self._ended.is_set() and waited < ANSWER_SECONDS:
            message = self._receive()
            if message is None:
                waited += _LISTEN_SECONDS
            elif _member(message) == "Response" and message.header.fields.get(HeaderFields.path) in paths:
                status, results = message.body
                return dict(results) if status == 0 else None
        raise TimeoutError

    def _receive(self) -> Message | None:
        if self._signals:
            return self._signals.popleft()
        try:
            return self._bus.recv_until_filtered(self._signals, timeout=_LISTEN_SECONDS)
        except TimeoutError:
            return None


def _member(message: Message) -> str:
    is_signal = message.header.message_type is MessageType.signal
    return str(message.header.fields.get(HeaderFields.member, "")) if is_signal else ""


def _text(results: dict[str, Any], name: str) -> str:
    return str(results[name][1]) if name in results else ""


def _token() -> str:
    return f"phial_{secrets.token_hex(8)}"

"""The message bus of a free desktop: calls and signals that nobody waits for, sent beside the GUI thread.

One thread, begun with the first message, sleeps until there is something to send or to hear. jeepney writes the types
that an interface asks for, which QtDBus from Python does not (decision 0163).
"""

from __future__ import annotations

import collections
import contextlib
import queue
import select
import socket
import threading
from collections.abc import Callable, Iterator
from typing import NamedTuple

from jeepney import (
    DBusAddress,
    DBusErrorResponse,
    HeaderFields,
    MatchRule,
    Message,
    MessageType,
    message_bus,
    new_method_call,
    new_signal,
)
from jeepney.io.blocking import DBusConnection, Proxy, open_dbus_connection
from PySide6.QtCore import QCoreApplication, QObject, Signal

from desktop.inbox import Inbox

_FAILURES = (DBusErrorResponse, OSError, TimeoutError, EOFError, KeyError, ValueError)

SECONDS = 2.0
"""How long an answer may take."""

_MOST_SIGNALS = 64

Answer = Callable[[tuple[object, ...]], None]
"""Is given what a call came to; () where it failed."""

_Outgoing = queue.SimpleQueue[tuple[Message, Answer | None] | None]


class Place(NamedTuple):
    """An object on the bus: its path, the interface it is spoken to by, and the name of its program, "" for our own."""

    path: str
    interface: str
    program: str = ""

    @property
    def address(self) -> DBusAddress:
        """As jeepney has it."""
        return DBusAddress(self.path, self.program or None, self.interface)


class SessionBus(QObject):
    """``heard`` carries the member of a signal that was listened for, and the tuple of what it says.

    Without a bus, or where it goes away, nothing is sent and nothing heard.
    """

    heard = Signal(str, object)

    def __init__(self, parent: QObject, listens_to: Place | None = None) -> None:
        super().__init__(parent)
        self._listens_for = (
            None
            if listens_to is None
            else MatchRule(type="signal", interface=listens_to.interface, path=listens_to.path)
        )
        self._inbox = Inbox(self)
        self._outgoing: _Outgoing = queue.SimpleQueue()
        self._waking: socket.socket | None = None
        self._thread: threading.Thread | None = None
        if (application := QCoreApplication.instance()) is not None:
            application.aboutToQuit.connect(self.close)

    def call(self, place: Place, method: str, signature: str, body: tuple[object, ...], answer: Answer) -> None:
        """Call ``method``; ``answer`` is called in the GUI thread with what that comes to."""
        self._send(new_method_call(place.address, method, signature, body), answer)

    def tell(self, place: Place, member: str, signature: str, body: tuple[object, ...]) -> None:
        """Send a signal of our own."""
        self._send(new_signal(place.address, member, signature, body), None)

    def _send(self, message: Message, answer: Answer | None) -> None:
        if self._thread is None:
            self._waking, woken = socket.socketpair()
            work = (self._inbox, self._listens_for, self._outgoing, self._waking, woken)
            self._thread = threading.Thread(target=_work, args=work, name="session bus", daemon=True)
            self._thread.start()
        if self._thread.is_alive():  # else there is no bus (any more), and what is put aside would pile up
            self._put((message, None if answer is None else self._inbox.promise(answer)))

    def close(self) -> None:
        """Send what is still to be sent, and leave the bus."""
        if self._thread is not None:
            self._put(None)
            self._thread.join(SECONDS)

    def _put(self, given: tuple[Message, Answer | None] | None) -> None:
        self._outgoing.put(given)
        with contextlib.suppress(OSError):  # there is no bus (any more)
            if self._waking is not None:
                self._waking.send(b"x")

    def _hear(self, member: str, said: tuple[object, ...]) -> None:
        self.heard.emit(member, said)


# --- beside the GUI thread --------------------------------------------------------------------------------------------


def _work(
    inbox: Inbox[SessionBus],
    listens_for: MatchRule | None,
    outgoing: _Outgoing,
    waking: socket.socket,
    woken: socket.socket,
) -> None:
    with woken, contextlib.suppress(*_FAILURES), contextlib.closing(open_dbus_connection("SESSION")) as bus:
        signals: collections.deque[Message] = collections.deque(maxlen=_MOST_SIGNALS)
        with contextlib.ExitStack() as listening:
            if listens_for is not None:
                listening.enter_context(bus.filter(listens_for, queue=signals))
                Proxy(message_bus, bus).AddMatch(listens_for)
            while _send_all(bus, outgoing, woken):
                for signal in _heard(bus, signals):
                    member = str(signal.header.fields.get(HeaderFields.member, ""))
                    inbox.put(SessionBus._hear, member, tuple(signal.body))
                select.select([bus.sock, woken], [], [])
    waking.close()


def _send_all(bus: DBusConnection, outgoing: _Outgoing, woken: socket.socket) -> bool:
    """Send what waits; whether there may be more to come."""
    while True:
        try:
            given = outgoing.get_nowait()
        except queue.Empty:
            return True
        woken.recv(1)
        if given is None:
            return False
        message, answer = given
        if answer is None:
            bus.send(message)
        else:
            answer(_answer_to(bus, message))


def _heard(bus: DBusConnection, signals: collections.deque[Message]) -> Iterator[Message]:
    with contextlib.suppress(TimeoutError):
        while True:
            bus.recv_messages(timeout=0)
    while signals:
        yield signals.popleft()


def _answer_to(bus: DBusConnection, message: Message) -> tuple[object, ...]:
    try:
        reply = bus.send_and_get_reply(message, timeout=SECONDS)
    except TimeoutError:
        return ()
    return tuple(reply.body) if reply.header.message_type is MessageType.method_return else ()

"""A session bus with nobody on it, and a program that plays a service, or listens, on it."""

from __future__ import annotations

import contextlib
import subprocess
import threading
from collections.abc import Iterator
from typing import Any

from jeepney import DBusAddress, HeaderFields, MatchRule, MessageType, message_bus, new_method_return, new_signal
from jeepney.io.blocking import DBusConnection, Proxy, open_dbus_connection


@contextlib.contextmanager
def private_bus() -> Iterator[str]:
    """A message bus of its own; its address."""
    command = ["dbus-daemon", "--session", "--nofork", "--print-address=1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.terminate()


class Service:
    """Answers each call to ``name`` with a number of its own, and keeps what it hears: ``heard`` are (member, body)."""

    def __init__(self, address: DBusAddress, *, listens_for: MatchRule | None = None) -> None:
        self.heard: list[tuple[str, Any]] = []
        self._address = address
        self._bus: DBusConnection = open_dbus_connection("SESSION")
        proxy = Proxy(message_bus, self._bus)
        if address.bus_name is not None:
            proxy.RequestName(address.bus_name)
        if listens_for is not None:
            proxy.AddMatch(listens_for)
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Leave the bus."""
        self._is_over.set()
        self._thread.join()

    def say(self, member: str, signature: str, body: tuple[Any, ...]) -> None:
        """Send a signal."""
        self._bus.send(new_signal(self._address, member, signature, body))

    def _serve(self) -> None:
        with contextlib.closing(self._bus):
            while not self._is_over.is_set():
                try:
                    message = self._bus.receive(timeout=0.05)
                except TimeoutError:
                    continue
                if message.header.message_type is MessageType.method_call:
                    self._bus.send(new_method_return(message, "u", (len(self.heard) + 1,)))
                if message.header.fields.get(HeaderFields.path) == self._address.object_path:
                    self.heard.append((message.header.fields[HeaderFields.member], message.body))

"""Notifications of a free desktop, where there is no tray to show them.

Desktop Notifications Specification: https://specifications.freedesktop.org/notification-spec/latest/
"""

from __future__ import annotations

import html

from PySide6.QtCore import QObject, Signal

from desktop.session_bus import Place, SessionBus

SERVICE = Place("/org/freedesktop/Notifications", "org.freedesktop.Notifications", "org.freedesktop.Notifications")
DEFAULT_ACTION = "default"
"""What a click on the notification itself invokes."""

_AS_LONG_AS_USUAL = -1


def notice_of(title: str, text: str, action: str) -> tuple[object, ...]:
    """What the call says that shows ``title`` and ``text``, and offers ``action`` in these words."""
    hints = {"desktop-entry": ("s", "phial"), "category": ("s", "transfer.complete")}
    actions = [DEFAULT_ACTION, action]
    # Servers that know markup read the text as such.
    return ("Phial", 0, "phial", title, html.escape(text, quote=False), actions, hints, _AS_LONG_AS_USUAL)


class DesktopNotices(QObject):
    """``chosen`` carries the key of a notification that the person clicked."""

    chosen = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._bus = SessionBus(self, SERVICE)
        self._bus.heard.connect(self._hear)
        self._keys: dict[int, str] = {}

    def show(self, title: str, text: str, key: str) -> None:
        """Show it; nothing where the desktop shows none."""
        said = notice_of(title, text, self.tr("Open"))
        self._bus.call(SERVICE, "Notify", "susssasa{sv}i", said, lambda answer: self._note(answer, key))

    def _note(self, answer: tuple[object, ...], key: str) -> None:
        match answer:
            case [int(number)]:
                self._keys[number] = key

    def _hear(self, member: str, body: tuple[object, ...]) -> None:
        match (member, body):
            case ("ActionInvoked", [int(number), str()]) if number in self._keys:
                self.chosen.emit(self._keys.pop(number))
            case ("NotificationClosed", [int(number), *_]):
                self._keys.pop(number, None)

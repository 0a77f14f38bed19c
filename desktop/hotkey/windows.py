"""The global shortcut on Windows.

RegisterHotKey: https://learn.microsoft.com/windows/win32/api/winuser/nf-winuser-registerhotkey
"""

from __future__ import annotations

import ctypes
import sys

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication, QObject

from desktop.hotkey.base import Grip, Hotkey
from desktop.hotkey.chord import Chord

MOD_ALT, MOD_CONTROL, MOD_SHIFT, MOD_WIN, MOD_NOREPEAT = 0x1, 0x2, 0x4, 0x8, 0x4000
VK_SPACE, VK_F1 = 0x20, 0x70
WM_HOTKEY = 0x0312
ERROR_HOTKEY_ALREADY_REGISTERED = 1409
_ID = 1
_MESSAGE_KINDS = frozenset({b"windows_generic_MSG", b"windows_dispatcher_MSG"})


class Message(ctypes.Structure):
    """The beginning of MSG, as far as it says what it is: a window, a message, its wParam."""

    _fields_ = (("window", ctypes.c_void_p), ("message", ctypes.c_uint32), ("parameter", ctypes.c_size_t))


def virtual_key_of(chord: Chord) -> int:
    """The virtual key code: that of letters and digits is their capital's in ASCII."""
    if chord.function_number:
        return VK_F1 + chord.function_number - 1
    return chord.key


def modifiers_of(chord: Chord) -> int:
    """The chord's modifiers, and that a key which is held down counts once."""
    return (
        MOD_NOREPEAT
        | (MOD_CONTROL if chord.control else 0)
        | (MOD_ALT if chord.alt else 0)
        | (MOD_SHIFT if chord.shift else 0)
        | (MOD_WIN if chord.meta else 0)
    )


class _Filter(QAbstractNativeEventFilter):
    """Hears WM_HOTKEY in the queue of the GUI thread."""

    def __init__(self, hotkey: Hotkey) -> None:
        super().__init__()
        self._hotkey = hotkey

    def nativeEventFilter(self, kind: QByteArray | bytes | bytearray | memoryview, message: int) -> tuple[bool, int]:  # noqa: N802
        """Tell of the shortcut; let everything go on its way."""
        if QByteArray(kind).data() in _MESSAGE_KINDS:
            heard = Message.from_address(int(message))
            if heard.message == WM_HOTKEY and heard.parameter == _ID:
                self._hotkey.pressed.emit()
        return False, 0


class WindowsHotkey(Hotkey):
    """A shortcut that Windows posts to this thread."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._filter = _Filter(self)
        if (application := QCoreApplication.instance()) is not None:
            application.installNativeEventFilter(self._filter)

    def hold(self, chord: Chord) -> Grip:
        """Register it: TAKEN where another program has."""
        self.release()
        return self._come_to(_register(chord))

    def release(self) -> None:
        """Unregister it."""
        _unregister()


if sys.platform == "win32":  # pragma: no cover - Windows

    def _register(chord: Chord) -> Grip:
        user = ctypes.WinDLL("user32", use_last_error=True)
        if user.RegisterHotKey(None, _ID, modifiers_of(chord), virtual_key_of(chord)):
            return Grip.HELD
        return Grip.TAKEN if ctypes.get_last_error() == ERROR_HOTKEY_ALREADY_REGISTERED else Grip.IMPOSSIBLE

    def _unregister() -> None:
        ctypes.WinDLL("user32").UnregisterHotKey(None, _ID)

else:

    def _register(chord: Chord) -> Grip:  # noqa: ARG001 - that of Windows is given it
        return Grip.IMPOSSIBLE

    def _unregister() -> None:
        pass

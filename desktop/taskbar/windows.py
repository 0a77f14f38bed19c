"""The taskbar of Windows: a bar behind the button of the main window.

ITaskbarList3: https://learn.microsoft.com/windows/win32/api/shobjidl_core/nn-shobjidl_core-itaskbarlist3
"""

from __future__ import annotations

import ctypes
import sys
import uuid

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.taskbar.base import Standing, Taskbar

CLASS = uuid.UUID("56fdf344-fd6d-11d0-958a-006097c9a090")
"""CLSID_TaskbarList."""

INTERFACE = uuid.UUID("ea1afb91-9e28-4b86-90e9-9e9f8a5eefaf")
"""IID_ITaskbarList3."""

RELEASE, INITIALISE, SET_VALUE, SET_STATE = 2, 3, 9, 10
"""Places in the interface's table: Release, HrInit, SetProgressValue, SetProgressState."""

NO_PROGRESS, INDETERMINATE, NORMAL, ERROR, PAUSED = 0x0, 0x1, 0x2, 0x4, 0x8
"""TBPFLAG."""

IN_PROCESS_SERVER = 0x1
"""CLSCTX_INPROC_SERVER."""

WHOLE = 100


class Identifier(ctypes.Structure):
    """GUID."""

    _fields_ = (("bytes", ctypes.c_ubyte * 16),)


def identifier_of(named: uuid.UUID) -> Identifier:
    """``named`` as Windows has it in memory: its first three parts in the order of the processor."""
    return Identifier((ctypes.c_ubyte * 16)(*named.bytes_le))


def progress_of(standing: Standing) -> tuple[int, int]:
    """The state (TBPFLAG) and the value of WHOLE that tell ``standing``."""
    if standing.count == 0:
        return NO_PROGRESS, 0
    if standing.hundredths < 0:
        return (PAUSED, WHOLE) if standing.is_held else (INDETERMINATE, 0)
    state = ERROR if standing.has_failed else PAUSED if standing.is_held else NORMAL
    return state, standing.hundredths


class WindowsTaskbar(Taskbar):
    """The button of the window that is given; where Windows offers none, nothing is shown."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._bar = _Bar()

    def _show(self, standing: Standing, window: QWidget) -> None:
        self._bar.show(int(window.winId()), *progress_of(standing))


if sys.platform == "win32":  # pragma: no cover - Windows

    class _Bar:
        """ITaskbarList3, made when it is first needed. COM has been begun in this thread by Qt."""

        def __init__(self) -> None:
            self._interface = ctypes.c_void_p()
            self._was_tried = False

        def show(self, window: int, state: int, value: int) -> None:
            """Set the state, and how much of WHOLE is done, of the button of ``window``."""
            if not self._is_there():
                return
            if state not in {NO_PROGRESS, INDETERMINATE}:
                self._call(SET_VALUE, (ctypes.c_void_p, ctypes.c_ulonglong, ctypes.c_ulonglong), (window, value, WHOLE))
            self._call(SET_STATE, (ctypes.c_void_p, ctypes.c_int), (window, state))

        def _is_there(self) -> bool:
            if not self._was_tried:
                self._was_tried = True
                made = ctypes.WinDLL("ole32").CoCreateInstance(
                    ctypes.byref(identifier_of(CLASS)),
                    None,
                    IN_PROCESS_SERVER,
                    ctypes.byref(identifier_of(INTERFACE)),
                    ctypes.byref(self._interface),
                )
                if made == 0 and self._call(INITIALISE, (), ()) != 0:
                    self._call(RELEASE, (), ())
                    self._interface = ctypes.c_void_p()
            return bool(self._interface)

        def _call(self, place: int, kinds: tuple[type, ...], values: tuple[int, ...]) -> int:
            table = ctypes.cast(self._interface, ctypes.POINTER(ctypes.POINTER(ctypes.c_void_p)))[0]
            method = ctypes.WINFUNCTYPE(ctypes.c_long, ctypes.c_void_p, *kinds)(table[place])
            return int(method(self._interface, *values))

else:

    class _Bar:
        """Only Windows has it."""

        def show(self, window: int, state: int, value: int) -> None:
            """Show nothing."""

"""Whether what moves may move: not where the person has asked their system for stillness.

Linux says so in the settings portal (org.freedesktop.appearance, and what GNOME and KDE had before it), Windows in
SPI_GETCLIENTAREAANIMATION, macOS in NSWorkspace:
https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.Settings.html
https://learn.microsoft.com/windows/win32/api/winuser/nf-winuser-systemparametersinfow
https://developer.apple.com/documentation/appkit/nsworkspace/accessibilitydisplayshouldreducemotion
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication

from desktop.inbox import Inbox

FORCED = "PHIAL_REDUCED_MOTION"
"""The environment's word, before that of the system: ``1`` for stillness, ``0`` for motion."""

LONGEST = 150
"""Milliseconds that anything may take to come, to go or to change."""

_APPEARANCE, _GNOME, _KDE = "org.freedesktop.appearance", "org.gnome.desktop.interface", "org.kde.kdeglobals.KDE"
_ANSWER_SECONDS = 2.0


class Motion(QObject):
    """What the system asks for, known a moment after the start; ``is_reduced`` until then is False."""

    def __init__(self, application: QApplication, parent: QObject) -> None:
        super().__init__(parent)
        self.is_reduced = False
        self._application = application
        self._inbox = Inbox(self)
        forced = os.environ.get(FORCED, "")
        if forced:
            self._take(forced != "0")
        else:
            # A bus that doesn't answer is waited for: not in the thread that paints.
            self._inbox.beside(_system_reduces, self._take, "motion")

    def _take(self, is_reduced: bool) -> None:
        self.is_reduced = is_reduced
        if is_reduced:
            # Menus, lists that drop down, tooltips: none of them fades or rolls without it.
            self._application.setEffectEnabled(Qt.UIEffect.UI_General, False)


def portal_reduces(settings: Mapping[str, Mapping[str, Any]]) -> bool:
    """What the portal's settings, by namespace and key, say; what isn't there, or isn't understood, asks for nothing.

    Variants come as jeepney gives them: a pair of signature and value.
    """
    if _value(settings, _APPEARANCE, "reduced-motion") == 1:
        return True
    if _value(settings, _GNOME, "enable-animations") is False:
        return True
    try:
        return float(str(_value(settings, _KDE, "AnimationDurationFactor"))) == 0.0
    except ValueError:
        return False


def _value(settings: Mapping[str, Mapping[str, Any]], namespace: str, key: str) -> object:
    variant = settings.get(namespace, {}).get(key)
    return variant[1] if isinstance(variant, tuple) else variant


if sys.platform == "win32":  # pragma: no cover - Windows

    def _system_reduces() -> bool:
        import ctypes

        get_client_area_animation = 0x1042
        animates = ctypes.c_int(1)
        said = ctypes.windll.user32.SystemParametersInfoW(get_client_area_animation, 0, ctypes.byref(animates), 0)
        return bool(said) and not animates.value

elif sys.platform == "darwin":  # pragma: no cover - macOS

    def _system_reduces() -> bool:
        import ctypes
        import ctypes.util

        found = ctypes.util.find_library("objc")
        if found is None:
            return False
        objc = ctypes.CDLL(found)
        objc.objc_getClass.restype = objc.sel_registerName.restype = ctypes.c_void_p
        objc.objc_getClass.argtypes = objc.sel_registerName.argtypes = [ctypes.c_char_p]
        to_object = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p)(("objc_msgSend", objc))
        to_truth = ctypes.CFUNCTYPE(ctypes.c_bool, ctypes.c_void_p, ctypes.c_void_p)(("objc_msgSend", objc))
        workspace = to_object(objc.objc_getClass(b"NSWorkspace"), objc.sel_registerName(b"sharedWorkspace"))
        reduces = objc.sel_registerName(b"accessibilityDisplayShouldReduceMotion")
        return bool(workspace) and to_truth(workspace, reduces)

else:

    def _system_reduces() -> bool:
        from contextlib import closing

        from jeepney import DBusAddress, DBusErrorResponse, new_method_call
        from jeepney.io.blocking import open_dbus_connection
        from jeepney.wrappers import unwrap_msg

        portal = DBusAddress(
            "/org/freedesktop/portal/desktop", "org.freedesktop.portal.Desktop", "org.freedesktop.portal.Settings"
        )
        try:
            with closing(open_dbus_connection("SESSION")) as bus:
                call = new_method_call(portal, "ReadAll", "as", ([_APPEARANCE, _GNOME, _KDE],))
                return portal_reduces(unwrap_msg(bus.send_and_get_reply(call, timeout=_ANSWER_SECONDS))[0])
        except (DBusErrorResponse, OSError, TimeoutError, EOFError, KeyError, ValueError):
            return False  # no bus, no portal, an old one: nobody has asked for anything

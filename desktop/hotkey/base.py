"""What every platform's global shortcut has in common."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from desktop.hotkey.chord import Chord


class Grip(StrEnum):
    """How a shortcut that was asked for stands."""

    HELD = "held"
    TAKEN = "taken"  # by another program
    ASKED = "asked"  # the desktop asks the person, or is still to answer
    REFUSED = "refused"  # the person, or the desktop, said no
    IMPOSSIBLE = "impossible"  # no program can have one here


class Hotkey(QObject):
    """A global shortcut, and by itself one where no program can have any. Each platform has its own way to one.

    ``pressed``: the person pressed it, wherever they are. ``changed``: its Grip is another.

    ``description`` is how the desktop writes the shortcut where it, and not we, decides which it is; "" elsewhere.
    """

    pressed = Signal()
    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.grip = Grip.IMPOSSIBLE
        self.description = ""

    def hold(self, chord: Chord) -> Grip:  # noqa: ARG002 - for those that can
        """Have ``chord`` from now on, in place of what was held before."""
        return self.grip

    def release(self) -> None:
        """Have none."""

    def _come_to(self, grip: Grip) -> Grip:
        if grip is not self.grip:
            self.grip = grip
            self.changed.emit()
        return grip

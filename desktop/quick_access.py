"""The way to the quick question from anywhere: the global shortcut, held or said to be another program's."""

from __future__ import annotations

from PySide6.QtCore import QObject, QSettings, Signal

from desktop.hotkey import ALTERNATIVES, DEFAULT, Chord, Grip, Hotkey
from rag.errors import Problem, WindowProblem

_KEY = "quick/shortcut"
_NONE = "none"
"""What the settings say where the person wants no shortcut."""


class QuickAccess(QObject):
    """Holds the shortcut that the person chose, or the default. ``wanted``: it was pressed.

    ``changed``: it is another one, or stands otherwise. ``moved``: a Problem: it belongs to another program. Where the
    person chose none, the first alternative that is free is held instead.
    """

    wanted = Signal()
    changed = Signal()
    moved = Signal(object)

    def __init__(self, hotkey: Hotkey, settings: QSettings, parent: QObject) -> None:
        super().__init__(parent)
        self._hotkey = hotkey
        self._settings = settings
        self.chord: Chord | None = None
        self._chosen = ""
        hotkey.pressed.connect(self.wanted)
        hotkey.changed.connect(self.changed)

    @property
    def grip(self) -> Grip:
        """How the shortcut stands."""
        return self._hotkey.grip

    @property
    def is_impossible(self) -> bool:
        """Whether no program can have a shortcut here."""
        return self.chord is not None and self.grip is Grip.IMPOSSIBLE

    @property
    def keys(self) -> str:
        """What is to be pressed, as this system, or the desktop that decides on it, writes it; "" where it is none."""
        if self.chord is None or self.grip not in {Grip.HELD, Grip.ASKED}:
            return ""
        return self._hotkey.description or self.chord.native

    def begin(self) -> None:
        """Hold it."""
        chosen = self._chosen = self._kept
        if chosen == _NONE:
            return
        first = Chord.parse(chosen) or Chord.parse(DEFAULT)
        others = () if Chord.parse(chosen) else tuple(filter(None, map(Chord.parse, ALTERNATIVES)))
        for chord in filter(None, (first, *others)):
            if self._hotkey.hold(chord) is not Grip.TAKEN:
                self.chord = chord
                break
        if first is None or self.chord == first:
            return
        if self.chord is None:
            self.moved.emit(Problem(WindowProblem.SHORTCUT_TAKEN.value, {"shortcut": first.native}))
        else:
            values: dict[str, str | int | float] = {"shortcut": first.native, "other": self.chord.native}
            self.moved.emit(Problem(WindowProblem.SHORTCUT_MOVED.value, values))

    def begin_anew(self) -> None:
        """Hold what the settings name, where others have come into their place and name another."""
        if self._kept != self._chosen:
            self._hotkey.release()
            self.chord = None
            self.begin()
            self.changed.emit()

    def choose(self, chord: Chord | None) -> Grip:
        """Have ``chord`` from now on, None for none; what stays unless it is TAKEN is kept over restarts."""
        if chord is None:
            self._hotkey.release()
            self.chord = None
            self._keep(_NONE)
            self.changed.emit()
            return Grip.IMPOSSIBLE
        grip = self._hotkey.hold(chord)
        if grip is not Grip.TAKEN:
            self.chord = chord
            self._keep(chord.text)
            self.changed.emit()
        elif self.chord is not None:
            self._hotkey.hold(self.chord)
        return grip

    def free_alternative(self, taken: Chord) -> Chord | None:
        """One that can be had in place of ``taken``, which can't; None where none can."""
        named = filter(None, map(Chord.parse, (DEFAULT, *ALTERNATIVES)))
        others = (chord for chord in named if chord not in {taken, self.chord})
        free = next((chord for chord in others if self._hotkey.hold(chord) is not Grip.TAKEN), None)
        if self.chord is not None:
            self._hotkey.hold(self.chord)
        else:
            self._hotkey.release()
        return free

    def end(self) -> None:
        """Let it go."""
        self._hotkey.release()

    @property
    def _kept(self) -> str:
        return str(self._settings.value(_KEY, "") or "")

    def _keep(self, chosen: str) -> None:
        self._chosen = chosen
        self._settings.setValue(_KEY, chosen)

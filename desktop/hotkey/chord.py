"""A shortcut as a value: one key with its modifiers, written as Qt's portable text (``Ctrl+Alt+Space``). Pure.

On a Mac, Qt calls the Command key Ctrl and the Control key Meta; so does a chord.
"""

from __future__ import annotations

import dataclasses
import sys

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence

_FUNCTION_KEYS = range(Qt.Key.Key_F1.value, Qt.Key.Key_F24.value + 1)
_CHARACTERS = (*range(ord("A"), ord("Z") + 1), *range(ord("0"), ord("9") + 1))
_USABLE = frozenset({*_FUNCTION_KEYS, *_CHARACTERS, Qt.Key.Key_Space.value})
_STRONG = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


@dataclasses.dataclass(frozen=True)
class Chord:
    """``key`` is a letter, a digit, the space bar or a function key (Qt.Key's number)."""

    key: int
    control: bool = False
    alt: bool = False
    shift: bool = False
    meta: bool = False

    @classmethod
    def parse(cls, text: str) -> Chord | None:
        """The chord that ``text`` writes.

        None where it is none, or one that would take a key from every text field: all but function keys need Ctrl, Alt
        or Meta.
        """
        sequence = QKeySequence.fromString(text, QKeySequence.SequenceFormat.PortableText)
        if sequence.count() != 1:
            return None
        combination = sequence[0]  # type: ignore[index]  # the stubs don't know that it can be
        key, modifiers = combination.key().value, combination.keyboardModifiers()
        if key not in _USABLE or not (modifiers & _STRONG or key in _FUNCTION_KEYS):
            return None
        return cls(
            key,
            control=bool(modifiers & Qt.KeyboardModifier.ControlModifier),
            alt=bool(modifiers & Qt.KeyboardModifier.AltModifier),
            shift=bool(modifiers & Qt.KeyboardModifier.ShiftModifier),
            meta=bool(modifiers & Qt.KeyboardModifier.MetaModifier),
        )

    @property
    def function_number(self) -> int:
        """The number of a function key, 0 for every other."""
        return self.key - _FUNCTION_KEYS[0] + 1 if self.key in _FUNCTION_KEYS else 0

    @property
    def text(self) -> str:
        """As it is written down."""
        return self._sequence().toString(QKeySequence.SequenceFormat.PortableText)

    @property
    def native(self) -> str:
        """As this system writes it."""
        return self._sequence().toString(QKeySequence.SequenceFormat.NativeText)

    def _sequence(self) -> QKeySequence:
        held = Qt.KeyboardModifier
        modifiers = held.NoModifier
        for is_held, modifier in (
            (self.control, held.ControlModifier),
            (self.alt, held.AltModifier),
            (self.shift, held.ShiftModifier),
            (self.meta, held.MetaModifier),
        ):
            if is_held:
                modifiers |= modifier
        return QKeySequence(modifiers.value | self.key)


DEFAULT = "Meta+Alt+Space" if sys.platform == "darwin" else "Ctrl+Alt+Space"
"""Control and Option on a Mac."""

ALTERNATIVES = (
    ("Meta+Alt+P", "Meta+Shift+Space", "Meta+Alt+F9")
    if sys.platform == "darwin"
    else ("Ctrl+Alt+P", "Ctrl+Alt+Q", "Ctrl+Alt+F9")
)
"""Offered where the default is taken. Ctrl+Shift+Space, for one, belongs to Word and to editors of code."""

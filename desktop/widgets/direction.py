"""Which way a person's words are read, whatever the window is read; and how they stand in a sentence of ours.

By the first letter that has a direction, as the Unicode Bidirectional Algorithm has it (UAX #9, rules P2 and P3):
https://www.unicode.org/reports/tr9/
"""

from __future__ import annotations

import re
import unicodedata

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

_ISOLATE, _END = "\u2068", "\u2069"
"""First strong isolate, pop directional isolate."""

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]")
"""The blocks of the scripts that are read from the right."""

_LONGEST_LOOK = 400
"""Characters that are looked at for a letter."""


def has_right_to_left(text: str) -> bool:
    """Whether some of ``text`` is read from the right."""
    return _RIGHT_TO_LEFT.search(text) is not None


def direction_of(text: str) -> Qt.LayoutDirection:
    """How ``text`` is read: by its first letter that says so; from the left where none does."""
    for character in text[:_LONGEST_LOOK]:
        match unicodedata.bidirectional(character):
            case "L":
                break
            case "R" | "AL":
                return Qt.LayoutDirection.RightToLeft
    return Qt.LayoutDirection.LeftToRight


def isolated(words: str) -> str:
    """A person's ``words`` for a sentence of ours, which neither reorders them nor is reordered by them."""
    return f"{_ISOLATE}{words}{_END}" if has_right_to_left(words) else words


def leave_room(field: QLineEdit, before: int, after: int) -> None:
    """Have what is written in ``field`` begin ``before`` and end ``after`` pixels from its ends, as reading goes."""
    is_mirrored = field.layoutDirection() == Qt.LayoutDirection.RightToLeft
    field.setTextMargins(*((after, 0, before, 0) if is_mirrored else (before, 0, after, 0)))

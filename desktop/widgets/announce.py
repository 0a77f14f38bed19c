"""What is said aloud to a person who listens: politely, and a streaming answer one sentence at a time."""

from __future__ import annotations

import re

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from desktop.widgets.markup import plain_text

_SENTENCE = re.compile(r".*?[.!?…:](?=\s)|[^\n]*\n", re.DOTALL)


def announce(widget: QWidget, text: str) -> None:
    """Have a screen reader, where one runs, say ``text`` when it has finished what it says."""
    if text.strip() and QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))


class Sentences:
    """Cuts a stream of text into sentences worth announcing."""

    def __init__(self) -> None:
        self._rest = ""

    def feed(self, text: str) -> list[str]:
        """The sentences that ``text`` completes."""
        self._rest += text
        sentences: list[str] = []
        while match := _SENTENCE.match(self._rest):
            self._rest = self._rest[match.end() :].lstrip(" ")
            sentences.append(plain_text(match[0]).strip())
        return [sentence for sentence in sentences if sentence]

    def flush(self) -> list[str]:
        """What is left at the end."""
        rest, self._rest = plain_text(self._rest).strip(), ""
        return [rest] if rest else []

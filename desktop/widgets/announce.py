"""What is said aloud to a person who listens: politely, a failure at once, a streaming answer sentence by sentence."""

from __future__ import annotations

import re

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from desktop.widgets.markup import plain_text

_SENTENCE = re.compile(r".*?(?:[.!?…:؟۔](?=\s)|[。！？])|[^\n]*\n", re.DOTALL)
"""To its end, which in Chinese and Japanese no space follows; or a line."""


def announce(widget: QWidget, text: str) -> None:
    """Have a screen reader, where one runs, say ``text`` when it has finished what it says."""
    _say(widget, text, QAccessible.AnnouncementPoliteness.Polite)


def warn(widget: QWidget, text: str) -> None:
    """Have it say ``text`` at once: something that the person asked for has failed."""
    _say(widget, text, QAccessible.AnnouncementPoliteness.Assertive)


def _say(widget: QWidget, text: str, politeness: QAccessible.AnnouncementPoliteness) -> None:
    if text.strip() and QAccessible.isActive():
        event = QAccessibleAnnouncementEvent(widget, text)
        event.setPoliteness(politeness)
        QAccessible.updateAccessibility(event)


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

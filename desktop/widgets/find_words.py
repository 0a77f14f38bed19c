"""What is said about a look into every document, and what was found as it is copied and saved."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QObject

from desktop.widgets.counted_words import CountedWords
from desktop.widgets.direction import isolated
from desktop.widgets.places import place_of
from desktop.widgets.trouble import briefly, sentences_of
from desktop.widgets.unmarked import plain_line
from rag.protocol import Answer, FindProgress, FoundAll, UnreadDocument, findings_as_answer


class FindWords(QObject):
    """A QObject, as only ``tr`` knows plural forms."""

    def progress(self, progress: FindProgress) -> str:
        """How far it is."""
        locale = QLocale()
        done = max(progress.checked, progress.looked_through)
        words = self.tr("Looked at {done} of {total} documents").format(
            done=locale.toString(done), total=locale.toString(progress.total)
        )
        left = CountedWords().time_left(progress.seconds_left) if progress.seconds_left >= 0 else ""
        return " · ".join(filter(None, (words, left)))

    def outcome(self, found: FoundAll) -> str:
        """What came of it."""
        locale = QLocale()
        said = [
            self.tr("Found in %Ln document(s)", "", len(found.findings))
            if found.findings
            else self.tr("Found in no document"),
            self.tr("{checked} of {total} looked at").format(
                checked=locale.toString(found.checked), total=locale.toString(found.total)
            ),
        ]
        if found.was_stopped:
            said.insert(0, self.tr("Stopped"))
        return " · ".join(said)

    def others(self, found: FoundAll) -> list[str]:
        """The documents that hold nothing or could not be read, and why."""
        lines = [self._unread(document) for document in found.unread]
        if found.notice is not None:
            lines.insert(0, str(sentences_of(found.notice)))
        if found.nothing:
            lines.append(
                self.tr("Nothing in: {names}").format(names=", ".join(isolated(one.document) for one in found.nothing))
            )
        return lines

    def _unread(self, document: UnreadDocument) -> str:
        parts = []
        if document.pages_waiting:
            parts.append(self.tr("%Ln page(s) waiting for OCR", "", document.pages_waiting))
        if document.pages_failed:
            parts.append(self.tr("%Ln page(s) that could not be read", "", document.pages_failed))
        if document.pages_left_unread:
            parts.append(self.tr("%Ln page(s) that were left unread", "", document.pages_left_unread))
        if document.reason is not None:
            said = briefly(document.reason)
            if document.document in said:  # it says itself which one it is about
                return " ".join((said, *parts))
            parts.append(said)
        return f"{document.document}: {', '.join(parts) or self.tr('not read yet')}"


def as_answer(found: FoundAll, outcome: str = "") -> Answer:
    """What was found as an answer that is copied and saved: each document in bold, below it its quotes, with places.

    ``outcome`` stands above, as a sentence.
    """
    return findings_as_answer(found, outcome, place_of, plain_line)

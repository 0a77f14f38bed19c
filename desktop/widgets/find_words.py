"""What is said about a look into every document, and what was found as it is copied and saved."""

from __future__ import annotations

import dataclasses

from PySide6.QtCore import QLocale, QObject

from desktop.widgets.counted_words import CountedWords
from desktop.widgets.direction import isolated
from desktop.widgets.places import place_of
from desktop.widgets.trouble import briefly, sentences_of
from desktop.widgets.unmarked import plain_line
from rag.protocol import Answer, Citation, FindProgress, FoundAll, Sentence, Timings, UnreadDocument

MOST_QUOTED = 200
"""Documents whose quotes are kept in the history: of a thousand they would be as much as the library's text."""


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
        if document.reason is not None:
            said = briefly(document.reason)
            if document.document in said:  # it says itself which one it is about
                return " ".join((said, *parts))
            parts.append(said)
        return f"{document.document}: {', '.join(parts) or self.tr('not read yet')}"


def shortened(found: FoundAll) -> FoundAll:
    """``found`` as it is kept: of a document after the first MOST_QUOTED, that it was found there."""
    rest = (dataclasses.replace(one, passages=(), citations=()) for one in found.findings[MOST_QUOTED:])
    return dataclasses.replace(found, findings=(*found.findings[:MOST_QUOTED], *rest))


def as_answer(found: FoundAll, outcome: str = "") -> Answer:
    """What was found as an answer that is copied and saved: each document in bold, below it its quotes, with places.

    ``outcome`` stands above, as a sentence.
    """
    sentences: list[Sentence] = []
    citations: list[Citation] = []
    text = ""

    def add(sentence: Sentence, gap: str) -> None:
        nonlocal text
        text += (gap if text else "") + sentence.text
        sentences.append(sentence)

    if outcome:
        add(Sentence(outcome, supported=True), "")
    for finding in found.findings:
        add(Sentence(f"**{finding.document}**", supported=True), "\n\n")
        for citation in finding.citations:
            number = len(citations) + 1
            citations.append(_numbered(citation, number))
            place = place_of(citation)
            said = f"“{plain_line(citation.quote)}”" + (f" ({place})" if place else "")
            add(Sentence(said, supported=True, citations=(number,)), "\n")
    return Answer(
        question="", text=text, refused=False, support=1.0, sentences=tuple(sentences), citations=tuple(citations),
        passages=(), model="", is_stand_in=False, timings=Timings(0.0, 0.0, found.seconds, 0, 0),
        was_stopped=found.was_stopped,
    )  # fmt: skip


def _numbered(citation: Citation, number: int) -> Citation:
    return dataclasses.replace(citation, number=number, passage=number)

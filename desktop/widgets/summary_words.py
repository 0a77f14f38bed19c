"""What is said about a summary, and an answer without the marks of its headings."""

from __future__ import annotations

import dataclasses

from PySide6.QtCore import QCoreApplication, QLocale, QObject

from desktop.widgets.markup import plain_text
from desktop.widgets.trouble import sentences_of
from rag.errors import Problem
from rag.protocol import Answer, SummarisedDocument, Summary

translate = QCoreApplication.translate

MOST_NAMED = 3
"""Documents that are named each where every page of them was looked at."""


def without_marks(answer: Answer) -> Answer:
    """``answer`` without the marks of its headings, for a file that has no use for them."""
    sentences = tuple(dataclasses.replace(one, text=plain_text(one.text)) for one in answer.sentences)
    return dataclasses.replace(answer, text=plain_text(answer.text), sentences=sentences)


def covered_pages(document: SummarisedDocument) -> int:
    """How many of its pages were looked at."""
    return sum(last - first + 1 for first, last in document.covered)


class SummaryWords(QObject):
    """What is said about a summary; a QObject, as only ``tr`` knows plural forms."""

    def coverage(self, summary: Summary) -> list[str]:
        """Of each document the pages that were looked at, and why some were not."""
        lines = []
        read = [document for document in summary.documents if document.problem is None]
        whole = [document for document in read if not document.not_read and covered_pages(document) == document.pages]
        if len(whole) > MOST_NAMED:
            lines.append(self.tr("%Ln document(s) looked at from the first page to the last", "", len(whole)))
            read = [document for document in read if document not in whole]
        for document in read:
            covered = covered_pages(document)
            locale = QLocale()
            said = self.tr("{document}: {covered} of {pages} pages looked at").format(
                document=document.document, covered=locale.toString(covered), pages=locale.toString(document.pages)
            )
            waiting = sum(run.last - run.first + 1 for run in document.not_read)
            if waiting:
                said += ", " + self.tr("%Ln page(s) without text yet", "", waiting)
            lines.append(said)
        return lines

    def not_compared(self) -> str:
        """Why a comparison has no table, and what helps."""
        return self.tr(
            "The documents share no sections and no central words to be compared by. Compare them once more, and write "
            "what interests you."
        )

    def not_kept(self, problem: Problem) -> str:
        """That it stands in no conversation, why, and what helps."""
        return self.tr("Not kept among the conversations: {why} Save it as a file, or copy it.").format(
            why=sentences_of(problem).title
        )

    def figures(self, summary: Summary) -> str:
        """What it cost, and who wrote it."""
        locale = QLocale()
        said = [self.tr("{seconds} s").format(seconds=locale.toString(summary.timings.total_s, "f", 1))]
        if summary.compression:
            percent = locale.toString(100 * summary.compression, "f", 1)
            said.append(self.tr("{percent} % of the words").format(percent=percent))
        if summary.sentences_left_out:
            said.append(self.tr("%Ln unsupported sentence(s) left out", "", summary.sentences_left_out))
        said.append(summary.model or self.tr("the documents’ own sentences"))
        return " · ".join(said)

"""How much of a document is taken: the text, words and headings of a page, and the pages of a document. Pure."""

from __future__ import annotations

import dataclasses

from rag.errors import LibraryProblem, PhialError, Problem
from rag.extract.process_limits import Limits
from rag.pages import PageText


class Bounds:
    """Counts what a reader gives of the document at ``path``, and cuts or refuses what goes beyond ``limits``."""

    def __init__(self, limits: Limits, path: str) -> None:
        self._limits = limits
        self._path = path
        self._characters_left = limits.document_characters

    def check_pages(self, pages: int) -> None:
        """Raise PhialError DOCUMENT_TOO_LONG for a document of more pages than are taken."""
        if pages > self._limits.pages:
            raise PhialError(LibraryProblem.DOCUMENT_TOO_LONG, path=self._path, pages=pages)

    def taken(self, page: PageText) -> PageText:
        """``page``, cut where it is too long, with a PAGE_TOO_LONG problem that says so.

        Raises PhialError DOCUMENT_TOO_LONG where all pages together have more text than is taken.
        """
        page = bounded(page, self._limits, self._path)
        self._characters_left -= len(page.text)
        if self._characters_left < 0:
            raise PhialError(LibraryProblem.DOCUMENT_TOO_LONG, path=self._path, pages=page.number)
        return page


def bounded(page: PageText, limits: Limits, path: str) -> PageText:
    """``page`` with no more text, words and headings than one page may have."""
    end = limits.page_characters
    if len(page.words) > limits.page_words:
        end = min(end, page.words[limits.page_words].start)
    if len(page.text) <= end:
        # No word is lost with a heading that is one too many.
        few = page.headings[: limits.page_headings]
        return page if len(few) == len(page.headings) else dataclasses.replace(page, headings=few)
    text = page.text[:end]
    parameters: dict[str, str | int | float] = {"path": path, "page": page.number, "characters": len(text)}
    return dataclasses.replace(
        page,
        text=text,
        words=tuple(word for word in page.words[: limits.page_words] if word.end <= end),
        headings=tuple(heading for heading in page.headings[: limits.page_headings] if heading.start < end),
        problem=page.problem or Problem(LibraryProblem.PAGE_TOO_LONG, parameters),
    )

"""Selecting words on pages: by the pointer, word by word or line by line, and by keys from where it was led last."""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtCore import QObject, Signal

from desktop.widgets.page_text import PageText, Selection, WordPlace
from rag.protocol import Box

MOST_PAGES = 32
"""Pages whose words are kept, besides those that are selected: a page's take some hundred kilobytes."""

_LINE_CLICKS = 3
"""Clicks, one soon after another, that select a line; two select a word."""


class PageSelecting(QObject):
    """What is selected on the pages whose words are known. ``changed``: something else is selected."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._texts: OrderedDict[int, PageText] = OrderedDict()
        self._selection: Selection | None = None
        self._caret: WordPlace | None = None
        self._pressed: tuple[WordPlace, WordPlace] | None = None
        self._by_lines = False

    # --- what is known ----------------------------------------------------------------------------------------------

    def take(self, page: int, text: PageText) -> None:
        """The words of a page are known."""
        self._texts[page] = text
        near = self._selection
        for old in list(self._texts)[:-MOST_PAGES]:
            if near is None or not near.first.page <= old <= near.last.page:
                del self._texts[old]

    def forget(self) -> None:
        """Another document is shown."""
        self._texts.clear()
        self._caret = None
        self.clear()

    def text_of(self, page: int) -> PageText | None:
        """The words of a page, where they are known."""
        if page in self._texts:
            self._texts.move_to_end(page)
        return self._texts.get(page)

    @property
    def text(self) -> str:
        """The selected text, the ends of its lines mended; "" where nothing is selected."""
        return "" if self._selection is None else self._selection.said(self._texts)

    @property
    def pages(self) -> tuple[int, ...]:
        """The pages on which something is selected, in their order."""
        near = self._selection
        if near is None:
            return ()
        between = range(near.first.page, near.last.page + 1)
        return tuple(page for page in between if page in self._texts and near.on(page, self._texts[page]) is not None)

    @property
    def selection(self) -> Selection | None:
        """What is selected."""
        return self._selection

    def boxes(self, page: int) -> tuple[Box, ...]:
        """What is selected of a page, in points."""
        text = self._texts.get(page)
        words = self._selection.on(page, text) if self._selection is not None and text is not None else None
        return text.boxes((text.span(*words),)) if text is not None and words is not None else ()

    # --- the pointer ------------------------------------------------------------------------------------------------

    def press(self, page: int, x: float, y: float, *, clicks: int, extends: bool) -> None:
        """The button went down at a point of a page: for the second or third time, or to extend what is selected."""
        unit = self._unit(page, x, y, by_lines=clicks >= _LINE_CLICKS)
        self._by_lines = clicks >= _LINE_CLICKS
        if unit is None:
            self.clear()
        elif extends and (self._selection is not None or self._caret is not None):
            caret = self._caret or unit[0]
            self._select((self._selection or Selection((caret, caret), (caret, caret))).led_to(*unit))
        else:
            self._pressed = unit
            self._caret = unit[0]
            is_on_word = self._texts[page].word_at(x, y) is not None
            self._select(Selection(unit, unit) if clicks > 1 and is_on_word else None)

    def drag(self, page: int, x: float, y: float) -> None:
        """The pointer was led on with the button down."""
        unit = self._unit(page, x, y, by_lines=self._by_lines)
        if unit is None:
            return
        if self._selection is not None:
            self._select(self._selection.led_to(*unit))
        elif self._pressed is not None:
            self._select(Selection(self._pressed, unit))

    def is_on_word(self, page: int, x: float, y: float) -> bool:
        """Whether a word stands at a point of a page."""
        text = self._texts.get(page)
        return text is not None and text.word_at(x, y) is not None

    # --- keys -------------------------------------------------------------------------------------------------------

    def select_page(self, page: int) -> None:
        """Select all of a page."""
        text = self._texts.get(page)
        if text is not None and text.words:
            unit = WordPlace(page, 0), WordPlace(page, len(text.words) - 1)
            self._select(Selection(unit, unit))

    def step(self, page: int, *, words: int = 0, lines: int = 0, to_line_end: int = 0) -> WordPlace | None:
        """Lead the selection on, by words, by lines or to an end of the line (-1 or 1); begins on ``page`` if need be.

        Gives where it was led, None where it can't be.
        """
        if self._selection is None:
            start = self._caret if self._caret is not None else WordPlace(page, 0)
            text = self._texts.get(start.page)
            if text is None or start.word >= len(text.words):
                return None
            self._select(Selection((start, start), (start, start)))
            return start
        at = self._selection.head[1] if self._selection.head[1] > self._selection.anchor[1] else self._selection.head[0]
        text = self._texts[at.page]
        if to_line_end:
            first, last = text.line_of(at.word)
            to: WordPlace | None = WordPlace(at.page, first if to_line_end < 0 else last)
        elif lines:
            beside = text.beside(at.word, lines)
            to = self._end_of(at.page + lines, lines) if beside is None else WordPlace(at.page, beside)
        else:
            inside = 0 <= at.word + words < len(text.words)
            to = WordPlace(at.page, at.word + words) if inside else self._end_of(at.page + words, words)
        if to is not None:
            self._select(self._selection.led_to(to, to))
        return to

    def clear(self) -> None:
        """Select nothing."""
        self._pressed = None
        self._select(None)

    # --- how --------------------------------------------------------------------------------------------------------

    def _unit(self, page: int, x: float, y: float, *, by_lines: bool) -> tuple[WordPlace, WordPlace] | None:
        text = self._texts.get(page)
        word = text.nearest(x, y) if text is not None else None
        if text is None or word is None:
            return None
        first, last = text.line_of(word) if by_lines else (word, word)
        return WordPlace(page, first), WordPlace(page, last)

    def _end_of(self, page: int, by: int) -> WordPlace | None:
        """The first word of the next page, or the last of the one before."""
        text = self._texts.get(page)
        return WordPlace(page, 0 if by > 0 else len(text.words) - 1) if text is not None and text.words else None

    def _select(self, selection: Selection | None) -> None:
        if selection != self._selection:
            self._selection = selection
            self.changed.emit()

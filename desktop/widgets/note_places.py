"""Where a stretch of a note's source stands in the note as it is rendered, part by part, in the units of Qt."""

from __future__ import annotations

import dataclasses

from desktop.widgets.note_marks import rendered_span, word_span
from desktop.widgets.text_units import units
from rag.protocol import Span


@dataclasses.dataclass(frozen=True)
class NotePart:
    """A part of a note: its ``source``, from the character ``first`` of the note on, and how it is ``rendered``.

    It is rendered from ``begin`` on, in UTF-16 units. ``is_markdown``: else it is shown to the letter.
    """

    source: str
    first: int
    rendered: str
    begin: int
    is_markdown: bool

    def place_of(self, span: Span) -> Span | None:
        """Where a span of the note is shown, in UTF-16 units: whole words; None where nothing of it is shown."""
        inside = self._inside(span)
        if inside is None:
            return None
        found = rendered_span(self.source, inside, self.rendered) if self.is_markdown else inside
        return None if found is None else self._units(found)

    def hit_of(self, span: Span) -> Span | None:
        """The same to the letter, also where a span begins or ends within a word."""
        inside = self._inside(span)
        if inside is None or not self.is_markdown:
            return None if inside is None else self._units(inside)
        words = word_span(self.source, inside)
        found = rendered_span(self.source, words, self.rendered)
        if found is None:
            return None
        start, stop = found[0] + inside[0] - words[0], found[1] - (words[1] - inside[1])
        return self._units((start, stop) if found[0] <= start < stop <= found[1] else found)

    def _inside(self, span: Span) -> Span | None:
        start, stop = max(span[0] - self.first, 0), min(span[1] - self.first, len(self.source))
        return (start, stop) if start < stop else None

    def _units(self, span: Span) -> Span:
        return self.begin + units(self.rendered, span[0]), self.begin + units(self.rendered, span[1])

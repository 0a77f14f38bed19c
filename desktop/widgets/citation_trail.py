"""The citations of one answer as a way through the reader: which one is shown, which come before and after it."""

from __future__ import annotations

import dataclasses

from desktop.widgets.unmarked import plain_line
from rag.protocol import Citation, Passage, Span


@dataclasses.dataclass(frozen=True)
class CitationTrail:
    """``item`` is the citation (or passage) that is shown, None for a document opened by itself; ``items`` all."""

    item: Citation | Passage | None = None
    items: tuple[Citation | Passage, ...] = ()

    @property
    def place(self) -> int:
        """Which of the items is shown, from 1; 0 where none of them is."""
        return self.items.index(self.item) + 1 if self.item in self.items else 0

    def stepped(self, by: int) -> CitationTrail:
        """The trail ``by`` items on; the same where there is none."""
        place = self.place - 1 + by
        if not self.place or not 0 <= place < len(self.items):
            return self
        return dataclasses.replace(self, item=self.items[place])

    def spans_on(self, sha256: str, page: int) -> tuple[Span, ...]:
        """What to mark on a page: a citation's quote, or a passage's words that the question shares."""
        item = self.item
        if item is None or item.sha256 != sha256 or item.page != page:
            return ()
        if isinstance(item, Passage) and item.marks:
            return tuple((item.start + start, item.start + stop) for start, stop in item.marks)
        return ((item.start, item.end),)

    @property
    def quote(self) -> str:
        """The quoted text on one line; "" where nothing is quoted."""
        if self.item is None:
            return ""
        return plain_line(self.item.quote if isinstance(self.item, Citation) else self.item.text)

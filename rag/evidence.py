"""From ranked passages to evidence: the same text shown once, neighbours joined where a passage was cut. Pure.

A long passage of a document is cut to what the embedder reads. Where both sides of a cut are relevant, a person sees
one passage, and the place that it would have taken again goes to the next.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Sequence

from rag.duplicates import is_same_text, words_of
from rag.stores.records import StoredPassage

GAP = 4
"""Characters between two passages of a page that nothing but space can be in."""

LONGEST = 2_400
"""Characters of passages that are joined: about two of the longest."""

Score = tuple[StoredPassage, float]
ReadPage = Callable[[str, int], str]
"""The text of a page, by its document (SHA-256) and number; "" where it is gone."""


@dataclasses.dataclass(frozen=True)
class Piece:
    """A stretch of a page that is shown as one passage.

    ``parts`` are the passages that it is joined of, in reading order; ``score`` is the best one's. ``also_in`` are the
    paths of other documents that say the same.
    """

    parts: tuple[StoredPassage, ...]
    text: str
    score: float
    also_in: tuple[str, ...] = ()

    @property
    def start(self) -> int:
        """Where it begins in the text of its page."""
        return self.parts[0].start

    @property
    def end(self) -> int:
        """Where it ends there."""
        return max(part.end for part in self.parts)


def gather(ranked: Iterable[Score], limit: int, page_text: ReadPage) -> list[Piece]:
    """The first ``limit`` pieces of evidence among the passages, which come best first."""
    pieces: list[Piece] = []
    said: list[tuple[int, Sequence[str]]] = []
    for passage, score in ranked:
        words = words_of(passage.text)
        same = next((place for place, others in said if is_same_text(words, others)), None)
        if same is not None:
            pieces[same] = _repeated(pieces[same], passage)
            continue
        place = next((place for place, piece in enumerate(pieces) if _touches(piece, passage)), None)
        if place is not None:
            joined = _joined(pieces[place], passage, page_text)
            if joined is not None:
                pieces[place] = joined
                said.append((place, words))
                continue
        if len(pieces) == limit:
            break
        said.append((len(pieces), words))
        pieces.append(Piece((passage,), passage.text, score))
    return pieces


def _repeated(piece: Piece, passage: StoredPassage) -> Piece:
    known = {piece.parts[0].path, *piece.also_in}
    return piece if passage.path in known else dataclasses.replace(piece, also_in=(*piece.also_in, passage.path))


def _touches(piece: Piece, passage: StoredPassage) -> bool:
    """Whether the passage goes on where the piece ends, or the other way round, in the same section of a page."""
    first = piece.parts[0]
    where = (first.sha256, first.page, first.section)
    if where != (passage.sha256, passage.page, passage.section):
        return False
    gap = passage.start - piece.end if passage.start >= piece.end else piece.start - passage.end
    is_short = max(piece.end, passage.end) - min(piece.start, passage.start) <= LONGEST
    return 0 <= gap <= GAP and is_short


def _joined(piece: Piece, passage: StoredPassage, page_text: ReadPage) -> Piece | None:
    """The piece with the passage, as the page says it; None where the page was read anew meanwhile."""
    parts = tuple(sorted((*piece.parts, passage), key=lambda part: part.start))
    page = page_text(passage.sha256, passage.page)
    if any(page[part.start : part.end] != part.text for part in parts):
        return None
    return dataclasses.replace(piece, parts=parts, text=page[parts[0].start : parts[-1].end])

"""The part of a passage that an evidence card shows: the stretch with the most of what was asked for."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.widgets.places import BETWEEN_HEADINGS
from desktop.widgets.unmarked import BETWEEN_CELLS, plain_line, unmarked
from rag.protocol import Passage, Span

LENGTH = 200
"""Characters of a passage on a card, at most; the card itself cuts by lines."""

_LEAD = 32
"""Characters of context before the first marked word, at most."""

_SEPARATOR = BETWEEN_CELLS.lstrip()


def snippet(text: str, marks: Sequence[Span], length: int = LENGTH) -> tuple[str, tuple[Span, ...]]:
    """At most ``length`` characters of ``text`` around its ``marks``, and the marks that fall into them.

    Markdown's marks are taken away and white space is squeezed to single spaces; neighbouring marks are joined, and an
    ellipsis (not counted in ``length``) stands where something was left out. Both ``marks`` and the result are spans of
    characters.
    """
    text, marks = _squeezed(*unmarked(text, marks))
    if len(text) <= length:
        return text, _joined(text, marks)
    begin = _best_begin(text, marks, length)
    if begin > 0 and (space := text.find(" ", begin)) != -1 and space - begin < _LEAD:
        begin = space + 1
    if text.startswith(_SEPARATOR, begin):  # between two cells of a row whose beginning is left out
        begin += len(_SEPARATOR)
    end = min(len(text), begin + length)
    if end < len(text) and (space := text.rfind(" ", begin, end)) > begin:
        end = space
    before, after = "…" if begin else "", "…" if end < len(text) else ""
    shift = len(before) - begin
    inside = [(start + shift, stop + shift) for start, stop in marks if start >= begin and stop <= end]
    cut = before + text[begin:end] + after
    return cut, _joined(cut, inside)


def heading_of(passage: Passage) -> str:
    """The heading that the passage stands under, without those above it."""
    return plain_line(passage.section.rsplit(BETWEEN_HEADINGS, 1)[-1])


def without_heading(passage: Passage) -> tuple[str, tuple[Span, ...]]:
    """The text and marks of ``passage`` without the headings that begin it: a card shows the last of them already."""
    headings = {heading.strip() for heading in passage.section.split(BETWEEN_HEADINGS)}
    text = passage.text
    while True:
        first, _, rest = text.partition("\n")
        line = " ".join(first.strip("# ").split())
        if not rest.strip() or (line and line not in headings):
            break
        text = rest
    cut = len(passage.text) - len(text)
    return text, tuple((start - cut, stop - cut) for start, stop in passage.marks if start >= cut)


def _best_begin(text: str, marks: Sequence[Span], length: int) -> int:
    """Where the most different marked words begin, of as many the most words: one that recurs says no more than once.

    Words, not marks: those beside each other are one mark.
    """
    best, most = 0, (0, 0)
    for start, _ in marks:
        begin = max(0, start - _LEAD)
        inside = (text[first:last] for first, last in marks if begin <= first and last <= begin + length)
        words = [word for marked in inside for word in marked.casefold().split()]
        found = len(set(words)), len(words)
        if found > most:
            best, most = begin, found
    return best


def _squeezed(text: str, marks: Sequence[Span]) -> tuple[str, list[Span]]:
    kept: list[str] = []
    places: list[int] = []
    for character in text:
        places.append(len(kept))
        if not character.isspace():
            kept.append(character)
        elif kept and kept[-1] != " ":
            kept.append(" ")
    places.append(len(kept))
    squeezed = "".join(kept).rstrip(" ")
    spans = [
        (min(places[start], len(squeezed)), min(places[stop], len(squeezed)))
        for start, stop in sorted(marks)
        if 0 <= start < stop <= len(text)
    ]
    return squeezed, [(start, stop) for start, stop in spans if start < stop]


def _joined(text: str, marks: Sequence[Span]) -> tuple[Span, ...]:
    joined: list[Span] = []
    for start, stop in marks:
        if joined and not text[joined[-1][1] : start].strip():
            joined[-1] = (joined[-1][0], max(stop, joined[-1][1]))
        else:
            joined.append((start, stop))
    return tuple(joined)

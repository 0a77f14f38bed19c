"""What a document says without the marks of Markdown in which notes and tables are kept: for cards and quotes.

Only what is noise to who reads a line or two: the signs before a heading, the bars of a table, stars around bold words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rag.protocol import Span

BETWEEN_CELLS = " · "
BETWEEN_ROWS = "; "
"""Rows and headings are lines in the document; on a card, where lines are joined, one would run into the next."""

_RULE = re.compile(r"[ \t]*\|?(?:[ \t]*:?-{3,}:?[ \t]*\|)+(?:[ \t]*:?-{3,}:?)?[ \t]*")
_BARS = re.compile(r"\s*(?<!\S)\|(?!\S)(?:\s+\|(?!\S))*\s*")
_HEADING = re.compile(r"\A[ \t]*#{1,6}[ \t]+(?=[^\s|])")
_BOLD = re.compile(r"(?<![\w*])\*\*(?=[^\s*])|(?<=[^\s*])\*\*(?![\w*])")

_Edit = tuple[int, int, str]
"""Begin and end, in characters of the text, of what is left out, and what stands there instead."""


def unmarked(text: str, marks: Sequence[Span] = ()) -> tuple[str, tuple[Span, ...]]:
    """``text`` as it reads without its marks of Markdown, and where ``marks``, spans of characters, lie in it then.

    What a span covers is never more than before; one that covers nothing any more, or reaches out of the text, goes.
    """
    pieces: list[str] = []
    begins: list[int] = []  # of each character of the text: where what is left of it begins, and where it ends
    ends: list[int] = []
    position = length = 0
    for start, stop, instead in (*_edits(text), (len(text), len(text), "")):
        kept = start - position
        begins += range(length, length + kept)
        ends += range(length + 1, length + kept + 1)
        length += kept
        ends += [length] * (stop - start)
        pieces += (text[position:start], instead)
        length += len(instead)
        begins += [length] * (stop - start)
        position = stop
    moved = ((begins[start], ends[stop - 1]) for start, stop in marks if 0 <= start < stop <= len(text))
    return "".join(pieces), tuple((start, stop) for start, stop in moved if start < stop)


def plain_line(text: str) -> str:
    """``text`` on one line, without its marks."""
    return " ".join(unmarked(text)[0].split())


def _edits(text: str) -> list[_Edit]:
    """What is to be left out of ``text``, in order, nothing twice."""
    edits: list[_Edit] = []
    begin, end, between = 0, -1, ""  # of the last line that would run into the next: its end, and what sets them apart
    for line in text.splitlines(keepends=True):
        bare = line.rstrip()
        if _RULE.fullmatch(bare):
            edits.append((begin, begin + len(line), ""))
        elif bare:
            if end >= 0:
                while edits and edits[-1][0] >= end:  # the rule below a row goes with the end of the line
                    edits.pop()
                edits.append((end, begin, between))
            edits += sorted((begin + start, begin + stop, instead) for start, stop, instead in _in_line(bare))
            between = BETWEEN_ROWS if _BARS.search(bare) else BETWEEN_CELLS if _HEADING.match(bare) else ""
            end = begin + len(bare) if between else -1
        begin += len(line)
    return edits


def _in_line(line: str) -> Iterator[_Edit]:
    for bars in _BARS.finditer(line):
        is_edge = bars.start() == 0 or bars.end() == len(line)
        yield *bars.span(), "" if is_edge else BETWEEN_CELLS
    for marks in (_HEADING, _BOLD):
        for found in marks.finditer(line):
            yield *found.span(), ""

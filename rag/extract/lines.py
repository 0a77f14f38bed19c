"""The lines of a page: words where they stand, in the order in which they are read. Values, and what geometry tells."""

from __future__ import annotations

import bisect
import itertools
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rag.pages import joined, shares_line
from rag.words import Box


class Token(NamedTuple):
    """A word of a line, or a character of a script without spaces, on the page as shown; glued: no space before it."""

    text: str
    box: Box
    is_glued: bool = False


@dataclass(slots=True)
class Line:
    """A line of a page: its tokens (one or more), its box, its text.

    The heights of the box are medians, so that one tall sign does not count.
    """

    tokens: Sequence[Token]
    box: Box
    text: str
    is_bold: bool = False

    @property
    def height(self) -> float:
        """Points; of the font's full height, which PDFium gives for every character of a line alike."""
        return self.box[3] - self.box[1]


def line_of(tokens: Sequence[Token], *, is_bold: bool = False) -> Line:
    """The line of these tokens (one or more), in order."""
    first = tokens[0].box
    text = tokens[0].text
    if len(tokens) == 1:
        return Line(tokens, first, text, is_bold)
    boxes = [token.box for token in tokens]
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    top = first[1] if min(tops) == max(tops) else _median(tokens, 1)
    bottom = first[3] if min(bottoms) == max(bottoms) else _median(tokens, 3)
    parts = [text, *(token.text if token.is_glued else f" {token.text}" for token in tokens[1:])]
    return Line(tokens, (min(lefts), top, max(rights), max(bottom, top)), "".join(parts), is_bold)


def _median(tokens: Sequence[Token], edge: int) -> float:
    """The median of an edge of the boxes, each counted once a character."""
    edges = sorted((token.box[edge], len(token.text)) for token in tokens)
    sums = list(itertools.accumulate(length for _, length in edges))
    return edges[bisect.bisect_left(sums, sums[-1] / 2)][0]


def gap_between(line: Line, following: Line) -> float:
    """The gap between two lines, in heights of the higher one; below -0.5 the second begins a new column or row."""
    return (following.box[1] - line.box[3]) / max(line.height, following.height, 0.1)


def usual_gap(lines: Sequence[Line]) -> float:
    """The gap between lines of one paragraph: the lower quartile, as a page may be short paragraphs only."""
    gaps = [
        gap
        for line, following in itertools.pairwise(lines)
        if -0.5 <= (gap := gap_between(line, following)) <= 2 and not shares_line(line.box, following.box)
    ]
    return statistics.quantiles(gaps, n=4)[0] if len(gaps) > 1 else 0.3


def split_at_gaps(line: Line, least: float) -> list[Line]:
    """The parts of a line between which there are ``least`` points or more."""
    parts: list[list[Token]] = [[line.tokens[0]]]
    right = line.tokens[0].box[2]
    for token in line.tokens[1:]:
        # To the left of where the line has come is no gap: a script that runs so, or an odd order.
        if token.box[0] - right >= least:
            parts.append([])
        parts[-1].append(token)
        right = max(right, token.box[2])
    return [line] if len(parts) == 1 else [line_of(part, is_bold=line.is_bold) for part in parts]


def hull(lines: Sequence[Line]) -> Box:
    """The smallest box that holds all of ``lines`` (one or more)."""
    box = lines[0].box
    for line in lines[1:]:
        box = joined(box, line.box)
    return box

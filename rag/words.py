"""The words of a page, and where they stand on it: what marks a quote, and what a person selects. Pure.

Standard library only: the worker and the window both reckon with them.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass

Box = tuple[float, float, float, float]
"""left, top, right, bottom"""

LINE_OVERLAP = 0.5
"""Words whose heights overlap by this part of the lower of the two stand on one line."""
ASKEW = 1.6
"""The mark of a line is no higher than this many times the words that it goes on with."""
FARTHEST_BACK = 3.0
"""Heights of a word by which the next may lie further left, on the same line: where a script runs so."""


@dataclass(frozen=True, slots=True)
class Word:
    """A run of characters without a space: its span in the page's text, and where it stands on the page as shown.

    A word that a line's end divides is two of these; so is every character of a script that is written without spaces.
    """

    start: int
    end: int
    box: Box


_PACKED_WORD = struct.Struct("<IIffff")
PACKED_WORD_BYTES = _PACKED_WORD.size


def pack_words(words: Sequence[Word]) -> bytes:
    """Words as bytes, 24 each: start and end as 32-bit integers, the box as four 32-bit floats (little-endian)."""
    return b"".join(_PACKED_WORD.pack(word.start, word.end, *word.box) for word in words)


def unpack_words(packed: bytes) -> tuple[Word, ...]:
    """The words in ``packed``. Raises struct.error where it is not a whole number of them."""
    return tuple(
        Word(start, end, (left, top, right, bottom))
        for start, end, left, top, right, bottom in _PACKED_WORD.iter_unpack(packed)
    )


def document_boxes(words: Sequence[Word], start: int, end: int) -> tuple[Box, ...]:
    """The boxes that mark the characters from ``start`` to ``end`` of a page: one a line, in points, in reading order.

    Whole words are marked, though the span begins or ends inside one. A line of a scan that is askew has several, that
    go down or up with it: one alone would cover its neighbours too.
    """
    boxes: list[Box] = []
    last: Box | None = None
    for word in words:
        if word.end <= start or word.start >= end:
            continue
        if last is not None and goes_on(last, word.box) and _is_level(joined(boxes[-1], word.box), last, word.box):
            boxes[-1] = joined(boxes[-1], word.box)
        else:
            boxes.append(word.box)
        last = word.box
    return tuple(boxes)


def goes_on(last: Box, box: Box) -> bool:
    """Whether a word goes on the line of the ``last``: beside it, not back at the left where a line askew has come."""
    is_back = box[0] < last[0] and last[0] - box[2] > FARTHEST_BACK * (box[3] - box[1])
    return shares_line(last, box) and not is_back


def _is_level(line: Box, last: Box, box: Box) -> bool:
    """Whether a line that ends with these two words is not much higher than they are."""
    return line[3] - line[1] <= ASKEW * max(last[3] - last[1], box[3] - box[1])


def shares_line(one: Box, other: Box) -> bool:
    """Whether two boxes stand on one line: they overlap by half of the lower one's height or more."""
    lower = min(one[3] - one[1], other[3] - other[1])
    return min(one[3], other[3]) - max(one[1], other[1]) >= LINE_OVERLAP * lower


def joined(one: Box, other: Box) -> Box:
    """The smallest box that holds both."""
    return (min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3]))

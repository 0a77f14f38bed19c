"""Lines that stand side by side on a page, as what may be rows of a table: a label, and numbers behind it. Pure."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.extract.columns import rows_of
from rag.extract.lines import Line, line_of
from rag.words import Box

CELL_GAP = 0.7
"""The least gap between cells, in heights of a line: wider than a space in justified text."""
LONGEST_NUMBER = 40
"""Characters."""

_CURRENCY = r"(?:[$€£¥]|US\$|EUR|USD|CHF)"
_CURRENCY_ALONE = re.compile(_CURRENCY)
_NUMBER = re.compile(
    rf"[(\[<>~≈±]*\s*[-+−–—]?\s*{_CURRENCY}?\s*[-+−–—(]?\s*(?:\d[\d.,'’ ]*|[—–-]+)"
    r"(?:\s*(?:[%‰x*†‡)\]]|\([a-z\d]\)|pts?|bps?))*|n/?[am]|nm",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
"""Years alone are a header's."""
_BEFORE_NUMBER = re.compile(rf"\(|{_CURRENCY}")
_BEHIND_NUMBER = re.compile(r"[%)\]*†‡]+|pts?\.?")


@dataclass(slots=True)
class Candidate:
    """What may be a row: lines that stand side by side, the parts of its label, the numbers behind it."""

    lines: list[Line]
    label: list[Line]
    numbers: list[Line]

    @property
    def top(self) -> float:
        """Points from the top of the page."""
        return min(line.box[1] for line in self.lines)

    @property
    def bottom(self) -> float:
        """Points from the top of the page."""
        return max(line.box[3] for line in self.lines)


def candidates_of(lines: Sequence[Line]) -> list[Candidate]:
    """What stands side by side among the lines of a page, in their order; each line is in one of them."""
    return [_candidate(row) for row in rows_of(lines, CELL_GAP)]


def _candidate(row: list[Line]) -> Candidate:
    parts = _with_signs(row)
    if len(parts) == 1 or all(_YEAR.fullmatch(part.text) for part in parts):
        return Candidate(row, parts, [])
    # The numbers of a row are those behind its last word.
    count = sum(1 for _ in itertools.takewhile(_is_number, reversed(parts)))
    if count == len(parts) and _YEAR.fullmatch(parts[0].text):
        count -= 1  # a year in front of numbers is what they are of
    return Candidate(row, parts[: len(parts) - count], parts[len(parts) - count :])


def _with_signs(row: Sequence[Line]) -> list[Line]:
    """The parts of a row, signs of currency and per cent put to their numbers."""
    parts: list[Line] = []
    for line in itertools.chain.from_iterable(map(_without_next_currency, row)):
        is_behind = bool(parts) and _BEHIND_NUMBER.fullmatch(line.text) is not None and _is_number(parts[-1])
        if parts and (is_behind or _BEFORE_NUMBER.fullmatch(parts[-1].text)):
            before = parts[-1]
            parts[-1] = Line([*before.tokens, *line.tokens], _joined(before, line), f"{before.text} {line.text}")
        else:
            parts.append(line)
    return parts


def _without_next_currency(line: Line) -> list[Line]:
    """A part whose last sign is that of the next number's currency, close by, is two."""
    if len(line.tokens) > 1 and _CURRENCY_ALONE.fullmatch(line.tokens[-1].text):
        return [line_of(line.tokens[:-1]), line_of(line.tokens[-1:])]
    return [line]


def _joined(one: Line, other: Line) -> Box:
    return (one.box[0], min(one.box[1], other.box[1]), other.box[2], max(one.box[3], other.box[3]))


def _is_number(line: Line) -> bool:
    return len(line.text) <= LONGEST_NUMBER and _NUMBER.fullmatch(line.text) is not None

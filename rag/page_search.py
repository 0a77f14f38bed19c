"""Words sought in the text of a page, to the letter but for how they are written. Pure.

Case, accents and compatibility forms make no difference (``rag.lexicon.folding``), nor do the kinds of hyphens and
quotation marks, nor where lines end, with a hyphen or without.
"""

from __future__ import annotations

import re
import unicodedata

from rag.lexicon.folding import folded
from rag.protocol import Span

_ALIKE = str.maketrans(
    {"‐": "-", "‑": "-", "–": "-", "—": "-", "−": "-", "’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"'}
)
_DIVIDED = re.compile(r"(?<=[^\W\d_])[-\u2010\u00ad][ \t]*\r?\n[ \t]*(?=[^\W\d_])")
"""A hyphen that a line's end, not the word, asks for."""


class Needle:
    """What is sought."""

    def __init__(self, words: str) -> None:
        """``words`` as they were typed; the spaces around them don't count."""
        wanted = _plain(words)
        # Where a word's own hyphen ends a line it is taken for the line's: it may be missing.
        hyphen = "-?" if wanted.strip("-") else "-"
        parts = (hyphen if sign == "-" else re.escape(sign) for sign in wanted)
        self._pattern = re.compile("".join(parts)) if wanted else None

    def spans(self, text: str) -> tuple[Span, ...]:
        """Where it stands in ``text``: spans of its characters, in order, none overlapping another."""
        # Folding a whole page at once is quick; only where there is a hit its characters are followed one by one.
        if self._pattern is None or self._pattern.search(_plain(text)) is None:
            return ()
        signs, begins, ends = _followed(text)
        found: list[Span] = []
        for match in self._pattern.finditer(signs):
            begin, end = begins[match.start()], ends[match.end() - 1]
            if not found or begin >= found[-1][1]:  # one character ("ß") may stand for two that match
                found.append((begin, end))
        return tuple(found)


def _plain(text: str) -> str:
    return " ".join(folded(_DIVIDED.sub("", text)).translate(_ALIKE).split())


def _followed(text: str) -> tuple[str, list[int], list[int]]:
    """``text`` as ``_plain`` makes it, and for each of its characters where what it stands for begins and ends."""
    signs: list[str] = []
    begins: list[int] = []
    ends: list[int] = []
    divided = {place for match in _DIVIDED.finditer(text) for place in range(*match.span())}
    place = 0
    while place < len(text):
        end = place + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        if place not in divided:
            for sign in folded(text[place:end]).translate(_ALIKE) if not text[place].isspace() else " ":
                if sign.isspace() and (not signs or signs[-1] == " "):
                    continue
                signs.append(" " if sign.isspace() else sign)
                begins.append(place)
                ends.append(end)
        place = end
    return "".join(signs), begins, ends

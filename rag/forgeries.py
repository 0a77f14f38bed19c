"""What a model writes that only looks like Phial's own: marks of citations, and characters that nobody sees. Pure.

Citations come from grounding alone: whatever looks like one in a model's words is taken out, also while they stream.
"""

from __future__ import annotations

import re

from rag.unseen import visible

_MARKER = re.compile(
    r"\s*[\[［【〔]"
    r"(?:[\s*_`^†#]|\b(?:source|passage|quelle|fuente|fonte)\b)*\d+(?:[\s*_`,;:–-]+\d+)*[\s*_`]*(?:†[^\]］】〕]{0,40})?"
    r"[\]］】〕](?:\([^()\s]*\))?",
    re.IGNORECASE,
)
"""What looks like a citation, and where it is a link, its address too."""

_OPENING, _CLOSING = "[［【〔", "]］】〕"
_OTHER_WORD = re.compile(r"(?!(?:source|passage|quelle|fuente|fonte)\b)\b[^\W\d_]+(?=[\W\d_])", re.IGNORECASE)
_UNFINISHED_LINK = re.compile(r"(?:\([^()\s]*)?\Z")


def without_forgeries(text: str) -> str:
    """``text`` without unseen characters and without what looks like a citation, also where one is left by another."""
    text = visible(text)
    while (fewer := _MARKER.sub("", text)) != text:
        text = fewer
    return text


class Stream:
    """A model's words as they come, without forgeries: what may become one is held back until it is decided."""

    def __init__(self) -> None:
        self._written = ""
        self._given = ""

    def feed(self, piece: str) -> str:
        """What can be shown now that ``piece`` was written, perhaps ""."""
        self._written += piece
        seen = visible(self._written)
        return self._give(without_forgeries(seen[: _undecided(seen)]))

    def finish(self) -> str:
        """What was held back, now that nothing follows."""
        return self._give(without_forgeries(self._written))

    def _give(self, text: str) -> str:
        # Were what is shown already part of a forgery, nothing more is shown until it fits again.
        if not text.startswith(self._given):
            return ""
        new = text[len(self._given) :]
        self._given = text
        return new


def _undecided(text: str) -> int:
    """Where the end of ``text`` begins that may become a forgery; its length where there is none."""
    begun, depth, at = 0, 0, 0
    while at < len(text):
        character = text[at]
        if character in _OPENING:
            begun, depth = (begun, depth + 1) if depth else (at, 1)
        elif depth and character in _CLOSING:
            depth -= 1
            if not depth and _UNFINISHED_LINK.match(text, at + 1):
                return len(text[:begun].rstrip())
        elif depth and "†" not in text[begun:at] and _OTHER_WORD.search(text, begun, at + 1):
            at, depth = begun, 0  # no mark holds such a word; one may begin behind its bracket
        at += 1
    return len(text[: begun if depth else at].rstrip())

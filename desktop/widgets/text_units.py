"""Between the characters of Python (code points), which the protocol counts, and Qt's (UTF-16 units)."""

from __future__ import annotations

from collections.abc import Iterable

from rag.protocol import Span


def units(text: str, characters: int) -> int:
    """How many UTF-16 units the first ``characters`` characters of ``text`` are."""
    if text.isascii():
        return min(characters, len(text))
    return len(text[:characters].encode("utf-16-le", "surrogatepass")) // 2


def unit_spans(text: str, spans: Iterable[Span]) -> tuple[Span, ...]:
    """``spans`` of characters in ``text`` as spans of UTF-16 units."""
    return tuple((units(text, start), units(text, stop)) for start, stop in spans)


def first_units(text: str, count: int) -> str:
    """As much of ``text`` as fits into ``count`` UTF-16 units, never half a character."""
    return text.encode("utf-16-le", "surrogatepass")[: 2 * count].decode("utf-16-le", "ignore")

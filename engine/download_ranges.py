"""Which bytes of a file have arrived: pure arithmetic on spans.

A span is a pair of byte offsets, its end exclusive. Spans that belong together are sorted and apart from each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

Span = tuple[int, int]
Spans = tuple[Span, ...]


def joined(spans: Iterable[Span]) -> Spans:
    """All that lies in any of ``spans``; those that meet or overlap become one."""
    result: list[Span] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(result[-1][1], end))
        else:
            result.append((start, end))
    return tuple(result)


def length(spans: Iterable[Span]) -> int:
    """The bytes in all of ``spans``, which don't overlap."""
    return sum(end - start for start, end in spans)


def prefix(spans: Sequence[Span]) -> int:
    """How many bytes of the file's beginning are there without a gap."""
    return spans[0][1] if spans and spans[0][0] == 0 else 0


def gaps(spans: Sequence[Span], total: int) -> Spans:
    """What of a file of ``total`` bytes lies in none of ``spans``."""
    bounds = [0, *(bound for span in spans for bound in span), total]
    return tuple((start, end) for start, end in zip(bounds[::2], bounds[1::2], strict=True) if start < end)


def split(missing: Sequence[Span], most: int, smallest: int) -> list[Span]:
    """``missing`` as up to ``most`` spans to be asked for at once, in their order.

    The longest is halved again and again, as long as both halves have ``smallest`` bytes. Where there are more than
    ``most`` gaps, the first ones are given: the others come in the next round.
    """
    parts = list(missing)[:most]
    while parts and len(parts) < most:
        start, end = longest = max(parts, key=lambda part: part[1] - part[0])
        middle = (start + end) // 2
        if middle - start < smallest:
            break
        place = parts.index(longest)
        parts[place : place + 1] = [(start, middle), (middle, end)]
    return parts

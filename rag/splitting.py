"""Cutting what is too long for a passage into parts that are not. Pure but for the tokenizer that is handed in."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from rag.sentences import Span

CountTokens = Callable[[Sequence[str]], list[int]]
"""The embedder's tokenizer: the number of tokens of each text."""

_CLAUSE = re.compile(r"[^,;:\n]*[,;:\n]+\s*|[^,;:\n]+\Z")
_WORD = re.compile(r"\S+\s*|\s+")


def trimmed(text: str, start: int, end: int) -> Span | None:
    """The span without the space at its ends; None where there is nothing else."""
    piece = text[start:end]
    first = start + len(piece) - len(piece.lstrip())
    last = start + len(piece.rstrip())
    return (first, last) if first < last else None


def cut_long(text: str, span: Span, count_tokens: CountTokens, limit: int) -> list[tuple[Span, int]]:
    """A sentence that is too long, in parts that are not: at clauses, then at words, then anywhere."""
    for pattern in (_CLAUSE, _WORD):
        parts = [(found.start(), found.end()) for found in pattern.finditer(text, *span)]
        if len(parts) > 1:
            counts = count_tokens([text[slice(*part)] for part in parts])
            joined = [
                (inner, tokens)
                for part, tokens in _join(list(zip(parts, counts, strict=True)), limit)
                if (inner := trimmed(text, *part)) is not None
            ]
            return [
                found
                for part, tokens in joined
                for found in ([(part, tokens)] if tokens <= limit else cut_long(text, part, count_tokens, limit))
            ]
    return _halve(text, span, count_tokens, limit)


def _join(parts: list[tuple[Span, int]], limit: int) -> list[tuple[Span, int]]:
    """Neighbours joined as long as they fit."""
    joined: list[tuple[Span, int]] = []
    for (start, end), tokens in parts:
        if joined and joined[-1][1] + tokens <= limit:
            joined[-1] = ((joined[-1][0][0], end), joined[-1][1] + tokens)
        else:
            joined.append(((start, end), tokens))
    return joined


def _halve(text: str, span: Span, count_tokens: CountTokens, limit: int) -> list[tuple[Span, int]]:
    """A single endless word in halves of halves."""
    pending, done = [span], []
    while pending:
        counts = count_tokens([text[slice(*part)] for part in pending])
        halves: list[Span] = []
        for (start, end), tokens in zip(pending, counts, strict=True):
            if tokens <= limit or end - start < 2:
                done.append(((start, end), tokens))
            else:
                middle = (start + end) // 2
                halves += [(start, middle), (middle, end)]
        pending = halves
    return sorted(done)

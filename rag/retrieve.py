"""Retrieval: what a question looks for, and the fusion of what its words and its meaning found.

Fusion is reciprocal rank fusion (Cormack, Clarke & Büttcher, "Reciprocal Rank Fusion outperforms Condorcet and
individual Rank Learning Methods", SIGIR 2009), with a weight for the embedder's side (see rag.trust). It decides which
candidates get a second look (rag.second_look), which decides their order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.language import ALL_FUNCTION_WORDS, without_accents
from rag.protocol import Span

CANDIDATES = 100
"""Passages taken from each side before fusion."""

RRF_CONSTANT = 60.0
"""k of the paper: how little the first ranks differ."""

PART = re.compile(r"\w[\w\u0300-\u036f]*")
"""A word: a combining accent is part of it."""

_POSSESSIVE = re.compile(r"(?<=\w)['’]s\b", re.IGNORECASE)
"""Of “Apple's”: no word, though it would mark the S of “U.S.”."""

_SHARED_STEM = 4
"""Letters that two words must share from their beginning, to be marked as the same in two inflections."""


def fuse(
    dense: Sequence[tuple[int, float]], lexical: Sequence[tuple[int, float]], weight: float = 1.0
) -> list[tuple[int, float]]:
    """Both lists (passage ids, best first) as one, best first, with scores in (0, 1]: 1 is first on both sides.

    ``weight`` is that of ``dense``, against 1 for ``lexical``. Ties keep the order of the ids, so the result depends on
    the library alone.
    """
    scores: dict[int, float] = {}
    for side, side_weight in ((dense, weight), (lexical, 1.0)):
        for rank, (identity, _) in enumerate(side, start=1):
            scores[identity] = scores.get(identity, 0.0) + side_weight / (RRF_CONSTANT + rank)
    best = (weight + 1.0) / (RRF_CONSTANT + 1.0)
    return sorted(((identity, score / best) for identity, score in scores.items()), key=lambda hit: (-hit[1], hit[0]))


def marks(question: str, text: str) -> tuple[Span, ...]:
    """Where in ``text`` words of the ``question`` stand (inflected, without accents), neighbours joined."""
    asked = _POSSESSIVE.sub("", question)
    wanted = {without_accents(part) for part in PART.findall(asked) if part.casefold() not in ALL_FUNCTION_WORDS}
    found: list[Span] = []
    for match in PART.finditer(text):
        word = without_accents(match.group())
        if not any(same_word(word, other) for other in wanted):
            continue
        if found and text[found[-1][1] : match.start()].strip(" ") == "":
            found[-1] = (found[-1][0], match.end())
        else:
            found.append(match.span())
    return tuple(found)


def same_word(word: str, other: str) -> bool:
    """Whether two words (lower case, without accents) are the same one, perhaps in two inflections."""
    if word == other:
        return True
    shared = min(len(word), len(other))
    if shared < _SHARED_STEM or word[0] != other[0] or any(map(str.isdigit, word + other)):
        return False
    stem = max(_SHARED_STEM, max(len(word), len(other)) - 3)
    return shared >= stem and word[:stem] == other[:stem]

"""The same text twice: copies of a document, and what is repeated in many. Pure.

Two passages are the same text where their words are, but for where each was cut out of it. One other word between them
and they are not: an amended contract, or another quarter's report, may differ from its like by a "not" or a number.
"""

from __future__ import annotations

from collections.abc import Sequence

from rag.lexicon.analysis import tokens

SHARED = 0.8
"""The part of the longer text that both must hold."""

_CLUE = 4
"""Words by which the beginning of one text is looked for in the other."""


def words_of(text: str) -> tuple[str, ...]:
    """What is compared of a text: its words, without case, punctuation, and how its lines are broken."""
    return tuple(tokens(text))


def is_same_text(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two texts (their words) are cuts of the same one that share nearly all of it. Symmetric."""
    if not one or not other:
        return False
    least = SHARED * max(len(one), len(other))
    return min(len(one), len(other)) >= least and (_continues(one, other, least) or _continues(other, one, least))


def _continues(one: Sequence[str], other: Sequence[str], least: float) -> bool:
    """Whether ``other`` begins somewhere in ``one`` and goes on as it does, for ``least`` words, until one ends."""
    clue = tuple(other[:_CLUE])
    for start in range(int(len(one) - least) + 1):
        if tuple(one[start : start + len(clue)]) != clue:
            continue
        shared = min(len(one) - start, len(other))
        if shared >= least and tuple(one[start : start + shared]) == tuple(other[:shared]):
            return True
    return False

"""Support: how far the passages that a question found hold an answer to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rag.language import ALL_FUNCTION_WORDS, without_accents
from rag.retrieve import PART, same_word


def support(question: str, texts: Sequence[str], cosines: Mapping[int, float], best: Sequence[int]) -> float:
    """How far the passages hold an answer, in [0, 1].

    It is made of the share of the question's content words that stand in the best passages, and of how near the nearest
    of them is in meaning.
    ``texts`` are the best passages' texts, ``best`` their ids, ``cosines`` what the dense side gave for them.
    """
    content = {without_accents(part) for part in PART.findall(question) if part.casefold() not in ALL_FUNCTION_WORDS}
    if not texts or not content:
        return 0.0
    words = {without_accents(part) for text in texts for part in PART.findall(text)}
    covered = sum(any(same_word(word, wanted) for word in words) for wanted in content) / len(content)
    nearest = max((cosines.get(identity, 0.0) for identity in best), default=0.0)
    nearness = min(1.0, max(0.0, nearest / 0.6))
    return round(max(covered * (0.5 + 0.5 * nearness), nearness * (0.5 + 0.5 * covered)), 3)

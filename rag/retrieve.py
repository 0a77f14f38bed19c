"""Retrieval: what a question looks for, and the fusion of what its words and its meaning found.

Fusion is reciprocal rank fusion (Cormack, Clarke & Büttcher, "Reciprocal Rank Fusion outperforms Condorcet and
individual Rank Learning Methods", SIGIR 2009), with a weight for each side: an English embedder is trusted less with
other languages, where the words alone find more.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from rag.language import ALL_FUNCTION_WORDS, language_of, without_accents
from rag.protocol import Span

CANDIDATES = 100
"""Passages taken from each side before fusion."""

RRF_CONSTANT = 60.0
"""k of the paper: how little the first ranks differ."""

ENGLISH_WEIGHT = 1.0
OTHER_WEIGHT = 0.25
"""Weight of the dense side (the lexical side's is 1) for an English question, and for one in another language."""

PART = re.compile(r"\w[\w\u0300-\u036f]*")
"""A word: a combining accent is part of it here as it is in FTS5."""

_TERM = re.compile(rf"{PART.pattern}(?:[.,:/'’-]{PART.pattern})*")
_SHARED_STEM = 4
"""Letters that two words must share from their beginning, to be marked as the same in two inflections."""


def lexical_terms(question: str) -> tuple[str, ...]:
    """The content words of ``question`` as FTS5 terms; all its words where it has no others, none where it has none.

    Every word is quoted, so nothing in a question is ever syntax. A compound ("1,577.00", "20-30") is a phrase.
    """
    # Lower case as FTS5 knows it: it folds "ß" to itself, where casefold makes "ss" of it.
    composed = unicodedata.normalize("NFC", question).lower()
    terms = list(dict.fromkeys(_TERM.findall(composed)))
    content = [term for term in terms if term.casefold() not in ALL_FUNCTION_WORDS] or terms
    return tuple('"' + " ".join(PART.findall(term)) + '"' for term in content if PART.search(term))


def dense_weight(question: str) -> float:
    """How far to trust the embedder with this question, where the words' side counts 1."""
    return ENGLISH_WEIGHT if language_of(question) in {"en", ""} else OTHER_WEIGHT


def fuse(
    dense: Sequence[tuple[int, float]], lexical: Sequence[tuple[int, float]], weight: float = ENGLISH_WEIGHT
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
    wanted = {without_accents(part) for part in PART.findall(question) if part.casefold() not in ALL_FUNCTION_WORDS}
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

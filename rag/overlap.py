"""How much two texts share: content words in their stems, weighted by how rare they are. Pure; no model.

Inverse document frequency after Spärck Jones, "A statistical interpretation of term specificity" (1972).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence

from rag.language import ALL_FUNCTION_WORDS, without_accents
from rag.lexicon.scripts import is_run, pairs, set_apart

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_TERM = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_APOSTROPHE = re.compile(r"['’]")
_ENGLISH_ENDING = re.compile(r"(?:n['’]t|['’](?:s|re|ve|ll|d|m))$")
_STEM = 5
"""Letters from which on two words are the same in two inflections."""
_SHORTEST_PLURAL = 3


def bare(word: str) -> str:
    """``word`` in lower case, without what an apostrophe ties to it: "l'article", "Apple's", "doesn't"."""
    return _APOSTROPHE.split(_ENGLISH_ENDING.sub("", word.casefold()))[-1]


def is_content(word: str) -> bool:
    """Whether ``word`` says more than how others stand to each other."""
    return word.casefold() not in ALL_FUNCTION_WORDS and bare(word) not in ALL_FUNCTION_WORDS


def stem(word: str) -> str:
    """What two inflections of a word share, in lower case and without accents. Never empty for a word."""
    plain = without_accents(bare(word)) or word
    if plain[0].isdigit():
        return plain
    if len(plain) > _SHORTEST_PLURAL and plain.endswith("s") and not plain.endswith("ss"):
        plain = plain[:-1]
    if len(plain) > _STEM:
        return plain[: max(_STEM, len(plain) - 3)]
    return plain[:-1] if len(plain) == _STEM and plain[-1] in "aeio" else plain


def content_stems(text: str) -> frozenset[str]:
    """The stems of the words and numbers of ``text`` that are not function words.

    Where words have no spaces between them, its pairs of letters: a whole sentence would be one word.
    """
    if text.isascii():
        return frozenset(stem(term) for term in _TERM.findall(text) if is_content(term))
    terms = [term for term in _TERM.findall(set_apart(text)) if is_content(term)]
    return frozenset(stem(part) for term in terms for part in (pairs(term) if is_run(term) else (term,)))


class Weights:
    """Inverse document frequency over a set of sentences: a word that stands everywhere proves little."""

    def __init__(self, sentences: Sequence[Iterable[str]]) -> None:
        """``sentences`` are the stems of each."""
        self._total = len(sentences)
        self._frequency: dict[str, int] = {}
        for stems in sentences:
            for one in stems:
                self._frequency[one] = self._frequency.get(one, 0) + 1

    def of(self, stems: Iterable[str]) -> float:
        """The weight of ``stems`` together, 0 for none."""
        return sum(math.log(1.0 + (self._total + 1.0) / (self._frequency.get(one, 0) + 1.0)) for one in stems)


def nearness(wanted: frozenset[str], sentence: str, around: frozenset[str], weights: Weights) -> float:
    """How much ``sentence`` says of what is ``wanted``.

    Words that its document's name holds too (``around``) count a quarter: every sentence there is about them. What is
    no whole sentence (a heading, a page's number) counts half.
    """
    shared = wanted & content_stems(sentence)
    weight = weights.of(shared - around) + 0.25 * weights.of(shared & around)
    return weight if sentence.rstrip('"”»’) ').endswith((".", "!", "?", "…", "。", ";", ":")) else 0.5 * weight

"""German words put together of others: "Krankenhausaufenthalt" and "Aufenthalt im Krankenhaus" find each other.

A passage keeps each long word also backwards, so that the beginning and the end of a word can both be looked up; a
question's long word is parted in two where both halves stand in the library themselves, as Koehn & Knight, "Empirical
Methods for Compound Splitting" (EACL 2003), do with a corpus.
"""

from __future__ import annotations

from collections.abc import Callable

from rag.lexicon.stemming import stem

LONGEST_SIMPLE = 9
"""Letters of a stem up to which it is taken for one word."""

LEAST_PART = 4
"""Letters of a stem that is looked for in longer ones."""

_LINKS = ("", "s", "es", "n", "en", "er", "e")
"""What may stand between two words that are put together."""


def long_words(terms: list[str]) -> list[str]:
    """The ``terms`` (stems) that may be put together of others: each as it is, then backwards."""
    found = dict.fromkeys(term for term in terms if len(term) > LONGEST_SIMPLE and term.isalpha())
    return [form for term in found for form in (term, term[::-1])]


def halves(term: str, is_known: Callable[[str], bool]) -> tuple[str, ...]:
    """The two stems that ``term`` is put together of, both of which ``is_known``; empty where there are none.

    Where there are several, those with the longest first half: the second is what the word is about.
    """
    if len(term) <= LONGEST_SIMPLE or not term.isalpha():
        return ()
    for place in range(len(term) - LEAST_PART, LEAST_PART - 1, -1):
        first, second = term[:place], term[place:]
        if not is_known(second):
            continue
        for link in _LINKS:
            modifier = stem(first.removesuffix(link), "de") if first.endswith(link) else ""
            if len(modifier) >= LEAST_PART - 1 and is_known(modifier):
                return modifier, second
    return ()

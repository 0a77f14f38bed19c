"""The lexicon: what a text is found by, in English, French, Italian, German, Spanish and scripts without spaces.

The same pure analysis for a passage and for a question: ``indexed`` gives what the lexical index holds of a passage,
``lexical_query`` what it is asked; ``analysis`` gives the terms of whoever else compares texts by their words.
"""

from __future__ import annotations

import dataclasses

from rag.lexicon.analysis import LEXICON_VERSION, terms, terms_without_accents
from rag.lexicon.compounds import halves, long_words
from rag.lexicon.questions import LexicalQuery, Quotation, lexical_query, spelling

__all__ = [
    "LEXICON_VERSION",
    "IndexedPassage",
    "LexicalQuery",
    "Quotation",
    "halves",
    "indexed",
    "lexical_query",
    "spelling",
]


@dataclasses.dataclass(frozen=True, slots=True)
class IndexedPassage:
    """A passage as the lexical index holds it: terms with spaces between them, a column each."""

    title: str
    section: str
    text: str
    compounds: str


def indexed(title: str, section: str, text: str, language: str) -> IndexedPassage:
    """What a passage in ``language`` ("" where it isn't known) is found by."""
    written = terms(text, language)
    compounds = long_words(written) if language == "de" else []
    columns = [
        [*terms(title, language), *terms_without_accents(title, language)],
        [*terms(section, language), *terms_without_accents(section, language)],
        [*written, *terms_without_accents(text, language)],
        compounds,
    ]
    return IndexedPassage(*map(" ".join, columns))

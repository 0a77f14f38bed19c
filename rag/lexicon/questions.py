"""What a question looks for: its content words in every language that may answer it, and what it quotes."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable

from rag.language import language_of
from rag.lexicon.analysis import is_function_word, said_together, token_terms, tokens
from rag.lexicon.compounds import LEAST_PART
from rag.lexicon.folding import folded
from rag.lexicon.requests import without_request
from rag.quotations import quotations

MOST_QUOTED = 4
"""Quoted phrases of a question that are looked for to the letter."""

_WORD = re.compile(r"[^\W_]+")


@dataclasses.dataclass(frozen=True)
class Quotation:
    """Words that are to stand somewhere to the letter.

    ``written`` as ``spelling`` gives it; ``terms`` as each language has them, in their order: what holds it, holds one
    of these.
    """

    written: str
    terms: tuple[tuple[str, ...], ...]


@dataclasses.dataclass(frozen=True)
class LexicalQuery:
    """A question, analysed.

    ``terms``: its content words, numbers and identifiers, in all their forms (see ``analysis.terms``), each once.
    ``compounds``: stems of German words that may be parts of longer ones, or be put together themselves.
    ``words``: the content words as they are written, in lower case: for an index of before the lexicon.
    ``quotations``: what it quotes.
    """

    terms: tuple[str, ...]
    compounds: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    quotations: tuple[Quotation, ...] = ()


def lexical_query(question: str, languages: Iterable[str] = ()) -> LexicalQuery:
    """``question`` as the lexical index is asked, where the library's documents are in ``languages``.

    Function words are left out; where there are no other words, they are looked for. It may be in another language than
    any of the documents, or too short to tell: a name in it is looked for as each of their languages would have it.
    """
    own = language_of(question)
    spoken = _spoken(own, tuple(languages))
    said = dict.fromkeys(tokens(without_request(question)))
    content = [token for token in said if not is_function_word(token, own)] or [*said]
    found: dict[str, None] = {}
    for language in spoken:
        found.update(dict.fromkeys(term for token in content for term in token_terms(token, language)))
    for language in [own] if own else spoken:
        found.update(dict.fromkeys(said_together(question, language)))
    compounds: dict[str, None] = {}
    if own in {"", "de"} and "de" in spoken:
        stems = (term for token in content for term in token_terms(token, "de"))
        compounds = dict.fromkeys(stem for stem in stems if len(stem) >= LEAST_PART and stem.isalpha())
    return LexicalQuery(tuple(found), tuple(compounds), tuple(content), _quotations(question, spoken))


def spelling(text: str) -> str:
    """``text`` as quotations are compared: its words without case and accents, one space before, between and after."""
    return f" {' '.join(_WORD.findall(folded(text)))} "


def _spoken(own: str, known: tuple[str, ...]) -> tuple[str, ...]:
    """The languages in which a question in its ``own`` is analysed: that of documents that aren't known is any."""
    if own and own in known:
        return tuple(language for language in known if language in {own, ""})
    return (own, *known) if own or not known else known


def _quotations(question: str, languages: Iterable[str]) -> tuple[Quotation, ...]:
    found: list[Quotation] = []
    for quoted in quotations(question):
        if (written := spelling(quoted)).strip():
            forms = dict.fromkeys(tuple(_words(quoted, language)) for language in languages)
            found.append(Quotation(written, tuple(form for form in forms if form)))
    return tuple(found[:MOST_QUOTED])


def _words(quoted: str, language: str) -> list[str]:
    return [term for token in tokens(quoted) for term in token_terms(token, language)]

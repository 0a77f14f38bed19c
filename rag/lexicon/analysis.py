"""From a text to the terms that it is found by: the same for a passage and for a question. Pure.

A term holds letters, digits and "-", ".", "%" alone, in lower case, so that terms can stand one after the other with
spaces between them.
"""

from __future__ import annotations

import functools
import re
import unicodedata

from rag.language import function_words
from rag.lexicon.folding import composed, folded
from rag.lexicon.numbers import amounts, bound, is_number, values
from rag.lexicon.periods import quarters
from rag.lexicon.scripts import is_run, pairs, set_apart
from rag.lexicon.stemming import stem

LEXICON_VERSION = 1
"""Raise it when a change here gives the same text other terms: passages are then analysed anew, in the background."""

LONGEST_TOKEN = 200
"""Characters of a token that are looked at."""
LONGEST_TERM = 64
"""Characters; what is longer (a line of code, a key) is found by its first ones."""
MOST_PARTS = 6
"""Parts of an identifier that is also a term as a whole."""
WORDS_REMEMBERED = 1 << 16
"""Words whose terms are kept in memory, some 20 MB: a text repeats a few words most of the time."""

_MARKS = "".join(chr(code) for code in range(0x300, 0x1C00) if unicodedata.category(chr(code)).startswith("M"))
_TOKEN = re.compile(rf"[^\W_][\w{_MARKS}]*(?:[-‐‑_/.,:'’&][^\W_][\w{_MARKS}]*)*")
_PARTS = re.compile(rf"[^\W_][^\W_{_MARKS}]*(?:[{_MARKS}]+[^\W_]*)*")
_MEASURED = re.compile(r"(\d+(?:[.,'’]\d+)+)([^\W\d_]+)")
_ALIKE = re.compile(r"\d+|\D+")
_ELISION = re.compile(
    r"\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu|quelqu|presqu|"
    r"(?:d|n)?ell|(?:d|n)egl|all|agl|dall|sull|coll|nell|quell|quest|sant|bell|un|com|dov|gl)['’](?=[^\W\d_])"
)


def terms(text: str, language: str) -> list[str]:
    """What ``text`` is found by, in the order of its words, then what some of them say together."""
    written = _prepared(text)
    found = [term for token in _tokens(written) for term in token_terms(token, language)]
    return found + _together(written, language)


def terms_without_accents(text: str, language: str) -> list[str]:
    """The terms that words of ``text`` would have without their accents, where those are others.

    Stemmers read accents ("durée" and "duree" have two stems), and people leave them out of questions.
    """
    if text.isascii():
        return []
    written = (token for token in tokens(text) if not token.isascii())
    return [term for token in written for term in _plain_terms(token, language)]


def tokens(text: str) -> list[str]:
    """The words, numbers and identifiers of ``text``, in lower case, with their accents, without elided articles."""
    return _tokens(_prepared(text))


def said_together(text: str, language: str) -> list[str]:
    """The terms that no word of ``text`` alone gives: amounts with their scale, percentages, quarters."""
    return _together(_prepared(text), language)


@functools.lru_cache(WORDS_REMEMBERED)
def token_terms(token: str, language: str) -> tuple[str, ...]:
    """The terms of one of the ``tokens`` of a text."""
    if is_number(token) and (numbers := values(token, language)):
        return numbers
    if is_run(token):
        return tuple(pairs(token))
    if (measured := _MEASURED.fullmatch(token)) and (numbers := values(measured[1], language)):
        return (*numbers, _word(measured[2], language))
    parts = _PARTS.findall(token)
    if len(parts) == 1 and not any(character.isdigit() for character in token):
        return (_word(token, language),)
    found = dict.fromkeys(_whole(token, parts, language))
    for part in parts:
        pieces = _ALIKE.findall(part)
        if len(pieces) == 1 and (len(part) > 1 or part.isdigit() or not found):
            found[part[:LONGEST_TERM] if part.isdigit() else _word(part, language)] = None
        elif len(pieces) > 1:
            found[folded(part)[:LONGEST_TERM]] = None
            found.update(dict.fromkeys(folded(piece) for piece in pieces if len(piece) > 1))
    return tuple(found)


@functools.lru_cache(WORDS_REMEMBERED)
def _plain_terms(token: str, language: str) -> tuple[str, ...]:
    known = token_terms(token, language)
    return () if is_run(token) else tuple(term for term in token_terms(folded(token), language) if term not in known)


def is_function_word(token: str, language: str) -> bool:
    """Whether ``token`` only holds other words together in ``language``."""
    return token in function_words(language)


def _tokens(written: str) -> list[str]:
    return [token[:LONGEST_TOKEN] for token in _TOKEN.findall(written)]


def _prepared(text: str) -> str:
    written = composed(bound(text))
    if "'" in written or "’" in written:
        written = _ELISION.sub("", written)
    return set_apart(written)


def _together(written: str, language: str) -> list[str]:
    if not any(map(str.isdigit, written)) and "trimestre" not in written and "quart" not in written:
        return []
    return amounts(written, language) + quarters(folded(written), language)


def _word(word: str, language: str) -> str:
    return folded(stem(word[:LONGEST_TERM], language))


def _whole(token: str, parts: list[str], language: str) -> list[str]:
    """What is written with hyphens, points and strokes as one: "AB-1234/7" as "ab1234-7", "e-mail" as "email"."""
    separators = {character for character in token if not character.isalnum()} & set("-‐‑_/.,:'’&")
    has_digits = any(character.isdigit() for character in token)
    is_one = (
        separators <= set("-‐‑_&")
        or (has_digits and separators <= set("-‐‑_/.:"))
        or (separators == {"."} and all(len(part) == 1 for part in parts))
    )
    if not 1 < len(parts) <= MOST_PARTS or not is_one:
        return []
    whole = parts[0]
    for part in parts[1:]:
        whole += f"-{part}" if whole[-1].isdigit() and part[0].isdigit() else part
    return [folded(whole)[:LONGEST_TERM] if has_digits else _word(whole, language)]

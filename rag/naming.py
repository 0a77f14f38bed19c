"""What a question is about, by the look of its words: names, quoted words, years, words of content. Pure."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator

from rag.language import ALL_FUNCTION_WORDS, function_words
from rag.reference import AUXILIARIES, INTERROGATIVES

TOKEN = re.compile(r"\w(?:[\w&]|[.'’-](?=\w))*")
YEAR = re.compile(r"(?<![\w.,])(?:1[5-9]|20)\d\d(?![\w]|[.,]\d)")
QUARTER = re.compile(r"(?<!\w)(?:Q[1-4]|[1-4]Q|T[1-4])(?!\w)")
_QUOTED = re.compile(r"[\"“„«]\s*([^\"”“»]{2,80}?)\s*[\"”“»]")
_ABBREVIATED = re.compile(r"(?<!\w)(?:M|MM|Mr|Mrs|Ms|Dr|Prof|St|Ste|Me|Mgr|Sig|Dott|Avv|Ing|Sr|Sra|Hr|[A-Z])\.$")
"""What stands before a name, or is its initial, and has a full stop of its own: no sentence ends there."""
_POSSESSIVE = re.compile(r"['’]s$")
_ELISION = re.compile(r"^(?:[ldnmtscj]|qu|dell|nell|all|dall|sull|un)['’]", re.IGNORECASE)
_WITHIN_A_NAME = frozenset({"of", "de", "del", "della", "du", "des", "von", "van", "der"})
_GERMAN_DETERMINERS = frozenset({
    "der", "die", "das", "dem", "den", "des", "ein", "eine", "einem", "einen", "einer", "eines",
    "im", "am", "zum", "zur", "beim", "vom", "viel", "viele",
})  # fmt: skip
_PEOPLE_ADDRESSED = frozenset({"I", "Sie", "Ihr", "Ihre", "Ihnen"})


@dataclasses.dataclass(frozen=True)
class Name:
    """A name and its span in the text that holds it, without what is tied to it ("Nvidia’s", "l’Italie")."""

    text: str
    start: int
    end: int


def names(text: str, language: str) -> list[Name]:
    """The names in ``text``, in order: what is written with a capital or mixes letters with digits, or is quoted.

    The first word of a text has its capital from there; in German a noun behind an article has its own.
    """
    found = [Name(quoted[1], *quoted.span(1)) for quoted in _QUOTED.finditer(text)]
    run: list[re.Match[str]] = []
    for token in TOKEN.finditer(text):
        if any(name.start <= token.start() < name.end for name in found):
            continue
        joins = run and _is_one_space(text[: token.start()], run[-1].end()) and not _POSSESSIVE.search(run[-1].group())
        if joins and (_is_name(token, text, language) or token.group() in _WITHIN_A_NAME):
            run.append(token)
            continue
        found += _closed(run)
        run = [token] if _is_name(token, text, language) else []
    return sorted([*found, *_closed(run)], key=lambda name: name.start)


def content_words(text: str) -> list[str]:
    """The words and numbers of ``text`` that are no function words, no question words, no auxiliaries."""
    return [word for word in (_ELISION.sub("", token) for token in TOKEN.findall(text)) if _is_content(word)]


def _is_name(token: re.Match[str], text: str, language: str) -> bool:
    word = _ELISION.sub("", token.group())
    if YEAR.fullmatch(word) or QUARTER.fullmatch(word) or word in _PEOPLE_ADDRESSED:
        return False
    if any(map(str.isupper, word[1:])) or (any(map(str.isdigit, word)) and any(map(str.isupper, word))):
        return True
    if not word[0].isupper() or word.casefold() in function_words(language):
        return False
    before = text[: token.start()].rstrip(" ¿¡\"'«“„(")
    if not before or (before[-1] in ".?!:" and not _ABBREVIATED.search(before)):
        if _is_listed(token, text):
            return _is_content(word)
        return _is_content(word) and (token.group() != word or _POSSESSIVE.search(word) is not None)
    if language == "de":
        previous = TOKEN.findall(before)[-1:]
        return not previous or previous[0].casefold() not in _GERMAN_DETERMINERS
    return True


def _is_listed(token: re.Match[str], text: str) -> bool:
    """Whether ``token`` begins brackets that hold names alone, as follow-ups have: "How wide is it? (Alder Quay)"."""
    if not text[: token.start()].endswith("("):
        return False
    words = TOKEN.findall(text[token.start() :].partition(")")[0])
    return all(word[0].isupper() or word[0].isdigit() or word in _WITHIN_A_NAME for word in words)


def _is_one_space(before: str, end: int) -> bool:
    """Whether a space alone, or behind an abbreviation its full stop too, follows the word that ends at ``end``."""
    between = before[end:]
    return between == " " or (between == ". " and _ABBREVIATED.search(before[:-1]) is not None)


def _is_content(word: str) -> bool:
    key = word.casefold()
    return key not in ALL_FUNCTION_WORDS and key not in INTERROGATIVES and key not in AUXILIARIES


def _closed(run: list[re.Match[str]]) -> Iterator[Name]:
    while run and run[-1].group() in _WITHIN_A_NAME:
        run.pop()
    if run:
        start, end = run[0].start(), run[-1].end()
        elided = _ELISION.match(run[0].group())
        start += elided.end() if elided else 0
        possessive = _POSSESSIVE.search(run[-1].group())
        end -= len(possessive.group()) if possessive else 0
        yield Name(run[0].string[start:end], start, end)

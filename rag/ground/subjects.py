"""Whether a quote says of the same thing what a sentence says, and says it rather than asks it."""

from __future__ import annotations

import itertools
import re

from rag.ground.statements import CONTENT, Kind, Statement
from rag.ground.words import BEING
from rag.overlap import WORD

_INQUIRING = re.compile(
    r"\b(?:whether|assess(?:es|ed|ing)?|evaluat(?:e|es|ed|ing)|investigat(?:e|es|ed|ing)|examin(?:e|es|ed|ing)|"
    r"évalu(?:e|er|era|ent|ait)|examiner(?:a|ait)?|ob|untersuch(?:en|t|te|ten)|prüf(?:en|t|te|ten)|"
    r"valut(?:a|are|erà|ano|ava)|esamin(?:a|are|erà)|evalu(?:ar|ará|aron|aba)|eval[uú]a[n]?|examinar(?:á|on)?)\b",
    re.IGNORECASE,
)
"""What tells that something is asked: "the trial assesses whether the vaccine is effective"."""
_CLAUSE_END = re.compile(r"[;:,.]|\b(?:and|but|et|mais|und|aber|e|ed|ma|y|pero)\b", re.IGNORECASE)


def subject_of(said: Statement) -> frozenset[str]:
    """What a sentence begins with: its first word of content, and the names that follow with no word between."""
    place = next((place for place, term in enumerate(said.terms) if term.kind in CONTENT), len(said.terms))
    names = itertools.takewhile(lambda term: term.kind in CONTENT and term.is_capital, said.terms[place + 1 :])
    return frozenset(term.key for term in (*said.terms[place : place + 1], *names))


def says_what_it_is(said: Statement) -> bool:
    """Whether a sentence says of its subject, an ordinary word, what that is ("The board is a structure"), no value."""
    content = said.content
    if len(content) < 2 or content[0].kind is not Kind.WORD or said.figures:
        return False
    between = said.text[content[0].start + len(said.word(content[0])) : content[1].start]
    return any(word.casefold() in BEING for word in WORD.findall(between))


def has_subject_of(said: Statement, quoted: Statement) -> bool:
    """Whether ``quoted`` has a word of what ``said`` begins with, or one of its root."""
    return any(quoted.has_kin_of(key) for key in subject_of(said))


def only_asks(said: Statement, quoted: Statement) -> bool:
    """Whether what ``quoted`` has of what ``said`` says of its subject is asked there, and ``said`` asks nothing."""
    if _INQUIRING.search(said.text) or not (inquiries := [one.end() for one in _INQUIRING.finditer(quoted.text)]):
        return False
    scopes = []
    for start in inquiries:
        end = _CLAUSE_END.search(quoted.text, start)
        scopes.append((start, end.start() if end else len(quoted.text)))
    told = Statement(said.text, tuple(term for term in said.content if term.key not in subject_of(said)), False, True)
    places = [term.start for term in quoted.content if term.figure is None and told.has_kin_of(term.key)]
    return bool(places) and all(any(start <= place < end for start, end in scopes) for place in places)

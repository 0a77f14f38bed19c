"""What a question wants: its terms, the names, numbers and phrases that must be there, the kind of answer. Pure."""

from __future__ import annotations

import dataclasses
import enum
import itertools
import re
from collections.abc import Callable, Sequence

from rag.ground.dates import dates_in
from rag.lexicon.analysis import is_function_word, said_together, token_terms, tokens
from rag.lexicon.requests import without_request
from rag.quotations import quotations


class Kind(enum.Enum):
    """The kind of answer that a question asks for."""

    DATE = enum.auto()
    NUMBER = enum.auto()
    NAME = enum.auto()


_ASKS_FOR = {
    # In this order: "in what year" is no question for a number, "how many people who" is none for a name.
    Kind.DATE: r"""
        when | (what|which)\ (year|month|day|date|decade|century)s? | quand
        | quel(le)?s?\ (ann[ée]e|mois|jour|date|d[ée]cennie|si[èe]cle)s? | quando
        | (che|quale?|quali)\ (anno|anni|mese|mesi|giorno|giorni|data|date|decennio|secolo)
        | wann | welche[mnrs]?\ (jahr|jahre|jahren|monat|tag|datum|jahrzehnt|jahrhundert)(e?s)? | cu[áa]ndo
        | (qu[ée]|cu[áa]l(es)?)\ (es\ la\ |era\ la\ |fue\ la\ )?(año|mes|d[íi]a|fecha|d[ée]cada|siglo)s?
    """,
    Kind.NUMBER: r"""
        how\ (many|much|long|old|far|tall|high|large|big|wide|deep|often|fast|heavy)
        | (what|which)\ (percentage|percent|proportion|number|amount|share|fraction)
        | combien | quel(le)?\ (pourcentage|proportion|nombre|montant|part) | quant[oiae]
        | (che|quale)\ (percentuale|proporzione|numero|importo|quota) | wie\ ?viele?
        | wie\ (lange?|alt|gro(ß|ss)|hoch|weit|oft|tief|breit|schnell|schwer)
        | (welche[rs]?)\ (prozentsatz|anteil|anzahl|zahl|betrag) | cu[áa]nt[oa]s?
        | (qu[ée]|cu[áa]l)\ (porcentaje|proporci[óo]n|n[úu]mero|cantidad|parte)
    """,
    Kind.NAME: r"who | whom | whose | qui | chi | wer | wem | wen | wessen | qui[ée]n(es)?",
}
_ASKED = {kind: re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE | re.VERBOSE) for kind, pattern in _ASKS_FOR.items()}

_YEAR = re.compile(
    r"\b[12]\d{3}\b|\b(?:centur|siècle|secol|jahrhundert|siglo|decade|décennie|decenn|jahrzehnt)", re.IGNORECASE
)
_NUMBER = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|dozen|hundred|half|third|quarter"
    r"|deux|trois|quatre|cinq|sept|huit|neuf|dix|douze|cent|moitié|tiers"
    r"|due|tre|quattro|cinque|sei|sette|otto|nove|dieci|dodici|cento|metà"
    r"|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|zwölf|hundert|hälfte|drittel"
    r"|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|doce|cien|mitad)\b",
    re.IGNORECASE,
)
_CAPITAL = re.compile(r"(?<=[\w,;:(»”\"] )[^\W\d_a-zß-öø-ÿ]\w+")

Terms = tuple[str, ...]


@dataclasses.dataclass(frozen=True)
class Wanted:
    """A question as passages are held against it, in terms of ``language`` (see rag.lexicon).

    ``terms`` are those of its content words, each once, in order; of all its words where it has no others. ``numbers``
    and ``names`` are those of them that stand for themselves, ``phrases`` the terms of what it quotes.
    """

    language: str
    terms: Terms
    numbers: frozenset[str]
    names: frozenset[str]
    phrases: tuple[Terms, ...]
    kind: Kind | None


def wanted(question: str, language: str) -> Wanted:
    """What ``question`` wants; ``language`` is its own ("": not known)."""
    words = tokens(without_request(question))
    content = [word for word in words if not is_function_word(word, language)] or words
    terms = dict.fromkeys(itertools.chain(*(token_terms(word, language) for word in content)))
    terms.update(dict.fromkeys(said_together(question, language)))
    capitals = set(terms_of(" ".join(match.group() for match in _CAPITAL.finditer(question)), language))
    return Wanted(
        language=language,
        terms=tuple(terms),
        numbers=frozenset(term for term in terms if any(map(str.isdigit, term))),
        names=frozenset(term for term in terms if term in capitals and not any(map(str.isdigit, term))),
        phrases=tuple(phrase for phrase in (terms_of(text, language) for text in quotations(question)) if phrase),
        kind=next((kind for kind, pattern in _ASKED.items() if pattern.search(question)), None),
    )


def terms_of(text: str, language: str) -> Terms:
    """The terms of the words of ``text`` in their order."""
    return tuple(itertools.chain(*(token_terms(word, language) for word in tokens(text))))


def holds_kind(sentence: str, asked: Wanted) -> bool:
    """Whether ``sentence`` says something of the kind that is asked for, which the question does not say itself."""
    return asked.kind is not None and _HOLDS[asked.kind](sentence, asked)


def _holds_date(sentence: str, asked: Wanted) -> bool:
    years = (match.group() for match in _YEAR.finditer(sentence))
    return any(year not in asked.numbers for year in years) or next(dates_in(sentence), None) is not None


def _holds_number(sentence: str, asked: Wanted) -> bool:
    digits = (term for term in terms_of(sentence, asked.language) if any(map(str.isdigit, term)))
    return any(term not in asked.numbers for term in digits) or _NUMBER.search(sentence) is not None


def _holds_name(sentence: str, asked: Wanted) -> bool:
    named = (terms_of(match.group(), asked.language) for match in _CAPITAL.finditer(sentence))
    return any(not set(terms) <= set(asked.terms) for terms in named)


_HOLDS: dict[Kind, Callable[[str, Wanted], bool]] = {
    Kind.DATE: _holds_date, Kind.NUMBER: _holds_number, Kind.NAME: _holds_name
}  # fmt: skip


def says_phrase(phrase: Terms, terms: Sequence[str]) -> bool:
    """Whether ``phrase`` stands in ``terms``, its terms one behind the other."""
    length = len(phrase)
    starts = (place for place, term in enumerate(terms) if term == phrase[0])
    return any(tuple(terms[start : start + length]) == phrase for start in starts)

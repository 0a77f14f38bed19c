"""What a sentence says, as far as it is compared: its words in order, names, figures, denials."""

from __future__ import annotations

import dataclasses
import enum
import functools
import itertools
import re
import unicodedata
from collections.abc import Iterator

from rag.ground.figures import Figure, figures_in
from rag.ground.opposites import opposites_of
from rag.ground.ranks import ORDINAL_OF, roman_value
from rag.ground.words import ANAPHORS, GERMAN_DETERMINERS, MODALS, NAMING, NEGATIONS, OPENERS
from rag.language import language_of
from rag.overlap import WORD, is_content, stem

_WITHOUT_SPACES = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+"
)
"""Runs of scripts that put no space between words: Thai, Lao, Burmese, Khmer, kana, Han."""
KIN = 5
"""Letters of a stem that another one begins with, where both are of one root."""
_RANKED = re.compile(r"(?P<word>[^\W\d_]+)\s(?P<number>[IVX]{1,6})(?!\w)")
_BEGINNING = ".!?:;\n•-–|"
_ORDINARY_ENDING = re.compile(r".{3}(?:ly|ing|ed|tion|tions|ment|ments|ness|ity|ance|ence|ously|mente|ment|lich|isch)")


class Kind(enum.Enum):
    """What a term of a sentence is."""

    FUNCTION = enum.auto()
    WORD = enum.auto()
    NAME = enum.auto()
    FIGURE = enum.auto()
    NEGATION = enum.auto()


CONTENT = frozenset({Kind.WORD, Kind.NAME, Kind.FIGURE})
"""What says something by itself."""


@dataclasses.dataclass(frozen=True, slots=True)
class Term:
    """A word or a figure; ``key`` is the same for two inflections of a word and two spellings of a number."""

    kind: Kind
    key: str
    start: int
    figure: Figure | None = None
    is_capital: bool = False
    """Whether it is written as names are, be it for the sentence's beginning."""


def _said(term: Term) -> tuple[Kind, str, str]:
    return term.kind, term.key, term.figure.unit if term.figure is not None else ""


@dataclasses.dataclass(frozen=True)
class Statement:
    """A sentence as it is compared."""

    text: str
    terms: tuple[Term, ...]
    is_question: bool
    has_case: bool
    """Whether its script has capitals: without them, names can't be told from words."""

    @functools.cached_property
    def content(self) -> tuple[Term, ...]:
        """The terms that say something: words, names and figures."""
        return tuple(term for term in self.terms if term.kind in CONTENT)

    @functools.cached_property
    def stems(self) -> frozenset[str]:
        """The words and names."""
        return frozenset(term.key for term in self.terms if term.kind in (Kind.WORD, Kind.NAME))

    @functools.cached_property
    def _beginnings(self) -> frozenset[str]:
        return frozenset(one[:length] for one in self.stems for length in range(KIN, len(one)))

    def has_kin_of(self, stem: str) -> bool:
        """Whether it has a word that ``stem``, no name, is derived from or is the root of: "destroy", "destruction"."""
        if stem in self.stems or stem in self._beginnings:
            return True
        return any(stem[:length] in self.stems for length in range(KIN, len(stem)))

    @functools.cached_property
    def names(self) -> frozenset[str]:
        """The names that are known by a capital in the middle."""
        return frozenset(term.key for term in self.terms if term.kind is Kind.NAME)

    @functools.cached_property
    def figures(self) -> tuple[Figure, ...]:
        """Its numbers and dates."""
        return tuple(term.figure for term in self.terms if term.figure is not None)

    @functools.cached_property
    def numbered(self) -> frozenset[tuple[str, str]]:
        """What is called by a name and a number ("Super Bowl 50"): the name's last word, and the number's key."""
        return frozenset(
            (before.key, term.figure.key)
            for before, term in itertools.pairwise(self.terms)
            if before.kind is Kind.NAME and self.text[before.start : term.start].rstrip() == self.word(before)
            if term.figure is not None and not (term.figure.is_period or term.figure.is_named or term.figure.unit)
        )  # fmt: skip

    @functools.cached_property
    def ranked(self) -> frozenset[tuple[str, int]]:
        """What has a Roman number: the word before it and the number, ("grad", 1) for "grade I"."""
        return frozenset(
            (stem(found["word"]), value)
            for found in _RANKED.finditer(self.text)
            if (value := roman_value(found["number"])) is not None
        )

    @functools.cached_property
    def ordinals(self) -> frozenset[int]:
        """The numbers that its words put things in order by: 10 for "tenth"."""
        return frozenset(ORDINAL_OF[word] for word in map(str.casefold, WORD.findall(self.text)) if word in ORDINAL_OF)

    @functools.cached_property
    def opposites(self) -> frozenset[tuple[int, int]]:
        """The sides of the pairs of opposites that it speaks of."""
        words = {word.casefold() for word in WORD.findall(self.text)}
        return frozenset(side for word in words for side in opposites_of(word))

    @functools.cached_property
    def refers_back(self) -> bool:
        """Whether one of its first words stands for something that was named before."""
        return any(word.casefold() in ANAPHORS for word in WORD.findall(self.text)[:4])

    @functools.cached_property
    def first_word(self) -> Term | None:
        """The word at its beginning, where it is neither a function word nor an ordinary opener."""
        content = [term for term in self.terms if term.kind in (Kind.WORD, Kind.NAME)]
        if not content or self.text[: content[0].start].strip(" \"'“«(¿¡*_"):
            return None
        word = WORD.match(self.text, content[0].start)
        if word is None or not word[0][0].isupper():
            return None
        plain = word[0].casefold()
        return None if plain in OPENERS or _ORDINARY_ENDING.fullmatch(plain) else content[0]

    def word(self, term: Term) -> str:
        """How a word of it is written."""
        found = WORD.match(self.text, term.start)
        return found[0] if found is not None else ""

    def same_as(self, other: Statement) -> bool:
        """Whether both say the same words in the same order."""
        return self._order == other._order

    @functools.cached_property
    def _order(self) -> tuple[tuple[Kind, str, str], ...]:
        return tuple(_said(term) for term in self.terms)

    def between(self, first: int, last: int) -> Statement:
        """The part from one term up to another, as a statement."""
        terms = self.terms[first:last]
        text = self.text[terms[0].start : self.terms[last].start if last < len(self.terms) else None] if terms else ""
        start = terms[0].start if terms else 0
        moved = tuple(dataclasses.replace(term, start=term.start - start) for term in terms)
        return Statement(text, moved, self.is_question, self.has_case)


def statement(text: str) -> Statement:
    """What ``text``, a sentence, says."""
    figures = figures_in(text)
    terms = [Term(Kind.FIGURE, figure.key, figure.span[0], figure) for figure in figures]
    spans = [figure.span for figure in figures]
    has_case, is_german = False, language_of(text) == "de"
    for word, start in _words(text):
        has_case = has_case or word.lower() != word.upper()
        if not any(first <= start < last for first, last in spans):
            kind = _kind(word, text, start)
            if kind is Kind.NAME and is_german and _is_german_noun(text, start):
                kind = Kind.WORD
            terms.append(Term(kind, stem(word), start, None, word[0].isupper()))
    is_question = text.rstrip("\"'”’») ").endswith(("?", "？"))
    return Statement(text, tuple(sorted(terms, key=lambda term: term.start)), is_question, has_case)


def _words(text: str) -> Iterator[tuple[str, int]]:
    for found in WORD.finditer(text):
        at = found.start()
        for run in _WITHOUT_SPACES.finditer(text, found.start(), found.end()):
            if at < run.start():
                yield text[at : run.start()], at
            # Two letters at a time, each letter twice: what is said is as much in their order as in the letters.
            letters = run[0]
            yield from ((letters[index : index + 2], run.start() + index) for index in range(max(1, len(letters) - 1)))
            at = run.end()
        if at < found.end():
            yield text[at : found.end()], at


def _kind(word: str, text: str, start: int) -> Kind:
    plain = unicodedata.normalize("NFC", word).casefold()
    if plain == "sin" and text[start:].casefold().startswith("sin embargo"):
        return Kind.FUNCTION
    if plain in NEGATIONS or plain.endswith(("n't", "n’t")):
        return Kind.NEGATION
    if plain in MODALS or plain in NAMING or not is_content(word):
        return Kind.FUNCTION
    return Kind.NAME if _is_name(word, text, start) else Kind.WORD


def _is_name(word: str, text: str, start: int) -> bool:
    """A capital in the middle of a sentence; at its beginning it says nothing."""
    before = text[:start].rstrip(" \"'“«(*_¿¡")
    begins = not before or before[-1] in _BEGINNING
    # What an article is tied to: "l'Italia", "d'Espagne".
    tied = re.search(r"['’](\w)[^'’]*$", word)
    capital = word[0].isupper() or (tied is not None and tied[1].isupper())
    return capital and (not begins or (len(word) > 1 and word.isupper())) and len(word) > 1


def _is_german_noun(text: str, start: int) -> bool:
    """Whether a determiner stands before a word with a capital, at most with adjectives between."""
    for before in reversed(text[:start].split()[-4:]):
        if before.casefold() in GERMAN_DETERMINERS:
            return True
        if not before.islower() or not before.endswith(("e", "en", "er", "es", "em")):
            return False
    return False

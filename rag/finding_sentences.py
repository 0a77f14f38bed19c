"""A sentence as it is held against what a question seeks: what of it it holds, and whether it denies that. Pure."""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Mapping, Sequence

from rag.finding_question import WORD, Sought, SoughtWord, forms_of, phrase_of
from rag.ground.figures import Figure, figures_in
from rag.ground.words import ANAPHORS, NEGATIONS
from rag.overlap import is_content
from rag.protocol import Span

GOVERNED = 4
"""Words from a negation to what it denies, at most."""

_VERBAL = frozenset(
    ["not", "never", "nicht", "nie", "niemals", "pas", "jamais", "non", "nunca", "jamás", "cannot", "hardly"]
)
"""Negations of verbs: one more word may stand between them and what isn't so."""
_QUALIFIED = re.compile(r"\)?\s+[^\W\d_]{3,}\s+([^\W\d_]+)")
"""What may stand between a number and its unit: "30 calendar days"."""
_OF = frozenset(("of", "for", "that", "de", "du", "d", "di", "von", "auf", "für"))
"""What joins a noun to what there is none of."""
_NO_DENIALS = re.compile(
    r"\b(?:no|not)\s+(?:later|less|more|fewer|earlier|only)\b|\bnicht\s+(?:nur|später|weniger|mehr)\b"
    r"|\bpas\s+(?:moins|plus)\b|\bnon\s+(?:solo|meno|oltre)\b|\bno\s+(?:menos|solo|sólo|más)\b",
    re.IGNORECASE,
)


@dataclasses.dataclass(frozen=True)
class Word:
    """A word of a sentence, and what it is in any inflection; ``span`` lies in the sentence."""

    text: str
    span: Span
    forms: frozenset[str]


@dataclasses.dataclass(frozen=True)
class Sentence:
    """A sentence at ``span`` in its passage: its words, its figures, and what it holds of what is sought.

    ``found`` says where (counting words) each sought word stands, by its place in the question; ``phrases`` are those
    that it has to the letter; ``held`` is where all of it stands, figures included.
    """

    span: Span
    text: str
    words: tuple[Word, ...]
    found: Mapping[int, tuple[int, ...]]
    figures: tuple[Figure, ...]
    phrases: frozenset[str]
    held: frozenset[int]

    @property
    def refers_back(self) -> bool:
        """Whether one of its first words stands for something that was named before."""
        return any(word.text.casefold() in ANAPHORS for word in self.words[:GOVERNED])

    @functools.cached_property
    def is_denied(self) -> bool:
        """Whether a negation is about something that was sought."""
        harmless = [found.span() for found in _NO_DENIALS.finditer(self.text)]
        for at, word in enumerate(self.words):
            lower = word.text.casefold()
            is_verbal = lower in _VERBAL or lower.endswith(("n't", "n’t"))
            if not (is_verbal or lower in NEGATIONS) or any(start <= word.span[0] < end for start, end in harmless):
                continue
            if _governs(at, self.words, self.held, is_verbal=is_verbal):
                return True
            if is_verbal and _ends(at, self.words, self.held):
                return True
        return False


def sentence_of(sought: Sought, text: str, span: Span, language: str) -> Sentence:
    """The sentence at ``span`` of ``text``, which is in ``language`` ("": not known)."""
    written = text[slice(*span)]
    words, flat = words_of(written, language), phrase_of(written)
    found = found_in(sought.words, words, language)
    figures = _figures_of(written) if sought.figures else ()
    said = [one.span for one in figures if any(says(one, figure) for figure in sought.figures)]
    in_figures = [at for at, word in enumerate(words) if any(start <= word.span[0] < end for start, end in said)]
    return Sentence(
        span=span,
        text=written,
        words=words,
        found=found,
        figures=figures,
        phrases=frozenset(phrase for phrase in sought.phrases if phrase in flat),
        held=frozenset((*in_figures, *(at for places in found.values() for at in places))),
    )


def words_of(text: str, language: str) -> tuple[Word, ...]:
    """The words of ``text``, identifiers and numbers among them."""
    return tuple(Word(word[0], word.span(), forms_of(word[0], language)) for word in WORD.finditer(text))


def found_in(sought: Sequence[SoughtWord], words: Sequence[Word], language: str) -> dict[int, tuple[int, ...]]:
    """Where in ``words`` (counting them) each sought word stands that does, by its place among the sought."""
    found: dict[int, tuple[int, ...]] = {}
    for place, wanted in enumerate(sought):
        forms = wanted.forms(language)
        at = tuple(number for number, word in enumerate(words) if forms & word.forms)
        if at:
            found[place] = at
    return found


def says(stated: Figure, wanted: Figure) -> bool:
    """Whether who reads ``stated`` reads ``wanted``; a number without a unit says nothing of days or dollars."""
    if wanted.unit and stated.value is not None and not stated.unit:
        return False
    return stated.says(wanted)


def _figures_of(text: str) -> tuple[Figure, ...]:
    """The figures of a sentence; one with a word before its unit ("30 working days") with that unit."""
    figures = figures_in(text)
    for place, figure in enumerate(figures):
        if figure.value is not None and not figure.unit:
            found = _QUALIFIED.match(text, figure.span[1])
            whole = figures_in(f"{text[slice(*figure.span)]} {found[1]}") if found is not None else []
            if len(whole) == 1 and whole[0].unit:
                figures[place] = dataclasses.replace(figure, unit=whole[0].unit, date=None)
    return tuple(figures)


def _governs(at: int, words: Sequence[Word], held: frozenset[int], *, is_verbal: bool) -> bool:
    """Whether something held is what the negation at ``at`` comes to: "not show a bird strike", "no sign of a …"."""
    others = 0
    for after in range(at + 1, min(at + 1 + GOVERNED, len(words))):
        if after in held:
            return True
        if is_content(words[after].text):
            others += 1
            is_joined = after + 1 < len(words) and words[after + 1].text.casefold() in _OF
            if others > 1 or not (is_verbal or is_joined):
                return False
    return False


def _ends(at: int, words: Sequence[Word], held: frozenset[int]) -> bool:
    """Whether something held stands before the negation at ``at``, with nothing but its verb between."""
    behind = [place for place in range(max(0, at - GOVERNED), at) if place in held]
    return bool(behind) and not any(is_content(words[one].text) for one in range(behind[-1] + 1, at))

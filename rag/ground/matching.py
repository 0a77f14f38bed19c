"""Whether a quote supports a sentence, and how much of it."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from rag.ground.binding import figures_are_held, fits_columns, mixes_years
from rag.ground.contradictions import (
    denies,
    is_a_version,
    is_opposite,
    puts_in_anothers_place,
    replaces_a_name,
    says_another_word,
)
from rag.ground.quotes import Quote, Row, Source, source
from rag.ground.statements import KIN, Kind, Statement
from rag.ground.subjects import has_subject_of, only_asks, says_what_it_is, subject_of
from rag.overlap import Weights
from rag.protocol import Passage

ENOUGH = 0.55
"""The share of a sentence's weighted content words that its quote must hold."""
ENOUGH_OF_WORDS = 0.3
"""The same share of the words that are no names."""
ENOUGH_WITHOUT_CASE = 0.85
"""The same for a script without capitals, where a name is told from a word by nothing."""
ENOUGH_OF_A_LABEL = 0.75
"""The same for a row of a table: its label is all that it says of itself."""


ABSENT = 0.3
"""What a word that is nowhere in the passages weighs of one that stands elsewhere in them: it may be a synonym.

The other was at hand, and the quote still hasn't got it.
"""
MANY = 3
"""Words of a sentence that the passages have at least, for one that they haven't to be taken for a synonym."""


@dataclasses.dataclass(frozen=True)
class Support:
    """A quote that supports a sentence: of one sentence or of neighbours, and the share of words that it holds."""

    quotes: tuple[Quote, ...]
    share: float


class Evidence:
    """The passages that an answer may be supported by."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self.sources: tuple[Source, ...] = tuple(source(passage) for passage in passages)
        every = [quote for held in self.sources for quote in held.quotes]
        self._weights = Weights([quote.statement.stems for quote in every])
        self._words = frozenset(
            term.key for quote in every for term in quote.statement.terms
            if term.kind is Kind.WORD and term is not quote.statement.first_word
        )  # fmt: skip
        self._roots = frozenset(word[:length] for word in self._words for length in range(KIN, len(word) + 1))
        self._labels = tuple(quote for quote in every if quote.row is not None)
        self._stems = frozenset().union(*(quote.statement.stems for quote in every))

    def names_of(self, said: Statement) -> frozenset[str]:
        """What a sentence speaks of by name, and the word it begins with: its subject, more often than not.

        That word counts where the passages have it, or nowhere as an ordinary word.
        """
        first = said.first_word
        counts = first is not None and (first.key in self._stems or not self._is_ordinary(first.key))
        return said.names | {first.key} if first is not None and counts else said.names

    def _is_ordinary(self, stem: str) -> bool:
        """Whether the passages have it, or what it is derived from, as a word that is no name."""
        return (
            stem in self._words
            or stem in self._roots
            or any(stem[:end] in self._words for end in range(KIN, len(stem)))
        )

    def has_version_of(self, said: Statement) -> bool:
        """Whether a sentence of the passages says the same of another, so that no others together can support it."""
        return any(
            len(said.stems & quote.statement.stems) * 2 >= len(said.stems)
            and is_a_version(said, quote.statement, held.stems)
            for held in self.sources
            for quote in held.quotes
            if quote.row is None
        )

    def supports(self, said: Statement, held: Source, quote: Quote) -> Support | None:
        """How ``quote``, one of ``held``, supports ``said``: alone, or with the one before, which says of whom."""
        if not said.stems and not said.figures:
            return None
        if said.is_question and not quote.statement.is_question:
            # A question is no statement: a small model likes to give back the one it was asked.
            return None
        if said.same_as(quote.statement):
            return Support((quote,), 1.0)
        if quote.is_heading:
            return None
        if quote.row is not None:
            return self._row(said, held, quote, quote.row)
        quotes, around = self._with_what_is_meant(said, held, quote)
        if says_what_it_is(said) and not self._is_of_it(said, held, quote, around):
            return None
        if not self._is_held(said, held, quote.statement, around):
            return None
        is_wrong = (
            denies(said, quote.statement)
            or is_opposite(said, quote.statement)
            or mixes_years(said, quote.statement)
            or puts_in_anothers_place(said, quote.statement)
            or says_another_word(said, quote.statement, held.stems)
            or only_asks(said, quote.statement)
        )
        # Of two quotes that hold as much, the shorter says it more exactly.
        share = self._share(said, _held_words(said, quote.statement), around) - 0.05 * (len(quotes) - 1)
        return None if is_wrong else Support(quotes, share)

    def _with_what_is_meant(
        self, said: Statement, held: Source, quote: Quote
    ) -> tuple[tuple[Quote, ...], frozenset[str]]:
        """The quote with the sentence before, where that names who "he" is; and the words that needn't be its own."""
        missing = self.names_of(said) - quote.statement.stems - held.around
        if missing and quote.index and quote.statement.refers_back:
            before = held.quotes[quote.index - 1]
            return (before, quote), held.around | before.statement.names | _first(before.statement)
        is_elsewhere = missing <= held.stems and not replaces_a_name(said, quote.statement)
        if is_elsewhere and (quote.statement.refers_back or not missing & subject_of(said)):
            # "The team" of the quote is called by its name elsewhere in the passage. What the sentence
            # itself is about may be so only where the quote's own subject stands for something out of sight.
            return (quote,), held.around | missing
        return (quote,), held.around

    def _is_of_it(self, said: Statement, held: Source, quote: Quote, around: frozenset[str]) -> bool:
        """Whether the quote is about what ``said`` says something of, or the sentence before it, where it refers back.

        A subject that is nowhere in the passages may be a synonym of theirs.
        """
        if has_subject_of(said, quote.statement) or subject_of(said) & around or not subject_of(said) & self._stems:
            return True
        is_said_before = quote.index > 0 and quote.statement.refers_back
        return is_said_before and has_subject_of(said, held.quotes[quote.index - 1].statement)

    def _is_held(self, said: Statement, held: Source, quoted: Statement, around: frozenset[str]) -> bool:
        """Whether ``quoted`` has the figures, the names and enough of the words of ``said``."""
        known = quoted.stems | around
        names = self.names_of(said)
        if not names <= known or not figures_are_held(said, quoted.figures, held.figures, 0, held.numbered, quoted):
            return False
        strange = {
            term.key for term in said.content
            if term.is_capital and not (term.kind is Kind.WORD and quoted.has_kin_of(term.key))
        } - known  # fmt: skip
        if strange and replaces_a_name(said, quoted):
            return False
        needed = ENOUGH if said.has_case else ENOUGH_WITHOUT_CASE
        # The names alone don't say what is said of them.
        words = said.stems - names
        shared = _held_words(said, quoted)
        has_words = self._weight(words & (shared | around), said) >= ENOUGH_OF_WORDS * self._weight(words, said)
        return has_words and self._share(said, shared, around) >= needed

    def _share(self, said: Statement, held: frozenset[str], around: frozenset[str]) -> float:
        """The weighted share of the words of ``said`` that are ``held``; what is said ``around`` proves little."""
        beside = said.stems & around - held
        own = said.stems - beside
        if not own:
            # All is said by the document's name or the heading: then the figures have to carry it.
            return 1.0 if said.figures else 0.0
        whole = self._weight(own, said) + 0.25 * self._weight(beside, said)
        return self._weight(own & held, said) / whole if whole else 1.0

    def _weight(self, stems: frozenset[str], said: Statement) -> float:
        is_lighter = said.has_case and len(said.stems & self._stems) >= MANY
        absent = stems - self._stems if is_lighter else frozenset()
        return self._weights.of(stems - absent) + ABSENT * self._weights.of(absent)

    def _row(self, said: Statement, held: Source, quote: Quote, row: Row) -> Support | None:
        context = held.around | row.header | row.group
        own = said.stems - (context - row.label)
        share = self._weights.of(own & row.label) / self._weights.of(own) if own else float(not row.label)
        if not own and said.stems & row.group:
            share = 1.0
        if share < ENOUGH_OF_A_LABEL or not self.names_of(said) <= quote.statement.stems | context:
            return None
        cells = [figure for column in row.columns for figure in column.figures]
        said_of_it = [figure for figure in quote.statement.figures if figure not in cells]
        heads = [figure for column in row.columns for figure in column.header]
        if not figures_are_held(said, [*cells, *said_of_it, *heads], held.figures, row.power):
            return None
        if denies(said, quote.statement) or not fits_columns(said, row) or self._has_nearer_row(said, row):
            return None
        return Support((quote,), share)

    def _has_nearer_row(self, said: Statement, row: Row) -> bool:
        mine = _nearness(said.stems, row)
        return any(
            _nearness(said.stems, other.row) > mine + 1e-9
            for other in self._labels
            if other.row is not None and other.row.label | other.row.group != row.label | row.group
        )


def _nearness(said: frozenset[str], row: Row) -> float:
    shared, label = len(said & row.label), len(row.label)
    return (2 * shared / (label + shared) if label else 0.0) + 0.5 * len(said & row.label | said & row.group)


def _held_words(said: Statement, quoted: Statement) -> frozenset[str]:
    """The words and names of ``said`` that are ``quoted``; the words in what they are derived from, too."""
    return frozenset(
        one for one in said.stems if (one in quoted.stems if one in said.names else quoted.has_kin_of(one))
    )


def _first(said: Statement) -> frozenset[str]:
    return frozenset(term.key for term in said.content[:1] if term.kind is not Kind.FIGURE)

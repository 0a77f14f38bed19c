"""Which figure belongs to which: a value to its year in a sentence, a number to its column in a row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rag.ground.figures import Figure
from rag.ground.quotes import Row
from rag.ground.ranks import ordinal_at
from rag.ground.statements import Statement

_IN_TURN = re.compile(
    r"\b(?:respectively|respectivement|rispettivamente|respectivamente|beziehungsweise|jeweils)\b", re.IGNORECASE
)
_CLAUSE_END = re.compile(r"[;:,]|\b(?:and|but|while|et|mais|e|ma|und|aber|y|pero)\b", re.IGNORECASE)
_LIST_JOINT = re.compile(r",\s*(?:(?:and|or|et|ou|e|o|und|oder|y)\s)?|\s(?:and|or|et|ou|e|o|und|oder|y)\s")
_ACROSS = 3
"""How many terms nearer a year behind a clause's end would have to be."""


def years_of(said: Statement) -> Iterator[tuple[Figure, Figure]]:
    """Each value of a sentence with the date that it is of: in turn where the sentence says so, else the nearest."""
    places = [(place, term.figure) for place, term in enumerate(said.terms) if term.figure is not None]
    periods = [(place, figure) for place, figure in places if figure.is_period]
    values = [(place, figure) for place, figure in places if not figure.is_period and figure.value is not None]
    if not periods:
        return
    if len(periods) == len(values) and _IN_TURN.search(said.text):
        yield from ((value, period) for (_, value), (_, period) in zip(values, periods, strict=True))
        return
    for place, value in values:
        yield value, min(periods, key=lambda period: _distance(said, place, period[0]))[1]


def _distance(said: Statement, one: int, other: int) -> float:
    first, last = sorted((one, other))
    between = said.text[said.terms[first].start : said.terms[last].start]
    # Of two as near, what follows: "$5 million in 2022".
    return last - first + _ACROSS * len(_CLAUSE_END.findall(between)) + (0.5 if other < one else 0.0)


def mixes_years(said: Statement, quoted: Statement) -> bool:
    """Whether ``said`` gives a value to another year than ``quoted`` does."""
    if sum(figure.is_period for figure in quoted.figures) < 2:
        return False
    theirs = list(years_of(quoted))
    for value, period in years_of(said):
        same = [their_period for their_value, their_period in theirs if their_value.says(value)]
        others = any(their_period.says(period) for _, their_period in theirs)
        if same and others and not any(their_period.says(period) for their_period in same):
            return True
    return False


def fits_columns(said: Statement, row: Row) -> bool:
    """Whether each number that ``said`` has of ``row`` stands in the column of the time that ``said`` speaks of."""
    spoken = dict(years_of(said))
    lengths = [figure for figure in said.figures if figure.unit in ("month", "year", "week", "day")]
    for figure in said.figures:
        columns = [column for column in row.columns if any(cell.says(figure, row.power) for cell in column.figures)]
        if not columns or figure in lengths:
            continue
        period = spoken.get(figure)
        heads = [column.header for column in row.columns]
        if not any(_fits(column.header, period, lengths, heads) for column in columns):
            return False
    return True


def _fits(
    header: Sequence[Figure], period: Figure | None, lengths: Sequence[Figure], heads: Sequence[Sequence[Figure]]
) -> bool:
    dated = [figure for figure in header if figure.is_period]
    if period is not None and dated and not any(figure.says(period) for figure in dated):
        return False
    # A length that some header says chooses among the columns.
    chosen = [length for length in lengths if any(figure.says(length) for head in heads for figure in head)]
    return not chosen or any(figure.says(length) for length in chosen for figure in header)


def figures_are_held(
    said: Statement,
    held: Sequence[Figure],
    around: Sequence[Figure],
    power: int,
    numbered: frozenset[tuple[str, str]] = frozenset(),
    quoted: Statement | None = None,
) -> bool:
    """Whether every figure of ``said`` stands in ``held``, or, dates and what is called by a number, ``around`` it.

    A number that is part of a name ("Super Bowl 50") may be one that the passage has ``numbered``; one that puts
    something in order ("10th", "grade 1") may be written in words or in Roman digits in what is ``quoted``.
    """
    for figure in said.figures:
        if any(mine.says(figure, power) for mine in held):
            continue
        if (figure.is_period or figure.is_named) and any(mine.says(figure) for mine in around):
            continue
        if any(name in numbered and name[1] == figure.key for name in said.numbered):
            continue
        if quoted is not None and _is_ranked(said, figure, quoted):
            continue
        if not _counts_what_is_listed(said, figure):
            return False
    return True


def _is_ranked(said: Statement, figure: Figure, quoted: Statement) -> bool:
    """Whether what ``figure`` puts in order is put there so by a word of ``quoted``, or by a Roman number."""
    if ordinal_at(said.text, figure.span[0]) in quoted.ordinals:
        return True
    if figure.value is None or figure.unit or figure.power or figure.date is not None or figure.value % 1:
        return False
    before = next((term for term in reversed(said.terms) if term.start < figure.span[0]), None)
    return before is not None and (before.key, int(figure.value)) in quoted.ranked


def _counts_what_is_listed(said: Statement, figure: Figure) -> bool:
    """Whether a number counts what the sentence itself lists before it: "Rome and Milan are two cities"."""
    if (
        figure.value is None
        or figure.unit
        or figure.power
        or figure.date is not None
        or not said.text[: figure.span[0]]
    ):
        return False
    listed = [item for item in _LIST_JOINT.split(said.text[: figure.span[0]]) if item.strip()]
    return len(listed) > 1 and len(listed) == figure.value

"""Where a sentence uses a quote's own words to say something else: a word in another's place, a denial, an opposite.

The two are aligned (Ratcliff & Obershelp, 1988, as difflib has it): where one name or number of the sentence stands in
the place of another one of the quote, it stands there for something else, though the quote holds it too.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence

from rag.ground.opposites import are_alike, are_opposites
from rag.ground.statements import CONTENT, Kind, Statement, Term
from rag.ground.words import AGENTS, CONJUNCTIONS, MEASURES
from rag.overlap import WORD, stem

_SHORT = 4
"""Terms up to which a passage that differs is one that was put in another's place, not one that was written anew."""
_PLACE = 6
"""Terms of a quote that one name of a sentence can be said to take the place of."""
_MOST = 0.6
"""The share of a sentence's terms that a quote has in the same order, when the one is a version of the other."""


_MEASURES = frozenset(stem(word) for word in MEASURES)
_HALF = 0.5
"""The share from which on it can be told that a name was moved."""


def denies(said: Statement, quoted: Statement, *, is_part: bool = False) -> bool:
    """Whether one of the two says no where the other says yes; of more than that, what ``quoted`` ``is_part`` of."""
    mine, theirs = _denials(said), _denials(quoted)
    if is_part:
        known = {term.key for term in quoted.content}
        mine = [denied for denied in mine if denied <= known]
    if len(mine) > len(theirs) or any(not any(one & other for other in theirs) for one in mine if one):
        return True
    keys = {term.key for term in said.content}
    relevant = [denied for denied in theirs if denied and denied <= keys]
    return len(mine) < len(relevant) or any(not any(denied & one for one in mine) for denied in relevant)


def _denials(said: Statement) -> list[frozenset[str]]:
    """For each denial the terms that it stands beside: what is denied, most likely."""
    denials = []
    for place, term in enumerate(said.terms):
        if term.kind is Kind.NEGATION:
            after = [other.key for other in said.terms[place + 1 :] if other.kind in CONTENT][:1]
            before = [other.key for other in said.terms[:place] if other.kind in CONTENT][-1:]
            denials.append(frozenset(after + before))
    return denials


def is_opposite(said: Statement, quoted: Statement) -> bool:
    """Whether ``said`` has one side of a pair of opposites, and ``quoted`` the other side alone."""
    return any(
        (pair, 1 - side) in quoted.opposites and (pair, side) not in quoted.opposites for pair, side in said.opposites
    )


def puts_in_anothers_place(said: Statement, quoted: Statement) -> bool:
    """Whether a name or a figure that both hold stands in ``said`` where ``quoted`` has another one."""
    keys = {term.key for term in quoted.content}
    alignment = list(_alignment(said, quoted))
    is_near = sum(len(mine) for _, mine, _ in alignment) <= len(said.content) * (1 - _HALF)
    for what, mine, theirs in alignment:
        held = [term for term, key in mine if key in keys]
        is_short = what == "replace" and max(len(mine), len(theirs)) <= _SHORT
        if is_short and (any(_has_kin(term, theirs) for term in held) or _differ_in_measure(mine, theirs)):
            return True
        if is_near and len(mine) <= _SHORT and held and _is_moved(said, held, quoted):
            return True
    return False


def is_a_version(said: Statement, quoted: Statement, passage: frozenset[str]) -> bool:
    """Whether ``said`` is, for the most, ``quoted`` with a name or a figure put in another's place, or with a denial.

    Such a sentence isn't supported by what other sentences have of its words.
    """
    alignment = list(_alignment(said, quoted))
    apart = sum(len(mine) for _, mine, _ in alignment)
    if len(said.content) - apart < _MOST * len(said.content):
        return False
    if says_another_word(said, quoted, passage):
        return True
    return denies(said, quoted, is_part=True) or any(
        what == "replace" and max(len(mine), len(theirs)) <= _SHORT and any(_has_kin(term, theirs) for term, _ in mine)
        for what, mine, theirs in alignment
    )


def says_another_word(said: Statement, quoted: Statement, passage: frozenset[str]) -> bool:
    """Whether an ordinary word of ``said`` takes the place of one of ``quoted`` that means something else.

    Its opposite; or, where the two are the same for the most, a word that the ``passage`` (its stems) has for something
    else. A word that is nowhere in the passage may be a synonym: nothing here can tell.
    """
    alignment = list(_alignment(said, quoted))
    is_near = sum(len(mine) for _, mine, _ in alignment) <= len(said.content) * (1 - _MOST)
    for what, mine, theirs in alignment:
        if what != "replace" or max(len(mine), len(theirs)) > _SHORT:
            continue
        words = [term for term, _ in mine if term.kind is Kind.WORD and not quoted.has_kin_of(term.key)]
        instead = [term for term in theirs if term.kind is Kind.WORD and not said.has_kin_of(term.key)]
        if any(are_opposites(said.word(one), quoted.word(other)) for one in words for other in instead):
            return True
        if not is_near or not len(mine) == len(theirs) == len(words) == len(instead) == 1:
            continue
        if words[0].key in passage and not are_alike(said.word(words[0]), quoted.word(instead[0])):
            return True
    return False


def replaces_a_name(said: Statement, quoted: Statement) -> bool:
    """Whether a name of ``said`` stands in the place of another one of ``quoted``, be it held there or not."""
    return any(
        what == "replace"
        and len(theirs) <= _PLACE
        and any(_has_kin(term, theirs) for term, _ in mine if term.figure is None)
        for what, mine, theirs in _alignment(said, quoted)
    )


def _alignment(said: Statement, quoted: Statement) -> Iterator[tuple[str, list[tuple[Term, str]], Sequence[Term]]]:
    """Where the two differ: the terms of ``said`` there, each with its key in ``quoted``, and those of ``quoted``."""
    theirs = quoted.content
    mine = [(term, _key_in(term, theirs)) for term in said.content]
    matcher = difflib.SequenceMatcher(None, [key for _, key in mine], [term.key for term in theirs], autojunk=False)
    for what, start, end, their_start, their_end in matcher.get_opcodes():
        if what in ("replace", "delete"):
            yield what, mine[start:end], theirs[their_start:their_end]


def _key_in(term: Term, theirs: Sequence[Term]) -> str:
    """The key of ``term``, or of the figure of the quote that says it in other words: "2022" is said by 3 May 2022."""
    if term.figure is None:
        return term.key
    holding = {other.key for other in theirs if other.figure is not None and other.figure.says(term.figure)}
    return term.key if term.key in holding or len(holding) != 1 else holding.pop()


def _has_kin(term: Term, instead: Sequence[Term]) -> bool:
    """Whether among what the quote has ``instead`` is something of the kind of ``term``."""
    if term.figure is not None:
        return any(
            other.figure is not None
            and other.figure.is_period == term.figure.is_period
            and not other.figure.says(term.figure)
            for other in instead
        )
    return term.is_capital and any(other.is_capital and other.key != term.key for other in instead)


def _differ_in_measure(mine: Sequence[tuple[Term, str]], theirs: Sequence[Term]) -> bool:
    said = {key for _, key in mine} & _MEASURES
    quoted = {term.key for term in theirs} & _MEASURES
    return bool(said and quoted and not said & quoted)


def _is_moved(said: Statement, moved: Sequence[Term], quoted: Statement) -> bool:
    """Whether names have another part in the sentence: between other words, and no sentence turned into the passive."""
    names = [term for term in moved if term.kind is Kind.NAME]
    if not names or AGENTS & {word.casefold() for word in WORD.findall(f"{said.text} {quoted.text}")}:
        return False
    first, last = said.terms.index(names[0]), said.terms.index(names[-1])
    before, after = _beside(said, first, -1), _beside(said, last, 1)
    if {before, after} & CONJUNCTIONS:
        return False
    firsts = [place for place, term in enumerate(quoted.terms) if term.key == names[0].key]
    lasts = [place for place, term in enumerate(quoted.terms) if term.key == names[-1].key]
    return all(_beside(quoted, place, -1) != before for place in firsts) and all(
        _beside(quoted, place, 1) != after for place in lasts
    )


def _beside(said: Statement, place: int, step: int) -> str:
    """The term before or after another, "" where there is none."""
    place += step
    return said.terms[place].key if 0 <= place < len(said.terms) else ""

"""Which sentences of the evidence a prompt quotes: those that matter to the question, each once, within a budget. Pure.

Chosen greedily by maximal marginal relevance: Carbonell & Goldstein, "The Use of MMR, Diversity-Based Reranking for
Reordering Documents and Producing Summaries" (SIGIR 1998). Decision 0072.
"""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterator, Sequence

from rag.overlap import WORD, Weights, content_stems, nearness
from rag.reference import ANAPHORS

SURE_PASSAGES = 3
"""The best passages of which one sentence is quoted first: the ranking may be wrong about which of them answers."""
SURE_SHARE = 5
"""The sentences of all of these but the best have a part of this many of the budget together, at most."""
RELEVANCE = 0.8
"""Lambda of the paper: how much nearness to the question counts against likeness to what is quoted already."""
SAME = 0.8
"""Sentences that share so much of their words are one sentence told twice."""
NEIGHBOUR = 0.3
"""How much of a sentence's nearness its neighbours have too: an answer often stands beside its question's words."""
PASSAGE = 0.15
"""How much of its nearest sentence's nearness each sentence of a passage has too: they are of one thing."""
RANK = 1.0
"""How much less each further passage's sentences count: the ranking knows what words alone don't."""
_OPENING = 3
"""Words from the beginning within which a pronoun stands for something in the sentence before."""


@dataclasses.dataclass(frozen=True)
class Source:
    """The sentences of one passage, in reading order, with the tokens that quoting each costs.

    ``place`` is the number of the line that names where they stand, shared by the passages of a page; ``around`` are
    the stems of what its document is called.
    """

    place: int
    sentences: tuple[str, ...]
    tokens: tuple[int, ...]
    around: frozenset[str] = frozenset()


@dataclasses.dataclass(frozen=True)
class _Candidate:
    source: int
    index: int
    relevance: float
    stems: frozenset[str]


def select(question: str, sources: Sequence[Source], places: Sequence[int], budget: int) -> list[tuple[int, ...]]:
    """Of each of ``sources`` (best first) the indices of the sentences to quote, in reading order; perhaps none.

    All of them together, and the lines of the places that they name (``places``: the tokens of each), have ``budget``
    tokens or fewer.
    """
    chosen = _Chosen(sources, places, budget)
    # What shares nothing with the question, nor stands beside what does, is worth no time; unless that is so of all.
    every = _candidates(question, sources)
    left = [candidate for candidate in every if candidate.relevance] or every
    weights = Weights([candidate.stems for candidate in every])
    likeness = dict.fromkeys(every, 0.0)

    def take_best(some: Sequence[_Candidate], most: int) -> int:
        """Take the best of ``some`` that fits into ``most`` tokens and says something new; the tokens that it took."""
        fresh = [one for one in some if likeness[one] < SAME and not chosen.holds(one)]
        fresh.sort(key=lambda one: (1 - RELEVANCE) * likeness[one] - RELEVANCE * one.relevance)
        for best in fresh:
            taken = chosen.take(best, most)
            if taken:
                for one in every:
                    likeness[one] = max(likeness[one], _alike(one, best, weights))
                return taken
        return 0

    allowed = budget
    for number in range(min(SURE_PASSAGES, len(sources))):
        spent = take_best([candidate for candidate in every if candidate.source == number], allowed)
        allowed = allowed - spent if number else budget // SURE_SHARE
    while take_best(left, budget):
        pass
    return chosen.indices()


class _Chosen:
    """What is quoted so far, and what is left of the budget."""

    def __init__(self, sources: Sequence[Source], places: Sequence[int], budget: int) -> None:
        self._sources, self._places, self._left = sources, places, budget
        self._named: set[int] = set()
        self._taken: set[tuple[int, int]] = set()

    def holds(self, candidate: _Candidate) -> bool:
        return (candidate.source, candidate.index) in self._taken

    def take(self, candidate: _Candidate, most: int) -> int:
        """Quote a sentence where it fits into ``most`` tokens, with the one that its pronoun needs where both do.

        Gives the tokens that it took; 0 where it isn't quoted.
        """
        source = self._sources[candidate.source]
        needed = [(candidate.source, candidate.index)]
        if candidate.index and refers_back(source.sentences[candidate.index]):
            needed.insert(0, (candidate.source, candidate.index - 1))
        for pieces in (needed, needed[-1:]):
            new = [piece for piece in pieces if piece not in self._taken]
            cost = sum(source.tokens[index] for _, index in new)
            cost += 0 if source.place in self._named else self._places[source.place]
            if cost <= min(most, self._left):
                self._left -= cost
                self._named.add(source.place)
                self._taken.update(new)
                return cost
        return 0

    def indices(self) -> list[tuple[int, ...]]:
        return [
            tuple(index for index in range(len(source.sentences)) if (number, index) in self._taken)
            for number, source in enumerate(self._sources)
        ]


def refers_back(sentence: str) -> bool:
    """Whether ``sentence`` begins with a word that stands for something that the one before it named."""
    return any(word.group().casefold() in ANAPHORS for word in itertools.islice(WORD.finditer(sentence), _OPENING))


def _candidates(question: str, sources: Sequence[Source]) -> list[_Candidate]:
    wanted = content_stems(question)
    stems = [[content_stems(sentence) for sentence in source.sentences] for source in sources]
    weights = Weights([*itertools.chain(*stems)])
    candidates: list[_Candidate] = []
    for number, source in enumerate(sources):
        own = [nearness(wanted, sentence, source.around, weights) for sentence in source.sentences]
        for index, near in enumerate(_with_neighbours(own)):
            candidates.append(_Candidate(number, index, near / (1 + RANK * number), stems[number][index]))
    most = max((candidate.relevance for candidate in candidates), default=0.0) or 1.0
    return [dataclasses.replace(one, relevance=one.relevance / most) for one in candidates]


def _with_neighbours(own: Sequence[float]) -> Iterator[float]:
    nearest = max(own, default=0.0)
    for index, near in enumerate(own):
        yield (
            near
            + PASSAGE * nearest
            + NEIGHBOUR * max([*own[max(0, index - 1) : index], *own[index + 1 : index + 2]], default=0.0)
        )


def _alike(one: _Candidate, other: _Candidate, weights: Weights) -> float:
    """The share of their words that two sentences have in common, weighed by rarity, in [0, 1]."""
    every = weights.of(one.stems | other.stems)
    return weights.of(one.stems & other.stems) / every if every else 0.0

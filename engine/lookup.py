"""Guessing how an answer goes on: a model that quotes writes what its prompt says already.

Prompt-lookup decoding (Saxena 2023, https://github.com/apoorvumang/prompt-lookup-decoding): where the last tokens
stand earlier too, what followed them there is a draft of what follows now. The model reads a draft in one pass and
keeps what it would have written itself (Leviathan et al. 2023, https://arxiv.org/abs/2211.17192). A pass over several
tokens takes longer than over one, how much longer depends on the machine and the model: so how long a draft is worth
it is learned while writing, and no more is risked for that than was put by.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable

SHORTEST_MATCH = 2
"""Tokens that must stand earlier in the same order: one alone is followed by too many different ones."""

LONGEST_MATCH = 8
"""From here on a longer match says no more."""

PASSES = (4, 8, 16)
"""Tokens of a pass with a draft: the one that is written anyway, and those drafted behind it."""

LONGEST_DRAFT = max(PASSES) - 1
"""Tokens."""

RISK = 0.02
"""Of what writing takes without drafts: so much is put by for passes that turn out not to pay."""

STAKE = 3.0
"""What there is to be risked at first, in tokens written one by one: a first short pass, all of it wrong."""

MOST_STAKE = 32.0
"""More is not kept, whatever drafts have gained: what comes then may be all different."""

_GAIN = 1.15
"""How much faster than without a draft it must be expected to be."""

_PASSES_ANEW = 1_000
"""Tokens after which it is forgotten what passes cost: one that was slow may only have been disturbed."""

_RIGHT = 0.5
"""The share of drafted tokens that are right before there is any experience."""

_WEIGHT = 2
"""Drafted tokens that this first guess counts as."""

_PLACES = 16
"""Earlier places that are looked at, the newest ones: two tokens can stand together in every line of a table."""


class Lookup:
    """The tokens so far, prompt and answer, and where each pair of them stands."""

    def __init__(self, tokens: Iterable[int] = ()) -> None:
        self._tokens: list[int] = []
        self._ends: dict[tuple[int, int], list[int]] = {}
        for token in tokens:
            self.add(token)

    def add(self, token: int) -> None:
        """``token`` comes next."""
        if self._tokens:
            self._ends.setdefault((self._tokens[-1], token), []).append(len(self._tokens) + 1)
        self._tokens.append(token)

    def draft(self) -> tuple[int, list[int]]:
        """How many of the last tokens stand earlier too, and what followed them there: up to LONGEST_DRAFT tokens.

        That many are 0, or SHORTEST_MATCH to LONGEST_MATCH. Of several places the one with the longest match counts,
        then the newest.
        """
        tokens = self._tokens
        if len(tokens) < SHORTEST_MATCH:
            return 0, []
        longest, end = 0, 0
        for place in reversed(self._ends[tokens[-2], tokens[-1]][-_PLACES - 1 : -1]):
            length = SHORTEST_MATCH
            while length < min(LONGEST_MATCH, place) and tokens[place - 1 - length] == tokens[-1 - length]:
                length += 1
            if length > longest:
                longest, end = length, place
        return longest, tokens[end : end + LONGEST_DRAFT] if longest else []


class Odds:
    """What drafts cost with this model on this machine, and how often they are right: learned while writing.

    How often they are right costs nothing to learn: each token that is written says whether the first one of a draft
    would have been, read or not. A draft that goes on behind a right token stands behind a longer match.

    What a pass costs is known once it was read, in units of a pass over one token, the newest counting a quarter;
    before that it is taken to cost as much as its tokens one by one. It is read only where no more can be lost by it,
    were all of the draft wrong, than there is to be risked: STAKE, RISK of each token that was written, and what drafts
    have gained. So as long as passes cost what they did, drafts lose no more than that.
    """

    def __init__(self) -> None:
        self._seconds = 0.0
        self._costs: dict[int, float] = {}
        self._right = dict.fromkeys(range(SHORTEST_MATCH, LONGEST_MATCH + 1), _WEIGHT * _RIGHT)
        self._seen = dict.fromkeys(self._right, float(_WEIGHT))
        self._stake = STAKE
        self._written = 0

    def begin(self) -> None:
        """Another answer begins: how often drafts were right in the last ones counts half."""
        for match in self._right:
            self._right[match] = (self._right[match] + _WEIGHT * _RIGHT) / 2
            self._seen[match] = (self._seen[match] + _WEIGHT) / 2

    def length(self, match: int, longest: int) -> int:
        """How many tokens of a draft of ``longest`` are worth reading; ``match`` tokens before it are alike."""
        if not self._seconds:
            return 0
        shares = [self._share(match + count) for count in range(longest)]
        # A pass gives the tokens up to the first that is wrong, and the right one in its place.
        given = list(itertools.accumulate(itertools.accumulate(shares, _times), initial=1.0))
        best, pace = 0, _GAIN
        for size in PASSES:
            cost = self._costs.get(size, float(size))
            if size > longest + 1 or cost - 1 > self._stake:
                break
            # One that was never timed is worth a try where it would pay at half of what it is taken to cost.
            expected = given[size - 1] / (cost if size in self._costs else cost / 2)
            if expected >= pace:
                best, pace = size - 1, expected
        return best

    def learn_token(self, match: int, *, is_right: bool) -> None:
        """Behind a ``match`` the first token of the draft was, or would have been, right or not."""
        match = min(match, LONGEST_MATCH)
        self._right[match] += is_right
        self._seen[match] += 1

    def learn_pass(self, size: int, seconds: float, given: int) -> None:
        """A pass over ``size`` tokens took so long and gave so many tokens."""
        self._written += given
        if self._written >= _PASSES_ANEW:
            self._written = 0
            self._costs.clear()
        if size == 1:
            self._seconds = _nearer(self._seconds or seconds, seconds)
            gained = RISK
        else:
            cost = seconds / self._seconds
            self._costs[size] = _nearer(self._costs.get(size, cost), cost)
            gained = given * (1 + RISK) - cost
        self._stake = min(MOST_STAKE, self._stake + gained)

    def _share(self, match: int) -> float:
        """The share of first tokens behind a ``match`` that are right."""
        match = min(match, LONGEST_MATCH)
        return self._right[match] / self._seen[match]


def _times(one: float, other: float) -> float:
    return one * other


def _nearer(known: float, new: float) -> float:
    return known + (new - known) / 4

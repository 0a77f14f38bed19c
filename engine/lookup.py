"""Guessing how an answer goes on: a model that quotes writes what its prompt says already.

Prompt-lookup decoding (Saxena 2023, https://github.com/apoorvumang/prompt-lookup-decoding): where the last tokens
stand earlier too, what followed them there is a draft of what follows now. The model reads a draft in one pass and
keeps what it would have written itself (Leviathan et al. 2023, https://arxiv.org/abs/2211.17192). A pass over several
tokens takes longer than over one, how much longer depends on the machine and the model: so how long a draft is worth
it is learned while writing.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable

SHORTEST_MATCH = 2
"""Tokens that must stand earlier in the same order: one alone is followed by too many different ones."""

LONGEST_MATCH = 6
"""From here on a longer match says no more."""

LONGEST_DRAFT = 15
"""Tokens; with the one before them, what is read in one pass."""

_FIRST_PASS = 4
"""Tokens of the first pass over several: where it doesn't pay, little is lost."""

_GAIN = 1.15
"""How much faster than without a draft it must be expected to be."""

_TIMES_ANEW = 16
"""Answers after which the times are taken anew."""

_RIGHT = {2: 0.5, 3: 0.65, 4: 0.8}
"""The share of drafted tokens that are right behind a match so long (at least), before there is any experience."""

_WEIGHT = 8
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

    A pass over so many tokens is timed, the newest time counting a quarter; a size between two that were timed is taken
    to lie on a line between them. Longer passes than were ever timed are tried step by step, each at most twice as
    long, where they would pay if the line went on half as steep: on some processors a pass over 16 tokens takes hardly
    longer than one over 4, on others four times as long. That a drafted token is right is counted by the length of the
    match.
    """

    def __init__(self) -> None:
        self._seconds: dict[int, float] = {}
        self._right: dict[int, float] = {}
        self._tried: dict[int, float] = {}
        self._answers = 0

    def begin(self) -> None:
        """Another answer begins: what the last ones were like counts half; now and then the times are taken anew."""
        if self._answers % _TIMES_ANEW == 0:
            self._seconds.clear()  # what was slow may only have been disturbed
        self._answers += 1
        for match, share in _RIGHT.items():
            self._right[match] = (self._right.get(match, 0.0) + _WEIGHT * share) / 2
            self._tried[match] = (self._tried.get(match, 0.0) + _WEIGHT) / 2

    def length(self, match: int, longest: int) -> int:
        """How many tokens of a draft of ``longest`` are worth reading; ``match`` tokens before it are alike."""
        if not longest or 1 not in self._seconds:
            return 0
        share = self._right[_bucket(match)] / self._tried[_bucket(match)]
        most = min(longest, max(_FIRST_PASS, 2 * max(self._seconds)) - 1)
        # A pass gives the tokens up to the first that is wrong, and the right one in its place.
        given = list(itertools.accumulate((share**count for count in range(1, most + 1)), initial=1.0))
        pace = [tokens / self._cost(size) for size, tokens in enumerate(given, start=1)]
        best = max(range(most + 1), key=pace.__getitem__)
        return best if pace[best] >= _GAIN * pace[0] else 0

    def learn_time(self, size: int, seconds: float) -> None:
        """A pass over ``size`` tokens took so long."""
        known = self._seconds.get(size, seconds)
        self._seconds[size] = known + (seconds - known) / 4

    def learn_draft(self, match: int, drafted: int, right: int) -> None:
        """Of ``drafted`` tokens behind a ``match`` the first ``right`` ones were right."""
        self._right[_bucket(match)] += right
        self._tried[_bucket(match)] += min(drafted, right + 1)

    def _cost(self, size: int) -> float:
        """Seconds of a pass over ``size`` tokens, as far as is known."""
        if size in self._seconds:
            return self._seconds[size]
        below = max(known for known in self._seconds if known < size)
        above = min((known for known in self._seconds if known > size), default=0)
        start = self._seconds[below]
        if above:
            return start + (self._seconds[above] - start) * (size - below) / (above - below)
        steepness = (start - self._seconds[1]) / (below - 1) if below > 1 else 0.0
        return start + max(0.0, steepness) / 2 * (size - below)


def _bucket(match: int) -> int:
    return min(match, max(_RIGHT))

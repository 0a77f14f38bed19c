from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.lookup import LONGEST_DRAFT, LONGEST_MATCH, SHORTEST_MATCH, Lookup, Odds

TOKENS = st.lists(st.integers(0, 4), max_size=60)


@pytest.mark.parametrize(
    ("tokens", "draft"),
    [
        ([], (0, [])),
        ([1, 2], (0, [])),
        ([1, 2, 3, 4, 1], (0, [])),  # one token alone is no match
        ([1, 2, 3, 4, 1, 2], (2, [3, 4, 1, 2])),
        ([1, 2, 3, 9, 1, 2, 4, 8, 1, 2], (2, [4, 8, 1, 2])),  # the newest of two places
        ([7, 1, 2, 3, 8, 1, 2, 4, 7, 1, 2], (3, [3, 8, 1, 2, 4, 7, 1, 2])),  # the longer match before the newer
        ([5, 5, 5], (2, [5])),  # the place may reach into the end
    ],
)
def test_what_followed_the_last_tokens_is_the_draft(tokens: list[int], draft: tuple[int, list[int]]) -> None:
    assert Lookup(tokens).draft() == draft


@given(TOKENS)
def test_a_draft_is_what_followed_the_same_tokens(tokens: list[int]) -> None:
    match, draft = Lookup(tokens).draft()
    assert bool(match) == bool(draft)
    if match:
        assert SHORTEST_MATCH <= match <= LONGEST_MATCH
        assert len(draft) <= LONGEST_DRAFT
        whole = [*tokens[-match:], *draft]
        starts = range(len(tokens) - match)
        assert any(tokens[start : start + len(whole)] == whole for start in starts)
        longer = tokens[-match - 1 :]
        if match < LONGEST_MATCH and len(tokens) <= 16:
            assert not any(tokens[start : start + match + 1] == longer for start in range(len(tokens) - match - 1))


@given(TOKENS, st.lists(st.integers(0, 4), max_size=20))
def test_tokens_may_come_one_by_one(prompt: list[int], answer: list[int]) -> None:
    lookup = Lookup(prompt)
    for token in answer:
        lookup.add(token)
    assert lookup.draft() == Lookup([*prompt, *answer]).draft()


def learned(seconds: dict[int, float], right: int = 30, tried: int = 30) -> Odds:
    """Odds that have timed these passes, and have seen drafts behind matches of 4."""
    odds = Odds()
    odds.begin()
    for size, time in seconds.items():
        odds.learn_time(size, time)
    for _ in range(tried):
        odds.learn_draft(4, 1, int(right > 0))
        right -= 1
    return odds


def test_nothing_is_drafted_before_it_is_known_how_long_a_token_takes() -> None:
    assert learned({}).length(4, 15) == 0


def test_the_first_drafts_are_short() -> None:
    assert 1 <= learned({1: 1.0}).length(4, 15) <= 3


def test_where_a_long_pass_costs_as_much_as_its_tokens_nothing_is_drafted() -> None:
    assert learned({1: 1.0, 4: 4.0, 8: 8.0, 16: 16.0}).length(4, 15) == 0


def test_where_a_long_pass_costs_little_the_whole_draft_is_read() -> None:
    odds = learned({1: 1.0, 4: 1.1, 8: 1.2, 16: 1.4})
    assert odds.length(4, 15) == 15
    assert odds.length(4, 5) == 5
    assert odds.length(4, 0) == 0


def test_what_was_wrong_often_is_drafted_no_more() -> None:
    seconds = {1: 1.0, 4: 1.6, 8: 2.0, 16: 3.0}
    assert learned(seconds, right=30).length(4, 15) > learned(seconds, right=15).length(4, 15)
    assert learned(seconds, right=0).length(4, 15) == 0


def test_a_longer_pass_is_tried_step_by_step() -> None:
    odds, longest = learned({1: 1.0}), []
    for _ in range(4):
        longest.append(odds.length(4, 15))
        odds.learn_time(1 + longest[-1], 1.1)
    assert longest == [3, 7, 15, 15]


def test_one_disturbed_pass_is_forgotten_in_time() -> None:
    odds = learned({1: 1.0, 4: 100.0})
    assert odds.length(4, 15) == 0
    for _ in range(40):
        odds.begin()
        odds.learn_time(1, 1.0)
    assert odds.length(4, 15) > 0


@given(
    st.dictionaries(st.integers(1, 16), st.floats(1e-4, 10.0), max_size=6),
    st.lists(st.tuples(st.integers(2, 6), st.integers(1, 15), st.integers(0, 15)), max_size=10),
    st.integers(2, 6),
    st.integers(0, 15),
)
def test_a_length_is_one_that_can_be_read(
    seconds: dict[int, float], drafts: list[tuple[int, int, int]], match: int, longest: int
) -> None:
    odds = learned(seconds)
    for of, drafted, right in drafts:
        odds.learn_draft(of, drafted, min(drafted, right))
    assert 0 <= odds.length(match, longest) <= longest

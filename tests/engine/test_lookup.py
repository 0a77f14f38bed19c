from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.lookup import LONGEST_DRAFT, LONGEST_MATCH, PASSES, RISK, SHORTEST_MATCH, STAKE, Lookup, Odds

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


def learned(seconds: dict[int, float], right: int = 30, tried: int = 30, written: int = 0) -> Odds:
    """Odds that have timed these passes, and have seen drafts behind matches of 4; so much was written one by one."""
    odds = Odds()
    odds.begin()
    for size, time in sorted(seconds.items()):
        odds.learn_pass(size, time, size)
    for _ in range(written):
        odds.learn_pass(1, seconds[1], 1)
    for match in range(4, LONGEST_MATCH + 1):
        for number in range(tried):
            odds.learn_token(match, is_right=number < right)
    return odds


def test_nothing_is_drafted_before_it_is_known_how_long_a_token_takes() -> None:
    assert learned({}).length(4, 15) == 0


def test_what_is_surely_right_is_tried_a_short_pass_first() -> None:
    assert learned({1: 1.0}).length(4, 15) == 3


def test_what_is_likely_wrong_is_never_tried() -> None:
    assert learned({1: 1.0}, right=5, written=1_000).length(4, 15) == 0
    assert learned({1: 1.0}, right=22).length(4, 15) == 3


def test_a_longer_pass_is_tried_once_enough_was_put_by() -> None:
    assert [learned({1: 1.0, 4: 3.0}, written=tokens).length(4, 15) for tokens in (0, 200)] == [3, 7]
    seconds = {1: 1.0, 4: 3.0, 8: 5.0}
    assert [learned(seconds, written=tokens).length(4, 15) for tokens in (0, 600)] == [7, 15]


def test_where_a_long_pass_costs_as_much_as_its_tokens_nothing_is_drafted() -> None:
    assert learned({1: 1.0, 4: 4.0, 8: 8.0, 16: 16.0}).length(4, 15) == 0


def test_where_a_long_pass_costs_little_the_whole_draft_is_read() -> None:
    odds = learned({1: 1.0, 4: 1.1, 8: 1.2, 16: 1.4})
    assert [odds.length(4, longest) for longest in (0, 2, 3, 6, 7, 14, 15)] == [0, 0, 3, 3, 7, 7, 15]


def test_what_was_wrong_often_is_drafted_no_more() -> None:
    seconds = {1: 1.0, 4: 1.6, 8: 2.0, 16: 3.0}
    assert learned(seconds, right=30).length(4, 15) > learned(seconds, right=22).length(4, 15) > 0
    assert learned(seconds, right=5).length(4, 15) == 0


def test_one_disturbed_pass_is_forgotten_in_time() -> None:
    odds = learned({1: 1.0, 4: 100.0, 8: 100.0, 16: 100.0})
    assert odds.length(4, 15) == 0
    for _ in range(20_000):
        odds.learn_pass(1, 1.0, 1)
    assert odds.length(4, 15) > 0


@given(
    st.fixed_dictionaries({size: st.floats(0.5, float(size)) for size in PASSES}),
    st.lists(st.tuples(st.integers(0, LONGEST_MATCH), st.integers(1, 15), st.integers(0, 15)), max_size=400),
)
def test_drafts_never_take_longer_than_what_is_risked(
    costs: dict[int, float], drafts: list[tuple[int, int, int]]
) -> None:
    odds, took, written = Odds(), 0.0, 0
    for match, longest, right in drafts:
        if match < SHORTEST_MATCH:
            odds.begin()
        length = odds.length(match, longest) if match >= SHORTEST_MATCH else 0
        given_tokens = 1 + min(length, right)
        cost = costs[1 + length] if length else 1.0
        odds.learn_pass(1 + length, cost, given_tokens)
        for number in range(min(length, right + 1)):
            odds.learn_token(match + number, is_right=number < right)
        took, written = took + cost, written + given_tokens
    assert took <= written * (1 + RISK) + STAKE + 1e-6


@given(
    st.dictionaries(st.sampled_from((1, *PASSES)), st.floats(1e-4, 10.0)).filter(lambda times: 1 in times),
    st.lists(st.tuples(st.integers(SHORTEST_MATCH, 30), st.booleans()), max_size=10),
    st.integers(SHORTEST_MATCH, LONGEST_MATCH),
    st.integers(0, 15),
)
def test_a_length_is_one_that_can_be_read(
    seconds: dict[int, float], drafts: list[tuple[int, bool]], match: int, longest: int
) -> None:
    odds = learned(seconds)
    for of, is_right in drafts:
        odds.learn_token(of, is_right=is_right)
    length = odds.length(match, longest)
    assert 0 <= length <= longest
    assert length == 0 or length + 1 in PASSES

"""What the person is likely to ask about."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rag.interest import MOST, Interest


def test_the_last_named_comes_first() -> None:
    interest = Interest()
    assert interest.keys == ()
    interest.note(["a", "b", "a"])
    interest.note(["c", "b"])
    assert interest.keys == ("c", "b", "a")


def test_who_names_everything_prefers_nothing() -> None:
    interest = Interest()
    interest.note(["a"])
    interest.note(str(number) for number in range(MOST + 1))
    assert interest.keys == ("a",)


@given(st.lists(st.lists(st.integers(0, 40).map(str), max_size=MOST)))
def test_it_is_bounded_and_names_nothing_twice(notes: list[list[str]]) -> None:
    interest = Interest()
    for keys in notes:
        interest.note(keys)
        assert list(interest.keys[: len(set(keys))]) == list(dict.fromkeys(keys))
    assert len(interest.keys) == len(set(interest.keys)) <= MOST

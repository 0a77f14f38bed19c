from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rag.selecting import Source, refers_back, select

QUESTION = "Which gust must the crane withstand?"

words = st.sampled_from(["crane", "gust", "the", "quay", "it", "42", "stops", "wind", "bail"])
sentences = st.lists(words, min_size=1, max_size=12).map(lambda some: " ".join(some).capitalize() + ".")


def source(place: int, *said: str, around: frozenset[str] = frozenset()) -> Source:
    """A passage whose tokens are words."""
    return Source(place, said, tuple(len(sentence.split()) for sentence in said), around)


many = st.lists(st.lists(sentences, min_size=1, max_size=6), min_size=1, max_size=6).map(
    lambda some: [source(number // 2, *said) for number, said in enumerate(some)]
)
questions = st.lists(words, max_size=8).map(" ".join)


def cost(sources: list[Source], places: list[int], chosen: list[tuple[int, ...]]) -> int:
    named = {held.place for held, indices in zip(sources, chosen, strict=True) if indices}
    said = sum(held.tokens[index] for held, indices in zip(sources, chosen, strict=True) for index in indices)
    return said + sum(places[place] for place in named)


@given(questions, many, st.integers(0, 200))
def test_the_budget_holds_and_indices_are_in_reading_order(question: str, sources: list[Source], budget: int) -> None:
    places = [3] * len(sources)
    chosen = select(question, sources, places, budget)
    assert cost(sources, places, chosen) <= budget
    for held, indices in zip(sources, chosen, strict=True):
        assert list(indices) == sorted(set(indices))
        assert all(0 <= index < len(held.sentences) for index in indices)


@given(questions, many)
def test_where_there_is_room_something_is_quoted(question: str, sources: list[Source]) -> None:
    assert any(select(question, sources, [3] * len(sources), 10_000))


def test_each_of_the_best_three_passages_is_quoted_where_their_share_allows() -> None:
    best = source(0, *[f"The crane must withstand gust {number}, says {number + 50}." for number in range(9)])
    others = [source(1, "A gust in Oslo."), source(2, "One crane of Bergen.")]
    assert all(select(QUESTION, [best, *others], [0] * 3, 45))
    assert select(QUESTION, [best, *others], [0] * 3, 30)[1:] == [(0,), ()]


@given(questions, many, st.integers(0, 200))
def test_the_same_question_chooses_the_same(question: str, sources: list[Source], budget: int) -> None:
    places = [1] * len(sources)
    assert select(question, sources, places, budget) == select(question, sources, places, budget)


def test_the_sentence_that_answers_is_chosen_wherever_it_stands() -> None:
    far = source(0, *[f"Nothing of number {number} matters here at all." for number in range(20)])
    near = source(1, "Paint is grey.", "The crane must withstand a gust of 42 metres a second.", "Tea is hot.")
    assert 1 in select(QUESTION, [far, near], [1, 1], 30)[1]


def test_what_is_said_twice_is_quoted_once() -> None:
    said = "The crane must withstand a gust of 42 m/s."
    chosen = select(QUESTION, [source(0, said, "It is red."), source(1, "Look.", said)], [0, 0], 1_000)
    assert chosen == [(0, 1), (0,)]


def test_a_pronoun_brings_the_sentence_that_it_stands_for() -> None:
    said = source(0, "Old ones groan.", "The jib is long.", "It must withstand a gust with its crane parked.")
    assert select(QUESTION, [said], [0], 13) == [(1, 2)]
    assert select(QUESTION, [said], [0], 9) == [(2,)]  # there is no room for it


def test_the_neighbour_of_what_was_asked_comes_before_what_is_far() -> None:
    said = source(0, "Far off.", "Nine sheds.", "Big doors.", "The crane withstands a gust.", "At 42.", "Gone by.")
    assert select(QUESTION, [said], [0], 9) == [(2, 3, 4)]


def test_the_line_of_a_page_is_paid_once() -> None:
    sources = [source(0, "A gust."), source(0, "The crane.")]
    assert select(QUESTION, sources, [10], 14) == [(0,), (0,)]
    assert select(QUESTION, [sources[0], source(1, "The crane.")], [10, 10], 14) == [(0,), ()]


def test_who_begins_with_a_pronoun_refers_back() -> None:
    assert all(map(refers_back, ("It rose.", "In this, he failed.", "Il est né à Lyon.", "Sie war müde.")))
    assert not any(map(refers_back, ("Revenue rose.", "Lyon est grande.", "The ship that sank was his.")))

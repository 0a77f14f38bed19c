from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rag.summary.outline import LONGEST_PART, MOST_SECTIONS, outline, parts
from tests.rag.summary.making import BRIDGE, passages_of

paths = st.lists(st.sampled_from(["", "A", "A/One", "A/Two", "B", "B/One", "C", "C/x | y"]), min_size=1, max_size=60)


def test_the_sections_are_those_of_the_level_that_parts_the_document() -> None:
    sections = outline(passages_of(*BRIDGE))
    assert [section.title for section in sections] == ["Deck", "Joints", "Costs"]
    assert [section.pages for section in sections] == [(1, 2), (3, 3), (4, 4)]


def test_the_header_of_a_table_is_no_heading() -> None:
    sections = outline(passages_of(("Costs", "Deck 4"), ("Costs/Item | Euro", "Joint | 5"), ("Staff", "Two.")))
    assert [section.title for section in sections] == ["Costs", "Staff"]


def test_text_without_headings_is_parted_evenly() -> None:
    line = "The harbour office closed the bridge. " * 20
    sections = outline(passages_of(*[("", line)] * 30))
    sizes = [section.characters for section in sections]
    assert len(sizes) > 1
    assert max(sizes) <= LONGEST_PART
    assert max(sizes) - min(sizes) <= 2 * len(line)


def test_small_neighbours_are_joined_under_both_their_names() -> None:
    (one, other) = outline(passages_of(*BRIDGE), most=2)
    assert (one.title, other.title) == ("Deck", "Joints – Costs")


@given(paths, st.integers(1, 30))
def test_every_passage_is_in_one_section_in_order(sections: list[str], most: int) -> None:
    passages = passages_of(*[(section, "Some words. " * (place + 1)) for place, section in enumerate(sections)])
    made = outline(passages, most)
    assert [passage for section in made for passage in section.passages] == list(passages)
    assert len(made) <= min(most, max(MOST_SECTIONS, most))


@given(paths, st.integers(1, 12))
def test_one_section_fewer_is_the_smallest_joined_to_its_smaller_neighbour(sections: list[str], most: int) -> None:
    passages = passages_of(*[(section, "word " * (7 * place % 31 + 1)) for place, section in enumerate(sections)])
    more, fewer = outline(passages, most + 1), outline(passages, most)
    if len(more) <= most:
        assert more == fewer
        return
    sizes = [section.characters for section in more]
    smallest = sizes.index(min(sizes))
    sides = [place for place in (smallest - 1, smallest + 1) if 0 <= place < len(more)]
    first = min(smallest, min(sides, key=lambda place: sizes[place]))
    assert fewer[:first] + fewer[first + 1 :] == more[:first] + more[first + 2 :]
    assert fewer[first].passages == more[first].passages + more[first + 1].passages
    assert {fewer[first].title.partition(" – ")[0], fewer[first].title.rpartition(" – ")[2]} <= {
        part for section in more[first : first + 2] for part in section.title.split(" – ")
    }


@given(st.lists(st.integers(1, 120), min_size=1, max_size=40), st.integers(1, 200))
def test_parts_hold_all_and_no_more_than_the_limit(sizes: list[int], limit: int) -> None:
    passages = passages_of(*[("", f"{size} words.") for size in sizes])
    weight = {passage.number: size for passage, size in zip(passages, sizes, strict=True)}
    (section, *others) = outline(passages)
    assert not others
    made = parts(section, lambda passage: weight[passage.number], limit)
    assert [passage for part in made for passage in part] == list(passages)
    assert all(len(part) == 1 or sum(weight[one.number] for one in part) <= limit for part in made)


def test_a_document_without_passages_has_no_sections() -> None:
    assert outline(()) == ()

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from rag.evidence import LONGEST, Piece, gather
from rag.stores.records import StoredPassage

PAGE = "The crane stands on the quay.\nIts boom is 40 m long.\n\nIt turns in any wind below 20 m/s.\nNobody climbs it."
SPANS = [(0, 29), (30, 52), (54, 88), (89, 106)]
FIRST, SECOND, THIRD, FOURTH = SPANS


def stored(
    span: tuple[int, int], document: str = "a", page: int = 1, section: str = "", text: str = ""
) -> StoredPassage:
    return StoredPassage(
        id=span[0] + 1, sha256=document, document=f"{document}.pdf", path=f"/{document}.pdf", page=page, label="",
        section=section, text=text or PAGE[slice(*span)], start=span[0], end=span[1], confidence=-1.0, unit="page",
    )  # fmt: skip


def page_text(sha256: str, number: int) -> str:
    return PAGE if sha256 in "ab" and number in (1, 2) else ""


def gathered(passages: Sequence[StoredPassage], limit: int = 8) -> list[Piece]:
    return gather([(passage, 1 / place) for place, passage in enumerate(passages, start=1)], limit, page_text)


def texts(pieces: Sequence[Piece]) -> list[str]:
    return [piece.text for piece in pieces]


# --- neighbours -------------------------------------------------------------------------------------------------------


def test_neighbours_are_joined_at_the_better_ones_place_and_score() -> None:
    pieces = gathered([stored(SECOND), stored(FOURTH, "b"), stored(FIRST), stored(THIRD)])
    assert texts(pieces) == [PAGE[0:88], PAGE[89:106]]
    assert [piece.score for piece in pieces] == [1.0, 0.5]
    assert (pieces[0].start, pieces[0].end) == (0, 88)


@given(st.permutations(SPANS))
def test_a_page_that_is_found_whole_is_one_piece_whatever_the_order(spans: list[tuple[int, int]]) -> None:
    found = "".join(f"{piece.text}\n" for piece in gathered([stored(span) for span in spans]))
    assert all(PAGE[slice(*span)] in found for span in spans)


@given(st.lists(st.tuples(st.sampled_from(SPANS), st.sampled_from("ab"), st.integers(1, 2)), max_size=12))
def test_a_piece_is_page_text_to_the_letter(places: list[tuple[tuple[int, int], str, int]]) -> None:
    for piece in gathered([stored(*place) for place in places]):
        assert piece.text == PAGE[piece.start : piece.end]
        assert len({(part.sha256, part.page, part.section) for part in piece.parts}) == 1


def test_what_is_no_neighbour_stays_apart() -> None:
    for other in (stored(THIRD), stored(SECOND, page=2), stored(SECOND, "b"), stored(SECOND, section="Boom")):
        assert len(gathered([stored(FIRST), other])) == 2


def test_a_page_that_was_read_anew_meanwhile_is_not_joined() -> None:
    assert texts(gathered([stored(FIRST, "gone"), stored(SECOND, "gone")])) == [PAGE[0:29], PAGE[30:52]]


def test_what_is_joined_does_not_grow_without_end() -> None:
    half = "a" * (LONGEST // 2)
    page = f"{half}\n{half}"
    parts = [stored((0, len(half)), text=half), stored((len(half) + 1, len(page)), text=f"{half}")]
    numbered = [dataclasses.replace(part, text=page[part.start : part.end]) for part in parts]
    assert len(gather([(part, 1.0) for part in numbered[:1]], 8, lambda *_: page)) == 1
    apart = [dataclasses.replace(numbered[1], text="b" * len(half))]
    assert len(gather([(numbered[0], 1.0), (apart[0], 0.5)], 8, lambda *_: f"{half}\n{'b' * len(half)}")) == 2


def test_a_joined_passage_leaves_its_place_to_the_next() -> None:
    pieces = gathered([stored(FIRST), stored(SECOND), stored(FOURTH, "b")], limit=2)
    assert texts(pieces) == [PAGE[0:52], PAGE[89:106]]


# --- copies -----------------------------------------------------------------------------------------------------------


def test_a_copy_is_folded_and_named_and_takes_no_place() -> None:
    pieces = gathered([stored(FIRST), stored(FIRST, "b"), stored(FIRST, "c"), stored(FIRST, "b", 2), stored(THIRD)], 2)
    assert texts(pieces) == [PAGE[0:29], PAGE[54:88]]
    assert pieces[0].also_in == ("/b.pdf", "/c.pdf")
    assert pieces[1].also_in == ()


def test_what_is_said_twice_in_one_document_names_no_other() -> None:
    assert [piece.also_in for piece in gathered([stored(FIRST), stored(FIRST, page=2)])] == [()]


def test_the_copy_of_a_joined_part_is_folded_too() -> None:
    pieces = gathered([stored(FIRST), stored(SECOND), stored(SECOND, "b")])
    assert texts(pieces) == [PAGE[0:52]]
    assert pieces[0].also_in == ("/b.pdf",)


@given(
    st.lists(st.tuples(st.sampled_from(SPANS), st.sampled_from("ab"), st.integers(1, 2)), max_size=12),
    st.integers(1, 6),
)
def test_no_more_than_asked_for_best_first(places: list[tuple[tuple[int, int], str, int]], limit: int) -> None:
    pieces = gathered([stored(*place) for place in places], limit)
    assert len(pieces) <= limit
    assert [piece.score for piece in pieces] == sorted((piece.score for piece in pieces), reverse=True)

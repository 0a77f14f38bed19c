"""Ordinary words: one that takes another's place, one that is derived from another, one that may be a synonym."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.ground import ground
from rag.ground.figures import figures_in
from rag.ground.opposites import are_alike, are_opposites, opposites_of
from rag.protocol import Passage
from tests.rag.making_passages import passage

BOARD = passage(
    "The board of the harbour approved the new budget for the north quay. In autumn the ministry criticized the delay "
    "of the works. Ada Lane and Ben Cole, who advised the board, lived in Rome in the early 1970s. The old crane "
    "recalled in spring was Crane Nine. Harbour Bowl 50 was played in Rome.",
    document="minutes.md",
)
SPANISH = passage("El consejo del puerto aprobó el nuevo presupuesto del muelle norte.", document="actas.md")
GERMAN = passage("Der Rat des Hafens hat den neuen Haushalt für den Kai genehmigt.", document="protokoll.md")
FRENCH = passage("Le conseil du port a approuvé le nouveau budget du quai nord.", document="pv.md")
ITALIAN = passage("Il consiglio del porto ha approvato il nuovo bilancio del molo nord.", document="verbale.md")


def is_supported(answer: str, held: Passage = BOARD) -> bool:
    return all(sentence.supported for sentence in ground(answer, [held]).sentences)


@pytest.mark.parametrize(
    ("answer", "held"),
    [
        ("The board of the harbour rejected the new budget for the north quay.", BOARD),
        ("The board of the harbour disapproved the new budget for the north quay.", BOARD),
        ("The board of the harbour recalled the new budget for the north quay.", BOARD),
        ("The board of the harbour advised the new budget for the north quay.", BOARD),
        ("El consejo del puerto rechazó el nuevo presupuesto del muelle norte.", SPANISH),
        ("El consejo del puerto aprobó el antiguo presupuesto del muelle norte.", SPANISH),
        ("Der Rat des Hafens hat den neuen Haushalt für den Kai abgelehnt.", GERMAN),
        ("Le conseil du port a rejeté le nouveau budget du quai nord.", FRENCH),
        ("Il consiglio del porto ha respinto il nuovo bilancio del molo nord.", ITALIAN),
    ],
)
def test_another_word_in_the_place_of_one_is_no_support(answer: str, held: Passage) -> None:
    assert not is_supported(answer, held)


@pytest.mark.parametrize(
    "answer",
    [
        "The board of the harbour endorsed the new budget for the north quay.",
        "The board of the harbour adopted the new budget for the north quay.",
        "Criticism of the delay of the works came from the ministry in autumn.",
        "Ada Lane and Ben Cole are the names of two who advised the board.",
        "Ada Lane and Ben Cole lived in Rome in the 70's.",
    ],
)
def test_a_synonym_a_derived_word_and_a_count_of_what_is_listed_are_supported(answer: str) -> None:
    assert is_supported(answer)


@pytest.mark.parametrize(
    "answer",
    [
        "Ada Lane and Ben Cole are the names of three who advised the board.",
        "Ada Lane and Ben Cole lived in Rome in the 1960s.",
        "Harbour Bowl 51 was played in Rome.",
        "The board sings.",
    ],
)
def test_another_count_decade_or_number_of_a_name_is_not(answer: str) -> None:
    assert not is_supported(answer)


@pytest.mark.parametrize(
    ("one", "other"),
    [("accepted", "rejected"), ("able", "unable"), ("aprobó", "rechazó"), ("neue", "alte"), ("Lender", "Borrower"),
     ("ouvert", "fermé"), ("aperto", "chiuso"), ("rose", "fell")],
)  # fmt: skip
def test_opposites_are_so_both_ways(one: str, other: str) -> None:
    assert are_opposites(one, other)
    assert are_opposites(other, one)


@given(st.text(max_size=12))
def test_no_word_is_its_own_opposite_anywhere(word: str) -> None:
    sides = opposites_of(word.casefold())
    assert not any((pair, 1 - side) in sides for pair, side in sides)


def test_words_of_one_side_are_alike() -> None:
    assert are_alike("founded", "established")
    assert not are_alike("founded", "dissolved")


@pytest.mark.parametrize(
    ("text", "key"),
    [("in the 1970s", "1970s"), ("the 1970's", "1970s"), ("the '70s", "70s"), ("in den 70er Jahren", "70s"),
     ("die 1970er", "1970s"), ("los años 70", "70s"), ("les années 1970", "1970s"), ("gli anni '70", "70s")],
)  # fmt: skip
def test_decades_in_five_languages(text: str, key: str) -> None:
    (figure,) = figures_in(text)
    assert figure.key == key
    assert figure.says(figures_in("the 1970s")[0])
    assert not figure.says(figures_in("the 1980s")[0])

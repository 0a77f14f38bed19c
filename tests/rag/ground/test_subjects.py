"""What is said of a thing is supported by what says it of that thing; and by what says it, not by what asks it."""

from __future__ import annotations

import pytest

from rag.ground import ground
from rag.ground.ranks import ordinal_at, roman_value
from rag.ground.statements import statement
from rag.ground.subjects import only_asks, says_what_it_is, subject_of
from tests.rag.making_passages import passage

BRIDGE = (
    "The bridge is a cable-stayed structure of steel. The board of the county met in June. It is a body of nine. "
    "Ada Lane wrote to the board. She praised the steel. The panel praised the plan for its modest price."
)
TRIAL = "The vaccine was stored in the cold. A trial would assess whether the vaccine was effective in adults."


def is_supported(answer: str, text: str) -> bool:
    return all(sentence.supported for sentence in ground(answer, [passage(text)]).sentences)


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        ("The board is a cable-stayed structure.", BRIDGE),
        ("Le conseil est une structure à haubans.", "Le pont est une structure à haubans. Le conseil vote en juin."),
        ("Il consiglio è una struttura strallata.", "Il ponte è una struttura strallata. Il consiglio vota a giugno."),
        ("Der Rat ist eine Konstruktion aus Stahl.", "Die Brücke ist eine Konstruktion aus Stahl. Der Rat tagt heute."),
        ("El consejo es una estructura de acero.", "El puente es una estructura de acero. El consejo vota en junio."),
    ],
)
def test_what_something_is_is_not_said_of_something_else(answer: str, text: str) -> None:
    assert not is_supported(answer, text)


@pytest.mark.parametrize(
    "answer",
    [
        "The bridge is a cable-stayed structure.",
        "The board is a body of nine.",
        "The crossing is a cable-stayed structure.",
        "Ada Lane praised the steel.",
    ],
)
def test_who_is_meant_by_it_and_a_synonym_of_the_subject_are_understood(answer: str) -> None:
    assert is_supported(answer, BRIDGE)


def test_a_name_that_stands_elsewhere_is_no_subject_of_what_speaks_of_another() -> None:
    assert not is_supported("Ada Lane praised the plan for its modest price.", BRIDGE)


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        ("The vaccine was effective.", TRIAL),
        ("The vaccine was effective.", "The trial of the vaccine will evaluate its effectiveness."),
        ("Der Impfstoff war wirksam.", "Die Studie soll prüfen, ob der Impfstoff wirksam war."),
        ("Le vaccin était efficace.", "L'essai doit évaluer si le vaccin était efficace."),
        ("Il vaccino era efficace.", "Lo studio deve valutare se il vaccino era efficace."),
        ("La vacuna era eficaz.", "El ensayo debe evaluar si la vacuna era eficaz."),
    ],
)
def test_what_is_asked_is_not_said(answer: str, text: str) -> None:
    assert not is_supported(answer, text)


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        ("The vaccine was stored in the cold.", TRIAL),
        ("The trial would assess whether the vaccine was effective.", TRIAL),
        ("The vaccine was effective.", "The trial assessed the doses, and the vaccine was effective."),
    ],
)
def test_what_is_said_beside_a_question_is(answer: str, text: str) -> None:
    assert is_supported(answer, text)


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        ("The market was listed as grade 1.", "The market was listed as grade I."),
        ("La torre es del grado 2.", "La torre es del grado II."),
        ("Mara Bell joined in the 10th series.", "Mara Bell joined in the tenth series."),
        ("Mara Bell llegó en la 10.ª serie.", "Mara Bell llegó en la décima serie."),
    ],
)
def test_ranks_are_read_in_words_and_in_roman_digits(answer: str, text: str) -> None:
    assert is_supported(answer, text)


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        ("The market was listed as grade 2.", "The market was listed as grade I."),
        ("Mara Bell joined in the 11th series.", "Mara Bell joined in the tenth series."),
        ("Mara Bell joined with 10 others.", "Mara Bell joined with others in the tenth series."),
    ],
)
def test_another_rank_is_none(answer: str, text: str) -> None:
    assert not is_supported(answer, text)


def test_parts_by_value() -> None:
    assert [roman_value(one) for one in ("I", "IV", "IX", "XXXIX", "IIII", "VX", "")] == [1, 4, 9, 39, None, None, None]
    assert [ordinal_at(one, 0) for one in ("10th", "10.ª serie", "10. Staffel", "10.5", "10 years")] == [
        10, 10, 10, None, None,
    ]  # fmt: skip
    assert subject_of(statement("Ada Lane praised Rome.")) == {"ada", "lane"}
    assert subject_of(statement("")) == frozenset()
    assert says_what_it_is(statement("The board is a structure."))
    assert not says_what_it_is(statement("The board met in June."))
    assert not says_what_it_is(statement("The board was 5 years old."))
    assert not only_asks(statement("Rome burned."), statement("Rome burned in summer."))

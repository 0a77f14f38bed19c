from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.finding_question import forms_of, phrase_of, sought_in, start_of
from rag.language import without_accents


def own(question: str) -> list[str]:
    return [word.word for word in sought_in(question).words if not word.is_kind and not word.is_of_document]


@pytest.mark.parametrize(
    ("question", "words", "figures"),
    [
        ("Which contracts have a notice period of 30 days?", ["notice", "period"], ["30day"]),
        ("which reports mention a bird strike", ["bird", "strike"], []),
        ("documents about Marie Curie", ["Marie", "Curie"], []),
        ("Where is a bird strike mentioned?", ["bird", "strike"], []),
        ("bird strike", ["bird", "strike"], []),
        ("Find all documents that talk about noise at night", ["noise", "night"], []),
        ("Which contracts mention reports?", ["reports"], []),
        ("Quels contrats prévoient un préavis de 30 jours ?", ["prévoient", "préavis"], ["30day"]),
        ("Quali rapporti menzionano una fuga di gas?", ["fuga", "gas"], []),
        ("Welche Verträge haben eine Kündigungsfrist von 30 Tagen?", ["Kündigungsfrist"], ["30day"]),
        ("¿Qué informes mencionan una fuga de gas?", ["fuga", "gas"], []),
        ("Which documents mention Mr Lehmann?", ["Lehmann"], []),
        ("Which reports mention part number XK-4471?", ["part", "number"], ["xk-4471"]),
    ],
)
def test_what_is_asked_for_without_how_it_is_asked(question: str, words: list[str], figures: list[str]) -> None:
    assert own(question) == words
    assert [figure.key + figure.unit for figure in sought_in(question).figures] == figures


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Which patients are allergic to penicillin?", ["patients"]),
        ("offers with a discount of 12%", ["offers"]),
        ("Find all leases that allow pets", ["leases"]),
        ("penalty of 12%", []),
        ("bird strike with damage", []),
    ],
)
def test_a_kind_of_document_needs_not_be_said_by_it(question: str, kind: list[str]) -> None:
    assert [word.word for word in sought_in(question).words if word.is_kind] == kind


def test_whose_documents_they_are_may_stand_anywhere_in_them() -> None:
    sought = sought_in("Which contracts with Acme Corporation provide for arbitration?")
    assert [(word.word, word.is_of_document) for word in sought.words] == [
        ("Acme", True),
        ("Corporation", True),
        ("arbitration", False),
    ]
    years = sought_in("reports of 2022 that mention share repurchases")
    assert [word.word for word in years.words if word.is_of_document] == ["2022"]
    assert years.figures == ()
    alone = sought_in("the contracts with Acme")
    assert [(word.word, word.is_of_document) for word in alone.words] == [("Acme", False)]


def test_what_is_quoted_is_meant_to_the_letter() -> None:
    sought = sought_in("Which contracts contain “Act  of\nGod” and « vis major »?")
    assert sought.phrases == ("act of god", "vis major")
    assert own('Which contracts contain "act of God"?') == []


def test_who_asks_for_what_is_not_so() -> None:
    assert sought_in("Which leases do not allow pets?").is_negated
    assert not sought_in("Which leases allow pets?").is_negated


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("policy policies", "contract contracts contracted", "damage damages damaged", "Strike strikes")),
        ("fr", ("délai délais", "collision collisions", "travail travaux")),
        ("de", ("Frist Fristen", "Vertrag Verträge", "Schaden Schäden")),
        ("it", ("contratto contratti", "fuga fughe")),
        ("es", ("plazo plazos", "día días")),
    ],
)
def test_an_inflection_begins_as_the_word_does(language: str, words: tuple[str, ...]) -> None:
    for inflections in words:
        first, *others = inflections.split()
        start = start_of(first, language)
        assert len(start) >= 2
        assert without_accents(first).startswith(start)
        for other in others:
            if forms_of(first, language) & forms_of(other, language):
                assert start in without_accents(other), (start, other)


@given(st.text(max_size=60))
def test_any_question_seeks_something_or_nothing(question: str) -> None:
    sought = sought_in(question, "en")
    assert all(start == without_accents(start) for start in sought.starts)
    assert all(phrase == phrase_of(phrase) for phrase in sought.phrases)

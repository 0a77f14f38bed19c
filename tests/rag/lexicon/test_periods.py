from __future__ import annotations

import pytest

from rag.lexicon.analysis import terms


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", "Q3 2022"),
        ("en", "Q3'22"),
        ("en", "Q3 FY2022"),
        ("en", "Q3-2022"),
        ("en", "FY22 Q3"),
        ("en", "3Q22"),
        ("en", "3Q 2022"),
        ("en", "2022 Q3 AAPL.pdf"),
        ("en", "the third quarter of 2022"),
        ("en", "the third fiscal quarter of 2022"),
        ("en", "The Third Quarter of Fiscal Year 2022"),
        ("fr", "troisième trimestre de 2022"),
        ("fr", "3e trimestre 2022"),
        ("fr", "T3 2022"),
        ("fr", "troisième trimestre de l'exercice 2022"),
        ("it", "terzo trimestre del 2022"),
        ("it", "3° trimestre 2022"),
        ("de", "im dritten Quartal 2022"),
        ("de", "des dritten Quartals des Jahres 2022"),
        ("de", "3. Quartal 2022"),
        ("de", "III. Quartal 2022"),
        ("es", "tercer trimestre de 2022"),
        ("es", "el tercer trimestre del año 2022"),
        ("es", "3T22"),
    ],
)
def test_every_way_to_write_a_quarter_is_one(language: str, written: str) -> None:
    assert {"q3", "2022q3"} <= set(terms(written, language))


def test_a_quarter_without_its_year_is_still_one() -> None:
    assert "q1" in terms("net sales of the first quarter", "en")
    assert "q2" in terms("le deuxième trimestre", "fr")


@pytest.mark.parametrize(
    "written", ["a quarter of 2022 people", "headquarters 3", "T4 cells", "quarterly report 2022", "Q5 2022"]
)
def test_what_only_looks_like_a_quarter_is_none(written: str) -> None:
    assert not [term for term in terms(written, "en") if term[-2:] in {"q1", "q2", "q3", "q4"}]

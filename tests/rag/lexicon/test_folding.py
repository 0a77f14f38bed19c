from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.lexicon.folding import composed, folded


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Été à Besançon", "ete a besancon"),
        ("GRÖẞE, Straße", "grosse, strasse"),
        ("İstanbul, ISPARTA, ılık", "istanbul, isparta, ilik"),
        ("ﬁle ½ ｆｕｌｌ", "file 1⁄2 full"),
        ("Ελλάδα Ёлка", "ελλαδα елка"),
        ("שָׁלוֹם مُحَمَّد", "שלום محمد"),
        ("हिन्दी ที่", "हिन्दी ที่"),
        ("がぎ 한국", "がぎ 한국"),
    ],
)
def test_case_accents_and_forms_are_folded_and_letters_are_not(text: str, expected: str) -> None:
    assert folded(text) == unicodedata.normalize("NFKC", expected)


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert folded(folded(text)) == folded(text)
    assert composed(composed(text)) == composed(text)


@given(st.text(max_size=60))
def test_every_way_to_write_an_accent_is_folded_alike(text: str) -> None:
    assert folded(unicodedata.normalize("NFD", text)) == folded(unicodedata.normalize("NFC", text)) == folded(text)

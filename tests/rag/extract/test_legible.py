import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.extract.legible import FEW_LETTERS, is_garbage, is_scarce, needs_ocr

ENGLISH = "The wind at the site blew from the north for three days, and the crane stood still until it had passed. " * 4
SHIFTED = "".join(chr(ord(letter) - 29) if letter.isalpha() else letter for letter in ENGLISH)
"""What a font whose glyphs are numbered in order, 29 below ASCII, gives where it doesn't say so."""
TEXTS = [
    ENGLISH,
    "Ветер дул с севера три дня, и кран стоял, пока не стих. " * 6,
    "风从北方吹来，吊车停了三天。" * 20,
    "Příliš žluťoučký kůň úpěl ďábelské ódy, strč prst skrz krk. " * 6,
    "Łódź, źdźbło, chrząszcz brzmi w trzcinie w Szczebrzeszynie. " * 6,
    "Wchłonąć, zażółcić gęślą jaźń; Grüße, Öl, Übermut, Straße. " * 6,
    "12,345 67.8 (90) - 2022 2023 $ 5.1 % " * 20,
]


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_in_any_language_is_taken_as_it_is(text: str) -> None:
    assert not is_garbage(text)
    assert not needs_ocr(text, 1.0, 10_000)


@pytest.mark.parametrize("text", [SHIFTED, "\ufffd" * 30 + "page 3", "\ue003\ue017\ue021 " * 40 + "a few words"])
def test_a_text_that_stands_for_nothing_is_recognised_anew(text: str) -> None:
    assert is_garbage(text)
    assert needs_ocr(text, 0.0, 0)


def test_a_page_without_text_is_recognised_where_it_shows_something() -> None:
    assert needs_ocr("", 1.0, 0)
    assert needs_ocr(" 7 ", 0.3, 0)
    assert needs_ocr("", 0.0, 5_000)
    assert not needs_ocr("", 0.0, 40)
    assert not needs_ocr("", 0.02, 0)


def test_stray_words_on_a_full_picture_are_a_scan_and_on_half_a_one_are_not() -> None:
    assert needs_ocr("Received 3 May 2021 by the registry", 0.98, 0)
    assert not needs_ocr("Figure 3: the crane at rest in the yard", 0.5, 0)


def test_a_hidden_text_layer_over_a_scan_is_kept() -> None:
    assert not needs_ocr(ENGLISH, 1.0, 0)


@given(st.text(max_size=300), st.floats(0, 1), st.integers(0, 10_000))
def test_a_page_with_nothing_drawn_waits_only_for_garbage(text: str, share: float, segments: int) -> None:
    assert needs_ocr(text, 0.0, 0) == is_garbage(text)
    if not is_scarce(text):
        assert needs_ocr(text, share, segments) == is_garbage(text)


@given(st.text(alphabet="abcdeiou0123456789 \n", max_size=3 * FEW_LETTERS))
def test_what_is_scarce_is_counted_in_letters_and_digits(text: str) -> None:
    assert is_scarce(text) == (sum(map(str.isalnum, text)) < FEW_LETTERS)

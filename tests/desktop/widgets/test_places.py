"""How places are named: by the unit of their format, with their own names, and with nothing that says nothing."""

from __future__ import annotations

import dataclasses

import pytest

from desktop.widgets.places import address_of, count_of, place_name, place_of, recognition_of
from rag.protocol import PAGE_UNITS
from tests.fakes.plausible import PASSAGES


@pytest.mark.parametrize(
    ("unit", "number", "label", "expected"),
    [
        ("page", 12, "", "p. 12"),
        ("page", 12, "12", "p. 12"),
        ("page", 12, "xi", "p. 12 (xi)"),
        ("slide", 4, "", "slide 4"),
        ("sheet", 2, "Costs", "sheet Costs"),
        ("sheet", 2, "", "sheet 2"),
        ("chapter", 3, "The harbour", "chapter 3 · The harbour"),
        ("message", 5, "", "message 5"),
        ("part", 1, "", ""),
        ("part", 2, "", "part 2"),
    ],
)
def test_each_unit_has_its_own_name(unit: str, number: int, label: str, expected: str) -> None:
    assert place_name(unit, number, label) == expected


def test_a_page_is_spoken_in_full() -> None:
    assert place_name("page", 12, "xi", is_spoken=True) == "page 12 (xi)"
    assert place_name("slide", 4, is_spoken=True) == "slide 4"


def test_braces_in_a_name_are_characters_like_others() -> None:
    assert place_name("sheet", 2, "{number} {x}") == "sheet {number} {x}"


def test_a_single_message_has_no_number() -> None:
    letter = dataclasses.replace(PASSAGES[0], unit="message", page=1, label="Storm pins", path="/mail/letter.EML")
    assert place_of(letter) == ""
    assert place_of(dataclasses.replace(letter, page=2, label="")) == "message 2"
    attached = dataclasses.replace(letter, page=2, label="tides.xlsx · Costs")
    assert address_of(attached, "tides.xlsx › Costs › Pier") == "tides.xlsx · Costs · Pier"
    assert place_of(dataclasses.replace(letter, path="/mail/archive.mbox")) == "message 1 · Storm pins"


@pytest.mark.parametrize(
    ("section", "expected"),
    [
        ("The harbour › Storms", "chapter 3 · The harbour · Storms"),
        ("The harbour", "chapter 3 · The harbour"),
        ("The harbours", "chapter 3 · The harbour · The harbours"),
        ("", "chapter 3 · The harbour"),
    ],
)
def test_an_address_says_each_name_once(section: str, expected: str) -> None:
    chapter = dataclasses.replace(PASSAGES[0], unit="chapter", page=3, label="The harbour")
    assert address_of(chapter, section) == expected


def test_what_is_attached_goes_by_its_name() -> None:
    attached = dataclasses.replace(PASSAGES[0], unit="attachment", page=9, label="plan.docx")
    assert address_of(attached, "plan.docx › Costs") == "plan.docx · Costs"


def test_every_format_is_counted() -> None:
    for form, unit in PAGE_UNITS.items():
        assert unit in count_of(form, 3)


def test_only_what_ocr_has_read_is_said_to_be() -> None:
    assert recognition_of(-1.0) == ""
    assert recognition_of(0.934) == "read by OCR, 93 %"
    assert recognition_of(0.0) == "read by OCR, 0 %"

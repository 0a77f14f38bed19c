"""Places as the terminal names them, in every language."""

from __future__ import annotations

import dataclasses

import pytest

from rag.errors import LANGUAGES
from rag.protocol import PAGE_UNITS, DocumentHealth, DocumentState, PageRun, PageState
from rag.terminal_health import health_row, pages_in_words
from rag.terminal_places import place_of
from tests.fakes.plausible import PASSAGES, STUDY
from tests.rag.test_health import FAILED

PLACE = dataclasses.replace(PASSAGES[0], document="d", page=12, label="", section="", unit="page", confidence=-1.0)


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({}, "d · page 12"),
        ({"label": "xii"}, "d · page 12 (printed xii)"),
        ({"unit": "attachment", "label": "plan.docx", "section": "plan.docx › Costs"}, "d · plan.docx · Costs"),
        ({"label": "12", "section": "Results"}, "d · page 12 · Results"),
        ({"unit": "slide", "page": 4}, "d · slide 4"),
        ({"unit": "sheet", "label": "Costs"}, "d · sheet Costs"),
        ({"unit": "chapter", "page": 3, "label": "The harbour"}, "d · chapter 3 · The harbour"),
        ({"unit": "message", "page": 7}, "d · message 7"),
        ({"unit": "message", "page": 1, "label": "Tides", "section": "Tides", "path": "/a.EML"}, "d · Tides"),
        ({"unit": "message", "page": 2, "label": "b.xlsx · Costs", "section": "b.xlsx › Costs › Pier", "path": "a.eml"},
         "d · b.xlsx · Costs · Pier"),
        ({"unit": "message", "page": 3, "label": "Tides", "section": "Tides", "path": "/a.mbox"},
         "d · message 3 · Tides"),
        ({"unit": "sheet", "label": "Costs", "section": "Costs › 2019"}, "d · sheet Costs · 2019"),
        ({"label": "xii", "section": "xii"}, "d · page 12 (printed xii) · xii"),
        ({"document": "a\nb.md", "section": "c\td"}, "a\ufffdb.md · page 12 · c\ufffdd"),
        ({"unit": "part", "page": 1}, "d"),
        ({"unit": "part", "page": 2}, "d · part 2"),
        ({"unit": "orbit"}, "d · page 12"),
        ({"confidence": 0.934}, "d · page 12 · read by OCR, 93 %"),
        ({"confidence": 0.0}, "d · page 12 · read by OCR, 0 %"),
        ({"also_in": ("/home/ada/copies/d.pdf",)}, "d · page 12 · also in copies/d.pdf"),
        ({"also_in": ("/x/a.pdf", "/x/b.pdf", "/c.pdf", "/d.pdf")}, "d · page 12 · also in x/a.pdf, x/b.pdf, +2"),
    ],
)  # fmt: skip
def test_a_place(changes: dict[str, object], place: str) -> None:
    item = dataclasses.replace(PLACE, **changes)  # type: ignore[arg-type]
    assert place_of(item, "en", item.section) == place


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("unit", sorted(set(PAGE_UNITS.values())))
def test_every_unit_has_a_name_in_every_language(unit: str, language: str) -> None:
    place = place_of(dataclasses.replace(PLACE, unit=unit, confidence=0.5), language)
    assert "12" in place
    assert "50" in place


def test_pages_in_words() -> None:
    runs = (PageRun(1, 140, PageState.TEXT), PageRun(141, 148, PageState.OCR, 0.93),
            PageRun(149, 150, PageState.FAILED, reason=FAILED))  # fmt: skip
    assert pages_in_words(runs, "en") == "140 text, 8 OCR (93 %), 2 failed"
    assert pages_in_words((), "en") == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_document_with_failed_pages_says_which_and_why(language: str) -> None:
    pages = tuple(PageRun(number, number + 1, PageState.FAILED, reason=FAILED) for number in range(1, 20, 3))
    row = health_row(DocumentHealth(STUDY, pages, ("try_again", "forget")), language)
    assert "1–2" in row.notes[0]
    assert "16–17" not in " ".join(row.notes)
    assert row.notes[-1].endswith("phial index")
    away = dataclasses.replace(STUDY, state=DocumentState.READY, is_away=True)
    assert "," in health_row(DocumentHealth(away, (), ()), language).cells[1]

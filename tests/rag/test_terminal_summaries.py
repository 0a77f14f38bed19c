from __future__ import annotations

import dataclasses
import io
from collections.abc import Iterator

import pytest
from rich.console import Console

from rag.errors import LANGUAGES, text
from rag.protocol import (
    DocumentChanged,
    Progress,
    Reply,
    Stage,
    Summarised,
    SummarisedDocument,
    Summary,
    SummaryLength,
    SummaryProgress,
    Token,
)
from rag.terminal_summaries import coverage, show_reading, show_summary
from tests.fakes.plausible import STUDY as STUDY_ROW
from tests.rag.making_summaries import DOCUMENT, LOCKED, NOTES, ROWS, SUMMARY

STAGES = ("choosing", "reading", "joining", "comparing", "translating")


def shown(summary: Summary, width: int = 200, language: str = "en", *, is_terminal: bool = False) -> str:
    written = io.StringIO()
    console = Console(file=written, width=width, force_terminal=is_terminal, highlight=False, color_system=None)
    replies: list[Reply] = [
        SummaryProgress(1, stage, "study.pdf", 3, 110, 75.0, is_cached=stage == "reading") for stage in STAGES
    ]
    replies += [Stage(1, "model", "Phi"), Stage(1, "prompt", "Phi", 400), Token(1, "Draft"), Summarised(1, summary)]
    assert show_summary(console, iter(replies), language)
    return written.getvalue()


def test_sentences_stand_with_their_places_and_what_they_are() -> None:
    lines = shown(SUMMARY).splitlines()
    assert "The crane must withstand 42 m/s. [1] “The pins are in.” [1] ≈ La gru resta ferma. [1]" in lines
    assert "[1] study.pdf · page 57: “The crane shall withstand 42 m/s.”" in lines
    assert "study.pdf: pages 1-200, 203-260 of 260 (pages 201 wait for OCR) (pages 202 could not be read)" in lines
    assert text("summary_left_out_many", "en", count=2) in lines
    assert text("summary_stopped", "en") in lines
    assert text("summary_not_translated", "en") in lines


def test_the_draft_and_how_far_it_is_are_seen_only_by_who_watches() -> None:
    assert "Draft" not in shown(SUMMARY)
    for is_terminal in (True, False):
        written = io.StringIO()
        console = Console(file=written, width=80, force_terminal=is_terminal, color_system=None)
        show_summary(console, iter([SummaryProgress(1, "joining", "", 0, 2), Token(1, "Draft")]), "en")
        assert ("Draft" in written.getvalue()) is is_terminal


def test_a_list_is_one_item_a_line() -> None:
    lines = shown(dataclasses.replace(SUMMARY, length=SummaryLength.BULLETS)).splitlines()
    assert "• The crane must withstand 42 m/s. [1]" in lines
    assert "• “The pins are in.” [1]" in lines


@pytest.mark.parametrize(("width", "is_table"), [(120, True), (40, False), (10_000, False)])
def test_a_comparison_is_a_table_where_there_is_room(width: int, is_table: bool) -> None:
    notes = dataclasses.replace(DOCUMENT, sha256=NOTES, document="notes.md")
    written = shown(dataclasses.replace(SUMMARY, sections=(), rows=ROWS, documents=(DOCUMENT, notes)), width)
    assert ("┃" in written) is is_table
    assert text("summary_nothing_found", "en") in written
    if not is_table:
        assert "notes.md: nothing found" in written


@pytest.mark.parametrize(
    ("document", "said"),
    [
        (dataclasses.replace(DOCUMENT, covered=((1, 260),), not_read=()), "study.pdf: pages 1-260 of 260"),
        (dataclasses.replace(DOCUMENT, covered=(), not_read=()), "study.pdf: nothing of 260 pages yet"),
        (dataclasses.replace(DOCUMENT, unit="part", pages=1, covered=((1, 1),), not_read=()), "study.pdf"),
        (dataclasses.replace(DOCUMENT, unit="slide", pages=9, covered=((2, 9),), not_read=()), "study.pdf: 2-9 of 9"),
        (LOCKED, "locked.pdf: locked.pdf is locked with a password."),
    ],
)
def test_the_pages_that_are_covered_are_said(document: SummarisedDocument, said: str) -> None:
    assert coverage(document, "en") == said


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_all_the_words(language: str) -> None:
    for summary in (
        SUMMARY,
        dataclasses.replace(SUMMARY, model="", sections=(), sentences_left_out=1),
        dataclasses.replace(SUMMARY, output_language="", was_stopped=False, is_stand_in=False),
    ):
        assert "{" not in shown(summary, language=language, is_terminal=True)


def test_what_is_read_first_is_shown_while_somebody_watches() -> None:
    written = io.StringIO()
    console = Console(file=written, width=100, force_terminal=True, color_system=None)

    def replies() -> Iterator[Reply]:
        yield DocumentChanged(1, STUDY_ROW)
        yield Progress(1, 1, 3, 0, 0, 0, 30.0)

    show_reading(console, replies(), "en")
    assert text("index_reading", "en") in written.getvalue()

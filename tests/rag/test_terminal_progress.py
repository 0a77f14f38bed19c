"""What somebody who watches indexing is told, and the words for numbers."""

from __future__ import annotations

import dataclasses
import io

import pytest
from rich.console import Console

from rag.protocol import DocumentState, Progress
from rag.terminal_progress import IndexingBars, left
from rag.terminal_words import counted, decimal, duration, roughly
from tests.fakes.plausible import STUDY

PROGRESS = Progress(1, 1, 4, 20, 30, 90, 12.4)
AT_WORK = dataclasses.replace(STUDY, state=DocumentState.READING, pages=148, pages_read=20)


def shown(*steps: object) -> str:
    """The last picture of the bars after ``steps``, as somebody sees it."""
    console = Console(file=io.StringIO(), width=80, force_terminal=True)
    bars = IndexingBars(console, "en")
    for step in steps:
        if isinstance(step, Progress):
            bars.show(step)
        else:
            bars.note(step)  # type: ignore[arg-type]
    sheet = Console(file=io.StringIO(), width=80)
    for renderable in bars.get_renderables():
        sheet.print(renderable)
    written: str = sheet.file.getvalue()  # type: ignore[attr-defined]
    return written


def test_files_and_passages_have_a_bar_each_and_what_is_read_now_is_named() -> None:
    output = shown(AT_WORK, PROGRESS)
    assert "1/4" in output
    assert "30/90" in output
    assert f"about 12 s left · {STUDY.name} (20/148)" in output
    assert "scanned" not in output


def test_scanned_pages_have_a_bar_that_grows_with_them() -> None:
    waiting = [dataclasses.replace(PROGRESS, pages_waiting=pages) for pages in (10, 7, 9, 8)]
    assert "4/12" in shown(*waiting)
    scan = dataclasses.replace(STUDY, state=DocumentState.ANSWERABLE, pages=10, pages_read=10, pages_waiting=8)
    assert f"{STUDY.name} (2/10)" in shown(scan, waiting[0])


def test_files_that_are_read_stay_counted() -> None:
    output = shown(PROGRESS, dataclasses.replace(PROGRESS, documents=0, documents_done=0))
    assert "4/4" in output
    assert "0/0" not in output


def test_nothing_that_is_settled_is_named() -> None:
    assert STUDY.name not in shown(AT_WORK, dataclasses.replace(STUDY, pages_waiting=0), PROGRESS)


@pytest.mark.parametrize(
    ("changes", "said"),
    [({}, "about 12 s left"), ({"seconds_left": 4000.0}, "about 1 h 5 min left"), ({"seconds_left": -1.0}, ""),
     ({"is_paused": True}, "paused")],
)  # fmt: skip
def test_what_is_left(changes: dict[str, float], said: str) -> None:
    assert left(dataclasses.replace(PROGRESS, **changes), "en") == said  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0.04, "0.0 s"), (9.94, "9.9 s"), (12.4, "12 s"), (59.7, "1 min 0 s"), (185, "3 min 5 s"), (8040, "2 h 14 min")],
)
def test_a_duration(seconds: float, said: str) -> None:
    assert duration(seconds, "en") == said


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0.2, "1 s"), (45, "45 s"), (59.8, "1 min"), (100, "2 min"), (3590, "1 h 0 min"), (8100, "2 h 15 min")],
)
def test_an_estimate_is_no_finer_than_it_can_be(seconds: float, said: str) -> None:
    assert roughly(seconds) == said


def test_numbers_in_their_language() -> None:
    assert duration(2.04, "fr") == "2,0 s"
    assert decimal(0.34, 2, "it") == "0,34"
    assert [counted("pages", count, "en") for count in (0, 1, 2)] == ["0 pages", "1 page", "2 pages"]
    assert [counted("pages", count, "fr") for count in (0, 1, 2)] == ["0 page", "1 page", "2 pages"]
    assert counted("passages", 1, "it") == "1 passaggio"

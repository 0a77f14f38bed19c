"""The rows of the health view: their order, what they say, and that they follow the library."""

from __future__ import annotations

import dataclasses

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from desktop.widgets import health_model
from desktop.widgets.health_model import HEALTH_ROLE, HealthFilter, HealthModel, needs_attention, reason_of
from desktop.widgets.trouble import sentences_of
from rag.errors import Problem
from rag.protocol import DocumentHealth, DocumentState, PageRun, PageState
from tests.fakes.plausible import document, health

BROKEN_PAGE = Problem("page_failed", {"path": "Mixed.pdf", "page": 3})
MIXED = health(
    document("Mixed.pdf", pages=3),
    PageRun(1, 1, PageState.TEXT),
    PageRun(2, 2, PageState.OCR, 0.91),
    PageRun(3, 3, PageState.FAILED, -1.0, BROKEN_PAGE),
)
TORN = health(document("Torn.pdf", DocumentState.FAILED, pages=0, reason=Problem("pdf_broken", {"path": "Torn.pdf"})))
WELL = [health(document(name)) for name in ("Report 10.pdf", "report 9.pdf", "Archive.pdf")]


def names(model: HealthModel | HealthFilter) -> list[str]:
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def filled() -> HealthModel:
    model = HealthModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.replace([*WELL, TORN, MIXED])
    return model


def test_what_asks_for_something_comes_first() -> None:
    model = filled()
    assert names(model) == ["Mixed.pdf", "Torn.pdf", "Archive.pdf", "report 9.pdf", "Report 10.pdf"]
    assert model.in_need == 2


def test_a_row_stays_where_it_is_when_its_document_is_mended() -> None:
    model = filled()
    mended = health(document("Torn.pdf", pages=4))
    model.change(mended)
    assert names(model)[1] == "Torn.pdf"
    assert model.by_key(mended.document.key) == mended
    assert model.in_need == 1
    model.change(health(document("New.pdf")))
    assert names(model)[-1] == "New.pdf"
    model.forget(MIXED.document.key)
    assert names(model)[0] == "Torn.pdf"
    assert model.by_key(MIXED.document.key) is None


def test_a_row_stays_where_it_is_when_its_file_was_read() -> None:
    model = filled()
    read = dataclasses.replace(document("Archive.pdf"), key="a" * 64, sha256="a" * 64)
    model.rename(document("Archive.pdf").key, read)
    assert names(model)[2] == "Archive.pdf"
    model.change(health(read))
    assert (names(model)[2], model.rowCount()) == ("Archive.pdf", 5)
    model.rename(TORN.document.key, read)
    assert names(model) == ["Mixed.pdf", "Archive.pdf", "report 9.pdf", "Report 10.pdf"], "a copy is no second row"
    model.rename("unknown", read)
    assert model.rowCount() == 4


def test_a_row_is_heard_as_it_is_seen() -> None:
    model = filled()
    heard = model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    counts = "1 page of text, 1 by OCR (91\N{NO-BREAK SPACE}%), 1 failed"
    seen = f"Mixed.pdf, {counts}. Page 3 of Mixed.pdf could not be read."
    assert heard == f"{seen} {sentences_of(BROKEN_PAGE).mend}", "with what to do about it"
    assert model.index(0).data(HEALTH_ROLE) == MIXED
    assert reason_of(MIXED) == BROKEN_PAGE
    waiting = health(document("Later.pdf", DocumentState.QUEUED, pages=0))
    assert model.words_of(waiting) == "waiting to be read"
    assert not needs_attention(waiting)
    away = health(document("Away.pdf", pages=2, is_away=True))
    assert model.words_of(away) == "2 pages of text. On a drive that isn’t connected"
    assert not needs_attention(away)


def test_the_list_is_narrowed_by_name_and_to_what_is_to_be_mended() -> None:
    shown = HealthFilter(filled())
    shown.set_only_in_need(True)
    assert names(shown) == ["Mixed.pdf", "Torn.pdf"]
    shown.set_words("REP")
    assert names(shown) == []
    shown.set_only_in_need(False)
    assert names(shown) == ["report 9.pdf", "Report 10.pdf"]


def test_the_pages_of_a_document_are_gone_through_once(monkeypatch: pytest.MonkeyPatch) -> None:
    judged: list[str] = []

    def judge(one: DocumentHealth) -> bool:
        judged.append(one.document.name)
        return needs_attention(one)

    monkeypatch.setattr(health_model, "needs_attention", judge)
    model = HealthModel()
    assert not model.is_in_need(WELL[0])
    model.replace([*WELL, TORN])
    shown = HealthFilter(model)
    shown.set_only_in_need(True)
    assert (names(shown), model.in_need) == (["Torn.pdf"], 1)
    assert sorted(judged) == sorted(one.document.name for one in (*WELL, TORN))
    model.change(health(document("Torn.pdf", pages=4)))
    assert (names(shown), model.in_need) == ([], 0), "what has changed is judged anew"

"""The window of the models: what is offered, how one is got, and what is said when it can't be."""

from __future__ import annotations

import dataclasses

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.widgets.model_card import ModelCard
from desktop.widgets.notice import Notice
from desktop.widgets.stage import StageLine
from desktop.windows.main import MainWindow
from rag.errors import Problem
from rag.protocol import (
    ChooseModel,
    DownloadState,
    DropDownload,
    Failed,
    GetModel,
    ListOffers,
    Model,
    PauseDownload,
    Speed,
)
from tests.fakes.plausible import OFFERS, STARTER, half_of
from tests.fakes.worker import FakeWorker

PHI = Model(
    "phi-4-mini-q4_k_m", "Phi-4-mini Q4_K_M", "/models/phi.gguf", "phi3", "Q4_K_M", 2_491_874_688, 3_400_000_000, 4096,
    "fits", is_stand_in=False, is_chosen=False, phi="phi-4-mini",
)  # fmt: skip


@pytest.fixture
def open_window(qtbot: QtBot, window: MainWindow) -> MainWindow:
    window.models.come_forward()
    qtbot.waitUntil(lambda: len(window.models.pane.cards) == 4)
    return window


def card_of(window: MainWindow, name: str) -> ModelCard:
    return next(card for card in window.models.pane.cards if card.accessibleName() == name)


def said(widget: QWidget) -> str:
    return " | ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def buttons(widget: QWidget) -> dict[str, QPushButton]:
    return {button.accessibleName() or button.text(): button for button in widget.findChildren(QPushButton)
            if button.isVisible()}  # fmt: skip


def test_each_model_says_what_it_needs_here(open_window: MainWindow) -> None:
    best = said(card_of(open_window, "Phi-4-mini"))
    assert "A good one for most laptops." in best
    assert "Recommended here" in best
    assert "2.5 GB to download" in best
    assert "needs 3.4 GB of 16.0 GB of memory" in best
    assert "reads 6 pages a minute, writes 7 words a second (estimated)" in best
    assert "Tight" in said(card_of(open_window, "Phi-4"))
    assert "16.0 GB of memory, 9.0 GB free" in said(open_window.models.pane)


def test_one_that_can_t_run_says_why_and_offers_nothing(open_window: MainWindow) -> None:
    card = card_of(open_window, "Phi-3-small")
    assert "It can't be run here." in said(card)
    assert not buttons(card)


def test_a_download_is_watched_held_and_ended(qtbot: QtBot, open_window: MainWindow, worker: FakeWorker) -> None:
    card = card_of(open_window, "Phi-4-mini")
    buttons(card)["Download Phi-4-mini"].click()
    qtbot.waitUntil(lambda: "1.0 GB of 2.0 GB · 10 MB a second · 2 min left · from example.org" in said(card))
    assert worker.asked(GetModel) == [GetModel(worker.asked(GetModel)[0].id, "phi-4-mini", "")]
    buttons(card)["Pause the download of Phi-4-Mini"].click()
    qtbot.waitUntil(lambda: "Paused · 1.0 GB of 2.0 GB" in said(card))
    assert len(worker.asked(PauseDownload)) == 1
    buttons(card)["Resume the download of Phi-4-Mini"].click()
    qtbot.waitUntil(lambda: len(worker.asked(GetModel)) == 2)
    qtbot.waitUntil(lambda: "Cancel the download of Phi-4-Mini" in buttons(card))
    buttons(card)["Cancel the download of Phi-4-Mini"].click()
    qtbot.waitUntil(lambda: "Download Phi-4-mini" in buttons(card))
    assert len(worker.asked(DropDownload)) == 1


def test_a_download_that_fails_says_why_and_can_be_tried_again(
    qtbot: QtBot, open_window: MainWindow, worker: FakeWorker
) -> None:
    card = card_of(open_window, "Phi-4-mini")
    gone = Problem("model_missing", {"path": "x"})
    worker.tell_download(dataclasses.replace(half_of("phi-4-mini"), state=DownloadState.FAILED, reason=gone))
    qtbot.waitUntil(lambda: "Try the download of Phi-4-Mini again" in buttons(card))
    assert "Download Phi-4-mini" not in buttons(card)
    buttons(card)["Try the download of Phi-4-Mini again"].click()
    qtbot.waitUntil(lambda: len(worker.asked(GetModel)) == 1)


def test_a_download_without_a_network_says_whom_it_waits_for_and_why_and_can_be_held(
    qtbot: QtBot, open_window: MainWindow, worker: FakeWorker
) -> None:
    card = card_of(open_window, "Phi-4-mini")
    begun = dataclasses.replace(half_of("phi-4-mini"), bytes_done=0, bytes_per_s=0.0)
    worker.tell_download(begun)
    qtbot.waitUntil(lambda: "0 bytes of 2.0 GB · connecting to example.org" in said(card))
    waits_for = Problem("download_out_of_reach", {"model": "Phi-4-Mini", "host": "example.org", "seconds": 4})
    worker.tell_download(dataclasses.replace(begun, reason=waits_for))
    qtbot.waitUntil(lambda: "example.org can’t be reached right now. There is no network" in said(card))
    assert "Pause the download of Phi-4-Mini" in buttons(card)
    worker.tell_download(begun)
    qtbot.waitUntil(lambda: "can’t be reached" not in said(card))


def test_one_that_has_come_can_be_used(qtbot: QtBot, open_window: MainWindow, worker: FakeWorker) -> None:
    worker.script.models = (STARTER, PHI)
    worker.script.offers[0] = dataclasses.replace(OFFERS[0], installed=PHI.model)
    worker.tell_download(dataclasses.replace(half_of("phi-4-mini"), state=DownloadState.DONE))
    card = card_of(open_window, "Phi-4-mini")
    card.show_download(dataclasses.replace(half_of("phi-4-mini"), state=DownloadState.DONE))
    assert not buttons(card)  # until it is known what came
    qtbot.waitUntil(lambda: "Answer with Phi-4-mini" in buttons(card))
    assert "Download Phi-4-mini" not in buttons(card)
    buttons(card)["Answer with Phi-4-mini"].click()
    qtbot.waitUntil(lambda: bool(worker.asked(ChooseModel)))
    chosen = worker.asked(ChooseModel)[0]
    assert isinstance(chosen, ChooseModel)
    assert chosen.model == PHI.model


def test_what_is_here_already_is_told_with_where_it_was_found(
    qtbot: QtBot, open_window: MainWindow, worker: FakeWorker
) -> None:
    found = dataclasses.replace(PHI, model="other", name="Other", phi="", source="LM Studio", speed=Speed(2, 0.5, True))
    worker.script.models = (STARTER, found)
    worker.tell_download(dataclasses.replace(half_of("phi-4"), state=DownloadState.DONE))
    qtbot.waitUntil(lambda: len(open_window.models.pane.cards) == 5)
    qtbot.waitUntil(lambda: "Found in LM Studio" in said(card_of(open_window, "Other")))
    told = said(card_of(open_window, "Other"))
    assert "reads 1.5 words a second, writes 0.4 · /models" in told
    assert "Answers your questions" in said(card_of(open_window, "SmolLM2 135M"))


def test_a_request_that_fails_is_said_in_place(qtbot: QtBot, open_window: MainWindow, worker: FakeWorker) -> None:
    worker.script.handlers[GetModel] = lambda _, link, request: link.send(Failed(request.id, Problem("disk_full")))
    buttons(card_of(open_window, "Phi-4-mini"))["Download Phi-4-mini"].click()
    notice = open_window.models.findChild(Notice)
    assert notice is not None
    qtbot.waitUntil(notice.isVisible)


def test_connections_are_counted_again_when_a_download_begins(
    qtbot: QtBot, open_window: MainWindow, worker: FakeWorker
) -> None:
    worker.script.connections = ("2026-01-01 example.org",)
    buttons(card_of(open_window, "Phi-4-mini"))["Download Phi-4-mini"].click()
    qtbot.waitUntil(
        lambda: any("1 connection" in one.accessibleName() for one in open_window.findChildren(QPushButton))
    )


def test_out_of_sight_nothing_is_asked(qtbot: QtBot, open_window: MainWindow, worker: FakeWorker) -> None:
    open_window.models.close()
    asked = len(worker.requests)
    worker.tell_download(dataclasses.replace(half_of("phi-4"), state=DownloadState.DONE))
    qtbot.wait(500)
    assert not [one for one in worker.requests[asked:] if one.type in {"list_models", "list_offers"}]
    open_window.models.come_forward()
    qtbot.waitUntil(lambda: any(one.type == "list_offers" for one in worker.requests[asked:]))


def test_where_the_models_can_t_be_told_nothing_is_waited_for(
    qtbot: QtBot, window: MainWindow, worker: FakeWorker
) -> None:
    worker.script.handlers[ListOffers] = lambda _, link, request: link.send(
        Failed(request.id, Problem("library_damaged", {"path": "/x"}))
    )
    window.models.come_forward()
    notice, stage = window.models.findChild(Notice), window.models.findChild(StageLine)
    assert notice is not None
    assert stage is not None
    qtbot.waitUntil(notice.isVisible)
    assert stage.isHidden()

"""The reader pane over real operations and a door: pages with their marks, notes, and what can't be shown."""

from __future__ import annotations

import dataclasses
import sys
import threading
from pathlib import Path

import pytest
import shiboken6
from PIL import Image
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QColor, QDesktopServices, QGuiApplication, QImage, QTextDocument
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from desktop.panes.reader import ReaderPane
from desktop.theme import Theme
from desktop.widgets.elided import ElidedLabel
from desktop.widgets.note_view import NoteView
from desktop.widgets.page_layout import Fit
from desktop.widgets.pictures import PictureCache
from desktop.worker_client import WorkerClient
from engine.links import Link
from rag.errors import Problem
from rag.protocol import Citation, Failed, Page, PageForm, Request, ShowPage
from tests.fakes.plausible import ANSWER, CITATIONS, NOTES, PASSAGES, STUDY, document, picture
from tests.fakes.worker import FakeWorker


@pytest.fixture
def pane(qtbot: QtBot, theme: Theme, client: WorkerClient) -> ReaderPane:
    pane = ReaderPane(theme, client)
    qtbot.addWidget(pane)
    pane.resize(480, 700)
    pane.show()
    return pane


def open_page(qtbot: QtBot, pane: ReaderPane, item: Citation) -> None:
    pane.show_citation(item, CITATIONS)
    wait_for(qtbot, pane, item.page)


def wait_for(qtbot: QtBot, pane: ReaderPane, number: int) -> None:
    qtbot.waitUntil(lambda: pane.page is not None and pane.page.page == number)


def asked(worker: FakeWorker) -> list[ShowPage]:
    return [request for request in worker.asked(ShowPage) if isinstance(request, ShowPage)]


def asked_for(worker: FakeWorker, page: int) -> list[ShowPage]:
    return [request for request in asked(worker) if request.page == page]


def colour_at(picture: QImage, place: QPoint) -> QColor:
    ratio = picture.devicePixelRatio()
    return picture.pixelColor(round(place.x() * ratio), round(place.y() * ratio))


@pytest.mark.parametrize("choice", ["light", "dark"])
def test_the_quote_is_marked_in_amber_and_its_letters_stay_black(
    qtbot: QtBot, theme: Theme, pane: ReaderPane, choice: str
) -> None:
    theme.choose("dark" if choice == "dark" else "light")
    open_page(qtbot, pane, CITATIONS[0])
    view = pane.page_view
    qtbot.waitUntil(lambda: bool(view.mark_places()))
    shot = view.grab().toImage()
    marks = view.mark_places()
    inside = colour_at(shot, marks[0].bottomRight() - QPoint(6, 4))
    paper = colour_at(shot, marks[-1].bottomRight() + QPoint(0, 60))
    assert inside.red() - inside.blue() > 40, "amber"
    assert abs(paper.red() - paper.blue()) < 8, "paper"
    assert (paper.lightness() > 250) == (choice == "light"), "dimmed in the dark alone"
    darkest = min(
        colour_at(shot, QPoint(x, y)).lightness()
        for x in range(marks[0].left(), marks[0].right(), 1)
        for y in range(marks[0].top(), marks[0].bottom(), 1)
    )
    assert darkest < 60, "text under the mark"


def test_a_citation_asks_for_its_very_span(qtbot: QtBot, pane: ReaderPane, worker: FakeWorker) -> None:
    open_page(qtbot, pane, CITATIONS[1])
    request = asked(worker)[0]
    assert (request.sha256, request.page) == (STUDY.sha256, 3)
    assert request.marks == ((CITATIONS[1].start, CITATIONS[1].end),)


def test_a_passage_asks_for_the_words_that_the_question_shares(
    qtbot: QtBot, pane: ReaderPane, worker: FakeWorker
) -> None:
    pane.show_citation(PASSAGES[0], PASSAGES)
    wait_for(qtbot, pane, 57)
    start, stop = PASSAGES[0].marks[0]
    assert (PASSAGES[0].start + start, PASSAGES[0].start + stop) in asked(worker)[0].marks


def test_the_arrows_lead_through_the_citations_and_back_without_asking_again(
    qtbot: QtBot, pane: ReaderPane, worker: FakeWorker
) -> None:
    open_page(qtbot, pane, CITATIONS[0])
    pane.step(-1)
    assert pane.page is not None
    assert pane.page.page == 57, "there is none before the first"
    pane.step(1)
    wait_for(qtbot, pane, 3)
    pane.step(-1)
    wait_for(qtbot, pane, 57)
    assert [request.page for request in asked(worker)].count(57) == 1, "the page, its picture and its marks were kept"
    pane.step(1)
    pane.step(1)
    qtbot.waitUntil(lambda: pane.note_view.isVisible() and bool(pane.note_view.marked))


def test_pages_are_turned_by_keys_by_number_and_not_past_the_ends(
    qtbot: QtBot, pane: ReaderPane, worker: FakeWorker
) -> None:
    pane.show_document(STUDY)
    wait_for(qtbot, pane, 1)
    view = pane.page_view
    qtbot.keyClick(view, Qt.Key.Key_PageUp)
    assert pane.page is not None
    assert pane.page.page == 1
    view.go_to_end()
    qtbot.keyClick(view, Qt.Key.Key_PageDown)
    wait_for(qtbot, pane, 2)
    field = pane.findChild(QLineEdit)
    field.setText("148")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    wait_for(qtbot, pane, 148)
    pane.go_to_page(9_999)
    assert all(1 <= request.page <= STUDY.pages for request in asked(worker))
    assert all(request.marks == () for request in asked(worker))


def test_zoom_draws_larger_and_asks_for_a_sharper_picture(qtbot: QtBot, pane: ReaderPane, worker: FakeWorker) -> None:
    open_page(qtbot, pane, CITATIONS[0])
    view = pane.page_view
    fitted = view.scale
    assert view.fit is Fit.WIDTH
    assert abs(595 * fitted - view.width()) < 80
    before = len(asked_for(worker, 57))
    for _ in range(6):
        view.zoom_by(1)
    assert view.scale > 2.5 * fitted
    qtbot.waitUntil(lambda: len(asked_for(worker, 57)) > before)
    assert asked_for(worker, 57)[-1].scale >= view.scale - 0.001
    assert len(asked_for(worker, 57)) == before + 1, "once, when the zooming has ended"
    view.fit_to(Fit.WIDTH)
    assert abs(view.scale - fitted) < 0.01


def test_only_the_last_page_that_was_asked_for_is_shown(qtbot: QtBot, pane: ReaderPane, worker: FakeWorker) -> None:
    slow = threading.Event()

    def show(_: FakeWorker, link: Link, request: Request) -> None:
        assert isinstance(request, ShowPage)
        if request.page == 57:
            slow.wait(20)
        link.send(Page(request.id, request.sha256, "x.pdf", "/x.pdf", "pdf", request.page, 148, "", 595.0, 842.0,
                       picture(request.page, 0.5), "", (), ()))  # fmt: skip
        if request.page == 57:
            late.set()

    late = threading.Event()
    worker.script.handlers[ShowPage] = show
    pane.show_citation(CITATIONS[0], CITATIONS)
    pane.show_citation(CITATIONS[1], CITATIONS)
    wait_for(qtbot, pane, 3)
    slow.set()
    qtbot.waitUntil(late.is_set)
    qtbot.wait(50)
    assert pane.page is not None
    assert pane.page.page == 3


@pytest.mark.parametrize(
    "problem",
    [
        Problem("page_missing", {"page": 57, "pages": 3}),
        Problem("path_missing", {"path": "/x.pdf"}),
        Problem("parser_died", {"path": "/x.pdf", "page": 57}),
    ],
)
def test_what_cannot_be_shown_is_said_and_can_be_tried_again(
    qtbot: QtBot, pane: ReaderPane, worker: FakeWorker, problem: Problem
) -> None:
    worker.script.handlers[ShowPage] = lambda _, link, request: link.send(Failed(request.id, problem))
    pane.show_citation(CITATIONS[0], CITATIONS)
    qtbot.waitUntil(lambda: pane.trouble == problem)
    worker.script.handlers.pop(ShowPage)
    next(one for one in pane.findChildren(QPushButton) if one.text() == "Try again").click()
    wait_for(qtbot, pane, 57)
    assert pane.trouble is None


def test_a_document_whose_file_is_gone_can_be_removed(qtbot: QtBot, pane: ReaderPane, worker: FakeWorker) -> None:
    def offered() -> list[QPushButton]:
        buttons = pane.findChildren(QPushButton)
        return [one for one in buttons if one.text() == "Remove from Phial" and one.isVisibleTo(pane)]

    def fail(problem: Problem) -> None:
        worker.script.handlers[ShowPage] = lambda _, link, request: link.send(Failed(request.id, problem))

    fail(Problem("parser_died", {"path": "/x.pdf", "page": 57}))
    pane.show_citation(CITATIONS[0], CITATIONS)
    qtbot.waitUntil(lambda: pane.trouble is not None)
    assert not offered(), "it may be read yet"
    fail(missing := Problem("path_missing", {"path": "/x.pdf"}))
    next(one for one in pane.findChildren(QPushButton) if one.text() == "Try again").click()
    qtbot.waitUntil(lambda: pane.trouble == missing)
    with qtbot.waitSignal(pane.remove_wanted) as wanted:
        offered()[0].click()
    assert wanted.args == [STUDY.sha256]


def test_a_picture_that_is_none_is_said(qtbot: QtBot, pane: ReaderPane, worker: FakeWorker) -> None:
    def show(_: FakeWorker, link: Link, request: Request) -> None:
        assert isinstance(request, ShowPage)
        link.send(Page(request.id, STUDY.sha256, "x.pdf", "/x.pdf", "pdf", 57, 148, "", 595.0, 842.0,
                       b"\x89PNG no", "", (), ()))  # fmt: skip

    worker.script.handlers[ShowPage] = show
    pane.show_citation(CITATIONS[0], CITATIONS)
    qtbot.waitUntil(lambda: pane.trouble is not None)
    assert pane.trouble is not None
    assert pane.trouble.kind == "page_failed"


def test_a_document_that_has_not_been_read_is_said(qtbot: QtBot, pane: ReaderPane, worker: FakeWorker) -> None:
    pane.show_document(dataclasses.replace(STUDY, sha256="", pages=0))
    assert any("not been read" in label.text() for label in pane.findChildren(QLabel) if label.isVisibleTo(pane))
    assert not asked(worker)


def test_the_quote_is_copied_with_its_place(qtbot: QtBot, pane: ReaderPane) -> None:
    open_page(qtbot, pane, CITATIONS[1])
    button = next(one for one in pane.findChildren(QPushButton) if one.accessibleName() == "Copy the quote")
    button.click()
    copied = QGuiApplication.clipboard().text()
    assert copied == f"“{CITATIONS[1].quote}” (Harbour wind study 2025.pdf, p. 3 (iii))"


def test_the_document_is_opened_by_its_path_where_that_is_there(
    qtbot: QtBot, pane: ReaderPane, worker: FakeWorker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url) or True)
    monkeypatch.setattr("desktop.viewer.shutil.which", lambda _: None)  # no program of this machine is started
    open_page(qtbot, pane, CITATIONS[0])
    button = next(one for one in pane.findChildren(QPushButton) if one.accessibleName().startswith("Open in"))
    button.click()
    assert pane.trouble is not None
    assert pane.trouble.kind == "path_missing"
    assert not opened
    path = tmp_path / "study #1.pdf"
    path.touch()
    worker.script.documents = [dataclasses.replace(STUDY, paths=(str(path),)), NOTES]
    pane.go_to_page(58)
    wait_for(qtbot, pane, 58)
    button.click()
    assert [url.toLocalFile() for url in opened] == [str(path)]


def test_a_note_is_rendered_with_its_quote_marked(qtbot: QtBot, pane: ReaderPane) -> None:
    pane.show_citation(CITATIONS[2], CITATIONS)
    qtbot.waitUntil(lambda: bool(pane.note_view.marked))
    text = pane.note_view.toPlainText()
    assert "# Turbine" not in text
    assert "| ---" not in text
    assert pane.note_view.marked[0] in text


SLIDES = document("Kick-off.pptx", pages=3)


def test_pages_of_text_are_turned_like_pictures(qtbot: QtBot, pane: ReaderPane, worker: FakeWorker) -> None:
    worker.script.documents.append(SLIDES)
    pane.show_document(SLIDES)
    wait_for(qtbot, pane, 1)
    view = pane.note_view
    qtbot.waitUntil(lambda: view.isVisible() and view.is_whole)
    qtbot.keyClick(view, Qt.Key.Key_PageUp)
    assert pane.page is not None
    assert pane.page.page == 1
    for expected in (2, 3):
        view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
        qtbot.keyClick(view, Qt.Key.Key_PageDown)
        wait_for(qtbot, pane, expected)
        qtbot.waitUntil(lambda: view.is_whole)
    assert said_about(pane) == "slide 3"
    assert view.accessibleDescription() == "slide 3"
    view.verticalScrollBar().setValue(0)
    qtbot.keyClick(view, Qt.Key.Key_PageUp)
    wait_for(qtbot, pane, 2)
    bar = view.verticalScrollBar()
    qtbot.waitUntil(lambda: view.is_whole and bar.value() == bar.maximum())


def said_about(pane: ReaderPane) -> str:
    shown = [label.text() for label in pane.findChildren(ElidedLabel) if label.isVisible()]
    return shown[1] if len(shown) > 1 else ""


def test_a_page_that_ocr_has_read_says_so_and_is_marked_like_any_other(
    qtbot: QtBot, pane: ReaderPane, worker: FakeWorker
) -> None:
    def show(_: FakeWorker, link: Link, request: Request) -> None:
        assert isinstance(request, ShowPage)
        boxes = ((72.0, 150.0, 520.0, 164.0),)
        drawn = picture(request.page, 0.5)
        link.send(Page(request.id, request.sha256, "x.pdf", "/x.pdf", "pdf", request.page, 148, "", 595.0, 842.0,
                       drawn, "read", boxes, (), PageForm.PICTURE, "page", 0.934))  # fmt: skip

    worker.script.handlers[ShowPage] = show
    pane.show_citation(CITATIONS[0], CITATIONS)
    wait_for(qtbot, pane, 57)
    assert said_about(pane) == "read by OCR, 93 %"
    assert "read by OCR, 93 %" in pane.page_view.accessibleDescription()
    assert pane.page_view.mark_places()


def test_the_form_of_a_page_decides_how_it_is_shown_not_the_format(
    qtbot: QtBot, pane: ReaderPane, worker: FakeWorker
) -> None:
    """A file attached to a PDF is a page of text in it."""

    def show(_: FakeWorker, link: Link, request: Request) -> None:
        assert isinstance(request, ShowPage)
        link.send(Page(request.id, request.sha256, "x.pdf", "/x.pdf", "pdf", request.page, 148, "list.md", 0.0, 0.0,
                       b"", "# Attached", (), (), PageForm.MARKDOWN))  # fmt: skip

    worker.script.handlers[ShowPage] = show
    pane.show_citation(CITATIONS[0], CITATIONS)
    qtbot.waitUntil(lambda: pane.note_view.isVisible() and pane.note_view.toPlainText() == "Attached")


def test_a_named_place_is_said_above_the_page(qtbot: QtBot, pane: ReaderPane, worker: FakeWorker) -> None:
    def show(_: FakeWorker, link: Link, request: Request) -> None:
        assert isinstance(request, ShowPage)
        link.send(Page(request.id, request.sha256, "x.xlsx", "/x.xlsx", "xlsx", request.page, 5, "Costs", 0.0, 0.0,
                       b"", "- a: 1", (), (), PageForm.MARKDOWN, "sheet"))  # fmt: skip

    worker.script.handlers[ShowPage] = show
    pane.show_citation(CITATIONS[0], CITATIONS)
    wait_for(qtbot, pane, 57)
    assert said_about(pane) == "sheet Costs"


def test_escape_closes(qtbot: QtBot, pane: ReaderPane) -> None:
    with qtbot.waitSignal(pane.closed):
        qtbot.keyClick(pane, Qt.Key.Key_Escape)


@pytest.fixture
def note(qtbot: QtBot, theme: Theme) -> NoteView:
    view = NoteView(theme)
    qtbot.addWidget(view)
    view.resize(400, 300)
    view.show()
    return view


def test_a_hostile_note_loads_nothing_and_runs_nothing(qtbot: QtBot, note: NoteView, tmp_path: Path) -> None:
    trap = tmp_path / "trap.png"
    Image.new("RGB", (300, 200), "#ff00ff").save(trap)
    style = tmp_path / "trap.css"
    style.write_text("* { color: #ff00ff }")
    note.show_note(
        f"![a]({trap}) ![b](file://{trap}) ![c](http://127.0.0.1:9/x.png)\n\n"
        f"<img src='{trap}'><link rel='stylesheet' href='{style}'><script>alert(1)</script>\n\n[go](http://127.0.0.1:9/)",
        PageForm.MARKDOWN,
        (),
    )
    qtbot.waitUntil(lambda: note.is_whole)
    for address in (str(trap), f"file://{trap}"):
        resource = note.document().resource(QTextDocument.ResourceType.ImageResource.value, QUrl(address))
        assert (resource.width(), resource.height()) == (1, 1)
    shot = note.grab().toImage()
    seen = {shot.pixelColor(x, y).name() for x in range(0, shot.width(), 3) for y in range(0, shot.height(), 3)}
    assert "#ff00ff" not in seen
    assert "<script>alert(1)</script>" in note.toPlainText()
    assert note.source().isEmpty()


def test_a_plain_note_is_marked_by_characters_not_by_units(qtbot: QtBot, note: NoteView) -> None:
    text = "😀😀 the crane *stands*"
    note.show_note(text, PageForm.TEXT, ((text.index("crane"), text.index("crane") + 5),))
    assert note.marked == ("crane",)
    assert note.toPlainText() == text


def test_a_long_note_is_all_there_with_its_mark_in_sight(qtbot: QtBot, note: NoteView) -> None:
    text = "".join(f"Paragraph {number} says **something** else.\n\n" for number in range(1500))
    start = text.index("Paragraph 1400 says")
    note.show_note(text, PageForm.MARKDOWN, ((start, start + 19),))
    assert not note.is_whole, "the window does not wait for the whole of it"
    qtbot.waitUntil(lambda: note.is_whole, timeout=20000)
    assert note.marked == ("Paragraph 1400 says",)
    assert note.toPlainText().rstrip().endswith("Paragraph 1499 says something else.")
    assert note.toPlainText().count("Paragraph") == 1500
    qtbot.waitUntil(lambda: note.verticalScrollBar().value() > note.verticalScrollBar().maximum() // 2)


def test_pictures_are_kept_only_while_there_is_room(qtbot: QtBot) -> None:
    cache = PictureCache(room=2 * 298 * 421 * 4 + 100)
    for page in (1, 2, 3):
        with qtbot.waitSignal(cache.decoded):
            cache.decode(("a", page, 0.5), picture(page, 0.5))
    assert cache.get(("a", 1, 0.5)) is None
    assert cache.get(("a", 3, 0.5)) is not None
    with qtbot.waitSignal(cache.broken):
        cache.decode(("a", 4, 0.5), b"no picture")


def test_a_picture_that_is_decoded_when_the_window_goes_troubles_nobody(qtbot: QtBot) -> None:
    cache, other = PictureCache(), PictureCache()
    cache.decode(("a", 1, 0.5), picture(1, 0.5))
    shiboken6.delete(cache)
    with qtbot.waitSignal(other.decoded):
        other.decode(("a", 1, 0.5), picture(1, 0.5))


def test_of_what_was_decoded_the_picture_alone_is_kept(qtbot: QtBot) -> None:
    cache, data = PictureCache(), picture(1, 0.5)
    held = sys.getrefcount(data)
    with qtbot.waitSignal(cache.decoded):
        cache.decode(("a", 1, 0.5), data)
    qtbot.waitUntil(lambda: sys.getrefcount(data) == held)


def test_all_citations_of_the_sample_answer_can_be_opened(qtbot: QtBot, pane: ReaderPane) -> None:
    for citation in ANSWER.citations:
        open_page(qtbot, pane, citation)
        assert pane.trouble is None

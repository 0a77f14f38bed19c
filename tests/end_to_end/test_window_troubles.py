"""What fails under the real window, each with the real worker: it is said calmly, it can be mended, and it is well."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

import rag.client
from desktop.widgets.tray_icon import TrayState
from desktop.widgets.trouble import TroubleCard
from desktop.widgets.trouble_bar import TroubleBar
from desktop.windows import main as main_window
from engine.paths import logs, make_private_folder
from rag.protocol import DocumentState
from rag.stores.database import FILE
from tests.end_to_end.conftest import SAMPLES
from tests.end_to_end.person import Person, begun

PAPER = "alder-quay-footbridge.pdf"
WELL = "All is well again: what was under way goes on."


def bar_of(person: Person) -> TroubleBar:
    bar = person.window.findChild(TroubleBar)
    assert bar is not None
    return bar


def said(person: Person, words: str) -> TroubleBar:
    """The bar, once it says ``words``."""
    bar = bar_of(person)
    person.wait(lambda: words in bar.words, words)
    return bar


def worker_of(person: Person) -> psutil.Process:
    """The process that has the library."""
    return psutil.Process(int((person.home / "library.pid").read_text()))


def test_a_folder_that_can_not_be_written_is_tried_again_by_a_button(qapp: QApplication, tmp_path: Path) -> None:
    home = make_private_folder(tmp_path / "home")
    in_the_way = logs(home)
    in_the_way.write_text("a file where a folder is to be")
    with begun(qapp, home) as person:
        bar = said(person, f"Phial can’t write to {home}.")
        assert person.shell.tray.state is TrayState.ATTENTION
        in_the_way.unlink()
        person.click("Try now", bar)
        person.wait(lambda: bar.words == WELL, "that it is well again")
        assert person.client.is_connected
        assert person.shell.tray.state is TrayState.IDLE


def test_a_library_in_use_elsewhere_is_waited_for(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rag.client, "HELD_SECONDS", 0.2)
    home = make_private_folder(tmp_path / "home")
    code = (
        "import sys; from pathlib import Path; from rag.library import Library;"
        "library = Library.open(Path(sys.argv[1])); print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(home)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with begun(qapp, home) as person:
            bar = said(person, "Your library is in use by another program.")
            assert str(holder.pid) in bar.words
            holder.kill()
            person.click("Try now", bar)
            person.wait(lambda: bar.words == WELL, "that it is well again")


@pytest.mark.parametrize("damage", ["newer", "damaged"])
def test_a_library_that_can_not_be_read_is_left_as_it_is(
    qapp: QApplication, tmp_path: Path, damage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = make_private_folder(tmp_path / "home")
    file = home / FILE
    if damage == "newer":
        with sqlite3.connect(file) as database:
            database.execute("PRAGMA journal_mode = WAL")
            database.execute("PRAGMA user_version = 9999")
        database.close()
    else:
        file.write_bytes(b"no database at all" * 400)
    before = file.read_bytes()
    shown: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", shown.append)
    assert main_window.QDesktopServices is QDesktopServices
    with begun(qapp, home) as person:
        expected = "made by a newer Phial" if damage == "newer" else "Your library can’t be read."
        bar = said(person, expected)
        person.click("Show the data folder", bar)
        assert shown == [QUrl.fromLocalFile(str(home))]
    assert file.read_bytes() == before


@pytest.fixture(scope="module")
def person(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Person]:
    """Somebody whose two documents are read."""
    folder = tmp_path_factory.mktemp("papers")
    papers = [Path(shutil.copy(SAMPLES / name, folder)) for name in (PAPER, "halden-greenhouse.pdf")]
    with begun(qapp, folder / "home") as person:
        person.window.resize(1360, 860)
        person.wait(lambda: person.client.is_connected, "the worker")
        person.drop(papers)
        library = person.window.library
        person.wait(lambda: [one.state for one in library.documents] == [DocumentState.READY] * 2, "the documents")
        yield person


def test_a_document_whose_file_is_gone_says_so_where_it_would_be(person: Person) -> None:
    gone = next(one for one in person.window.library.documents if one.name == PAPER)
    Path(gone.paths[0]).unlink()
    person.window.library.document_opened.emit(gone)
    card = person.find(TroubleCard, person.window.reader)
    assert PAPER in card.accessibleName()
    assert card.accessibleDescription()


def test_a_model_process_that_is_killed_is_an_event_and_the_next_answers(person: Person) -> None:
    person.write("How long does one filling of the paraffin heater burn?")
    turn = person.last()
    worker = worker_of(person)

    def model_processes() -> list[psutil.Process]:
        return [one for one in worker.children(recursive=True) if "engine.runtime" in one.cmdline()]

    person.wait(model_processes, "the model's process")
    for process in model_processes():
        process.kill()
    person.wait(lambda: not person.window.conversation.is_answering, "its end")
    if turn.answer is None:  # killed while it wrote; before, another was begun in its place
        person.click("Ask again", turn)
        turn = person.last()
    person.wait(lambda: turn.answer is not None, "the answer")
    assert "eleven hours" in turn.answer.text.lower()


def test_reading_goes_on_after_the_worker_was_killed_and_the_list_says_so(person: Person, tmp_path: Path) -> None:
    notes = [tmp_path / f"note {number}.md" for number in range(8)]
    for number, note in enumerate(notes):
        note.write_text(f"# Berth {number}\n\n" + f"Ship {number} lay at the quay. " * 60)
    person.drop(notes)
    person.wait(lambda: len(person.window.library.documents) > len(notes) // 2, "the documents")
    worker_of(person).kill()
    said(person, "Phial’s helper stopped unexpectedly.")
    person.window.show_activities()
    row = next(row for row in person.window.activity_pane.rows if row.words[0] == "Reading documents")
    assert "starting again" in row.words[1]
    person.wait(lambda: bar_of(person).words == WELL, "that it is well again")
    person.wait(lambda: row.words[1].startswith("Done · "), "the end")
    states = {one.name: one.state for one in person.window.library.documents if one.name != PAPER}
    assert set(states) >= {note.name for note in notes}
    assert set(states.values()) == {DocumentState.READY}

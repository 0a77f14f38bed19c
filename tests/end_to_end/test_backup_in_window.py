"""A library goes to another data folder by the buttons of the settings: real windows, workers, stores and models."""

from __future__ import annotations

import dataclasses
import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton

from desktop.widgets.greeting import Greeting
from desktop.widgets.status import Chip
from desktop.windows.settings import SettingsWindow
from rag.errors import Problem
from rag.protocol import DocumentState
from tests.end_to_end.conftest import SAMPLES
from tests.end_to_end.person import Person, opened

GUST = "What gust is the Alder Quay footbridge designed for?"
PAPERS = ("alder-quay-footbridge.pdf", "sourdough-notebook.md")
OWN = "choir-meeting.md"


@dataclasses.dataclass(frozen=True)
class Kept:
    """A library of two documents and a conversation, and the backup of it that was made by the window."""

    folder: Path
    archive: Path


@pytest.fixture(scope="module")
def kept(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Kept:
    folder = tmp_path_factory.mktemp("there")
    made = Kept(folder, folder / "mine.phial")
    with pytest.MonkeyPatch.context() as monkeypatch, opened(qapp, folder / "home") as person:
        take_in(person, *(Path(shutil.copy(SAMPLES / name, folder)) for name in PAPERS))
        person.answer(GUST)
        person.shell.preferences.appearance = "dark"
        person.wait(lambda: "dark" in (folder / "home" / "window.ini").read_text(), "the settings to be written")
        settings = settings_of(person)
        choose(monkeypatch, made.archive)
        person.click("Back up…", settings)
        person.wait(lambda: "Backed up as “mine.phial”" in words_in(settings), "the backup")
        assert str(folder) in words_in(settings)
    assert made.archive.stat().st_size > 0
    return made


def take_in(person: Person, *papers: Path) -> None:
    person.drop(papers)
    library = person.window.library
    person.wait(lambda: states(person) == dict.fromkeys((one.name for one in papers), DocumentState.READY), "documents")
    assert len(library.documents) == len(papers)


def states(person: Person) -> dict[str, DocumentState]:
    return {one.name: one.state for one in person.window.library.documents}


def settings_of(person: Person) -> SettingsWindow:
    person.shell.show_settings()
    (settings,) = person.window.findChildren(SettingsWindow)
    return settings


def words_in(settings: SettingsWindow) -> str:
    labels = settings.findChildren(QLabel)
    return " ".join(one.text().replace("\u200b", "") for one in labels if one.isVisibleTo(settings))


def choose(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    for name in ("getSaveFileName", "getOpenFileName"):
        monkeypatch.setattr(QFileDialog, name, lambda *_: (str(path), ""))


def restore(person: Person, said: str) -> None:
    """Choose the backup, agree, and wait for what is ``said`` of it."""
    settings = settings_of(person)
    person.click("Restore…", settings)
    assert "put aside" in words_in(settings)
    agreed = [one for one in settings.findChildren(QPushButton) if one.text() == "Restore" and one.isVisible()]
    QTest.mouseClick(agreed[-1], Qt.MouseButton.LeftButton)
    person.wait(lambda: said in words_in(settings_of(person)), said)


def test_another_library_takes_the_place_of_this_one_and_answers(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kept: Kept
) -> None:
    with opened(qapp, tmp_path / "home") as person:
        take_in(person, Path(shutil.copy(SAMPLES / OWN, tmp_path)))
        former = person.window
        troubles: list[Problem] = []
        former.resize(720, 640)
        person.client.lost.connect(troubles.append)
        choose(monkeypatch, kept.archive)
        restore(person, "The backup was restored")
        assert person.window is not former
        assert (person.window.width(), person.window.height()) == (720, 640)
        assert troubles == [], "the worker ended because it was to"
        settings = settings_of(person)
        assert "It holds 2 documents." in words_in(settings)
        assert "The library that was here lies in" in words_in(settings)
        person.wait(lambda: states(person) == dict.fromkeys(PAPERS, DocumentState.READY), "the documents")
        settings.close()
        assert person.shell.preferences.appearance == "dark", "the settings are those of the backup"
        assert person.shell.theme.is_dark
        # What was asked there is in the history here, with its answer and the page that it cites.
        pane = person.window.conversation
        QTest.mouseClick(person.find(Chip, person.find(Greeting, pane)), Qt.MouseButton.LeftButton)
        person.wait(lambda: pane.answers, "the conversation")
        turn = pane.answers[-1]
        assert turn.question == GUST
        assert turn.answer is not None
        assert "41 metres per second" in turn.answer.text
        person.click_chip(turn, turn.answer.citations[0].number)
        person.wait(lambda: person.window.reader.page is not None, "the page")
        again = person.answer("At what core temperature is the loaf done?")
        assert again.answer is not None
        assert "97" in again.answer.text
        assert {one.document for one in again.answer.citations} == {"sourdough-notebook.md"}


def test_nothing_that_was_asked_of_the_former_library_is_done_to_the_restored_one(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kept: Kept
) -> None:
    asked: list[str] = []
    with opened(qapp, tmp_path / "home") as person:
        take_in(person, *(kept.folder / name for name in PAPERS))
        feed = person.window.library.feed
        feed.pause(True)
        others = [tmp_path / f"{number}.md" for number in range(3)]
        for other in others:
            other.write_text(f"The crane in {other.name}")
        feed.add_files([str(other) for other in others])
        person.wait(lambda: len(feed.model.documents) == len(PAPERS) + len(others), "what is not read yet")
        feed.remove([one for one in feed.model.documents if one.name in PAPERS])
        assert feed.undo.words
        client = person.client
        client.replaced.connect(lambda: client.begun.connect(lambda begun: asked.append(begun.request.type)))
        choose(monkeypatch, kept.archive)
        restore(person, "The backup was restored")
        person.wait(lambda: states(person) == dict.fromkeys(PAPERS, DocumentState.READY), "the documents")
        assert "watch" in asked
        assert {"remove", "index"}.isdisjoint(asked)


def test_a_wrong_file_and_a_torn_one_say_so_and_leave_the_library(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kept: Kept
) -> None:
    wrong, torn = tmp_path / "letter.phial", tmp_path / "torn.phial"
    wrong.write_text("Dear Ines, here is the letter about the pump.")
    torn.write_bytes(kept.archive.read_bytes()[: kept.archive.stat().st_size // 2])
    altered = tmp_path / "altered.phial"
    content = bytearray(kept.archive.read_bytes())
    content[len(content) // 2] ^= 0xFF
    altered.write_bytes(content)
    with opened(qapp, tmp_path / "home") as person:
        take_in(person, Path(shutil.copy(SAMPLES / OWN, tmp_path)))
        former = person.window
        for path, said in (
            (wrong, "is no backup of Phial."),
            (torn, "is no backup of Phial."),
            (altered, "is damaged. What it holds is not what it says it holds"),
            (tmp_path / "gone.phial", "can’t be read."),
        ):
            choose(monkeypatch, path)
            restore(person, f"{path.name} {said}")
        assert person.window is former
        assert states(person) == {OWN: DocumentState.READY}
        assert person.button("Restore…", settings_of(person)).isEnabled()

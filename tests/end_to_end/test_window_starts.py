"""The program as it is started: with files, a second time, while the first ends, and ended in the midst of its work."""

from __future__ import annotations

import configparser
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from desktop.preferences import SETTINGS_FILE
from rag.protocol import Document, Documents, DocumentState, Index, ListDocuments, Watch, WatchFolder
from rag.session import Session
from tests.end_to_end.conftest import wait
from tests.fakes.worker import FakeWorker

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals are sent")

Start = Callable[..., "subprocess.Popen[str]"]

READ = {DocumentState.ANSWERABLE, DocumentState.READY}


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Start the program in ``tmp_path``."""
    started: list[subprocess.Popen[str]] = []

    def begin(*arguments: str) -> subprocess.Popen[str]:
        environment = {
            **os.environ, "PHIAL_HOME": str(tmp_path / "home"), "QT_QPA_PLATFORM": "offscreen", "PHIAL_LANGUAGE": "en",
        }  # fmt: skip
        command = [sys.executable, "-m", "desktop", *arguments]
        started.append(subprocess.Popen(command, env=environment, cwd=tmp_path, stderr=subprocess.PIPE, text=True))
        return started[-1]

    environment_path = os.environ.get("PYTHONPATH", "")
    root = str(Path(__file__).resolve().parents[2])
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (root, environment_path)))
    yield begin
    os.environ["PYTHONPATH"] = environment_path
    for process in started:
        process.kill()
        process.communicate()


@pytest.fixture
def worker(tmp_path: Path) -> Iterator[FakeWorker]:
    with FakeWorker(tmp_path / "home") as fake:
        yield fake


def asked_to_index(worker: FakeWorker) -> list[tuple[str, ...]]:
    return [one.paths for one in worker.asked(Index) if isinstance(one, Index)]


def test_files_and_folders_of_every_start_reach_the_one_window(
    tmp_path: Path, worker: FakeWorker, start: Start
) -> None:
    (tmp_path / "folder").mkdir()
    first = start("report.pdf")
    assert wait(lambda: asked_to_index(worker) == [(str(tmp_path / "report.pdf"),)])
    second = start("./folder", "file:///papers/a%20b.md")
    assert second.wait(30) == 0
    assert wait(lambda: len(worker.asked(Index)) == 2 and worker.asked(WatchFolder))
    assert asked_to_index(worker)[1] == ("/papers/a b.md",)
    (followed,) = worker.asked(WatchFolder)
    assert isinstance(followed, WatchFolder)
    assert followed.path == str(tmp_path / "folder")
    assert len(worker.asked(Watch)) == 1
    assert first.poll() is None


def test_an_ending_by_the_system_is_orderly_and_the_next_start_waits_for_it(
    tmp_path: Path, worker: FakeWorker, start: Start
) -> None:
    first = start()
    assert wait(lambda: len(worker.asked(Watch)) == 1)
    first.send_signal(signal.SIGTERM)
    second = start()
    assert first.wait(30) == 0
    assert wait(lambda: len(worker.asked(Watch)) == 2)
    assert second.poll() is None
    kept = configparser.ConfigParser(interpolation=None)
    kept.read(tmp_path / "home" / SETTINGS_FILE)
    assert "geometry" in kept["window"]
    assert first.stderr is not None
    assert first.stderr.read() == ""


def test_what_is_under_way_is_lost_by_no_ending(tmp_path: Path, start: Start) -> None:
    """The real worker: the program is ended while it reads; what it was given is read by whoever comes next."""
    notes = [tmp_path / f"note {number}.md" for number in range(8)]
    for number, note in enumerate(notes):
        note.write_text(f"# Berth {number}\n\n" + f"Ship {number} lay at the quay. " * 60)
    program = start(*(f"./{note.name}" for note in notes))
    home = tmp_path / "home"
    assert wait((home / "worker.address").exists)
    with Session(home) as session:
        assert wait(lambda: len(documents(session)) == len(notes))
        program.send_signal(signal.SIGTERM)
        assert program.wait(30) == 0
        psutil.Process(int((home / "library.pid").read_text())).kill()  # nor by that of the worker
    with Session(home) as session:
        assert wait(lambda: {one.state for one in documents(session)} <= READ)
        assert {one.paths for one in documents(session)} == {(str(note),) for note in notes}


def documents(session: Session) -> tuple[Document, ...]:
    return session.get(Documents, ListDocuments).documents

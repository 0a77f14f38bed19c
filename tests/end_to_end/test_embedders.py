"""The whole program changes its embedder: to a GGUF, while questions are answered, killed in the middle."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from engine.paths import HOME_VARIABLE
from rag.cli import INTERRUPTED
from rag.client import connect
from rag.embed import find_weights
from rag.protocol import (
    ChooseEmbedder,
    EmbedderProgress,
    Embedders,
    Found,
    Index,
    Indexed,
    InstalledEmbedder,
    LibraryStatus,
    ListEmbedders,
    Search,
    Status,
)
from rag.session import Session
from tests.end_to_end.conftest import SAMPLES, run_phial
from tests.engine.embedding_models import write_minilm

QUESTION = "How long does one filling of the paraffin heater burn?"
ANSWER = "paraffin"
BERTHS = 150


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library embedded by Phial's own: the samples, and notes enough that a change takes more than a moment."""
    home = tmp_path_factory.mktemp("home")
    notes = tmp_path_factory.mktemp("notes") / "log.md"
    notes.write_text(
        "".join(f"## Berth {berth}\n\nShip {berth} lay at berth {berth} until noon. " * 2 + "\n\n"
                for berth in range(BERTHS)),
        encoding="utf-8",
    )  # fmt: skip
    with Session(home) as session:
        session.get(Indexed, lambda number: Index(number, (str(SAMPLES), str(notes))))
    return home


@pytest.fixture(scope="module")
def gguf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_minilm(tmp_path_factory.mktemp("gguf") / "minilm.gguf", find_weights())


def worker_of(home: Path) -> int:
    link, welcome = connect(home, "test")
    link.close()
    return welcome.pid


def rows(session: Session) -> dict[str, InstalledEmbedder]:
    return {row.embedder: row for row in session.get(Embedders, ListEmbedders).embedders}


def finds(session: Session) -> bool:
    return ANSWER in session.get(Found, lambda number: Search(number, QUESTION)).passages[0].text.lower()


def embedding_processes(worker: int) -> Iterator[psutil.Process]:
    for child in psutil.Process(worker).children(recursive=True):
        if "engine.runtime" in child.cmdline():
            yield child


def test_questions_are_answered_all_along_and_a_kill_costs_nothing(home: Path, gguf: Path) -> None:
    added = run_phial(home, "embedders", "add", str(gguf), "--json")
    assert [row["embedder"] for row in added.objects[0]["embedders"]] == ["all-minilm-l6-v2", "minilm"]
    restarts = []
    with Session(home, lambda: restarts.append("died")) as session:
        assert finds(session)
        # It is left alone: what is asked meanwhile is answered by the former.
        session.get(Embedders, lambda number: ChooseEmbedder(number, "minilm"))
        before = rows(session)
        assert (before["all-minilm-l6-v2"].is_answering, before["minilm"].is_chosen) == (True, True)
        assert finds(session)
        while not rows(session)["minilm"].passages_embedded > 0:
            time.sleep(0.01)
        # The embedder's process, then the worker: both are ordinary events.
        worker = worker_of(home)
        for process in embedding_processes(worker):
            process.kill()
        assert finds(session)
        os.kill(worker, signal.SIGKILL)
        assert finds(session)
        after = rows(session)["minilm"]
        assert after.is_answering or after.passages_embedded > 0
        notices = session.get(LibraryStatus, Status).notices
        assert {notice.kind for notice in notices} <= {"embedder_changing"}
        # Now somebody waits for it.
        *progress, last = session.run(lambda number: ChooseEmbedder(number, "minilm", waits=True))
        assert all(isinstance(told, EmbedderProgress) for told in progress)
        assert isinstance(last, Embedders)
        assert finds(session)
        final = rows(session)
        assert (final["minilm"].is_answering, final["minilm"].passages_embedded) == (True, final["minilm"].passages)
        assert not final["all-minilm-l6-v2"].is_answering
        status = session.get(LibraryStatus, Status)
        assert (status.embedder, status.notices) == ("minilm", ())
        assert status.passages_embedded == status.passages > BERTHS
    assert restarts
    checks = {check["name"]: check for check in run_phial(home, "doctor", "--json").objects[0]["checks"]}
    assert checks["embedder"]["value"] == "minilm"
    assert checks["vector index"]["is_well"]


def test_an_interrupt_ends_the_waiting_and_the_change_goes_on(home: Path, gguf: Path) -> None:
    run_phial(home, "embedders", "add", str(gguf))
    with Session(home) as session:
        (own,) = (row for row in rows(session).values() if row.kind == "folder")
        other = "minilm" if own.is_answering else own.embedder
        command = [sys.executable, "-m", "desktop", "embedders", "use", other, "--json"]
        environment = {**os.environ, HOME_VARIABLE: str(home), "PHIAL_LANGUAGE": "en"}
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment) as waiting:
            assert waiting.stdout is not None
            assert b"progress" in waiting.stdout.readline()
            waiting.send_signal(signal.SIGINT)
            assert waiting.wait(60) == INTERRUPTED
        while not rows(session)[other].is_answering:
            time.sleep(0.05)
        assert finds(session)

"""What the worker does to get models: over real connections to loopback, with a real library.db."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from engine.catalogue import STARTER_VARIABLE, add_model
from engine.download import Patience
from engine.download_hub import ENDPOINT_VARIABLE
from engine.download_part import part_path
from engine.downloadable import Downloadable, DownloadKind
from engine.model_notes import model_notes
from engine.paths import embedders, models
from rag import getting, getting_job
from rag.errors import EngineProblem, LibraryProblem, PhialError
from rag.feed import Feed
from rag.getting import Getting
from rag.getting_job import Job
from rag.models import Models
from rag.protocol import DownloadChanged, DownloadState
from rag.protocol import Models as ListedModels
from rag.settings import MIRRORS_VARIABLE, Settings
from rag.speeds import Speeds
from rag.stores.connection_records import ConnectionRecords
from rag.stores.database import Database
from rag.stores.history import History
from tests.engine import download_server as server_that
from tests.engine.download_server import DownloadServer, serving
from tests.engine.tiny_models import write_model

IMPATIENT = Patience(connect=5, stall=30, attempts=2, first_wait=0.001, longest_wait=0.01)


@pytest.fixture(scope="module")
def body(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return write_model(tmp_path_factory.mktemp("tiny") / "tiny.gguf").read_bytes()


@pytest.fixture
def server(body: bytes, monkeypatch: pytest.MonkeyPatch) -> Iterator[DownloadServer]:
    """The hub, which has one model and one embedder."""
    digest = hashlib.sha256(body).hexdigest()
    rows = {
        "tiny": Downloadable("tiny", "Tiny", "o/tiny", "tiny.gguf", len(body), digest, DownloadKind.MODEL),
        "vectors": Downloadable("vectors", "Vectors", "o/v", "vectors.gguf", None, digest, DownloadKind.EMBEDDER),
    }

    def row(identity: str) -> Downloadable:
        if identity in rows:
            return rows[identity]
        raise PhialError(EngineProblem.MODEL_UNKNOWN, model=identity)

    monkeypatch.setattr(getting, "downloadable", row)
    monkeypatch.setenv(STARTER_VARIABLE, "")
    with serving(body) as running:
        monkeypatch.setenv(ENDPOINT_VARIABLE, running.url)
        yield running


class Home:
    """A library, as far as getting models goes; it can be opened again and again."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.feed = Feed()
        self._open: list[tuple[Getting, Database]] = []

    def opened(self) -> Getting:
        database = Database(self.path)
        history = History(database)
        self.connections = ConnectionRecords(database)
        self.settings = Settings(self.path, history)
        listed = Models(self.path, lambda: 0, Speeds(history), lambda: "")
        made = Getting(self.path, history, self.connections, self.feed, listed, self.settings, IMPATIENT)
        self._open.append((made, database))
        return made

    def close(self) -> None:
        while self._open:
            made, database = self._open.pop()
            made.close()
            database.close()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    monkeypatch.setattr(getting_job, "POLL_SECONDS", 0.01)
    (tmp_path / "home").mkdir()
    made = Home(tmp_path / "home")
    yield made
    made.close()


def got(made: Getting, model: str = "tiny", source: str = "") -> list[DownloadState]:
    return [reply.download.state for reply in made.get(model, source, threading.Event())]


def in_background(run: Callable[[], object]) -> threading.Thread:
    # Who follows what a closed library left under way is cancelled by the worker; here, it must not hold up the end.
    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    return thread


def test_a_model_that_has_arrived_is_listed_verified_and_in_the_ledger(
    home: Home, server: DownloadServer, body: bytes
) -> None:
    made = home.opened()
    with home.feed.follow() as events:
        assert got(made)[-1] is DownloadState.DONE
    path = models(home.path) / "tiny.gguf"
    assert path.read_bytes() == body
    assert model_notes(home.path).sha256_of(path) == hashlib.sha256(body).hexdigest()
    told = [events.get() for _ in range(events.qsize())]
    assert [event.models[0].path for event in told if isinstance(event, ListedModels)] == [str(path)]
    states = [event.download.state for event in told if isinstance(event, DownloadChanged)]
    assert states[-1] is DownloadState.DONE
    (line,) = home.connections.listed()
    assert line.endswith(f" 127.0.0.1:{server.server_port} model tiny (206, {len(body)} B)")
    assert made.downloads() == ()
    assert got(made) == [], "what is here isn't got again"
    assert len(home.connections.listed()) == 1


def test_an_embedder_goes_to_the_embedders(home: Home, server: DownloadServer, body: bytes) -> None:
    assert got(home.opened(), "vectors")[-1] is DownloadState.DONE
    assert (embedders(home.path) / "vectors.gguf").read_bytes() == body


def test_mirrors_of_the_settings_are_asked_first(home: Home, server: DownloadServer, body: bytes) -> None:
    with serving(body) as mirror:
        made = home.opened()
        home.settings.change("model_mirrors", mirror.url)
        assert got(made)[-1] is DownloadState.DONE
        assert (len(mirror.asked), len(server.asked)) == (1, 0)


def test_mirrors_of_the_environment_too(
    home: Home, server: DownloadServer, body: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(body) as mirror:
        mirror.otherwise = server_that.says(404)
        monkeypatch.setenv(MIRRORS_VARIABLE, f"{mirror.url}, {mirror.url}/second")
        assert got(home.opened())[-1] is DownloadState.DONE
        assert (len(mirror.asked), len(server.asked)) == (2, 1)


def test_two_who_ask_for_the_same_model_follow_one_download(home: Home, server: DownloadServer) -> None:
    server.script.append(server_that.stalls(1000))
    made = home.opened()
    seen: list[list[DownloadState]] = []
    threads = [in_background(lambda: seen.append(got(made))) for _ in range(2)]
    assert server.is_stalling.wait(20)
    server.is_over.set()
    for thread in threads:
        thread.join()
    assert [states[-1] for states in seen] == [DownloadState.DONE] * 2
    assert server.ranges[1:] == [f"1000-{len(server.body) - 1}"]


def waiting(home: Home, server: DownloadServer) -> tuple[Getting, threading.Thread]:
    """A download of which 1000 bytes have come, and no more come."""
    server.script.append(server_that.stalls(1000))
    made = home.opened()
    thread = in_background(lambda: got(made))
    assert server.is_stalling.wait(20)
    while [download.bytes_done for download in made.downloads()] != [1000]:
        assert thread.is_alive()
        time.sleep(0.005)
    return made, thread


def test_it_is_held_and_gone_on_with(home: Home, server: DownloadServer) -> None:
    made, follower = waiting(home, server)
    made.pause("tiny")
    follower.join(20)
    (held,) = made.downloads()
    assert (held.state, held.bytes_done, held.bytes) == (DownloadState.PAUSED, 1000, len(server.body))
    made.pause("tiny")
    assert made.downloads() == (held,)
    assert got(made)[-1] is DownloadState.DONE
    assert server.ranges[1:] == [f"1000-{len(server.body) - 1}"]


def test_it_is_dropped_with_all_that_had_come(home: Home, server: DownloadServer) -> None:
    made, follower = waiting(home, server)
    with home.feed.follow() as events:
        made.drop("tiny")
        assert events.get().download.state is DownloadState.DROPPED  # type: ignore[union-attr]
    follower.join(20)
    assert made.downloads() == ()
    assert not part_path(models(home.path) / "tiny.gguf").exists()
    made.drop("tiny")
    assert got(made)[-1] is DownloadState.DONE
    assert server.ranges[1:] == [f"0-{len(server.body) - 1}"]


def test_what_is_begun_anew_while_it_is_dropped_stays(home: Home, server: DownloadServer) -> None:
    made, follower = waiting(home, server)
    job = made._jobs["tiny"]
    ending = job.thread
    assert ending is not None

    class Ended:
        """The thread that is waited for; right when it has ended, somebody wants the model after all."""

        def join(self, _timeout: float | None = None) -> None:
            ending.join(20)
            if made._jobs:
                return
            server.is_stalling.clear()
            server.script.append(server_that.stalls(2000))
            in_background(lambda: got(made))
            assert server.is_stalling.wait(20)

        def is_alive(self) -> bool:
            return False

    job.thread = Ended()  # type: ignore[assignment]
    made.drop("tiny")
    follower.join(20)
    assert part_path(models(home.path) / "tiny.gguf").exists()


def test_what_is_held_can_be_dropped_too(home: Home, server: DownloadServer) -> None:
    made, follower = waiting(home, server)
    made.pause("tiny")
    follower.join(20)
    made.drop("tiny")
    assert made.downloads() == ()
    assert list(models(home.path).iterdir()) == []


def test_who_follows_no_longer_does_not_end_it(home: Home, server: DownloadServer) -> None:
    server.script.append(server_that.stalls(1000))
    made, cancelled = home.opened(), threading.Event()
    follower = in_background(lambda: list(made.get("tiny", "", cancelled)))
    assert server.is_stalling.wait(20)
    cancelled.set()
    follower.join(20)
    assert [download.state for download in made.downloads()] == [DownloadState.RUNNING]
    server.is_over.set()
    assert got(made)[-1:] in ([DownloadState.DONE], [])


def test_the_next_worker_goes_on_with_what_was_running(home: Home, server: DownloadServer) -> None:
    _, follower = waiting(home, server)
    home.close()
    made = home.opened()
    made.start()
    made.start()
    assert got(made)[-1:] in ([DownloadState.DONE], [])
    assert server.ranges[1:] == [f"1000-{len(server.body) - 1}"]
    follower.join(0.1)


def test_the_next_worker_leaves_alone_what_was_held(home: Home, server: DownloadServer) -> None:
    made, follower = waiting(home, server)
    made.pause("tiny")
    follower.join(20)
    home.close()
    again = home.opened()
    again.start()
    (held,) = again.downloads()
    assert (held.state, held.bytes_done, held.source) == (
        DownloadState.PAUSED, 1000, f"127.0.0.1:{server.server_port}",
    )  # fmt: skip
    assert len(server.asked) == 1


def test_the_next_worker_says_where_what_was_held_goes_on_from(home: Home, server: DownloadServer) -> None:
    made, follower = waiting(home, server)
    made.pause("tiny")
    follower.join(20)
    [kept] = json.loads(made._history.setting("downloads"))
    made._history.set_setting("downloads", json.dumps([{**kept, "source": "/media/stick/tiny.gguf"}]))
    home.close()
    again = home.opened()
    again.start()
    (held,) = again.downloads()
    assert (held.bytes_done, held.source) == (1000, "/media/stick/tiny.gguf"), "not the host that the bytes are from"


def test_why_it_failed_is_told_and_remembered(home: Home, server: DownloadServer) -> None:
    server.otherwise = server_that.says(404)
    made = home.opened()
    for _ in range(2):
        with pytest.raises(PhialError) as caught:
            got(made)
        assert caught.value.kind is EngineProblem.DOWNLOAD_NOT_FOUND
    home.close()
    again = home.opened()
    again.start()
    (failed,) = again.downloads()
    assert failed.state is DownloadState.FAILED
    assert failed.reason is not None
    assert failed.reason.kind == EngineProblem.DOWNLOAD_NOT_FOUND
    assert len(server.asked) == 2, "a worker that starts asks for nothing that has failed"
    server.otherwise = server_that.serves
    assert got(again)[-1] is DownloadState.DONE


@pytest.mark.parametrize("kept", ["", "{", "3", '[{"model":3}]', '[{"model":"phi-9","source":"","state":"running"}]'])
def test_what_another_version_remembered_is_no_failure(home: Home, server: DownloadServer, kept: str) -> None:
    made = home.opened()
    made._history.set_setting("downloads", kept)
    made.start()
    assert made.downloads() == ()
    assert server.asked == []


def test_what_nobody_knows_is_not_got(home: Home, server: DownloadServer) -> None:
    made = home.opened()
    for call in (got, Getting.pause, Getting.drop):
        with pytest.raises(PhialError) as caught:
            call(made, "phi-9")
        assert caught.value.kind is EngineProblem.MODEL_NOT_OFFERED
    assert server.asked == []


# --- without a network --------------------------------------------------------------------------------------------


def test_what_lies_in_a_folder_is_got_without_a_connection(
    home: Home, server: DownloadServer, body: bytes, tmp_path: Path
) -> None:
    (tmp_path / "renamed.gguf").write_bytes(body)
    made = home.opened()
    with pytest.raises(PhialError) as caught:
        got(made, source=str(tmp_path / "nowhere"))
    assert caught.value.kind is EngineProblem.DOWNLOAD_SOURCE_UNREADABLE
    assert got(made, source=str(tmp_path))[-1] is DownloadState.DONE
    assert (models(home.path) / "tiny.gguf").read_bytes() == body
    assert (server.asked, home.connections.listed()) == ([], ())


def test_what_is_here_is_bundled_and_added_without_a_connection(
    home: Home, server: DownloadServer, body: bytes, tmp_path: Path
) -> None:
    mine = tmp_path / "mine.gguf"
    mine.write_bytes(body)
    add_model(home.path, mine)
    made = home.opened()
    stick = tmp_path / "stick"
    states = [reply.download.state for reply in made.bundle(["tiny", "tiny"], str(stick), threading.Event())]
    assert states[-1] is DownloadState.DONE
    assert (stick / "tiny.gguf").read_bytes() == body
    assert json.loads((stick / "phial-models.json").read_bytes())["models"][0]["id"] == "tiny"
    assert "sha256sum -c" in (stick / "README.txt").read_text(encoding="utf-8")
    assert made.downloads() == ()
    assert (server.asked, home.connections.listed()) == ([], ())
    other = Home(tmp_path / "other")
    other.path.mkdir()
    assert got(other.opened(), source=str(stick))[-1] is DownloadState.DONE
    other.close()


def test_what_is_to_be_bundled_and_is_not_here_is_got_first(
    home: Home, server: DownloadServer, body: bytes, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    list(home.opened().bundle(["vectors"], str(stick), threading.Event()))
    assert (stick / "vectors.gguf").read_bytes() == body
    assert len(server.asked) == 1
    (stick / "vectors.gguf").unlink()
    (stick / "phial-models.json").unlink()
    with pytest.raises(PhialError) as caught:
        list(home.opened().bundle(["vectors"], str(stick), threading.Event()))
    assert caught.value.kind is LibraryProblem.FILE_THERE_ALREADY


def test_a_download_is_told_of_a_few_times_a_second_at_most(home: Home, server: DownloadServer) -> None:
    server.body = server.body * 400
    digest = hashlib.sha256(server.body).hexdigest()
    row = dataclasses.replace(Getting.wanted("tiny"), bytes=len(server.body), sha256=digest)
    job = Job(row, models(home.path), "")
    made = home.opened()
    made._jobs["tiny"] = job
    with home.feed.follow() as events:
        made._run(job, None)
        assert job.thread is not None
        job.thread.join()
    told = [event for event in (events.get() for _ in range(events.qsize())) if isinstance(event, DownloadChanged)]
    assert len(told) < len(server.body) / 2**18 / 2

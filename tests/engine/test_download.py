"""Getting a model from servers that behave well, badly, and in turn: over real connections, on loopback alone."""

from __future__ import annotations

import contextlib
import dataclasses
import errno
import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine import download
from engine.download import Patience, Step, fetch
from engine.download_hub import ENDPOINT_VARIABLE, HUB, MOST_REDIRECTS, HubSource, endpoints, retry_after
from engine.download_part import Part, PartRecord, kept_record, record_path
from engine.download_ranges import length
from engine.download_source import Halt, Halted, SourceFailed
from engine.download_transport import Response, Transport
from engine.downloadable import Downloadable, DownloadKind
from engine.errors import EngineProblem, PhialError
from tests.engine import download_server as server_that
from tests.engine.download_server import Behaviour, DownloadServer, serving

BODY = random.Random(5).randbytes(300_000)
IMPATIENT = Patience(
    connect=5, stall=0.4, attempts=3, first_wait=0.001, longest_wait=0.01, parallel_from=10**9, save_bytes=20_000
)
AT_ONCE = dataclasses.replace(IMPATIENT, parallel_from=100_000, smallest_range=20_000)


def wanted(body: bytes = BODY, *, knows_bytes: bool = True) -> Downloadable:
    digest = hashlib.sha256(body).hexdigest()
    size = len(body) if knows_bytes else None
    return Downloadable("phi-x", "Phi-x", "owner/Phi-x-GGUF", "phi x.gguf", size, digest, DownloadKind.MODEL)


class Ledger:
    """What was written down of connections, in the order in which it was."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.ends: list[tuple[str, int, str]] = []

    def __call__(self, address: str) -> Callable[[int, str], None]:
        self.lines.append(address)
        return lambda received, outcome: self.ends.append((address, received, outcome))


class Getter:
    """Gets the model, from these endpoints, into this folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ledger = Ledger()
        self.steps: list[Step] = []
        self.halt = Halt()

    @property
    def final(self) -> Path:
        return self.folder / wanted().file

    def __call__(self, *urls: str, model: Downloadable | None = None, patience: Patience = IMPATIENT) -> bytes:
        model = model or wanted()
        transport = Transport(self.ledger, patience.connect, patience.stall)
        sources = [HubSource(url, model, transport) for url in urls]
        path = fetch(model, self.folder, sources, self.halt, self.steps.append, patience)
        assert path == self.final
        assert sorted(each.name for each in self.folder.iterdir()) == [path.name], "nothing is left beside it"
        return path.read_bytes()

    def fails(self, *urls: str, model: Downloadable | None = None, patience: Patience = IMPATIENT) -> PhialError:
        with pytest.raises(PhialError) as caught:
            self(*urls, model=model, patience=patience)
        assert not self.final.exists()
        return caught.value


@pytest.fixture
def server() -> Iterator[DownloadServer]:
    with serving(BODY) as running:
        yield running


@pytest.fixture
def mirror() -> Iterator[DownloadServer]:
    with serving(BODY) as running:
        yield running


@pytest.fixture
def get(tmp_path: Path) -> Getter:
    return Getter(tmp_path / "models")


def test_a_model_arrives_whole(server: DownloadServer, get: Getter) -> None:
    assert get(server.url) == BODY
    assert server.asked == [("/owner/Phi-x-GGUF/resolve/main/phi%20x.gguf", "bytes=0-299999", None)]
    assert get.ledger.ends == [(f"127.0.0.1:{server.server_port}", len(BODY), "206")]
    assert get.steps[-1] == Step(len(BODY), len(BODY), f"127.0.0.1:{server.server_port}", is_checking=True)
    assert [step.arrived for step in get.steps] == sorted(step.arrived for step in get.steps)
    assert get(server.url) == BODY
    assert len(server.asked) == 1, "what is there isn't asked for again"


def test_a_request_says_nothing_of_this_machine(server: DownloadServer, get: Getter) -> None:
    get(server.url)
    assert set(server.headers[0]) == {"host", "user-agent", "accept-encoding", "range"}
    assert (server.headers[0]["user-agent"], server.headers[0]["accept-encoding"]) == ("phial", "identity")


@pytest.mark.parametrize(
    "behaviour",
    [
        server_that.drops(70_000), server_that.drops(0), server_that.hangs_up, server_that.stalls(70_000),
        server_that.ignores_ranges, server_that.flips_a_bit(123_456), server_that.chunked(),
        server_that.chunked(breaks_off=True), server_that.says_no_length, server_that.says(416),
        server_that.says(429, ("Retry-After", 0)), server_that.says(500), server_that.says(503), server_that.says(408),
    ],
)  # fmt: skip
@pytest.mark.parametrize("knows_bytes", [True, False], ids=["bytes known", "bytes unknown"])
def test_one_mishap_is_got_over(server: DownloadServer, get: Getter, behaviour: Behaviour, knows_bytes: bool) -> None:
    server.script.append(behaviour)
    assert get(server.url, model=wanted(knows_bytes=knows_bytes)) == BODY


def test_what_has_arrived_is_not_asked_for_again(server: DownloadServer, get: Getter) -> None:
    server.script.extend([server_that.drops(70_000), server_that.drops(50_000)])
    assert get(server.url) == BODY
    assert server.asked[0][1:] == ("bytes=0-299999", None)
    assert [(said, validator) for _, said, validator in server.asked[1:]] == [
        ("bytes=70000-299999", server_that.ETAG), ("bytes=120000-299999", server_that.ETAG),
    ]  # fmt: skip


def test_a_file_that_has_changed_meanwhile_comes_from_its_start(server: DownloadServer, get: Getter) -> None:
    old = random.Random(6).randbytes(len(BODY))
    server.body = old
    server.script.append(server_that.drops(70_000))
    server.script.append(server_that.says(401))
    assert get.fails(server.url).kind is EngineProblem.DOWNLOAD_GATED
    server.body, server.etag = BODY, '"another"'
    assert get(server.url) == BODY
    assert server.asked[-1][1:] == ("bytes=70000-299999", server_that.ETAG)
    assert get.ledger.ends[-1][1] == len(BODY)


def test_a_server_that_ignores_ranges_does_not_corrupt_what_is_there(server: DownloadServer, get: Getter) -> None:
    server.script.append(server_that.drops(70_000))
    server.otherwise = server_that.ignores_ranges
    assert get(server.url) == BODY
    assert server.ranges == ["0-299999", "70000-299999"]


@pytest.mark.parametrize(
    ("behaviour", "kind", "requests"),
    [
        (server_that.says(401), EngineProblem.DOWNLOAD_GATED, 1),
        (server_that.says(403), EngineProblem.DOWNLOAD_GATED, 1),
        (server_that.says(404), EngineProblem.DOWNLOAD_NOT_FOUND, 1),
        (server_that.says(410), EngineProblem.DOWNLOAD_NOT_FOUND, 1),
        (server_that.says(418), EngineProblem.DOWNLOAD_REFUSED, 1),
        (server_that.says(429, ("Retry-After", 10**6)), EngineProblem.DOWNLOAD_REFUSED, 3),
        (server_that.says(500), EngineProblem.DOWNLOAD_REFUSED, 3),
        (server_that.says(503), EngineProblem.DOWNLOAD_REFUSED, 3),
        (server_that.says(416), EngineProblem.DOWNLOAD_MISLED, 3),
        (server_that.hangs_up, EngineProblem.DOWNLOAD_INTERRUPTED, 3),
        (server_that.drops(0), EngineProblem.DOWNLOAD_INTERRUPTED, 3),
        (server_that.lies_about_length(1), EngineProblem.DOWNLOAD_OTHER_LENGTH, 1),
        (server_that.lies_about_length(-1), EngineProblem.DOWNLOAD_OTHER_LENGTH, 1),
        (server_that.gives_another_range, EngineProblem.DOWNLOAD_MISLED, 1),
        (server_that.names_no_range, EngineProblem.DOWNLOAD_MISLED, 1),
        (server_that.compresses, EngineProblem.DOWNLOAD_MISLED, 1),
        (server_that.redirects("/elsewhere"), EngineProblem.DOWNLOAD_MISLED, MOST_REDIRECTS + 1),
        (server_that.redirects(""), EngineProblem.DOWNLOAD_MISLED, MOST_REDIRECTS + 1),
        (server_that.redirects("http://192.0.2.1/x"), EngineProblem.DOWNLOAD_MISLED, 1),
        (server_that.redirects("ftp://127.0.0.1/x"), EngineProblem.DOWNLOAD_MISLED, 1),
        (server_that.redirects("http://[::1"), EngineProblem.DOWNLOAD_MISLED, 1),
        (server_that.redirects("http://a:b@127.0.0.1/x"), EngineProblem.DOWNLOAD_MISLED, 1),
        (server_that.flips_a_bit(7), EngineProblem.DOWNLOAD_DAMAGED, 2),
    ],
)  # fmt: skip
def test_a_server_that_always_behaves_badly_is_told_in_a_sentence(
    server: DownloadServer, get: Getter, behaviour: Behaviour, kind: EngineProblem, requests: int
) -> None:
    server.otherwise = behaviour
    problem = get.fails(server.url)
    assert problem.kind is kind
    assert len(server.asked) == requests
    assert str(problem.parameters["host"]).startswith("127.0.0.1")
    assert list(get.folder.iterdir()) == [], "nothing had come, and nothing is left"


def kept(get: Getter) -> PartRecord:
    return kept_record(get.final, wanted().sha256) or PartRecord(wanted().sha256)


def test_another_length_is_refused_before_a_byte_of_it_is_kept(server: DownloadServer, get: Getter) -> None:
    server.body = BODY * 3
    problem = get.fails(server.url)
    assert (problem.kind, problem.parameters["bytes"]) == (EngineProblem.DOWNLOAD_OTHER_LENGTH, 3 * len(BODY))
    assert [(step.arrived, step.total) for step in get.steps] == [(0, len(BODY))], "asked for, and nothing of it came"


def test_a_source_without_end_is_no_longer_listened_to(
    server: DownloadServer, get: Getter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(download, "LARGEST", 10**6)
    server.otherwise = server_that.gives_without_end
    assert get.fails(server.url, model=wanted(knows_bytes=False)).kind is EngineProblem.DOWNLOAD_MISLED


def test_nothing_listens(get: Getter) -> None:
    with serving(BODY) as server:
        url = server.url
    problem = get.fails(url)
    assert problem.kind is EngineProblem.DOWNLOAD_UNREACHABLE
    assert len(get.ledger.lines) == IMPATIENT.attempts
    assert {outcome for _, _, outcome in get.ledger.ends} == {"unreachable"}
    waits = [step.waits_for.kind for step in get.steps if step.waits_for is not None]
    assert waits == [EngineProblem.DOWNLOAD_OUT_OF_REACH] * (IMPATIENT.attempts - 1)
    assert get.steps[0].source in url  # before anything came of it
    assert get.steps[0].waits_for is None


def test_progress_resets_the_count_of_attempts(server: DownloadServer, get: Getter) -> None:
    server.script.extend([server_that.drops(20_000), server_that.hangs_up, server_that.hangs_up] * 4)
    assert get(server.url) == BODY


@pytest.mark.parametrize(
    "behaviour",
    [
        server_that.says(403), server_that.says(404), server_that.says(500), server_that.says(429),
        server_that.gives_another_range, server_that.lies_about_length(5), server_that.flips_a_bit(9),
        server_that.hangs_up, server_that.redirects("/elsewhere"),
    ],
)  # fmt: skip
def test_a_mirror_gives_way_to_the_next(
    server: DownloadServer, mirror: DownloadServer, get: Getter, behaviour: Behaviour
) -> None:
    mirror.otherwise = behaviour
    assert get(mirror.url, server.url) == BODY
    assert len(server.asked) == 1


def test_what_one_source_gave_is_not_asked_of_the_next(
    server: DownloadServer, mirror: DownloadServer, get: Getter
) -> None:
    mirror.script.extend([server_that.drops(70_000), server_that.says(404)])
    assert get(mirror.url, server.url) == BODY
    assert server.asked[0][1:] == ("bytes=70000-299999", None), "and its name for the file is not another's"


def test_where_none_gives_it_the_first_says_why(server: DownloadServer, mirror: DownloadServer, get: Getter) -> None:
    mirror.otherwise, server.otherwise = server_that.says(404), server_that.says(500)
    assert get.fails(mirror.url, server.url).kind is EngineProblem.DOWNLOAD_NOT_FOUND


def test_a_redirect_is_followed_to_another_server_which_is_in_the_ledger(
    server: DownloadServer, mirror: DownloadServer, get: Getter
) -> None:
    server.script.extend([server_that.redirects("/here", 307), server_that.redirects(f"{mirror.url}/cdn?key=1", 302)])
    assert get(server.url) == BODY
    assert [path for path, *_ in server.asked][1:] == ["/here"]
    assert mirror.asked == [("/cdn?key=1", "bytes=0-299999", None)]
    here, there = (f"127.0.0.1:{each.server_port}" for each in (server, mirror))
    assert get.ledger.ends == [(here, 0, "307"), (here, 0, "302"), (there, len(BODY), "206")]


class Redirecting(Transport):
    """What a server that can be asked in secret alone would do: no test has one."""

    def get(self, url: str, headers: Mapping[str, str], halt: Halt) -> Response:
        self.note_connection(url)
        return Response(302, {"location": "http://127.0.0.1/x"}, lambda: iter(()), lambda: None)


@pytest.mark.parametrize("endpoint", [HUB, "https://127.0.0.1"])
def test_what_was_asked_for_in_secret_is_not_answered_in_the_open(endpoint: str) -> None:
    ledger = Ledger()
    with pytest.raises(SourceFailed) as caught:
        HubSource(endpoint, wanted(), Redirecting(ledger, 1, 1)).open(0, None, "", Halt())
    assert caught.value.problem.kind is EngineProblem.DOWNLOAD_MISLED
    assert len(ledger.lines) == 1


# --- several ranges at once ---------------------------------------------------------------------------------------


def test_a_large_file_comes_in_several_ranges_at_once(server: DownloadServer, get: Getter) -> None:
    assert get(server.url, patience=AT_ONCE) == BODY
    assert sorted(server.ranges) == ["0-299999", "150000-224999", "225000-299999", "75000-149999"]


def test_where_nobody_knows_its_length_it_still_does(server: DownloadServer, get: Getter) -> None:
    assert get(server.url, model=wanted(knows_bytes=False), patience=AT_ONCE) == BODY
    assert sorted(server.ranges) == ["0-", "150000-224999", "225000-299999", "75000-149999"]


def test_a_server_without_ranges_gives_it_in_one(server: DownloadServer, get: Getter) -> None:
    server.otherwise = server_that.ignores_ranges
    assert get(server.url, patience=AT_ONCE) == BODY
    assert len(server.asked) == 1


def test_whoever_refuses_a_second_range_is_asked_for_one(server: DownloadServer, get: Getter) -> None:
    refusals = [server_that.says(429), server_that.says(403), server_that.ignores_ranges]
    server.script.extend([server_that.serves, *refusals])
    assert get(server.url, patience=AT_ONCE) == BODY
    assert len(server.asked) >= 5
    assert server.ranges[4] == "75000-299999"


def test_a_mirror_that_gives_one_range_at_a_time_is_not_given_up(
    server: DownloadServer, mirror: DownloadServer, get: Getter
) -> None:
    server.script.extend([server_that.serves, *[server_that.says(429)] * 3])
    assert get(server.url, mirror.url, patience=AT_ONCE) == BODY
    assert mirror.asked == []


def test_a_connection_that_cannot_be_written_down_is_not_made(server: DownloadServer, get: Getter) -> None:
    class Full(Ledger):
        def __call__(self, address: str) -> Callable[[int, str], None]:
            if self.lines:
                raise PhialError(EngineProblem.DOWNLOAD_DISK_FULL, path="library.db", needed=1, free=0)
            return super().__call__(address)

    get.ledger = Full()
    assert get.fails(server.url, patience=AT_ONCE).parameters["path"] == "library.db"
    assert len(server.asked) == 1


@pytest.mark.parametrize("knows_bytes", [True, False])
def test_each_of_several_ranges_may_break_off(server: DownloadServer, get: Getter, knows_bytes: bool) -> None:
    server.script.extend([server_that.drops(30_000), server_that.drops(10), server_that.stalls(40_000)])
    assert get(server.url, model=wanted(knows_bytes=knows_bytes), patience=AT_ONCE) == BODY
    assert len(set(server.ranges)) == len(server.ranges)


# --- whatever comes -----------------------------------------------------------------------------------------------

MISHAPS: list[Behaviour] = [
    server_that.serves, server_that.drops(70_000), server_that.drops(0), server_that.hangs_up,
    server_that.lies_about_length(9), server_that.ignores_ranges, server_that.gives_another_range,
    server_that.names_no_range, server_that.flips_a_bit(200_000), server_that.chunked(),
    server_that.chunked(breaks_off=True), server_that.says_no_length, server_that.compresses,
    *(server_that.says(status) for status in (401, 404, 416, 429, 500)), server_that.redirects("/again"),
]  # fmt: skip


@given(
    script=st.lists(st.sampled_from(range(len(MISHAPS))), max_size=7),
    knows_bytes=st.booleans(),
    at_once=st.booleans(),
    has_mirror=st.booleans(),
)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_it_arrives_whole_and_right_or_a_sentence_says_why(
    server: DownloadServer,
    tmp_path_factory: pytest.TempPathFactory,
    script: list[int],
    knows_bytes: bool,
    at_once: bool,
    has_mirror: bool,
) -> None:
    server.script.clear()
    server.script.extend(MISHAPS[number] for number in script)
    get = Getter(tmp_path_factory.mktemp("home") / "models")
    patience = AT_ONCE if at_once else IMPATIENT
    sources = [server.url] * (2 if has_mirror else 1)
    failures: list[PhialError] = []
    while len(failures) <= len(script):  # a person tries again; when every mishap is over, it arrives
        with contextlib.suppress(PhialError), noting(failures):
            assert get(*sources, model=wanted(knows_bytes=knows_bytes), patience=patience) == BODY
            break
        assert not get.final.exists()
    assert get.final.read_bytes() == BODY
    assert all(error.kind.value.startswith("download_") for error in failures)


@contextlib.contextmanager
def noting(failures: list[PhialError]) -> Iterator[None]:
    try:
        yield
    except PhialError as error:
        failures.append(error)
        raise


# --- stopping and going on ----------------------------------------------------------------------------------------


def stopped(
    get: Getter, server: DownloadServer, patience: Patience = IMPATIENT, wait: Callable[[], object] = lambda: None
) -> None:
    """Begin to get it from a server that stalls, ``wait``, and stop it there."""
    patient = dataclasses.replace(patience, stall=60)
    ended: list[BaseException] = []

    def run() -> None:
        try:
            get(server.url, patience=patient)
        except BaseException as error:
            ended.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    assert server.is_stalling.wait(20)
    while not get.steps or get.steps[-1].arrived < 70_000:
        time.sleep(0.005)
    wait()
    get.halt.ask()
    thread.join(20)
    assert not thread.is_alive(), "it waits for a byte no longer"
    assert [type(error) for error in ended] == [Halted]
    get.halt = Halt()


def test_it_is_stopped_while_it_waits_for_a_byte_and_goes_on_from_there(server: DownloadServer, get: Getter) -> None:
    server.script.append(server_that.stalls(70_000))
    stopped(get, server)
    assert kept(get).spans == ((0, 70_000),)
    assert get(server.url) == BODY
    assert server.ranges == ["0-299999", "70000-299999"]


def test_several_ranges_are_stopped_together(server: DownloadServer, get: Getter) -> None:
    server.script.extend([server_that.stalls(20_000)] * 4)
    stopped(get, server, AT_ONCE)
    assert length(kept(get).spans) == 80_000
    assert get(server.url, patience=AT_ONCE) == BODY
    assert sorted(server.ranges[4:]) == ["170000-224999", "20000-74999", "245000-299999", "95000-149999"]


def test_a_stop_between_two_attempts_is_heard_at_once(server: DownloadServer, get: Getter) -> None:
    server.otherwise = server_that.says(503, ("Retry-After", 600))
    patient = dataclasses.replace(IMPATIENT, longest_wait=600)
    timer = threading.Timer(0.05, get.halt.ask)
    timer.start()
    with pytest.raises(Halted):
        get(server.url, patience=patient)
    timer.join()
    get.halt = Halt()
    get.halt.ask()
    with pytest.raises(Halted):
        get(server.url)
    assert len(server.asked) == 1, "what is stopped before it began asks for nothing"


_CHILD = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[3])
from tests.engine.test_download import AT_ONCE, Getter
get = Getter(Path(sys.argv[2]))
import dataclasses
get(sys.argv[1], patience=dataclasses.replace(AT_ONCE, stall=60))
"""


@pytest.mark.skipif(os.name != "posix", reason="only there can a process be killed like this")
def test_a_killed_process_loses_little_and_only_what_is_missing_is_asked_for(
    server: DownloadServer, get: Getter
) -> None:
    server.script.extend([server_that.stalls(60_000)] * 4)
    root = str(Path(__file__).resolve().parents[2])
    child = subprocess.Popen([sys.executable, "-c", _CHILD, server.url, str(get.folder), root])
    try:
        while length(kept(get).spans) < 4 * 60_000 - AT_ONCE.save_bytes and child.poll() is None:
            time.sleep(0.005)
    finally:
        child.send_signal(signal.SIGKILL)
        assert child.wait() == -signal.SIGKILL
    there = kept(get).spans
    assert 4 * 60_000 - 4 * AT_ONCE.save_bytes <= length(there) <= 4 * 60_000
    asked_before = len(server.asked)
    assert get(server.url, patience=AT_ONCE) == BODY
    for said in server.ranges[asked_before:]:
        first, last = map(int, said.split("-"))
        assert all(last < start or end <= first for start, end in there), "nothing that was there"
    assert sum(received for _, received, _ in get.ledger.ends) == len(BODY) - length(there)


def test_bytes_that_somebody_takes_away_are_missed(tmp_path: Path) -> None:
    with Part(tmp_path / "model.gguf", "", 1_000, 10**6) as part:
        part.set_total(1_000)
        os.truncate(part.path, 0)
        part.note(0, 1_000)
        with pytest.raises(OSError, match=os.strerror(errno.EIO)):
            part.has_right_checksum(Halt())


def test_two_processes_never_write_one_part(server: DownloadServer, get: Getter) -> None:
    server.script.append(server_that.stalls(70_000))
    another, is_seen = Getter(get.folder), threading.Event()
    thread = threading.Thread(target=stopped, args=(get, server, IMPATIENT, is_seen.wait))
    thread.start()
    assert server.is_stalling.wait(20)
    with pytest.raises(PhialError) as caught:
        another(server.url)
    assert caught.value.kind is EngineProblem.DOWNLOAD_HELD
    is_seen.set()
    thread.join()
    assert another(server.url) == BODY


@pytest.mark.parametrize(
    "damage",
    [
        lambda record: record.write_bytes(b"{"),
        lambda record: record.write_bytes(record.read_bytes().replace(b'"v":1', b'"v":2')),
        lambda record: record.write_bytes(record.read_bytes().replace(b"[0,", b"[-5,")),
        lambda record: record.write_bytes(record.read_bytes().replace(wanted().sha256.encode(), b"0" * 64)),
        lambda record: os.truncate(record.with_suffix(""), 10),
        lambda record: record.with_suffix("").unlink(),
        lambda record: record.unlink(),
    ],
)
def test_a_record_that_cannot_be_true_counts_as_none(
    server: DownloadServer, get: Getter, damage: Callable[[Path], None]
) -> None:
    server.script.extend([server_that.drops(70_000), server_that.says(404)])
    get.fails(server.url)
    damage(record_path(get.final))
    assert get(server.url) == BODY
    assert server.ranges[-1] == "0-299999"


# --- the disk -----------------------------------------------------------------------------------------------------


def test_room_is_asked_for_before_a_connection_is_made(
    server: DownloadServer, get: Getter, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = type("Usage", (), {"free": int(len(BODY) * 1.04)})
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    problem = get.fails(server.url)
    assert problem.kind is EngineProblem.DOWNLOAD_DISK_FULL
    assert problem.parameters["needed"] == int(len(BODY) * 1.05)
    assert (server.asked, get.ledger.lines) == ([], [])


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.ENOSPC, EngineProblem.DOWNLOAD_DISK_FULL), (errno.EDQUOT, EngineProblem.DOWNLOAD_DISK_FULL),
        (errno.EIO, EngineProblem.DOWNLOAD_UNWRITABLE), (errno.EFBIG, EngineProblem.DOWNLOAD_UNWRITABLE),
    ],
)  # fmt: skip
@pytest.mark.parametrize("patience", [IMPATIENT, AT_ONCE], ids=["one range", "several"])
def test_a_disk_that_fails_in_the_middle(
    server: DownloadServer,
    get: Getter,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
    kind: EngineProblem,
    patience: Patience,
) -> None:
    note = download.Part.note

    def fail_late(part: download.Part, start: int, end: int) -> None:
        if part.arrived > 40_000:
            raise OSError(number, "as it is told")
        note(part, start, end)

    server.otherwise = server_that.drops(45_000)
    with monkeypatch.context() as patch:
        patch.setattr(download.Part, "note", fail_late)
        problem = get.fails(server.url, patience=patience)
    assert problem.kind is kind
    server.otherwise = server_that.serves
    arrived = length(kept(get).spans)
    assert arrived > 0, "what had arrived is kept"
    assert get(server.url) == BODY


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")
def test_no_rights(server: DownloadServer, get: Getter) -> None:
    get.folder.mkdir()
    get.folder.chmod(0o500)
    assert get.fails(server.url).kind is EngineProblem.DOWNLOAD_UNWRITABLE
    assert server.asked == []


def test_a_file_where_the_folder_should_be(server: DownloadServer, get: Getter) -> None:
    get.folder.write_text("no folder")
    with pytest.raises(PhialError) as caught:
        get(server.url)
    assert caught.value.kind is EngineProblem.DOWNLOAD_UNWRITABLE
    assert server.asked == []


def test_another_file_under_its_name_stays_as_it_is(server: DownloadServer, get: Getter) -> None:
    get.folder.mkdir()
    get.final.write_text("a file of the person's own")
    with pytest.raises(PhialError) as caught:
        get(server.url)
    assert caught.value.kind is EngineProblem.DOWNLOAD_IN_THE_WAY
    assert get.final.read_text() == "a file of the person's own"
    assert server.asked == []


# --- where to ask -------------------------------------------------------------------------------------------------


def test_mirrors_go_before_the_hub_or_what_stands_in_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(ENDPOINT_VARIABLE, raising=False)
    assert endpoints(()) == (HUB,)
    assert endpoints(("https://a.example/hub/", "https://b.example", "https://a.example/hub")) == (
        "https://a.example/hub", "https://b.example", HUB,
    )  # fmt: skip
    monkeypatch.setenv(ENDPOINT_VARIABLE, "http://hub.local/")
    assert endpoints((HUB,)) == (HUB, "http://hub.local")


@pytest.mark.parametrize("named", ["hub.local", "ftp://hub.local", "http://", "http://[bad", "http://hub.local:99999"])
def test_an_endpoint_that_is_no_address_is_told_rather_than_passed_over(
    monkeypatch: pytest.MonkeyPatch, named: str
) -> None:
    monkeypatch.setenv(ENDPOINT_VARIABLE, named)
    with pytest.raises(PhialError) as caught:
        endpoints((HUB,))
    assert caught.value.kind is EngineProblem.DOWNLOAD_NO_ADDRESS
    assert caught.value.parameters == {"address": named, "variable": ENDPOINT_VARIABLE}


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("7", 7), ("0", 0), ("", 0), ("soon", 0), ("-3", 0), ("9" * 12, 0),
        ("Thu, 01 Jan 1970 00:02:00 GMT", 20), ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
        ("Thu, 99 Jan 1970 00:00:00 GMT", 0),
    ],
)  # fmt: skip
def test_when_a_server_wants_to_be_asked_again(said: str, seconds: float) -> None:
    assert retry_after({"retry-after": said}, now=100.0) == seconds

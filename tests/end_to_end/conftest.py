"""What the whole program's tests stand on: the real worker, the real stores, the real embedder, the real starter."""

from __future__ import annotations

import dataclasses
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from engine.paths import HOME_VARIABLE, assets
from rag.session import Session
from tests.fakes.worker import FakeWorker

if TYPE_CHECKING:
    from tests.fakes.screen import Client

SAMPLES = assets() / "samples"


@dataclasses.dataclass(frozen=True)
class Ran:
    """What a command line did."""

    status: int
    output: str
    complaint: str

    @property
    def objects(self) -> list[dict[str, Any]]:
        """Its standard output, which is one JSON object a line and nothing else."""
        return [json.loads(line) for line in self.output.splitlines()]


def run_phial(home: Path, *arguments: str, prefix: tuple[str, ...] = (), language: str = "en") -> Ran:
    """Run ``phial`` with ``arguments`` as a person would."""
    done = subprocess.run(
        [*prefix, sys.executable, "-m", "desktop", *arguments],
        env={**os.environ, HOME_VARIABLE: str(home), "PHIAL_LANGUAGE": language},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=170,
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return Ran(done.returncode, done.stdout, done.stderr)


@pytest.fixture(scope="session")
def samples_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A library of the samples, read; its worker stays up, so that the embedder is loaded once."""
    home = tmp_path_factory.mktemp("samples")
    with Session(home):
        indexed = run_phial(home, "index", str(SAMPLES), "--json")
        assert indexed.status == 0, indexed.complaint
        yield home


@pytest.fixture
def samples(samples_home: Path) -> Callable[..., Ran]:
    """``phial`` on the samples."""
    return lambda *arguments, **options: run_phial(samples_home, *arguments, **options)


@pytest.fixture
def other() -> Iterator[Client]:
    """Another program, on a screen of its own."""
    from tests.fakes.screen import Client, managed, serving  # only where there is X

    with serving() as (_, name), managed(name):
        client = Client(name)
        yield client
        client.close()


@pytest.fixture
def worker(tmp_path: Path) -> Iterator[FakeWorker]:
    """A worker that answers at once."""
    with FakeWorker(tmp_path / "home") as fake:
        yield fake


@pytest.fixture
def start(other: Client, worker: FakeWorker) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """Starts the program, with arguments, on the screen of the other one; what it has started ends with the test."""
    started: list[subprocess.Popen[bytes]] = []

    def begin(*arguments: str) -> subprocess.Popen[bytes]:
        environment = {
            **os.environ, HOME_VARIABLE: str(worker.home), "PHIAL_LANGUAGE": "en", "QT_QPA_PLATFORM": "xcb",
            "DISPLAY": other.display.get_display_name(),
        }  # fmt: skip
        environment.pop("WAYLAND_DISPLAY", None)
        started.append(subprocess.Popen([sys.executable, "-m", "desktop", *arguments], env=environment))
        return started[-1]

    yield begin
    for process in started:
        process.terminate()
        process.wait(10)


def wait(until: Callable[[], object]) -> bool:
    """Whether something comes to be so within half a minute."""
    deadline = time.monotonic() + 30
    while not until():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True

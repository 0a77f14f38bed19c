from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from engine.catalogue import STARTER_VARIABLE, InstalledModel, find_model, starter_path
from engine.host import ModelHost
from tests.engine.tiny_models import write_model


class States:
    """The states that a host went through; another thread's can be waited for."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self._changed = threading.Condition()

    def __call__(self, state: str, model: InstalledModel | None) -> None:
        with self._changed:
            self.seen.append(state)
            self._changed.notify_all()

    def wait_for(self, state: str) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: state in self.seen, timeout=30), self.seen

    def forget(self) -> None:
        with self._changed:
            self.seen.clear()


@pytest.fixture(scope="session")
def starter(tmp_path_factory: pytest.TempPathFactory) -> InstalledModel:
    path = starter_path()
    assert path is not None, "the starter model belongs to the development set-up"
    return find_model(tmp_path_factory.mktemp("home"), str(path))


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    return write_model(tmp_path / "tiny.gguf")


@pytest.fixture
def without_starter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(STARTER_VARIABLE, "")


@pytest.fixture
def states() -> States:
    return States()


@pytest.fixture
def make_host(tmp_path: Path, states: States) -> Iterator[Callable[..., ModelHost]]:
    hosts: list[ModelHost] = []

    def make(**options: float) -> ModelHost:
        hosts.append(ModelHost(log_folder=tmp_path / "logs", on_state=states, **options))
        return hosts[-1]

    yield make
    for host in hosts:
        host.close()


@pytest.fixture(scope="module")
def shared_host(tmp_path_factory: pytest.TempPathFactory, starter: InstalledModel) -> Iterator[ModelHost]:
    host = ModelHost(log_folder=tmp_path_factory.mktemp("logs"))
    host.load(starter)
    yield host
    host.close()

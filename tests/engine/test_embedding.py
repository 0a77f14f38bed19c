"""Embedding by llama.cpp: the process, its host, and vectors that are those of the reference."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import gguf
import numpy as np
import psutil
import pytest
from numpy.typing import NDArray

from engine import embedding_host, hardware
from engine.embedding_host import EmbeddingHost
from engine.errors import EngineProblem, PhialError
from engine.hardware import Memory
from tests.engine.embedding_models import write_tiny_embedder
from tests.engine.tiny_models import write_model

TEXTS = ("the crane stands", "", "bread rises", "x" * 3_000)
DIMENSIONS = 16


@pytest.fixture(scope="module")
def tiny_embedder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny_embedder(tmp_path_factory.mktemp("embedder") / "tiny.gguf", dimensions=DIMENSIONS)


def host_of(path: Path, logs: Path, idle_seconds: float = 60.0) -> EmbeddingHost:
    return EmbeddingHost(path, "tiny", 128, 1, log_folder=logs, idle_seconds=idle_seconds)


@pytest.fixture(scope="module")
def host(tiny_embedder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddingHost]:
    opened = host_of(tiny_embedder, tmp_path_factory.mktemp("logs"))
    yield opened
    opened.close()


def vectors(host: EmbeddingHost, *texts: str) -> NDArray[np.float32]:
    return np.frombuffer(host.embed(texts), dtype="<f4").reshape(len(texts), -1)


def pid() -> int:
    children = [child for child in psutil.Process().children() if "engine.runtime" in child.cmdline()]
    return max(children, key=lambda child: child.create_time()).pid


def test_every_text_has_a_vector_of_length_1_whatever_stands_beside_it(host: EmbeddingHost) -> None:
    together = vectors(host, *TEXTS)
    assert together.shape == (len(TEXTS), DIMENSIONS)
    assert np.linalg.norm(together, axis=1) == pytest.approx(np.ones(len(TEXTS)), abs=1e-5)
    for place, text in enumerate(TEXTS):
        assert vectors(host, text)[0] == pytest.approx(together[place], abs=1e-5)
    assert together[0] @ together[2] < 0.999, "not one vector for all"


def test_a_long_text_is_cut_to_the_window(host: EmbeddingHost) -> None:
    # 128 tokens with the marks at both ends; each letter is one.
    assert vectors(host, "x" * 126) == pytest.approx(vectors(host, "x" * 90 + "x" * 500), abs=1e-5)
    assert abs(vectors(host, "x" * 125) - vectors(host, "x" * 126)).max() > 1e-5


def test_tokens_are_counted_without_the_marks(host: EmbeddingHost) -> None:
    assert host.count_tokens(["ab cd", "", "x" * 300]) == [4, 0, 300]


def test_a_killed_process_is_started_again_and_nothing_is_lost(host: EmbeddingHost) -> None:
    before = vectors(host, *TEXTS)
    os.kill(pid(), signal.SIGKILL)
    assert vectors(host, *TEXTS) == pytest.approx(before, abs=1e-6)


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="signals")
def test_killed_while_it_computes_it_is_asked_once_more(host: EmbeddingHost) -> None:
    before = vectors(host, *TEXTS)
    stopped = pid()
    os.kill(stopped, signal.SIGSTOP)
    killer = threading.Timer(0.3, os.kill, (stopped, signal.SIGKILL))
    killer.start()
    assert vectors(host, *TEXTS) == pytest.approx(before, abs=1e-6)
    assert pid() != stopped


def test_idle_it_ends_and_wakes_when_asked(tiny_embedder: Path, tmp_path: Path) -> None:
    host = host_of(tiny_embedder, tmp_path, idle_seconds=0.2)
    assert not host.is_running
    host.load()
    assert host.memory > 0
    deadline = time.monotonic() + 30
    while host.is_running:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    assert host.memory == 0
    assert vectors(host, "one").shape == (1, DIMENSIONS)
    host.close()


def test_a_closed_host_stays_without_a_process(tiny_embedder: Path, tmp_path: Path) -> None:
    host = host_of(tiny_embedder, tmp_path)
    host.load()
    host.close()
    with pytest.raises(PhialError) as failure:
        host.embed(["one"])
    assert failure.value.kind is EngineProblem.MODEL_PROCESS_DIED
    assert not host.is_running


def test_closed_while_its_process_starts_it_leaves_none_behind(
    tiny_embedder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    host = host_of(tiny_embedder, tmp_path)
    started = []

    class ClosedMeanwhile(embedding_host.RunningEmbedder):
        def __init__(self, name: str, log_folder: Path) -> None:
            super().__init__(name, log_folder)
            started.append(self)
            host.close()

    monkeypatch.setattr(embedding_host, "RunningEmbedder", ClosedMeanwhile)
    with pytest.raises(PhialError) as failure:
        host.load()
    assert failure.value.kind is EngineProblem.MODEL_PROCESS_DIED
    assert [process.is_alive for process in started] == [False]


def test_a_model_that_writes_is_no_embedder(tmp_path: Path) -> None:
    host = host_of(write_model(tmp_path / "writes.gguf"), tmp_path)
    with pytest.raises(PhialError) as failure:
        host.load()
    assert failure.value.kind is EngineProblem.MODEL_ARCHITECTURE
    assert host.memory == 0


def test_it_pools_as_its_header_says(tmp_path: Path) -> None:
    found = []
    for pooling in (gguf.PoolingType.MEAN, gguf.PoolingType.CLS):
        path = write_tiny_embedder(tmp_path / f"{pooling.name}.gguf", pooling=pooling)
        host = host_of(path, tmp_path)
        found.append(vectors(host, "the crane stands"))
        host.close()
    assert abs(found[0] - found[1]).max() > 1e-3


def test_too_little_memory_is_said_before_it_is_started(
    tiny_embedder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hardware, "memory", lambda: Memory(8 * 2**30, 2**20))
    host = host_of(tiny_embedder, tmp_path)
    with pytest.raises(PhialError) as failure:
        host.load()
    assert failure.value.kind is EngineProblem.MEMORY_TOO_SMALL
    assert failure.value.parameters["model"] == "tiny"


def test_a_file_that_is_gone_says_so(tmp_path: Path) -> None:
    with pytest.raises(PhialError) as failure:
        host_of(tmp_path / "gone.gguf", tmp_path).load()
    assert failure.value.kind is EngineProblem.MODEL_MISSING


def test_the_log_holds_no_text(host: EmbeddingHost, tmp_path: Path, tiny_embedder: Path) -> None:
    own = host_of(tiny_embedder, tmp_path)
    own.embed(["xylophonic"])
    own.close()
    assert "xylophonic" not in (tmp_path / "model.log").read_text(encoding="utf-8")

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.worker import FakeWorker


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder that a command line finds; it speaks English."""
    folder = tmp_path / "phial"
    monkeypatch.setenv("PHIAL_HOME", str(folder))
    monkeypatch.setenv("PHIAL_LANGUAGE", "en")
    return folder


@pytest.fixture
def worker(home: Path) -> Iterator[FakeWorker]:
    """A worker behind its door that says what its script says."""
    with FakeWorker(home) as running:
        yield running

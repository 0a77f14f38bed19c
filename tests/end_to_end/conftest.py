"""What the whole program's tests stand on: the real worker, the real stores, the real embedder, the real starter."""

from __future__ import annotations

import dataclasses
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from engine.paths import HOME_VARIABLE, assets
from rag.session import Session

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

"""The packages that a person would take instead of Phial's engine, on the same file and the same prompts."""

from __future__ import annotations

import dataclasses
import json
import random
import subprocess
import sys
import threading
import venv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Self

from engine_first_word import ANSWER_TOKENS, REORDERED
from engine_prompts import Case, question
from report import RESULTS

ENVIRONMENTS = RESULTS / "rivals"
CHILD = Path(__file__).with_name("engine_rival.py")

PATIENCE = 600.0
"""Seconds for an answer: threads that spin for each other can take that, where other programs run."""

PACKAGES: Mapping[str, str] = {
    "llama-cpp-python": "",  # it stands in our own environment
    "gpt4all": "gpt4all==2.8.2",
    "xllamacpp": "xllamacpp==2026.10.11549",
}


@dataclasses.dataclass(frozen=True)
class RivalResult:
    """What a package did: seconds to the first token, and tokens a second.

    ``cold_s`` is of a prompt that it never read, ``reordered_s`` of another question on the same passages in another
    order. ``reason`` says why there are no figures.
    """

    package: str
    cold_s: float | None = None
    reordered_s: float | None = None
    prefill: float | None = None
    decode: float | None = None
    reason: str = ""


def measure_rival(package: str, model: Path, context: int, case: Case, tokens: int, seed: int) -> RivalResult:
    """Ask ``package`` two questions on the passages of ``case``, whose prompt has so many ``tokens``."""
    source = random.Random(seed)
    try:
        with _Rival(package, model, context) as rival:
            rival.wait_until_loaded()
            cold = rival.ask(case, None, source)
            reordered = rival.ask(case, REORDERED, source)
    except (OSError, ValueError, subprocess.SubprocessError, _GaveUp) as error:
        return RivalResult(package, reason=str(error) or type(error).__name__)
    decode = (len(cold) - 1) / (cold[-1] - cold[0]) if len(cold) > 1 else None
    return RivalResult(package, cold[0], reordered[0], tokens / cold[0], decode)


class _GaveUp(Exception):
    """A package that ended, or wrote nothing."""


class _Rival:
    def __init__(self, package: str, model: Path, context: int) -> None:
        self._log = ENVIRONMENTS / f"{package}.log"
        ENVIRONMENTS.mkdir(parents=True, exist_ok=True)
        command = [str(_python(package)), str(CHILD), package, str(model), str(context)]
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._process.kill()
        self._process.communicate()

    def wait_until_loaded(self) -> None:
        """Wait until it can be asked."""
        self._result()

    def ask(self, case: Case, order: Sequence[int] | None, source: random.Random) -> list[float]:
        """Seconds at which each piece of the answer came."""
        system, user = (message.joined.text for message in case.messages(question(source), order))
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps([system, user, ANSWER_TOKENS]) + "\n")
        self._process.stdin.flush()
        times = self._result()
        if not times:
            raise _GaveUp(f"wrote nothing: {self._said()}")
        return times

    def _result(self) -> list[float]:
        assert self._process.stdout is not None
        has_taken_too_long = threading.Event()

        def end() -> None:
            has_taken_too_long.set()
            self._process.kill()

        timer = threading.Timer(PATIENCE, end)
        timer.start()
        try:
            line = self._process.stdout.readline()
        finally:
            timer.cancel()
        if line:
            result: list[float] = json.loads(line)
            return result
        status = self._process.wait()
        if has_taken_too_long.is_set():
            raise _GaveUp(f"took longer than {PATIENCE:.0f} s")
        raise _GaveUp(f"ended with {status}: {self._said()}")

    def _said(self) -> str:
        """What it printed of an error first, or last of all."""
        lines = [line.strip() for line in self._log.read_text(errors="replace").splitlines() if line.strip()]
        wrong = [line for line in lines if "error" in line.lower()]
        return (wrong[:1] or lines[-1:] or ["no word"])[0][:120]


def _python(package: str) -> Path:
    """The interpreter that has ``package``, set up where it isn't there yet. Raises OSError, SubprocessError."""
    if not PACKAGES[package]:
        return Path(sys.executable)
    folder = ENVIRONMENTS / package
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    mark = folder / "is-ready"
    if not mark.exists():
        venv.create(folder, with_pip=True, clear=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", PACKAGES[package]], check=True)
        mark.touch()
    return python

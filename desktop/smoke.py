"""``phial --smoke``: every part of this installation at work once, in a data folder of its own; one line of JSON.

A window is opened on no screen, a worker started, a PDF read and painted by a parser, its picture read by OCR, its
passages embedded and found, a question asked of a model, and the page that the answer cites compared. Nothing of the
person's is touched, nothing is left, no network is needed. A release is judged by it, on the frozen program too.
"""

from __future__ import annotations

import argparse
import dataclasses
import importlib.metadata
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

import psutil

from desktop.login import program
from engine.catalogue import STARTER_VARIABLE
from engine.links import Link, LinkClosed
from engine.paths import HOME_VARIABLE, assets
from rag.client import client_version, connect
from rag.errors import PhialError, error_of
from rag.protocol import (
    Answered,
    Ask,
    DocumentState,
    Examine,
    Examined,
    Failed,
    Index,
    Indexed,
    IndexedFile,
    Page,
    Reply,
    Request,
    ShowPage,
)

PATIENCE = 240.0
"""Seconds that a part may take: a slow disk, an old processor, a virus scanner that looks at every library first."""

ENDING_SECONDS = 20.0
"""How long a process of ours may take to end."""

MOST_ALIKE = 0.8
"""The share of a page's words that OCR has to find again in its picture."""

Final = TypeVar("Final", bound=Reply)


class SmokeError(Exception):
    """What isn't as it should be, in a sentence for whoever builds Phial."""


@dataclasses.dataclass
class Part:
    """One part at work: what it is built of (``versions`` by package) and the ``seconds`` that it took."""

    name: str
    ok: bool
    seconds: float
    versions: dict[str, str]
    found: str = ""
    problem: str = ""


def main(arguments: Sequence[str]) -> int:
    """Try every part, print what came of it as a line of JSON; the exit status: 1 where a part failed."""
    parser = argparse.ArgumentParser(prog="phial --smoke", description="Try every part of this installation once.")
    parser.add_argument(
        "--model", type=Path, metavar="FILE", help="the language model that is asked; else what is there"
    )
    chosen = parser.parse_args(arguments)
    if chosen.model is not None:
        if not chosen.model.is_file():
            parser.error(f"there is no file {chosen.model}")
        os.environ[STARTER_VARIABLE] = str(chosen.model.absolute())
    begun = time.monotonic()
    home = Path(tempfile.mkdtemp(prefix="phial-smoke-"))
    # For the processes that are started from here on.
    os.environ |= {HOME_VARIABLE: str(home), "QT_QPA_PLATFORM": "offscreen", "PHIAL_OTHER_PROGRAMS": "0"}
    trial = Trial(home)
    try:
        trial.run()
    finally:
        trial.close()
        _remove(home)
    print(json.dumps(report(trial.parts, time.monotonic() - begun)))  # noqa: T201 - what it is for
    return 0 if trial.parts and all(part.ok for part in trial.parts) else 1


def report(parts: Sequence[Part], seconds: float) -> dict[str, Any]:
    """What is printed: ``ok``, what failed, where this is, and each part."""
    return {
        "ok": bool(parts) and all(part.ok for part in parts),
        "failed": [part.name for part in parts if not part.ok],
        "version": client_version(),
        "is_frozen": bool(getattr(sys, "frozen", False)),
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "python": platform.python_version(),
        "seconds": round(seconds, 2),
        "parts": [dataclasses.asdict(part) for part in parts],
    }


class Trial:
    """The parts, one after the other, on a library in ``home``. ``parts`` are those that were tried."""

    def __init__(self, home: Path) -> None:
        self.parts: list[Part] = []
        self._home = home
        self._link: Link | None = None
        self._window: subprocess.Popen[bytes] | None = None
        self._worker = 0
        self._page: Page | None = None
        questions = json.loads((assets() / "questions.json").read_text(encoding="utf-8"))
        self._asked = next(question for question in questions if question["document"].endswith(".pdf"))

    def run(self) -> None:
        """Try every part; one that fails ends it, as the next stand on it."""
        steps: tuple[tuple[str, tuple[str, ...], Callable[[], str]], ...] = (
            ("window", ("PySide6-Essentials",), self._open_window),
            ("worker", ("phial",), self._start_worker),
            ("parser", ("pypdfium2",), self._read),
            ("search", ("chromadb", "onnxruntime"), self._examine),
            ("model", ("llama-cpp-python",), self._ask),
            ("ocr", ("rapidocr", "opencv-python-headless"), self._recognise),
            ("end", (), self._end),
        )
        for name, packages, step in steps:
            begun = time.monotonic()
            found, problem = "", ""
            try:
                versions = {package: importlib.metadata.version(package) for package in packages}
                found = step()
            except importlib.metadata.PackageNotFoundError as error:
                versions, problem = {}, f"no version of {error.name} is known"
            except PhialError as error:
                problem = f"{error.kind}: {error.parameters} {error.details}".strip()
            except (SmokeError, LinkClosed, OSError, subprocess.SubprocessError) as error:
                problem = f"{type(error).__name__}: {error}"
            self.parts.append(Part(name, not problem, round(time.monotonic() - begun, 2), versions, found, problem))
            if problem:
                return

    def close(self) -> None:
        """End what was started and has not ended by itself."""
        if self._link is not None:
            self._link.close()
        if self._window is not None and self._window.poll() is None:
            self._window.kill()
            self._window.wait()

    def _open_window(self) -> str:
        """The window's process is up, and takes the call of a second start."""
        self._window = subprocess.Popen(program())
        until(lambda: (self._home / "window.lock").exists() or self._ended(), "no window came up")
        if self._ended():
            raise SmokeError(f"the window ended with exit status {self._window.returncode}")
        second = subprocess.run(program(), timeout=PATIENCE, check=False)
        if second.returncode != 0 or self._ended():
            raise SmokeError(f"a second start was not taken by the window (exit status {second.returncode})")
        return "offscreen"

    def _ended(self) -> bool:
        return self._window is not None and self._window.poll() is not None

    def _start_worker(self) -> str:
        self._link, welcome = connect(self._home, "smoke")
        self._worker = welcome.pid
        if welcome.version != client_version():
            raise SmokeError(f"the worker is of version {welcome.version}")
        return f"process {welcome.pid}"

    def _read(self) -> str:
        """A PDF is read by a parser, embedded, and its page painted."""
        file = self._index(assets() / "samples" / self._asked["document"])
        self._page = self._get(Page, ShowPage(2, file.sha256, self._asked["page"], 2.0))
        if not self._page.picture.startswith(b"\x89PNG") or not self._page.text.strip():
            raise SmokeError("the page was not painted")
        return f"{file.pages} pages, {file.passages} passages"

    def _examine(self) -> str:
        """Every vector that Chroma has finds itself."""
        checks = {check.name: check for check in self._get(Examined, Examine(3, "en")).checks}
        for name in ("embedder", "vector index"):
            if name not in checks or not checks[name].is_well:
                raise SmokeError(f"{name}: {checks[name].value if name in checks else 'not looked at'}")
        return f"{checks['embedder'].value}, {checks['vector index'].value}"

    def _ask(self) -> str:
        """A model answers, and the page that holds the answer is cited."""
        answer = self._get(Answered, Ask(4, self._asked["question"], language="en")).answer
        place = (self._asked["document"], self._asked["page"])
        if place not in {(citation.document, citation.page) for citation in answer.citations}:
            raise SmokeError(f"{place[0]}, page {place[1]} is not cited")
        if os.environ.get(STARTER_VARIABLE) and not answer.model:
            raise SmokeError("the model that was given did not answer")
        return f"{answer.model or 'no model'}: {place[0]}, page {place[1]}, is cited"

    def _recognise(self) -> str:
        """The picture of the page is read again by OCR."""
        if self._page is None:
            raise SmokeError("no page was painted")
        picture = self._home / "page.png"
        picture.write_bytes(self._page.picture)
        read = self._get(Page, ShowPage(6, self._index(picture).sha256, 1, 1.0))
        share = share_of_words(self._page.text, read.text)
        if share < MOST_ALIKE:
            raise SmokeError(f"of the page's words OCR found {share:.0%}")
        return f"{share:.0%} of the page's words"

    def _end(self) -> str:
        """Window and worker end when they are told to, or have nobody left to serve."""
        assert self._window is not None  # noqa: S101 - it is the first part
        self._window.terminate()
        status = self._window.wait(ENDING_SECONDS)
        if os.name == "posix" and status != 0:
            raise SmokeError(f"the window ended with exit status {status}")
        assert self._link is not None  # noqa: S101 - it is the second part
        self._link.close()
        until(lambda: not _is_running(self._worker), "the worker did not end")
        return "window and worker"

    def _index(self, path: Path) -> IndexedFile:
        file = self._get(Indexed, Index(1, (str(path),))).files[0]
        if file.state is not DocumentState.READY:
            raise SmokeError(f"{path.name} is {file.state} ({file.reason.kind if file.reason else ''})")
        return file

    def _get(self, kind: type[Final], request: Request) -> Final:
        """The final reply to ``request``. Raises PhialError, SmokeError, LinkClosed."""
        assert self._link is not None  # noqa: S101 - the parts before made it
        for reply in _replies(self._link, request):
            if isinstance(reply, kind):
                return reply
        raise SmokeError(f"{request.type} was not answered")


def _replies(link: Link, request: Request) -> Iterator[Reply]:
    link.send(request)
    while True:
        if not link.has_message(PATIENCE):
            raise SmokeError(f"no word about {request.type} for {PATIENCE:.0f} seconds")
        reply = link.receive()
        if not isinstance(reply, Reply) or reply.id != request.id:
            continue
        if isinstance(reply, Failed):
            raise error_of(reply.problem)
        yield reply
        if reply.is_final:
            return


def share_of_words(text: str, read: str) -> float:
    """The share of the words of ``text`` that are in ``read``, in [0, 1]."""
    words = set(text.casefold().split())
    return len(words & set(read.casefold().split())) / max(1, len(words))


def until(is_so: Callable[[], bool], otherwise: str) -> None:
    """Wait for something to come to be so. Raises SmokeError(otherwise)."""
    deadline = time.monotonic() + PATIENCE
    while not is_so():
        if time.monotonic() > deadline:
            raise SmokeError(otherwise)
        time.sleep(0.05)


def _is_running(process: int) -> bool:
    """Whether the process with this id still runs; one that has ended and that nobody waited for does not."""
    try:
        return psutil.Process(process).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _remove(home: Path) -> None:
    """Remove the data folder; on Windows the last of its files is let go a moment after its process ended."""
    deadline = time.monotonic() + ENDING_SECONDS
    while home.exists() and time.monotonic() < deadline:
        shutil.rmtree(home, ignore_errors=True)
        if home.exists():
            time.sleep(0.2)

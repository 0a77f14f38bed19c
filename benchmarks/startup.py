"""How soon Phial is there: the window's first frame and its memory, and the first evidence before the embedder.

The window is the real program on a virtual X screen (Xvfb), watched from outside: its first frame is there when the
screen shows more than one colour a window manager could have left. Evidence is asked of a worker that is not running.
"""

from __future__ import annotations

import argparse
import contextlib
import dataclasses
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import psutil
from report import fresh_folder, show, write

from engine.paths import HOME_VARIABLE
from rag.client import connect
from rag.protocol import Evidence, Found, Index, Indexed, Reply, Request, Search

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "assets" / "samples"
QUESTION = "How long does one filling of the paraffin heater in the greenhouse burn?"
COLOURS = 100
"""Distinct pixel values that a painted window has at least: its text brings more, a screen with a pointer has fewer."""
PATIENCE = 30.0
SETTLED = 3.0
"""Seconds after the first frame at which memory is read."""
MOST_SECONDS, MOST_MEGABYTES = 1.0, 150.0


@dataclasses.dataclass(frozen=True)
class WindowStart:
    """Seconds from the start of the process to its first frame; resident memory in megabytes (10^6 bytes)."""

    first_frame_s: float
    resident_mb: float


@dataclasses.dataclass(frozen=True)
class FirstEvidence:
    """Seconds from a question, no worker running, to what the words find and to what words and meaning find."""

    lexical_s: float
    complete_s: float


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark; 1 where a limit is passed or evidence waited for the embedder."""
    parser = argparse.ArgumentParser(description="Time to the first frame and to the first evidence; memory.")
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args(arguments)
    if shutil.which("Xvfb") is None:
        print("The window is measured on a virtual screen: install Xvfb (apt-get install xvfb).", file=sys.stderr)
        return 1
    with virtual_screen() as (display, picture):
        windows = [start_window(display, picture) for _ in range(options.runs)]
    home = indexed_home()
    evidence = [first_evidence(home) for _ in range(options.runs)]
    frame = statistics.median(start.first_frame_s for start in windows)
    memory = max(start.resident_mb for start in windows)
    lexical = statistics.median(first.lexical_s for first in evidence)
    complete = statistics.median(first.complete_s for first in evidence)
    show(
        f"Start-up, {options.runs} runs (the first is the coldest)",
        ("what", "figure", "limit", "all runs"),
        [
            ("first frame, median", f"{frame:.2f} s", f"{MOST_SECONDS:.0f} s", _all(s.first_frame_s for s in windows)),
            (
                "window's memory, largest",
                f"{memory:.0f} MB",
                f"{MOST_MEGABYTES:.0f} MB",
                _all(s.resident_mb for s in windows),
            ),
            ("first evidence, median", f"{lexical:.2f} s", "before the embedder", _all(e.lexical_s for e in evidence)),
            ("with the embedder, median", f"{complete:.2f} s", "", _all(e.complete_s for e in evidence)),
        ],
    )
    write(
        "startup",
        {
            "windows": [dataclasses.asdict(start) for start in windows],
            "evidence": [dataclasses.asdict(first) for first in evidence],
        },
    )
    is_early = all(first.lexical_s < first.complete_s for first in evidence)
    return 0 if frame < MOST_SECONDS and memory < MOST_MEGABYTES and is_early else 1


@contextlib.contextmanager
def virtual_screen() -> Iterator[tuple[str, Path]]:
    """An X screen nobody sees: its display's name, and the file that holds its picture."""
    folder = fresh_folder("screen")
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x800x24", "-fbdir", str(folder), "-nolisten", "tcp"],  # noqa: S607
        pass_fds=(writing,), stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(writing)
    try:
        with os.fdopen(reading) as said:
            number = said.readline().strip()
        yield f":{number}", folder / "Xvfb_screen0"
    finally:
        server.terminate()
        server.wait(timeout=10)


def start_window(display: str, picture: Path) -> WindowStart:
    """Start the real window on an empty library, wait for its first frame, read its memory, end it."""
    environment = {
        **os.environ,
        "DISPLAY": display,
        HOME_VARIABLE: str(fresh_folder("window")),
        "QT_QPA_PLATFORM": "xcb",
    }
    environment.pop("WAYLAND_DISPLAY", None)
    begun = time.perf_counter()
    window = subprocess.Popen([sys.executable, "-m", "desktop"], cwd=ROOT, env=environment)
    try:
        while colours(picture) < COLOURS:
            if window.poll() is not None or time.perf_counter() - begun > PATIENCE:
                raise SystemExit(f"the window showed nothing (exit status {window.poll()})")
            time.sleep(0.005)
        first_frame = time.perf_counter() - begun
        time.sleep(SETTLED)
        return WindowStart(round(first_frame, 3), round(psutil.Process(window.pid).memory_info().rss / 1e6, 1))
    finally:
        window.terminate()
        window.wait(timeout=10)
        while colours(picture) >= COLOURS:
            time.sleep(0.05)


def colours(picture: Path) -> int:
    """How many distinct pixel values the screen shows (every seventh pixel; its XWD header ends before byte 4096)."""
    pixels = np.fromfile(picture, dtype="<u4", offset=4096)
    return len(np.unique(pixels[::7]))


def indexed_home() -> Path:
    """A library of the samples, all ready, its worker gone."""
    home = fresh_folder("startup-home")
    replies = exchange(home, Index(1, (str(SAMPLES),)))
    if not any(isinstance(reply, Indexed) for _, reply in replies):
        raise SystemExit("the samples could not be indexed")
    return home


def first_evidence(home: Path) -> FirstEvidence:
    """Ask with no worker running."""
    time.sleep(2.0)  # the last worker has gone by then
    replies = exchange(home, Search(1, QUESTION, 5))
    lexical = next(seconds for seconds, reply in replies if isinstance(reply, Evidence) and reply.passages)
    complete = next(seconds for seconds, reply in replies if isinstance(reply, Found))
    return FirstEvidence(round(lexical, 3), round(complete, 3))


def exchange(home: Path, request: Request) -> list[tuple[float, Reply]]:
    """Connect, ask, and give every reply with the seconds since the beginning."""
    begun = time.perf_counter()
    link, _ = connect(home, "benchmark")
    replies: list[tuple[float, Reply]] = []
    try:
        link.send(request)
        while not replies or not replies[-1][1].is_final:
            reply = link.receive()
            assert isinstance(reply, Reply)
            replies.append((time.perf_counter() - begun, reply))
    finally:
        link.close()
    return replies


def _all(figures: Iterator[float]) -> str:
    return "  ".join(f"{figure:.2f}" for figure in figures)


if __name__ == "__main__":
    sys.exit(main())

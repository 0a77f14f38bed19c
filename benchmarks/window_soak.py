"""An hour with the window: its memory, threads and files while a person asks and looks around, and its longest turn.

The window is the real program over the PDFs of a folder, with the real worker and the model that answers here, in a
process of its own (window_person.py); this one watches it from outside.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psutil
from report import fresh_folder, show, write

from engine.paths import HOME_VARIABLE, logs

ROOT = Path(__file__).resolve().parent.parent
MOST_MEGABYTES = 200.0
SAMPLES = 60
"""Of a run, however long; one a minute in an hour."""

ENDING = 60.0
"""Seconds beyond its time after which a run that does not end by itself is ended."""


@dataclasses.dataclass(frozen=True)
class Sample:
    """The window's process at one moment. Memory in megabytes (10^6 bytes); ``pss`` shares out what others map too."""

    minute: float
    resident_mb: float
    pss_mb: float
    threads: int
    handles: int


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the soak; 1 where the window grew beyond its limit, something failed in it, or it did not live to the end."""
    parser = argparse.ArgumentParser(description="Memory of the window while a person works with it.")
    parser.add_argument("documents", type=Path, help="a folder with PDFs")
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--questions", type=int, default=200)
    options = parser.parse_args(arguments)
    if not any(options.documents.rglob("*.pdf")):
        parser.error(f"no PDF in {options.documents}")
    folder = fresh_folder("window-soak")
    home, told = folder / "home", folder / "person.json"
    home.mkdir(mode=0o700)
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ, HOME_VARIABLE: str(home)}
    script = Path(__file__).with_name("window_person.py")
    order = [sys.executable, str(script), str(home), str(options.documents.resolve()), str(told)]
    order += ["--minutes", str(options.minutes), "--questions", str(options.questions)]
    window = subprocess.Popen(order, cwd=ROOT, env=environment)
    try:
        samples = watch(window, told, options.minutes)
    finally:
        window.terminate()
        window.wait(timeout=30)
    report: dict[str, Any] = json.loads(told.read_text(encoding="utf-8")) if told.is_file() else {}
    failures = failures_in(home)
    has_ended = report.get("questions") == options.questions
    show_all(samples, report, failures, options.minutes)
    write(
        "window_soak",
        {
            "minutes": options.minutes,
            "questions": options.questions,
            "samples": [dataclasses.asdict(sample) for sample in samples],
            "person": report,
            "failures": failures,
        },
    )
    is_small = bool(samples) and max(sample.resident_mb for sample in samples) < MOST_MEGABYTES
    return 0 if is_small and has_ended and not failures else 1


def watch(window: subprocess.Popen[bytes], told: Path, minutes: float) -> list[Sample]:
    """Look at the window's process from time to time until it ends."""
    process = psutil.Process(window.pid)
    samples: list[Sample] = []
    begun = time.monotonic()
    pause = minutes * 60 / SAMPLES
    while window.poll() is None and time.monotonic() - begun < minutes * 60 + ENDING + minutes * 6:
        time.sleep(pause)
        try:
            sample = look(process, (time.monotonic() - begun) / 60)
        except psutil.NoSuchProcess:
            break
        if not sample.resident_mb:  # it has ended, and waits for its exit status to be read
            break
        samples.append(sample)
        asked = json.loads(told.read_text(encoding="utf-8"))["questions"] if told.is_file() else 0
        print(f"{sample.minute:6.1f} min  {sample.resident_mb:6.1f} MB  {asked} asked", flush=True)
    return samples


def look(process: psutil.Process, minute: float) -> Sample:
    """How it stands now. Raises psutil.NoSuchProcess."""
    memory = process.memory_full_info()
    if sys.platform == "win32":
        handles = process.num_handles()
    else:
        handles = process.num_fds()
    resident, shared_out = memory.rss / 1e6, getattr(memory, "pss", memory.rss) / 1e6
    return Sample(round(minute, 2), round(resident, 1), round(shared_out, 1), process.num_threads(), handles)


def failures_in(home: Path) -> list[str]:
    """What the logs of window and worker hold of errors, a line each."""
    found = [
        f"{file.name}: {line}"
        for name in ("window.log*", "worker.log*")
        for file in sorted(logs(home).glob(name))
        for line in file.read_text(encoding="utf-8", errors="replace").splitlines()
        if " ERROR " in line or " CRITICAL " in line or line.startswith("Traceback")
    ]
    crash = logs(home) / "window.crash.log"
    return found + ([f"{crash.name}: {crash.stat().st_size} bytes"] if crash.is_file() and crash.stat().st_size else [])


def slope(samples: Sequence[Sample]) -> float:
    """Megabytes an hour by which the second half of the run grew, as a line through it; 0 of too few samples."""
    later = samples[len(samples) // 2 :]
    if len(later) < 3:
        return 0.0
    line = statistics.linear_regression([one.minute / 60 for one in later], [one.resident_mb for one in later])
    return line.slope


def show_all(samples: Sequence[Sample], report: dict[str, Any], failures: Sequence[str], minutes: float) -> None:
    """Print the table."""
    rows: list[tuple[str, str, str]] = []
    for name, limit, values in (
        ("resident memory, MB", f"{MOST_MEGABYTES:.0f}", [one.resident_mb for one in samples]),
        ("its share of it (PSS), MB", "", [one.pss_mb for one in samples]),
        ("threads", "", [float(one.threads) for one in samples]),
        ("files and sockets", "", [float(one.handles) for one in samples]),
    ):
        if values:
            spread = f"{min(values):.0f} · {statistics.median(values):.0f} · {max(values):.0f}"
            rows.append((f"{name}: least · median · most", spread, limit))
    rows.append(("resident memory, second half", f"{slope(samples):+.1f} MB an hour", ""))
    asked = " · ".join(str(report.get(key, 0)) for key in ("questions", "answered", "given_up"))
    rows.append(("asked · answered · given up", asked, ""))
    rows.append(("waited in vain while", ", ".join(report.get("waited_in_vain", [])) or "never", ""))
    for doing, turn in sorted(report.get("longest", {}).items(), key=lambda entry: -entry[1]["processor"]):
        figures = f"{turn['processor'] * 1000:.0f} ms ({turn['wall'] * 1000:.0f} ms by the wall)"
        rows.append((f"longest turn, {doing}", figures, "50 ms"))
    rows.append(("failures in the logs", str(len(failures)), "0"))
    show(f"The window through {minutes:.0f} minutes", ("what", "figure", "limit"), rows)
    for line in failures[:20]:
        print(line)


if __name__ == "__main__":
    sys.exit(main())

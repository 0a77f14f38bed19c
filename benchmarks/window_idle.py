"""What an open window costs while nothing happens: processor seconds and wake-ups of window, worker and model.

The window is the real program over the samples, on a virtual X screen; one question is asked first, so that the model's
process is there. Then nobody touches anything.
"""

from __future__ import annotations

import argparse
import contextlib
import dataclasses
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import psutil
from report import fresh_folder, show, write
from startup import QUESTION, SAMPLES, exchange, virtual_screen

from desktop.preferences import Preferences
from engine.paths import HOME_VARIABLE
from rag.protocol import Ask, Index, Indexed

ROOT = Path(__file__).resolve().parent.parent
SETTLING = 20.0
"""Seconds after the answer that belong to it: the model's process tidies up, pictures are painted."""

MOST_SHARE = 0.002
"""Of one processor, for the window: two thousandths are the blinking of a text cursor, in a window that has one."""


@dataclasses.dataclass(frozen=True)
class Idling:
    """What a process took: seconds of processor, times it was woken (voluntary switches), over ``seconds``."""

    name: str
    processor_s: float
    wakes: int
    seconds: float

    @property
    def share(self) -> float:
        """Of one processor."""
        return self.processor_s / self.seconds


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; 1 where the window takes more than a blinking cursor does."""
    parser = argparse.ArgumentParser(description="Processor time and wake-ups of a window in which nothing happens.")
    parser.add_argument("--seconds", type=float, default=60.0)
    options = parser.parse_args(arguments)
    if shutil.which("Xvfb") is None:
        print("The window is measured on a virtual screen: install Xvfb (apt-get install xvfb).", file=sys.stderr)
        return 1
    home = fresh_folder("idle-home")
    Preferences(home).has_begun = True  # the first steps have been gone through
    with virtual_screen() as (display, _):
        found = idle(home, display, options.seconds)
    show(
        f"A window in which nothing happens, {options.seconds:.0f} s",
        ("process", "processor", "of one", "woken a second"),
        [(one.name, f"{one.processor_s:.2f} s", f"{one.share:.2%}", f"{one.wakes / one.seconds:.1f}") for one in found],
    )
    write("window_idle", {"processes": [dataclasses.asdict(one) for one in found]})
    return 0 if found[0].share <= MOST_SHARE else 1


def idle(home: Path, display: str, seconds: float) -> list[Idling]:
    """Have the window open over a library that answered once, wait, and tell what each of its processes took."""
    environment = {**os.environ, "DISPLAY": display, HOME_VARIABLE: str(home), "QT_QPA_PLATFORM": "xcb"}
    environment.pop("WAYLAND_DISPLAY", None)
    window = subprocess.Popen([sys.executable, "-m", "desktop"], cwd=ROOT, env=environment)
    try:
        if not any(isinstance(reply, Indexed) for _, reply in exchange(home, Index(1, (str(SAMPLES),)))):
            raise SystemExit("the samples could not be indexed")
        exchange(home, Ask(2, QUESTION))
        time.sleep(SETTLING)
        worker = psutil.Process(int((home / "library.pid").read_text()))
        watched = [("window", psutil.Process(window.pid)), ("worker", worker)]
        watched += [(_name(child), child) for child in worker.children(recursive=True)]
        before = [(name, process, _spent(process)) for name, process in watched]
        begun = time.perf_counter()
        time.sleep(seconds)
        took = time.perf_counter() - begun
        found: list[Idling] = []
        for name, process, (processor, wakes) in before:
            with contextlib.suppress(psutil.NoSuchProcess):  # the model's process may end by itself
                after = _spent(process)
                found.append(Idling(name, round(after[0] - processor, 3), after[1] - wakes, round(took, 1)))
        return found
    finally:
        window.terminate()
        window.wait(timeout=10)


def _spent(process: psutil.Process) -> tuple[float, int]:
    """Seconds of processor so far, and how often one of its threads gave way to wait."""
    times = process.cpu_times()
    wakes = 0
    for thread in process.threads():
        with contextlib.suppress(psutil.NoSuchProcess):
            wakes += psutil.Process(thread.id).num_ctx_switches().voluntary if sys.platform == "linux" else 0
    return times.user + times.system, wakes


def _name(process: psutil.Process) -> str:
    known = {"engine.runtime": "model", "rag.extract.child": "parser"}
    return next((name for module, name in known.items() if module in process.cmdline()), process.name())


if __name__ == "__main__":
    sys.exit(main())

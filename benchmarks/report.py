"""What the benchmarks share: a table for a person, JSON for a comparison, the machine that was measured."""

from __future__ import annotations

import json
import math
import os
import platform
import shutil
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import psutil
from rich.console import Console
from rich.table import Table

RESULTS = Path(__file__).resolve().parent.parent / "build" / "bench"
"""Where results and the benchmarks' own libraries lie."""

WIDEST = 180
"""Characters of a table's line where there is no terminal."""


def fresh_folder(name: str) -> Path:
    """An empty folder of this name below RESULTS."""
    folder = RESULTS / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def machine() -> dict[str, str | int | float]:
    """The machine that is measured."""
    return {
        "system": platform.platform(),
        "python": platform.python_version(),
        "cores": os.cpu_count() or 0,
        "memory_gib": round(psutil.virtual_memory().total / 2**30, 1),
    }


def wilson_interval(successes: int, trials: int, z: float = 1.96) -> tuple[float, float]:
    """The score interval for a proportion (Wilson 1927), within [0, 1]; z = 1.96 gives 95 %. (0, 1) of no trials."""
    if trials == 0:
        return 0.0, 1.0
    share = successes / trials
    centre = share + z * z / (2 * trials)
    spread = z * math.sqrt(share * (1 - share) / trials + z * z / (4 * trials * trials))
    scale = 1 + z * z / trials
    return max(0.0, (centre - spread) / scale), min(1.0, (centre + spread) / scale)


def show(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a table."""
    table = Table(*columns, title=title, title_justify="left")
    for row in rows:
        table.add_row(*(str(cell) for cell in row))
    # Into a file or a pipe a line may be as long as it is; a terminal's width is its own.
    Console(width=None if sys.stdout.isatty() else WIDEST).print(table)


def write(name: str, result: Mapping[str, Any]) -> Path:
    """Write ``result`` and the machine it was measured on as build/bench/``name``.json."""
    RESULTS.mkdir(parents=True, exist_ok=True)
    path = RESULTS / f"{name}.json"
    path.write_text(json.dumps({"machine": machine(), **result}, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    print(path)
    return path

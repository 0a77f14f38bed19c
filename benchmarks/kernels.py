"""The kernels of build/kernels (``make kernels``) on this machine: what each came to in its proof, and side by side.

By default on the starter; on each GGUF that is named besides (benchmarks/shapes.py writes some). Each is run in turns
with the installed kernel, so that both meet the same neighbours: only the ratios say something. Where the machine does
other work meanwhile, ``--busy`` gives steadier ones.
"""

from __future__ import annotations

import argparse
import dataclasses
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from engine_kernels import kernel_figures
from report import show, write

from engine.catalogue import starter_path
from engine.kernel_choice import DEMANDED_VARIABLE, this_machine
from engine.paths import HOME_VARIABLE


def main(arguments: Sequence[str] | None = None) -> int:
    """Prove, measure, print."""
    parser = argparse.ArgumentParser(description="The kernels side by side.")
    parser.add_argument("files", nargs="*", metavar="GGUF")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--busy", action="store_true", help="compare the time on the processor, not on the clock")
    parser.add_argument("--seed", type=int, default=20261122)
    options = parser.parse_args(arguments)
    starter = starter_path()
    files = [*([starter] if starter else []), *map(Path, options.files)]
    os.environ.pop(DEMANDED_VARIABLE, None)
    with tempfile.TemporaryDirectory() as home:
        os.environ[HOME_VARIABLE] = home  # where nothing is remembered yet
        findings = this_machine().findings()
        show(
            f"Proofs; {this_machine().chosen().name} is used",
            ("kernel", "verdict", "ms", "details"),
            [(each.name, each.verdict.value, f"{each.seconds * 1_000:.2f}", each.details) for each in findings],
        )
        figures = {
            file.stem: kernel_figures(file, options.rounds, options.seed, is_busy=options.busy) for file in files
        }
    for name, rows in figures.items():
        show(name, ("what", "ratio"), [(row.what, row.shown) for row in rows])
    write(
        "kernels",
        {
            "seed": options.seed,
            "busy": options.busy,
            "findings": [dataclasses.asdict(each) for each in findings],
            "figures": {name: [dataclasses.asdict(row) for row in rows] for name, rows in figures.items()},
        },
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())

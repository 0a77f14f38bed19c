"""What else this machine has for a model: room on the disk, instructions, a GPU, mains power or a battery."""

from __future__ import annotations

import contextlib
import shutil
from pathlib import Path

import psutil

from engine.kernel_choice import this_machine
from engine.kernels import GPU, gpu_in, installed_libraries
from engine.processor import processor

INSTRUCTIONS = (
    "sse4_2", "avx", "f16c", "fma", "bmi2", "avx2", "avx_vnni", "avx512f", "avx512_vnni", "avx512_bf16", "amx_int8",
    "asimd", "asimddp", "i8mm", "bf16", "sve", "sve2", "sme",
)  # fmt: skip
"""Those that matter to llama.cpp's kernels, of x86 and Arm, as Linux names them."""


def disk_free(folder: Path) -> int:
    """Bytes that this user may still write on the disk of ``folder``, there already or not; 0 where nobody can say."""
    for place in (folder, *folder.parents):
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            try:
                return shutil.disk_usage(place).free
            except PermissionError:
                return 0
    return 0


def instructions() -> tuple[str, ...]:
    """Those of INSTRUCTIONS that the processor lists. It may still be forbidden to use one of them."""
    lists = processor(INSTRUCTIONS).lists
    return tuple(name for name in INSTRUCTIONS if lists.get(name))


def accelerator() -> str:
    """The GPU that llama.cpp computes on (“Metal”); "" where it is the processor that does.

    Apple's GPU takes what a model needs from the machine's memory. One with memory of its own holds a copy of the
    weights there besides: how much it has room for, nobody counts here (decision 0150).
    """
    name = gpu_in(installed_libraries())
    return name if name and this_machine().chosen().name == GPU else ""


def is_on_battery() -> bool:
    """Whether this machine runs on its battery now; false too where there is none, or nobody can tell."""
    with contextlib.suppress(AttributeError, OSError, RuntimeError):
        battery = psutil.sensors_battery()
        return battery is not None and battery.power_plugged is False
    return False

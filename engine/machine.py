"""What else this machine has for a model: room on the disk, instructions, a GPU, mains power or a battery."""

from __future__ import annotations

import contextlib
import platform
import shutil
from pathlib import Path

import psutil

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
    """The GPU that llama.cpp computes on in the builds that Phial uses; "" where that is the processor.

    That is Metal on Apple's own processors, whose GPU has no memory of its own: what a model needs is taken from the
    machine's memory there too.
    """
    return "Metal" if platform.system() == "Darwin" and platform.machine() == "arm64" else ""


def is_on_battery() -> bool:
    """Whether this machine runs on its battery now; false too where there is none, or nobody can tell."""
    with contextlib.suppress(AttributeError, OSError, RuntimeError):
        battery = psutil.sensors_battery()
        return battery is not None and battery.power_plugged is False
    return False

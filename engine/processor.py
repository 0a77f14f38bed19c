"""What this machine's processor is called, and which instructions it lists."""

from __future__ import annotations

import contextlib
import ctypes
import dataclasses
import functools
import platform
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

_CPUINFO = Path("/proc/cpuinfo")
_LISTS = ("flags", "Features")  # what x86 and ARM call them there
_NAMES = ("model name", "Processor", "CPU part")

# winnt.h: PF_SSE4_2_…, PF_AVX2_…, PF_AVX512F_INSTRUCTIONS_AVAILABLE. Windows tells of no other that a kernel needs.
_WINDOWS = {"sse4_2": 38, "avx2": 40, "avx512f": 41, "asimddp": 43}


@dataclasses.dataclass(frozen=True)
class Processor:
    """A processor: its ``name``, and instructions (by the names of Linux) with whether it lists them.

    ``lists`` holds only what the system tells of. A listed instruction can still be forbidden, by a hypervisor say.
    """

    name: str
    lists: Mapping[str, bool]

    def lacks(self, instructions: Iterable[str]) -> tuple[str, ...]:
        """Those of ``instructions`` that it says it has not; what the system doesn't tell of is none of them."""
        return tuple(name for name in instructions if self.lists.get(name) is False)


@functools.cache
def processor(asked: tuple[str, ...]) -> Processor:
    """The processor of the machine, with what is known of the ``asked`` instructions."""
    if sys.platform == "linux":
        return linux_processor(_read(_CPUINFO), asked)
    elif sys.platform == "win32":  # noqa: RET505 # pragma: no cover - Windows; the type checker knows such branches
        present = ctypes.windll.kernel32.IsProcessorFeaturePresent
        lists = {name: bool(present(_WINDOWS[name])) for name in asked if name in _WINDOWS}
        return Processor(platform.processor(), lists)
    else:  # pragma: no cover - macOS
        return Processor(_brand() or platform.machine(), {})  # Apple's processors have all that their builds ask for


def linux_processor(cpuinfo: str, asked: Iterable[str]) -> Processor:
    """The processor that the text of /proc/cpuinfo describes; of several kinds of core, what all of them list."""
    fields = [tuple(part.strip() for part in line.split(":", 1)) for line in cpuinfo.splitlines() if ":" in line]
    listed = [set(value.split()) for name, value in fields if name in _LISTS]
    names = [value for wanted in _NAMES for name, value in fields if name == wanted]
    common = set.intersection(*listed) if listed else set()
    return Processor(names[0] if names else platform.machine(), {name: name in common for name in asked if listed})


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _brand() -> str:
    """What macOS calls the processor: its ``platform.processor`` names the architecture alone."""
    with contextlib.suppress(OSError):
        asked = ["/usr/sbin/sysctl", "-n", "machdep.cpu.brand_string"]
        return subprocess.run(asked, capture_output=True, check=False).stdout.decode("utf-8", "replace").strip()
    return ""

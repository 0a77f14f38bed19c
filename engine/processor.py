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

# winnt.h: PF_SSE4_2_…, PF_AVX_…, PF_AVX2_…, PF_AVX512F_…, PF_ARM_…_INSTRUCTIONS_AVAILABLE.
_WINDOWS = {
    "sse4_2": 38, "avx": 39, "avx2": 40, "avx512f": 41, "asimd": 19, "asimddp": 43, "sve": 46, "sve2": 47, "i8mm": 66,
    "bf16": 68, "sme": 70,
}  # fmt: skip

# What sysctl calls them: words of machdep.cpu.features and .leaf7_features (Intel), hw.optional.arm.FEAT_… (Apple).
_MAC_WORDS = {"sse4_2": "SSE4.2", "avx": "AVX1.0", "avx512_vnni": "AVX512VNNI", "avx512_bf16": "AVX512BF16"}
_MAC_FEATURES = {"asimd": "AdvSIMD", "asimddp": "DotProd", "i8mm": "I8MM", "bf16": "BF16", "sme": "SME"}
_MAC_TEXTS = ("machdep.cpu.brand_string", "machdep.cpu.features", "machdep.cpu.leaf7_features", "hw.optional")


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
        return mac_processor(_system_control(), asked)


def linux_processor(cpuinfo: str, asked: Iterable[str]) -> Processor:
    """The processor that the text of /proc/cpuinfo describes; of several kinds of core, what all of them list."""
    fields = [tuple(part.strip() for part in line.split(":", 1)) for line in cpuinfo.splitlines() if ":" in line]
    listed = [set(value.split()) for name, value in fields if name in _LISTS]
    names = [value for wanted in _NAMES for name, value in fields if name == wanted]
    common = set.intersection(*listed) if listed else set()
    return Processor(names[0] if names else platform.machine(), {name: name in common for name in asked if listed})


def mac_processor(controls: str, asked: Iterable[str]) -> Processor:
    """The processor that a Mac's ``sysctl`` describes, a ``name: value`` a line.

    Its words for Intel's processors aren't complete: what is not among them is not told of.
    """
    told = dict(line.split(": ", 1) for line in controls.splitlines() if ": " in line)
    words = {word for name in ("features", "leaf7_features") for word in told.get(f"machdep.cpu.{name}", "").split()}
    lists: dict[str, bool] = {}
    for name in asked:
        feature = told.get(f"hw.optional.arm.FEAT_{_MAC_FEATURES.get(name, '')}")
        if feature is not None:
            lists[name] = feature.strip() == "1"
        elif _MAC_WORDS.get(name, name.upper()) in words:
            lists[name] = True
    return Processor(told.get("machdep.cpu.brand_string", "").strip() or platform.machine(), lists)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _system_control() -> str:
    """What macOS says of the processor; of what it doesn't know, it says so elsewhere."""
    with contextlib.suppress(OSError):
        asked = ["/usr/sbin/sysctl", *_MAC_TEXTS]
        return subprocess.run(asked, capture_output=True, check=False).stdout.decode("utf-8", "replace")
    return ""

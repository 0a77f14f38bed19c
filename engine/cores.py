"""How many cores llama.cpp should compute on: the fast physical ones that this process may use.

A layer is done when its slowest thread is: an efficiency core, or the second thread of a core whose units the first
keeps busy, holds all others up. What each system says is parsed by functions of its text alone; ``computing_cores``
reads it.
"""

from __future__ import annotations

import contextlib
import ctypes
import functools
import platform
import struct
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path, PurePosixPath

import psutil

FAST = 0.7
"""Of the fastest core's capacity: cores below it are those that save power. Within one kind, cores differ by less."""

_PROCESSORS = Path("/sys/devices/system/cpu")
_FAST_PROCESSORS = Path("/sys/devices/cpu_core/cpus")  # Intel's processors with two kinds of cores have it
_CGROUPS = Path("/sys/fs/cgroup")
_OWN_GROUPS = Path("/proc/self/cgroup")
_CORE_RECORD = 0  # RelationProcessorCore


@functools.cache
def computing_cores() -> int:
    """The physical performance cores that this process may compute on, at least 1."""
    system = platform.system()
    if system == "Linux":
        return _linux()
    if system == "Darwin":
        found = _system_control("hw.perflevel0.physicalcpu") or _system_control("hw.physicalcpu")
    else:
        found = _windows()
    return found or psutil.cpu_count(logical=False) or psutil.cpu_count() or 1


# --- what the systems' texts say ------------------------------------------------------------------------------------


def processors_in(listed: str) -> frozenset[int]:
    """The numbers in a list as Linux writes it: ``0-3,8`` is 0, 1, 2, 3, 8. Raises ValueError."""
    numbers: set[int] = set()
    for part in filter(None, listed.strip().split(",")):
        first, _, last = part.partition("-")
        numbers.update(range(int(first), int(last or first) + 1))
    return frozenset(numbers)


def fast_cores(siblings: Mapping[int, str], capacity: Mapping[int, int], usable: Collection[int]) -> int:
    """How many physical cores of the fast kind there are among the ``usable`` logical processors.

    ``siblings`` lists for each processor those of its core; ``capacity`` says how fast each is, in whatever unit. A
    processor that nothing is said of counts as fast, and as a core of its own.
    """
    fastest = max((capacity[each] for each in usable if each in capacity), default=0)
    fast = [each for each in usable if capacity.get(each, fastest) >= FAST * fastest]
    return len({min(processors_in(siblings.get(each, str(each))), default=each) for each in fast})


def quota_in(cpu_max: str) -> float | None:
    """The processors that a control group's ``cpu.max`` allows (``200000 100000`` is 2.0), None for no limit."""
    return _share(*[*cpu_max.split(), "", ""][:2])


def group_in(groups: str, controller: str = "") -> PurePosixPath | None:
    """The path of a process's group in its ``/proc/self/cgroup``: of version 2, or of a ``controller`` of version 1."""
    for line in groups.splitlines():
        number, _, rest = line.partition(":")
        controllers, _, path = rest.partition(":")
        if (controller in controllers.split(",")) if controller else (number == "0" and not controllers):
            return PurePosixPath(path)
    return None


def cores_in(records: bytes, usable: Collection[int] | None = None) -> int:
    """The cores of the fastest kind in what Windows' GetLogicalProcessorInformationEx wrote of its cores.

    ``usable`` are the logical processors of the first group that this process may use; None: all, in every group. Each
    record is SYSTEM_LOGICAL_PROCESSOR_INFORMATION_EX with a PROCESSOR_RELATIONSHIP; EfficiencyClass is higher the
    faster a core is. Broken records end the count.
    """
    classes: list[int] = []
    at = 0
    while at + 48 <= len(records):
        relation, size = struct.unpack_from("<II", records, at)
        if size < 48:
            break
        mask, group = struct.unpack_from("<QH", records, at + 32)
        may_run = usable is None or (group == 0 and any(mask >> each & 1 for each in usable))
        if relation == _CORE_RECORD and may_run:
            classes.append(records[at + 9])
        at += size
    return classes.count(max(classes)) if classes else 0


def _share(quota: str, period: str) -> float | None:
    with contextlib.suppress(ValueError):
        if int(quota) > 0 and int(period) > 0:
            return int(quota) / int(period)
    return None


# --- reading them ---------------------------------------------------------------------------------------------------


def _linux() -> int:
    usable = frozenset(psutil.Process().cpu_affinity() or ())
    siblings = _each("topology/core_cpus_list", usable) or _each("topology/thread_siblings_list", usable)
    with contextlib.suppress(ValueError):
        usable = usable & processors_in(_text(_FAST_PROCESSORS)) or usable
        capacity = {
            number: int(text)
            for number, text in (_each("cpu_capacity", usable) or _each("cpufreq/cpuinfo_max_freq", usable)).items()
        }
        return max(1, min(fast_cores(siblings, capacity, usable), int(min(_quotas(), default=len(usable)))))
    return psutil.cpu_count(logical=False) or 1


def _each(name: str, processors: Iterable[int]) -> dict[int, str]:
    """The text of one file of every processor that has it."""
    texts = {number: _text(_PROCESSORS / f"cpu{number}" / name) for number in processors}
    return {number: text for number, text in texts.items() if text}


def _quotas() -> list[float]:
    """The limits of this process's control groups and of all above them."""
    groups = _text(_OWN_GROUPS)
    quotas: list[float | None] = []
    if (group := group_in(groups)) is not None:
        quotas += [quota_in(_text(_inside(_CGROUPS, above) / "cpu.max")) for above in (group, *group.parents)]
    if (group := group_in(groups, "cpu")) is not None:
        for above in (group, *group.parents):
            folder = _inside(_CGROUPS / "cpu", above)
            quotas.append(_share(_text(folder / "cpu.cfs_quota_us"), _text(folder / "cpu.cfs_period_us")))
    return [quota for quota in quotas if quota is not None]


def _inside(root: Path, group: PurePosixPath) -> Path:
    return root / str(group).lstrip("/")


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii", errors="replace").strip()
    except OSError:
        return ""


def _system_control(name: str) -> int:
    """A number of macOS' sysctl, 0 where it has none of that name."""
    with contextlib.suppress(OSError, AttributeError):
        value, size = ctypes.c_int64(0), ctypes.c_size_t(8)
        system = ctypes.CDLL(None)
        if system.sysctlbyname(name.encode(), ctypes.byref(value), ctypes.byref(size), None, 0) == 0:
            return value.value
    return 0


def _windows() -> int:
    with contextlib.suppress(OSError, AttributeError):
        kernel = ctypes.CDLL("kernel32", use_last_error=True)
        size = ctypes.c_uint32(0)
        kernel.GetLogicalProcessorInformationEx(_CORE_RECORD, None, ctypes.byref(size))
        records = ctypes.create_string_buffer(size.value)
        if kernel.GetLogicalProcessorInformationEx(_CORE_RECORD, records, ctypes.byref(size)):
            is_grouped = (psutil.cpu_count() or 1) > 64  # then an affinity says nothing of the other groups
            return cores_in(records.raw[: size.value], None if is_grouped else psutil.Process().cpu_affinity())
    return 0

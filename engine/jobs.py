"""Windows' job objects: limits that the system itself keeps on a process which puts itself into one.

https://learn.microsoft.com/windows/win32/procthread/job-objects
"""

from __future__ import annotations

import ctypes
import sys
from ctypes import c_int64, c_size_t, c_uint32, c_uint64

LIMIT_PROCESS_MEMORY = 0x0100
LIMIT_ACTIVE_PROCESS = 0x0008
LIMIT_DIE_ON_UNHANDLED_EXCEPTION = 0x0400
EXTENDED_LIMIT_INFORMATION = 9
"""JobObjectExtendedLimitInformation: which of its structures SetInformationJobObject is given."""


class BasicLimits(ctypes.Structure):
    """JOBOBJECT_BASIC_LIMIT_INFORMATION."""

    _fields_ = (
        ("PerProcessUserTimeLimit", c_int64),
        ("PerJobUserTimeLimit", c_int64),
        ("LimitFlags", c_uint32),
        ("MinimumWorkingSetSize", c_size_t),
        ("MaximumWorkingSetSize", c_size_t),
        ("ActiveProcessLimit", c_uint32),
        ("Affinity", c_size_t),
        ("PriorityClass", c_uint32),
        ("SchedulingClass", c_uint32),
    )


class ExtendedLimits(ctypes.Structure):
    """JOBOBJECT_EXTENDED_LIMIT_INFORMATION; its middle is IO_COUNTERS, which only the system fills."""

    _fields_ = (
        ("BasicLimitInformation", BasicLimits),
        ("IoInfo", c_uint64 * 6),
        ("ProcessMemoryLimit", c_size_t),
        ("JobMemoryLimit", c_size_t),
        ("PeakProcessMemoryUsed", c_size_t),
        ("PeakJobMemoryUsed", c_size_t),
    )


def limits_of(memory: int) -> ExtendedLimits:
    """One process with ``memory`` bytes, that starts no other, and ends without a dialog when it crashes."""
    limits = ExtendedLimits()
    limits.BasicLimitInformation.LimitFlags = (
        LIMIT_PROCESS_MEMORY | LIMIT_ACTIVE_PROCESS | LIMIT_DIE_ON_UNHANDLED_EXCEPTION
    )
    limits.BasicLimitInformation.ActiveProcessLimit = 1
    limits.ProcessMemoryLimit = memory
    return limits


if sys.platform == "win32":  # pragma: no cover - Windows

    def enter_job(memory: int) -> None:
        """Hold this process to ``memory`` bytes, and to starting no other, for good.

        It does so itself: what its parent started can be the launcher of a virtual environment, and this process the
        launcher's child. The job's handle stays open until the process ends. Raises OSError where Windows refuses.
        """
        kernel = _kernel()
        job = kernel.CreateJobObjectW(None, None)
        limits = limits_of(memory)
        if not (
            job
            and kernel.SetInformationJobObject(
                job, EXTENDED_LIMIT_INFORMATION, ctypes.byref(limits), ctypes.sizeof(limits)
            )
            and kernel.AssignProcessToJobObject(job, kernel.GetCurrentProcess())
        ):
            raise ctypes.WinError(ctypes.get_last_error())

    def _kernel() -> ctypes.WinDLL:
        """kernel32 with the signatures used here: a handle is as wide as a pointer, which ctypes doesn't guess."""
        from ctypes import wintypes

        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = wintypes.HANDLE
        kernel.CreateJobObjectW.argtypes = (wintypes.LPVOID, wintypes.LPCWSTR)
        kernel.SetInformationJobObject.argtypes = (wintypes.HANDLE, ctypes.c_int, wintypes.LPVOID, wintypes.DWORD)
        kernel.GetCurrentProcess.restype = wintypes.HANDLE
        kernel.AssignProcessToJobObject.argtypes = (wintypes.HANDLE, wintypes.HANDLE)
        return kernel

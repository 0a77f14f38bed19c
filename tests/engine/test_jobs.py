"""What Windows is given, as far as it can be seen elsewhere: the layout of its structures, and what is asked for."""

import ctypes
import sys

import pytest

from engine.jobs import LIMIT_ACTIVE_PROCESS, LIMIT_PROCESS_MEMORY, BasicLimits, ExtendedLimits, limits_of


@pytest.mark.skipif(sys.maxsize < 2**32, reason="the layout of 64-bit Windows")
def test_the_structures_lie_as_in_winnt_h() -> None:
    assert ctypes.sizeof(BasicLimits) == 64
    assert ctypes.sizeof(ExtendedLimits) == 144
    assert BasicLimits.LimitFlags.offset == 16
    assert BasicLimits.ActiveProcessLimit.offset == 40
    assert ExtendedLimits.ProcessMemoryLimit.offset == 112


def test_one_process_with_its_memory_and_no_other() -> None:
    limits = limits_of(3 * 2**30)
    flags = limits.BasicLimitInformation.LimitFlags
    assert limits.ProcessMemoryLimit == 3 * 2**30
    assert limits.BasicLimitInformation.ActiveProcessLimit == 1
    assert flags & LIMIT_PROCESS_MEMORY
    assert flags & LIMIT_ACTIVE_PROCESS

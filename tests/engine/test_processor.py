from __future__ import annotations

import sys

import pytest

from engine.processor import linux_processor, processor

X86 = """processor\t: 0
model name\t: AMD EPYC
flags\t\t: fpu sse4_2 avx2 avx512f

processor\t: 1
model name\t: AMD EPYC
flags\t\t: fpu sse4_2 avx2
"""
ARM = """processor\t: 0
Features\t: fp asimd asimddp
CPU part\t: 0xd0c
"""


def test_only_what_every_core_lists_is_listed() -> None:
    here = linux_processor(X86, ("sse4_2", "avx2", "avx512f"))
    assert here.name == "AMD EPYC"
    assert here.lists == {"sse4_2": True, "avx2": True, "avx512f": False}
    assert here.lacks(("avx2", "avx512f")) == ("avx512f",)


def test_an_arm_processor_is_called_by_its_part() -> None:
    here = linux_processor(ARM, ("asimddp", "i8mm"))
    assert (here.name, here.lists) == ("0xd0c", {"asimddp": True, "i8mm": False})


def test_a_machine_that_tells_nothing_lacks_nothing() -> None:
    here = linux_processor("", ("avx2",))
    assert here.name
    assert here.lacks(("avx2",)) == ()


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc/cpuinfo")
def test_this_machine() -> None:
    here = processor(("no_such_instruction",))
    assert here.name
    assert here.lacks(("no_such_instruction",)) == ("no_such_instruction",)

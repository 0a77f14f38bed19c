from __future__ import annotations

import sys

import pytest

from engine.processor import linux_processor, mac_processor, processor

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


INTEL_MAC = """machdep.cpu.brand_string: Intel(R) Core(TM) i7-1068NG7 CPU @ 2.30GHz
machdep.cpu.features: FPU VME SSE4.1 SSE4.2 FMA AVX1.0 F16C
machdep.cpu.leaf7_features: RDWRFSGS BMI1 AVX2 BMI2 AVX512F AVX512VNNI
hw.optional.floatingpoint: 1
"""
APPLE_MAC = """machdep.cpu.brand_string: Apple M2
hw.optional.arm.FEAT_DotProd: 1
hw.optional.arm.FEAT_AdvSIMD: 1
hw.optional.arm.FEAT_SME: 0
"""


def test_the_processors_of_macs() -> None:
    intel = mac_processor(INTEL_MAC, ("sse4_2", "avx", "avx2", "avx512_vnni", "avx512_bf16", "asimd"))
    assert intel.name == "Intel(R) Core(TM) i7-1068NG7 CPU @ 2.30GHz"
    assert intel.lists == {"sse4_2": True, "avx": True, "avx2": True, "avx512_vnni": True}
    apple = mac_processor(APPLE_MAC, ("avx2", "asimd", "asimddp", "i8mm", "sme"))
    assert (apple.name, apple.lists) == ("Apple M2", {"asimd": True, "asimddp": True, "sme": False})
    assert apple.lacks(("asimddp", "i8mm", "sme")) == ("sme",), "what it doesn't tell of is not lacking"
    assert mac_processor("", ("avx2",)).lists == {}


def test_a_machine_that_tells_nothing_lacks_nothing() -> None:
    here = linux_processor("", ("avx2",))
    assert here.name
    assert here.lacks(("avx2",)) == ()


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc/cpuinfo")
def test_this_machine() -> None:
    here = processor(("no_such_instruction",))
    assert here.name
    assert here.lacks(("no_such_instruction",)) == ("no_such_instruction",)

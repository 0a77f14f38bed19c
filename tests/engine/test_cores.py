"""The cores to compute on, by what each system says of them."""

from __future__ import annotations

import platform
import struct
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import cores
from engine.cores import computing_cores, cores_in, fast_cores, group_in, processors_in, quota_in
from engine.hardware import suggested_threads


@pytest.mark.parametrize(
    ("listed", "numbers"), [("0-3,8\n", {0, 1, 2, 3, 8}), ("5", {5}), ("", set()), ("0,2-2", {0, 2})]
)
def test_a_list_of_processors(listed: str, numbers: set[int]) -> None:
    assert processors_in(listed) == numbers


@given(st.sets(st.integers(0, 300), min_size=1))
def test_a_list_gives_back_what_was_written(numbers: set[int]) -> None:
    assert processors_in(",".join(map(str, sorted(numbers)))) == numbers


def pairs(cores: int) -> dict[int, str]:
    """Two threads a core, as Linux numbers them on most laptops: 0 and 1 share the first."""
    return {number: f"{number // 2 * 2}-{number // 2 * 2 + 1}" for number in range(2 * cores)}


def test_two_threads_of_a_core_are_one_core() -> None:
    assert fast_cores(pairs(4), {}, range(8)) == 4
    assert fast_cores(pairs(4), {}, [0, 1, 2]) == 2, "only those that this process may use"
    assert fast_cores({}, {}, range(4)) == 4, "nothing is said: each is a core"


def test_an_intel_laptop_with_two_kinds_of_cores() -> None:
    # i7-1260P: four performance cores with two threads each (0 to 7), eight efficiency cores (8 to 15), in kHz.
    siblings = pairs(4) | {number: str(number) for number in range(8, 16)}
    frequencies = dict.fromkeys(range(8), 4_700_000) | dict.fromkeys(range(8, 16), 3_400_000)
    assert fast_cores(siblings, frequencies, range(16)) == 12, "by frequency alone the kinds are too near"
    assert fast_cores(siblings, {}, processors_in("0-7")) == 4, "which is why its device of fast cores is asked first"


def test_cores_of_one_kind_whose_best_differ_a_little_all_count() -> None:
    siblings = pairs(4)
    assert fast_cores(siblings, {0: 5_100_000, 1: 5_100_000} | dict.fromkeys(range(2, 8), 4_900_000), range(8)) == 4


def test_an_arm_processor_with_three_kinds() -> None:
    capacity = dict.fromkeys(range(4), 250) | dict.fromkeys(range(4, 7), 870) | {7: 1024}
    assert fast_cores({}, capacity, range(8)) == 4
    assert fast_cores({}, capacity, range(4)) == 4, "where only slow ones may be used, they are the fastest there are"


@given(st.dictionaries(st.integers(0, 15), st.integers(1, 1024)), st.sets(st.integers(0, 15), min_size=1))
def test_there_is_always_a_core_and_never_more_than_processors(capacity: dict[int, int], usable: set[int]) -> None:
    assert 1 <= fast_cores(pairs(8), capacity, usable) <= len(usable)


@pytest.mark.parametrize(
    ("text", "quota"),
    [("200000 100000\n", 2.0), ("150000 100000", 1.5), ("max 100000", None), ("", None), ("what is this", None)],
)
def test_the_quota_of_a_container(text: str, quota: float | None) -> None:
    assert quota_in(text) == quota


def test_the_group_of_a_process_in_both_versions() -> None:
    old = "9:name=systemd:/\n4:memory:/one\n2:cpu,cpuacct:/docker/two\n0::/three\n"
    assert str(group_in(old)) == "/three"
    assert str(group_in(old, "cpu")) == "/docker/two"
    assert str(group_in("0::/system.slice/a:b.service\n")) == "/system.slice/a:b.service"
    assert group_in("4:memory:/one\n") is None
    assert group_in("") is None


def windows_core(efficiency: int, mask: int, group: int = 0, relation: int = 0) -> bytes:
    """One SYSTEM_LOGICAL_PROCESSOR_INFORMATION_EX, as winnt.h lays it out for 64 bits."""
    relationship = struct.pack("<BB20xH", 1, efficiency, 1) + struct.pack("<QH6x", mask, group)
    return struct.pack("<II", relation, 8 + len(relationship)) + relationship


def test_the_fast_cores_of_windows() -> None:
    hybrid = b"".join([windows_core(1, 0b11), windows_core(1, 0b1100), *(windows_core(0, 1 << n) for n in range(4, 8))])
    assert cores_in(hybrid) == 2
    assert cores_in(hybrid, [0, 1, 4, 5]) == 1
    assert cores_in(hybrid, [4, 5]) == 2
    assert cores_in(windows_core(0, 1) * 6) == 6
    assert cores_in(windows_core(0, 1, group=0) + windows_core(0, 1, group=1)) == 2
    assert cores_in(windows_core(3, 1, relation=2) + windows_core(0, 1)) == 1, "other records are passed over"


@given(st.binary(max_size=300))
def test_broken_records_end_the_count(records: bytes) -> None:
    assert 0 <= cores_in(records) <= len(records)
    assert cores_in(b"") == 0


class Linux:
    """Files as Linux shows them, of a processor with these logical processors."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch, count: int) -> None:
        self._folder = folder
        for name in ("_PROCESSORS", "_FAST_PROCESSORS", "_CGROUPS", "_OWN_GROUPS"):
            monkeypatch.setattr(cores, name, folder / name)
        process = SimpleNamespace(cpu_affinity=lambda: list(range(count)))
        monkeypatch.setattr(psutil, "Process", lambda: process)
        monkeypatch.setattr(platform, "system", lambda: "Linux")

    def has(self, name: str, text: str) -> None:
        path = self._folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text + "\n", encoding="ascii")

    def cores(self) -> int:
        return computing_cores.__wrapped__()


@pytest.fixture
def linux(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Linux:
    """Eight logical processors on four cores."""
    machine = Linux(tmp_path, monkeypatch, 8)
    for number, siblings in pairs(4).items():
        machine.has(f"_PROCESSORS/cpu{number}/topology/core_cpus_list", siblings)
    return machine


def test_a_laptop_of_one_kind_of_cores(linux: Linux) -> None:
    assert linux.cores() == 4


def test_the_device_of_fast_cores_goes_before_all(linux: Linux) -> None:
    linux.has("_FAST_PROCESSORS", "0-3")
    assert linux.cores() == 2
    linux.has("_FAST_PROCESSORS", "no list")
    assert linux.cores() >= 1


def test_a_container_has_the_cores_of_its_quota(linux: Linux) -> None:
    linux.has("_OWN_GROUPS", "0::/pods/one")
    linux.has("_CGROUPS/pods/one/cpu.max", "max 100000")
    assert linux.cores() == 4
    linux.has("_CGROUPS/pods/cpu.max", "250000 100000")
    assert linux.cores() == 2, "what holds the group above it holds it too"
    linux.has("_CGROUPS/pods/one/cpu.max", "50000 100000")
    assert linux.cores() == 1, "half a processor is one thread"


def test_a_container_of_the_first_version(linux: Linux) -> None:
    linux.has("_OWN_GROUPS", "3:cpu,cpuacct:/one")
    linux.has("_CGROUPS/cpu/one/cpu.cfs_quota_us", "300000")
    linux.has("_CGROUPS/cpu/one/cpu.cfs_period_us", "100000")
    assert linux.cores() == 3
    linux.has("_CGROUPS/cpu/one/cpu.cfs_quota_us", "-1")
    assert linux.cores() == 4


def test_a_system_that_shows_no_files_has_its_processors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert Linux(tmp_path, monkeypatch, 3).cores() == 3


def test_this_machine() -> None:
    assert computing_cores() == suggested_threads() >= 1

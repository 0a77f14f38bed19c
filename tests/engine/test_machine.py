"""What this machine has beside memory and cores."""

from __future__ import annotations

import shutil
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest

from engine import machine
from engine.kernels import GPU, INSTALLED
from engine.machine import INSTRUCTIONS, accelerator, disk_free, instructions, is_on_battery
from engine.processor import Processor


def test_the_disk_of_a_folder_that_is_still_to_be_made(tmp_path: Path) -> None:
    assert 0 < disk_free(tmp_path / "not" / "there") <= shutil.disk_usage(tmp_path).total
    (tmp_path / "file").touch()
    assert disk_free(tmp_path / "file" / "below") > 0


def test_a_disk_that_may_not_be_looked_at_has_nothing_to_offer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> None:
        raise PermissionError

    monkeypatch.setattr(machine.shutil, "disk_usage", refuse)
    assert disk_free(tmp_path) == 0


def test_instructions_are_those_that_the_processor_lists_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    lists = {"avx512f": False, "fma": True, "avx2": True}
    monkeypatch.setattr(machine, "processor", lambda _: Processor("one", lists))
    assert instructions() == ("fma", "avx2")


def test_this_machine_lists_some() -> None:
    assert set(instructions()) <= set(INSTRUCTIONS)
    assert len(set(INSTRUCTIONS)) == len(INSTRUCTIONS)


@pytest.mark.parametrize(("library", "kernel", "gpu"), [
    ("libggml-metal.dylib", GPU, "Metal"), ("libggml-metal.dylib", INSTALLED, ""), ("libggml-cpu.so", INSTALLED, ""),
    ("ggml-cuda.dll", GPU, "CUDA"),
])  # fmt: skip
def test_the_gpu_is_the_one_that_computes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, library: str, kernel: str, gpu: str
) -> None:
    (tmp_path / library).touch()
    monkeypatch.setattr(machine, "installed_libraries", lambda: tmp_path)
    monkeypatch.setattr(machine, "this_machine", lambda: SimpleNamespace(chosen=lambda: SimpleNamespace(name=kernel)))
    assert accelerator() == gpu


@pytest.mark.parametrize(("plugged", "on_battery"), [(False, True), (True, False), (None, False)])
def test_a_laptop_says_whether_it_is_plugged_in(
    monkeypatch: pytest.MonkeyPatch, plugged: bool | None, on_battery: bool
) -> None:
    monkeypatch.setattr(psutil, "sensors_battery", lambda: SimpleNamespace(power_plugged=plugged), raising=False)
    assert is_on_battery() is on_battery
    monkeypatch.setattr(psutil, "sensors_battery", lambda: None, raising=False)
    assert is_on_battery() is False
    monkeypatch.delattr(psutil, "sensors_battery")
    assert is_on_battery() is False

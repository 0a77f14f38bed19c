from __future__ import annotations

import re
from pathlib import Path

import build_kernels
import pytest
from build_kernels import BASELINE, INSTRUCTIONS, OPTIONS, PLANS, BuildError, installed_settings, plans_for, step

ROOT = Path(__file__).parents[2]


def test_every_option_is_settled_and_never_amx_or_native() -> None:
    for plan in PLANS["x86_64"]:
        said = dict(re.fullmatch(r"-DGGML_(\w+)=(ON|OFF)", setting).groups() for setting in plan.settings)  # type: ignore[union-attr]
        assert set(said) == set(OPTIONS)
        assert not any(value == "ON" for option, value in said.items() if option.startswith("AMX"))
        required = {each for option, value in said.items() if value == "ON" for each in INSTRUCTIONS[option]}
        assert set(plan.requires) == required


def test_only_what_requires_less_than_the_installed_is_modest() -> None:
    baseline = {each for option in BASELINE for each in INSTRUCTIONS[option]}
    for plan in PLANS["x86_64"]:
        assert plan.is_modest == (set(plan.requires) < baseline)
        assert set(plan.requires) != baseline  # that one is installed


@pytest.mark.parametrize(
    ("system", "machine", "names"),
    [
        ("linux", "x86_64", ["avx512-bf16", "avx512", "avx2-vnni", "sse42"]),
        ("win32", "AMD64", ["avx512-bf16", "avx512", "avx2-vnni", "sse42"]),
        ("linux", "aarch64", ["i8mm", "dotprod"]),
        ("win32", "ARM64", []),
        ("darwin", "arm64", []),
        ("darwin", "x86_64", []),
        ("linux", "riscv64", []),
    ],
)
def test_each_kind_of_machine_has_its_own(system: str, machine: str, names: list[str]) -> None:
    assert [plan.name for plan in plans_for(system, machine)] == names


def test_the_settings_are_those_of_the_installed_library() -> None:
    settings = installed_settings((ROOT / "packaging" / "llama-cpp.txt").read_text(encoding="utf-8"))
    assert "-DGGML_NATIVE=OFF" in settings
    assert all(re.fullmatch(r"-D\w+=(ON|OFF)", setting) for setting in settings)
    with pytest.raises(BuildError):
        installed_settings("llama-cpp-python\n")


def test_the_installed_llama_cpp_says_what_it_is() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+ \S+", build_kernels.installed_ggml())


def test_a_step_that_fails_is_a_sentence() -> None:
    with pytest.raises(BuildError, match="It failed"):
        step(["no-such-program"], "It failed.")

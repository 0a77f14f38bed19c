from __future__ import annotations

from pathlib import Path

import pytest

from engine.kernel_choice import KernelChoice
from engine.kernel_proof import Finding, Verdict
from engine.kernels import INSTALLED, Kernel
from engine.processor import Processor
from rag.errors import LANGUAGES
from rag.kernel_checks import kernel_checks
from rag.protocol import Check

HERE = Processor("here", {"amx_int8": False})


def choice(folder: Path, *kernels: Kernel, demanded: str = "", verdict: Verdict = Verdict.PROVEN) -> KernelChoice:
    def prove(kernel: Kernel) -> Finding:
        return Finding(kernel.name, verdict, 0.0125 if verdict is Verdict.PROVEN else 0.0, "-4")

    return KernelChoice((*kernels, Kernel(INSTALLED)), HERE, folder / "kernels.json", prove, demanded)


def test_where_none_was_built_the_installed_one_is_named(tmp_path: Path) -> None:
    checks = list(kernel_checks(choice(tmp_path), "en"))
    assert checks == [Check("kernel", "installed, llama.cpp’s own: no other was built", is_well=True)]


def test_what_was_tried_is_told_of_each(tmp_path: Path) -> None:
    chosen, lacking, installed = kernel_checks(choice(tmp_path, Kernel("amx", ("amx_int8",))), "en")
    assert chosen == Check("kernel", INSTALLED, is_well=True)
    assert lacking == Check("kernel amx", "not tried: this processor does not list amx_int8", is_well=True)
    assert installed.value == "proven, in 12.5 ms for the products that try it"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("verdict", [each for each in Verdict if each is not Verdict.NOT_LISTED])
def test_every_verdict_has_its_words(verdict: Verdict, language: str, tmp_path: Path) -> None:
    checks = list(kernel_checks(choice(tmp_path, Kernel("fast"), verdict=verdict), language))
    assert [check.name for check in checks] == ["kernel", "kernel fast", "kernel installed"]
    assert all("{" not in check.value and "?" not in check.value for check in checks)
    assert checks[1].is_well == (verdict is not Verdict.DAMAGED)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_environment_demands_is_told(language: str, tmp_path: Path) -> None:
    demanded = next(iter(kernel_checks(choice(tmp_path, Kernel("fast"), demanded="fast"), language)))
    assert demanded.is_well
    assert "PHIAL_KERNEL" in demanded.value
    unknown = next(iter(kernel_checks(choice(tmp_path, Kernel("fast"), demanded="quantum"), language)))
    assert not unknown.is_well
    assert "quantum" in unknown.value

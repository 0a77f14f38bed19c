"""What the doctor says of the kernels: which were tried on this machine, which one computes, and why."""

from __future__ import annotations

from collections.abc import Iterator

from engine.kernel_choice import KernelChoice
from engine.kernel_proof import Verdict
from rag.errors import text
from rag.protocol import Check


def kernel_checks(choice: KernelChoice, language: str) -> Iterator[Check]:
    """The kernel that computes, then what was found of each that there is; they are tried now if they never were."""
    name, demanded = choice.chosen().name, choice.demanded
    findings = choice.findings()
    if not demanded:
        yield Check("kernel", name if findings else text("kernel_alone", language, name=name), is_well=True)
    elif choice.is_forced:
        yield Check("kernel", text("kernel_demanded", language, name=name), is_well=True)
    else:
        yield Check("kernel", text("kernel_unknown", language, name=name, demanded=demanded), is_well=False)
    for finding in findings:
        value = text(
            f"kernel_{finding.verdict.value}",
            language,
            details=finding.details,
            milliseconds=round(finding.seconds * 1_000, 1),
        )
        # What a machine forbids is no fault of the installation; a damaged file is.
        yield Check(f"kernel {finding.name}", value, is_well=finding.verdict is not Verdict.DAMAGED)

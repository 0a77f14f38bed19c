"""Which kernel this machine computes with: the fastest of those that have proven themselves on it.

A processor's list of instructions is no proof: a hypervisor can forbid what it lists. So each kernel whose instructions
are listed computes in a process of its own first, once a machine: what came of it is written down, and found out again
where the processor, the kernels or llama.cpp are others. Decision 0149.
"""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import hashlib
import os
import threading
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import ClassVar

from engine import paths
from engine.endings import crashed
from engine.frames import Codec, FrameError, Message
from engine.kernel_proof import Finding, Verdict, is_illegal_instruction, prove
from engine.kernels import GPU, INSTALLED, Kernel, installed_libraries, kernels_in
from engine.processor import Processor, processor

DEMANDED_VARIABLE = "PHIAL_KERNEL"
"""Names the kernel to use, proven or not: for whoever helps somebody else."""

_RECORD = "kernels.json"
UNTRIED = Verdict.UNTRIED


@dataclasses.dataclass(frozen=True)
class _Record(Message):
    """What was found on the machine that ``machine`` stands for."""

    type: ClassVar[str] = "kernel_record"
    machine: str
    findings: tuple[Finding, ...]


_CODEC = Codec(1, [_Record])


class KernelChoice:
    """The kernels that there are for this machine, and which is used. Safe from any thread."""

    def __init__(
        self,
        kernels: Sequence[Kernel],
        here: Processor,
        record: Path,
        prove_kernel: Callable[[Kernel], Finding] = prove,
        demanded: str = "",
    ) -> None:
        """``kernels`` come in the order of ``kernels_in``; ``record`` is the file that remembers what was found."""
        self._kernels = {kernel.name: kernel for kernel in kernels}
        self._here = here
        self._file = record
        self._prove = prove_kernel
        self.demanded = demanded
        self._machine = _fingerprint(kernels, here)
        self._findings: tuple[Finding, ...] = ()
        self._turn = threading.Lock()

    @property
    def is_forced(self) -> bool:
        """Whether the kernel that is demanded is there; it is used then."""
        return self.demanded in self._kernels

    def chosen(self) -> Kernel:
        """The kernel to use. Where it isn't known yet, finding out takes a second a kernel."""
        if self.is_forced:
            return self._kernels[self.demanded]
        return self._kernels[best(each for each in self.findings() if self._kernels[each.name].is_there)]

    def findings(self) -> tuple[Finding, ...]:
        """What is known of each kernel, in their order; nothing where there is no choice."""
        with self._turn:
            if len(self._kernels) > 1:
                if not self._findings:
                    self._findings = self._remembered() or tuple(Finding(name, UNTRIED) for name in self._kernels)
                self._try_what_is_needed()
            return self._findings

    def strike(self, kernel: Kernel, exit_status: int) -> bool:
        """Use ``kernel`` no more, where ``exit_status`` of a model's process says that it is to blame. Says whether.

        A GPU's is blamed for whatever crash of its process, a processor's only for an instruction that was forbidden.
        """
        if not is_illegal_instruction(exit_status) and not (kernel.name == GPU and crashed(exit_status)):
            return False
        known = self.findings()
        with self._turn:
            self._findings = tuple(
                Finding(each.name, Verdict.STRUCK, details=str(exit_status)) if each.name == kernel.name else each
                for each in known
            )
            self._remember()
        return True

    def _try_what_is_needed(self) -> None:
        """Try what is untried: the modest kernels only where none of the others is of use."""
        for is_modest in (False, True):
            if is_modest and any(each.verdict is Verdict.PROVEN for each in self._findings):
                return
            wanted = [
                each.name
                for each in self._findings
                if each.verdict is UNTRIED and self._kernels[each.name].is_modest is is_modest
            ]
            if wanted:
                self._findings = tuple(
                    self._tried(self._kernels[each.name]) if each.name in wanted else each for each in self._findings
                )
                self._remember()

    def _tried(self, kernel: Kernel) -> Finding:
        lacking = self._here.lacks(kernel.requires)
        if lacking:
            return Finding(kernel.name, Verdict.NOT_LISTED, details=" ".join(lacking))
        return self._prove(kernel)

    def _remembered(self) -> tuple[Finding, ...]:
        try:
            record = _CODEC.decode(self._file.read_bytes())
        except (OSError, FrameError):
            return ()
        assert isinstance(record, _Record)  # noqa: S101 - the codec knows no other message
        is_of_here = record.machine == self._machine and [each.name for each in record.findings] == [*self._kernels]
        return record.findings if is_of_here else ()

    def _remember(self) -> None:
        # What can't be written down is found out again the next time.
        with contextlib.suppress(OSError):
            paths.replace_file(self._file, _CODEC.encode(_Record(self._machine, self._findings)))


_first = threading.Lock()


def this_machine() -> KernelChoice:
    """The choice of this machine, one for the whole process: two that are made at once would try every kernel twice."""
    with _first:
        return _this_machine()


@functools.cache
def _this_machine() -> KernelChoice:
    kernels = kernels_in(paths.kernels(), installed_libraries())
    asked = tuple(sorted({name for kernel in kernels for name in kernel.requires}))
    return KernelChoice(
        kernels, processor(asked), paths.home() / _RECORD, demanded=os.environ.get(DEMANDED_VARIABLE, "")
    )


def best(findings: Iterable[Finding]) -> str:
    """The name of the kernel to use: a GPU that is proven, else the fastest, else the installed one."""
    proven = [each for each in findings if each.verdict is Verdict.PROVEN]
    return min(proven, key=lambda each: (each.name != GPU, each.seconds)).name if proven else INSTALLED


def _fingerprint(kernels: Iterable[Kernel], here: Processor) -> str:
    """What the findings depend on, as one word."""
    described = [f"{kernel.name} {kernel.sha256} {kernel.ggml}" for kernel in kernels]
    described += [here.name, *(f"{name} {is_listed}" for name, is_listed in sorted(here.lists.items()))]
    return hashlib.sha256("\n".join(described).encode()).hexdigest()

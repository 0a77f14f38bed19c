"""Has a kernel prove itself in a process of its own, so that what it does to that process says whether it is of use."""

from __future__ import annotations

import dataclasses
import signal
import subprocess
from enum import StrEnum
from typing import ClassVar

from engine.frames import Codec, FrameError, Message
from engine.kernels import Kernel
from engine.links import Child, LinkClosed, start_child

PROOF_SECONDS = 20.0
"""After so long without a result a kernel is given up; on a laptop that is busy a proof takes one."""

DYING_SECONDS = 5.0
"""How long a process whose link has closed is given to end by itself, and so to say what ended it."""

LARGEST_ERROR = 0.03
"""Of a product, as a share of the right one's length. Quantizing the activations, as every kernel does, makes a quarter
of that; one wrong number in each block of 32 would make six times as much."""

_ILLEGAL_INSTRUCTION = 0xC000001D  # Windows' STATUS_ILLEGAL_INSTRUCTION


@dataclasses.dataclass(frozen=True)
class Proven(Message):
    """What the products gave.

    ``error`` is the largest of all, as a share of the right result's length (1 where one was no number); ``seconds``
    are those of the two products that a prompt mostly waits for; ``ggml`` is the version and commit that computed them.
    """

    type: ClassVar[str] = "proven"
    error: float
    seconds: float
    ggml: str


CODEC = Codec(1, [Proven])


class Verdict(StrEnum):
    """How a kernel and a machine get on."""

    PROVEN = "proven"  # details: the error
    NOT_LISTED = "not_listed"  # details: the instructions that the processor says it lacks
    FORBIDDEN = "forbidden"  # the processor lists its instructions, and does not allow them
    CRASHED = "crashed"  # details: the exit status
    SILENT = "silent"
    WRONG = "wrong"  # details: the error
    DAMAGED = "damaged"  # its file is not the one that was built, or is for another llama.cpp
    STRUCK = "struck"  # it was proven, and then a model's process died of it
    UNTRIED = "untried"  # a more capable one is of use


@dataclasses.dataclass(frozen=True)
class Finding:
    """What was found of the kernel called ``name``; ``seconds`` of its products, 0 where they weren't right."""

    name: str
    verdict: Verdict
    seconds: float = 0.0
    details: str = ""


def prove(kernel: Kernel, module: str = "engine.kernel_product", seconds: float = PROOF_SECONDS) -> Finding:
    """Have ``kernel`` compute in a process of ``module``, and wait for what comes of it up to ``seconds``."""
    if not kernel.is_whole:
        return Finding(kernel.name, Verdict.DAMAGED)
    try:
        child = start_child(module, CODEC, environment=kernel.environment)
    except OSError as error:
        return Finding(kernel.name, Verdict.CRASHED, details=str(error.errno))
    try:
        if not child.link.has_message(seconds):
            return Finding(kernel.name, Verdict.SILENT)
        said = child.link.receive()
    except (LinkClosed, FrameError):
        return _ended(kernel, child)
    finally:
        child.kill()
    assert isinstance(said, Proven)  # noqa: S101 - the codec knows no other message
    if kernel.ggml not in {"", said.ggml}:
        return Finding(kernel.name, Verdict.DAMAGED, details=said.ggml)
    verdict = Verdict.PROVEN if said.error <= LARGEST_ERROR else Verdict.WRONG
    return Finding(kernel.name, verdict, said.seconds if verdict is Verdict.PROVEN else 0.0, f"{said.error:.4f}")


def is_illegal_instruction(exit_status: int) -> bool:
    """Whether a process ended with ``exit_status`` because its processor would not carry out an instruction."""
    return exit_status in {-signal.SIGILL, _ILLEGAL_INSTRUCTION}


def _ended(kernel: Kernel, child: Child) -> Finding:
    try:
        status = child.process.wait(DYING_SECONDS)
    except subprocess.TimeoutExpired:
        return Finding(kernel.name, Verdict.SILENT)
    verdict = Verdict.FORBIDDEN if is_illegal_instruction(status) else Verdict.CRASHED
    return Finding(kernel.name, verdict, details=str(status))

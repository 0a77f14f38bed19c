from __future__ import annotations

import contextlib
import functools
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import kernel_choice, running_process
from engine.errors import EngineProblem, PhialError
from engine.kernel_choice import DEMANDED_VARIABLE, KernelChoice, best, this_machine
from engine.kernel_proof import Finding, Verdict
from engine.kernels import GPU, INSTALLED, Kernel
from engine.messages import ChatMessage, CountPrompt
from engine.processor import Processor
from engine.running import RunningModel

ILLEGAL, ABORTED, KILLED = -4, -6, -9
HERE = Processor("here", {"avx512f": True, "amx_int8": False})
FAST, SLOW = Kernel("fast", ("avx512f",)), Kernel(INSTALLED)
OLD = Kernel("old", is_modest=True)


class Proofs:
    """Stands for the processes: what each kernel comes to, and which were tried."""

    def __init__(self, **verdicts: Verdict) -> None:
        self.verdicts = verdicts
        self.tried: list[str] = []

    def __call__(self, kernel: Kernel) -> Finding:
        self.tried.append(kernel.name)
        verdict = self.verdicts.get(kernel.name, Verdict.PROVEN)
        seconds = {"fast": 1.0, "other": 2.0, INSTALLED: 3.0, GPU: 4.0}.get(kernel.name, 9.0)
        return Finding(kernel.name, verdict, seconds if verdict is Verdict.PROVEN else 0.0)


@pytest.fixture
def choose(tmp_path: Path) -> Callable[..., KernelChoice]:
    def made(proofs: Proofs, *kernels: Kernel, here: Processor = HERE, demanded: str = "") -> KernelChoice:
        return KernelChoice(kernels, here, tmp_path / "kernels.json", proofs, demanded)

    return made


def test_the_only_kernel_is_not_tried(choose, tmp_path: Path) -> None:
    proofs = Proofs()
    choice = choose(proofs, SLOW)
    assert choice.chosen() is SLOW
    assert choice.findings() == ()
    assert proofs.tried == []
    assert not (tmp_path / "kernels.json").exists()


def test_the_fastest_of_the_proven_is_chosen_and_the_modest_is_kept(choose) -> None:
    proofs = Proofs()
    choice = choose(proofs, FAST, SLOW, OLD)
    assert choice.chosen() is FAST
    assert [each.verdict for each in choice.findings()] == [Verdict.PROVEN, Verdict.PROVEN, Verdict.UNTRIED]
    assert proofs.tried == ["fast", INSTALLED]


@pytest.mark.parametrize(
    "verdict", [Verdict.FORBIDDEN, Verdict.CRASHED, Verdict.SILENT, Verdict.WRONG, Verdict.DAMAGED]
)
def test_one_that_fails_gives_way(verdict: Verdict, choose) -> None:
    assert choose(Proofs(fast=verdict), FAST, SLOW).chosen() is SLOW


def test_the_modest_is_tried_where_nothing_else_works(choose) -> None:
    proofs = Proofs(fast=Verdict.FORBIDDEN, installed=Verdict.FORBIDDEN)
    assert choose(proofs, FAST, SLOW, OLD).chosen() is OLD
    assert proofs.tried == ["fast", INSTALLED, "old"]


def test_where_nothing_works_the_installed_one_is_left(choose) -> None:
    proofs = Proofs(**dict.fromkeys(("fast", INSTALLED, "old"), Verdict.CRASHED))
    assert choose(proofs, FAST, SLOW, OLD).chosen() is SLOW


def test_what_the_processor_lacks_is_not_tried(choose) -> None:
    proofs = Proofs()
    choice = choose(proofs, Kernel("other", ("avx512f", "amx_int8")), SLOW)
    assert choice.findings()[0] == Finding("other", Verdict.NOT_LISTED, details="amx_int8")
    assert proofs.tried == [INSTALLED]


def test_what_the_system_tells_nothing_of_is_tried(choose) -> None:
    proofs = Proofs()
    assert choose(proofs, Kernel("other", ("avx_vnni",)), SLOW).chosen().name == "other"


def test_what_was_found_is_remembered_for_the_machine(choose) -> None:
    choose(Proofs(fast=Verdict.WRONG), FAST, SLOW).chosen()
    again = Proofs()
    assert choose(again, FAST, SLOW).chosen() is SLOW
    assert again.tried == []


@pytest.mark.parametrize(
    ("kernels", "here"),
    [
        ((FAST, SLOW), Processor("another", HERE.lists)),
        ((FAST, SLOW), Processor("here", {"avx512f": True, "amx_int8": True})),
        ((Kernel("fast", ("avx512f",), sha256="other"), SLOW), HERE),
        ((FAST, Kernel(INSTALLED, sha256="other")), HERE),
        ((FAST, Kernel("other"), SLOW), HERE),
    ],
    ids=["processor", "instructions", "library", "llama.cpp", "kernels"],
)
def test_another_machine_is_tried_anew(kernels: tuple[Kernel, ...], here: Processor, choose) -> None:
    choose(Proofs(), FAST, SLOW).chosen()
    again = Proofs()
    choose(again, *kernels, here=here).chosen()
    assert again.tried == [kernel.name for kernel in kernels]


@pytest.mark.parametrize(
    "record",
    [b"", b"\xff", b'{"v":1,"type":"kernel_record"}', b'{"v":1,"type":"kernel_record","machine":"","findings":[]}'],
)
def test_a_record_that_is_none_is_made_anew(record: bytes, choose, tmp_path: Path) -> None:
    (tmp_path / "kernels.json").write_bytes(record)
    proofs = Proofs()
    assert choose(proofs, FAST, SLOW).chosen() is FAST
    assert proofs.tried == ["fast", INSTALLED]


def test_one_whose_file_has_gone_since_is_passed_over(choose, tmp_path: Path) -> None:
    (tmp_path / "libggml-cpu.so").touch()
    fast = Kernel("fast", library=tmp_path / "libggml-cpu.so")
    choice = choose(Proofs(), fast, SLOW)
    assert choice.chosen() is fast
    (tmp_path / "libggml-cpu.so").unlink()
    assert choice.chosen() is SLOW


def test_a_record_that_cannot_be_written_costs_only_the_memory(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    choice = KernelChoice((FAST, SLOW), HERE, tmp_path / "file" / "kernels.json", Proofs())
    assert choice.chosen() is FAST


def test_a_gpu_that_is_proven_goes_before_whatever_is_faster_at_the_small_product(choose) -> None:
    assert choose(Proofs(), Kernel(GPU), FAST, SLOW).chosen().name == GPU
    assert (
        choose(Proofs(gpu=Verdict.CRASHED), Kernel(GPU), Kernel("fast", ("avx512f",), sha256="b"), SLOW).chosen().name
        == "fast"
    )


def test_a_demanded_kernel_is_used_untried(choose) -> None:
    proofs = Proofs()
    choice = choose(proofs, FAST, SLOW, demanded=INSTALLED)
    assert choice.is_forced
    assert choice.chosen() is SLOW
    assert proofs.tried == []
    stranger = choose(proofs, FAST, SLOW, demanded="quantum")
    assert not stranger.is_forced
    assert stranger.chosen() is FAST


def test_a_forbidden_instruction_strikes_a_kernel_for_good(choose) -> None:
    choice = choose(Proofs(), FAST, SLOW)
    assert choice.strike(choice.chosen(), ILLEGAL)
    assert choice.chosen() is SLOW
    again = Proofs()
    assert choose(again, FAST, SLOW).findings()[0] == Finding("fast", Verdict.STRUCK, details="-4")
    assert again.tried == []


def test_when_the_installed_one_is_struck_the_modest_one_is_tried(choose) -> None:
    choice = choose(Proofs(fast=Verdict.FORBIDDEN), FAST, SLOW, OLD)
    assert choice.strike(choice.chosen(), ILLEGAL)
    assert choice.chosen() is OLD


@pytest.mark.parametrize(
    ("kernel", "status", "is_struck"),
    [(FAST, ABORTED, False), (FAST, KILLED, False), (FAST, 1, False), (Kernel(GPU), ABORTED, True),
     (Kernel(GPU), KILLED, False), (Kernel(GPU), 0, False), (Kernel(GPU), 0xC0000005, True)],
)  # fmt: skip
def test_what_a_kernel_is_blamed_for(kernel: Kernel, status: int, is_struck: bool, choose) -> None:
    choice = choose(Proofs(), kernel, SLOW)
    assert choice.strike(kernel, status) is is_struck
    assert (choice.chosen() is SLOW) is is_struck


@given(
    st.lists(
        st.builds(Finding, st.sampled_from(["a", "b", "c", GPU]), st.sampled_from(Verdict), st.floats(0.0, 9.0)),
        max_size=6,
    )
)
def test_the_best_is_proven_or_installed(findings: list[Finding]) -> None:
    proven = [each for each in findings if each.verdict is Verdict.PROVEN]
    name = best(findings)
    if not proven:
        assert name == INSTALLED
    elif any(each.name == GPU for each in proven):
        assert name == GPU
    else:
        assert name in {each.name for each in proven if each.seconds == min(other.seconds for other in proven)}


def test_the_tests_use_the_installed_kernel() -> None:
    assert os.environ[DEMANDED_VARIABLE] == INSTALLED
    assert this_machine().chosen().name == INSTALLED


def test_who_asks_at_the_same_time_gets_the_same_choice(monkeypatch: pytest.MonkeyPatch) -> None:
    both = threading.Barrier(2)

    def make(*_: object, **__: object) -> object:
        with contextlib.suppress(threading.BrokenBarrierError):
            both.wait(0.2)
        return object()

    monkeypatch.setattr(kernel_choice, "KernelChoice", make)
    monkeypatch.setattr(kernel_choice, "_this_machine", functools.cache(kernel_choice._this_machine.__wrapped__))
    with ThreadPoolExecutor(2) as pool:
        assert len({id(made) for made in pool.map(lambda _: this_machine(), range(2))}) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="signals are Unix'")
def test_a_model_whose_process_dies_of_an_instruction_goes_on_with_another_kernel(
    starter, choose, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In real processes; the fast kernel is the installed one under another name."""
    choice = choose(Proofs(), FAST, SLOW)
    monkeypatch.setattr(running_process, "this_machine", lambda: choice)

    def run(does: Callable[[RunningModel], object]) -> None:
        running = RunningModel(starter, 512, tmp_path / "logs", lambda _running: None)
        try:
            running.load()
            does(running)
        finally:
            running.end()

    def die(running: RunningModel) -> None:
        running._child.process.send_signal(signal.SIGILL)
        deadline = time.monotonic() + 20
        while running.is_alive and time.monotonic() < deadline:  # it may answer until it has told where it was
            time.sleep(0.01)
        with pytest.raises(PhialError) as raised:
            running.count(lambda number: CountPrompt(number, (ChatMessage("user", "How much?"),)))
        assert raised.value.kind is EngineProblem.KERNEL_FORBIDDEN
        assert raised.value.parameters == {"model": starter.name, "kernel": "fast"}

    run(die)
    assert choice.chosen() is SLOW
    run(lambda running: None)

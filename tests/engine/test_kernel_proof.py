"""A kernel's proof, in real processes: the installed kernel's own, and those of children that end as bad kernels do."""

from __future__ import annotations

import hashlib
import platform
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from engine.kernel_choice import KernelChoice
from engine.kernel_proof import LARGEST_ERROR, Finding, Verdict, is_illegal_instruction, prove
from engine.kernels import INSTALLED, Kernel
from engine.processor import Processor

CHILD = """
import os, signal, sys, time
from engine.kernel_proof import CODEC, Proven
from engine.links import parent_link
link = parent_link(sys.argv[1], CODEC)
ending = os.environ["PHIAL_KERNEL_LIBRARY"]
if ending.endswith("illegal"):
    os.kill(os.getpid(), signal.SIGILL)
elif ending.endswith("abort"):
    os.abort()
elif ending.endswith("garbled"):
    link._connection.send_bytes(b"no message")
elif ending.endswith("silent"):
    time.sleep(60)
else:
    link.send(Proven(0.5 if ending.endswith("wrong") else 0.001, 0.25, "0.25.3 abc"))
time.sleep(60)
"""


@pytest.fixture
def child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    (tmp_path / "kernel_child.py").write_text(CHILD, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    return "kernel_child"


def kernel(folder: Path, name: str, ggml: str = "0.25.3 abc") -> Kernel:
    (folder / name).touch()
    return Kernel(name, library=folder / name, ggml=ggml, sha256=hashlib.sha256().hexdigest())


def test_the_installed_kernel_proves_itself() -> None:
    found = prove(Kernel(INSTALLED))
    assert (found.name, found.verdict) == (INSTALLED, Verdict.PROVEN)
    assert found.seconds > 0
    assert 0 < float(found.details) < LARGEST_ERROR / 2  # it quantizes the activations, and does nothing worse


@pytest.mark.parametrize(
    ("name", "verdict"),
    [("good", Verdict.PROVEN), ("wrong", Verdict.WRONG), ("garbled", Verdict.SILENT), ("silent", Verdict.SILENT)],
)
def test_what_a_process_says(
    name: str, verdict: Verdict, child: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.kernel_proof.DYING_SECONDS", 0.1)
    assert prove(kernel(tmp_path, name), child, seconds=0.3 if name == "silent" else 20.0).verdict is verdict


@pytest.mark.skipif(sys.platform == "win32", reason="signals are Unix'")
@pytest.mark.parametrize(
    ("name", "verdict", "status"),
    [("illegal", Verdict.FORBIDDEN, -signal.SIGILL), ("abort", Verdict.CRASHED, -signal.SIGABRT)],
)
def test_how_a_process_ends(name: str, verdict: Verdict, status: int, child: str, tmp_path: Path) -> None:
    assert prove(kernel(tmp_path, name), child) == Finding(name, verdict, details=str(int(status)))


def test_a_kernel_for_another_llama_cpp_is_of_no_use(child: str, tmp_path: Path) -> None:
    assert prove(kernel(tmp_path, "good", ggml="0.24.0 def"), child).verdict is Verdict.DAMAGED


def test_a_file_that_is_not_the_one_that_was_built_is_not_even_loaded(tmp_path: Path) -> None:
    (tmp_path / "fast").write_bytes(b"half")
    broken = Kernel("fast", library=tmp_path / "fast", sha256=hashlib.sha256(b"whole").hexdigest())
    assert prove(broken, "no_such_module") == Finding("fast", Verdict.DAMAGED)


def test_a_child_that_cannot_begin_has_crashed(tmp_path: Path) -> None:
    assert prove(Kernel(INSTALLED), "no_such_module").verdict is Verdict.CRASHED


@pytest.mark.skipif(shutil.which("cc") is None or platform.machine() != "x86_64", reason="wants a compiler, and x86")
def test_a_library_with_a_forbidden_instruction_is_found_out(tmp_path: Path) -> None:
    """The real proof's process, with a ggml-cpu that begins with an instruction that no processor carries out."""
    source, library = tmp_path / "kernel.c", tmp_path / "libggml-cpu.so"
    source.write_text('__attribute__((constructor)) void begin(void) { __asm__("ud2"); }\n', encoding="utf-8")
    compiler = shutil.which("cc") or ""
    subprocess.run([compiler, "-shared", "-fPIC", "-Wl,-soname,libggml-cpu.so.0", "-o", library, source], check=True)
    trap = Kernel("trap", library=library, sha256=hashlib.sha256(library.read_bytes()).hexdigest())
    choice = KernelChoice([trap, Kernel(INSTALLED)], Processor("here", {}), tmp_path / "kernels.json")
    assert choice.chosen() == Kernel(INSTALLED)
    assert [each.verdict for each in choice.findings()] == [Verdict.FORBIDDEN, Verdict.PROVEN]


@pytest.mark.parametrize(
    ("status", "is_illegal"),
    [(-4, True), (0xC000001D, True), (0, False), (-9, False), (-6, False), (0xC0000005, False)],
)
def test_the_statuses_of_an_illegal_instruction(status: int, is_illegal: bool) -> None:
    assert is_illegal_instruction(status) is is_illegal

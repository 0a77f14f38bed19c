"""Compile llama.cpp's kernels for several kinds of processor, for a release: build/kernels, with a manifest.

    make kernels

Of llama.cpp's libraries only ggml-cpu depends on the processor, so that one alone is compiled, once a kind, from the
sources of the llama-cpp-python that is installed and with the settings that it was compiled with (llama-cpp.txt). What
an object was compiled from is kept in build/kernels-objects. Which kernel is used is found out on the person's machine
(engine.kernel_choice). On macOS there is nothing to compile: the installed build computes on the GPU. Decision 0148.
"""

from __future__ import annotations

import argparse
import ctypes
import dataclasses
import hashlib
import importlib.metadata
import os
import platform
import re
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from engine.kernels import (  # noqa: E402 - ours, from the checkout
    MANIFEST,
    MANIFEST_CODEC,
    BuiltKernel,
    Manifest,
    installed_libraries,
    library_file,
)

KERNELS = ROOT / "build" / "kernels"
OBJECTS = ROOT / "build" / "kernels-objects"
BINDING = "llama-cpp-python"

BASELINE = ("SSE42", "AVX", "AVX2", "FMA", "F16C", "BMI2")
"""What the installed ggml-cpu is compiled for on x86-64."""

OPTIONS = (
    *BASELINE, "AVX_VNNI", "AVX512", "AVX512_VBMI", "AVX512_VNNI", "AVX512_BF16", "AMX_TILE", "AMX_INT8", "AMX_BF16",
)  # fmt: skip
"""ggml's options (GGML_…) for the instructions of x86-64. AMX is never switched on: see decision 0031."""

INSTRUCTIONS = {
    "SSE42": ("sse4_2",), "AVX": ("avx",), "AVX2": ("avx2",), "FMA": ("fma",), "F16C": ("f16c",), "BMI2": ("bmi2",),
    "AVX_VNNI": ("avx_vnni",), "AVX512": ("avx512f", "avx512cd", "avx512vl", "avx512dq", "avx512bw"),
    "AVX512_VBMI": ("avx512vbmi",), "AVX512_VNNI": ("avx512_vnni",), "AVX512_BF16": ("avx512_bf16",),
}  # fmt: skip
"""What a processor must list for each option, as Linux names it."""


@dataclasses.dataclass(frozen=True)
class Plan:
    """A kernel to compile: CMake's ``settings`` for it, and the instructions it ``requires`` of a processor."""

    name: str
    settings: tuple[str, ...]
    requires: tuple[str, ...]
    is_modest: bool = False


def x86_plan(name: str, *options: str, is_modest: bool = False) -> Plan:
    """The plan with these of OPTIONS switched on, and all others off."""
    settings = tuple(f"-DGGML_{option}={'ON' if option in options else 'OFF'}" for option in OPTIONS)
    return Plan(name, settings, tuple(each for option in options for each in INSTRUCTIONS[option]), is_modest)


def arm_plan(name: str, *features: str, requires: tuple[str, ...]) -> Plan:
    """The plan for ARM v8.2 with these features of GCC's ``-march``."""
    return Plan(name, ("-DGGML_CPU_ARM_ARCH=" + "+".join(("armv8.2-a", *features)),), requires)


PLANS = {
    "x86_64": (
        x86_plan("avx512-bf16", *BASELINE, "AVX512", "AVX512_VBMI", "AVX512_VNNI", "AVX512_BF16"),
        x86_plan("avx512", *BASELINE, "AVX512", "AVX512_VBMI", "AVX512_VNNI"),
        x86_plan("avx2-vnni", *BASELINE, "AVX_VNNI"),
        x86_plan("sse42", "SSE42", is_modest=True),
    ),
    "aarch64": (
        arm_plan("i8mm", "dotprod", "i8mm", requires=("asimddp", "i8mm")),
        arm_plan("dotprod", "dotprod", requires=("asimddp",)),
    ),
}
"""The kernels for each machine, the most capable first. What they add to is the installed one, which stays."""


class BuildError(Exception):
    """A step that failed, as a sentence."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Compile what this machine's kind has; the exit status: 1 where a step failed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", help="only these kernels; the others are left as they are")
    names = parser.parse_args(arguments).names
    plans = plans_for(sys.platform, platform.machine())
    if not plans:
        print("No kernels are compiled for this kind of machine: the installed llama.cpp is the one to use.")
        return 0
    try:
        build(plans, names or [plan.name for plan in plans])
    except BuildError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    return 0


def plans_for(system: str, machine: str) -> tuple[Plan, ...]:
    """The kernels for a machine as ``sys.platform`` and ``platform.machine`` name it."""
    if system == "darwin":
        return ()
    named = {"amd64": "x86_64", "x86_64": "x86_64", "arm64": "aarch64", "aarch64": "aarch64"}.get(machine.lower(), "")
    # MSVC takes ARM's features only from the machine that compiles.
    return () if system == "win32" and named == "aarch64" else PLANS.get(named, ())


def build(plans: Sequence[Plan], names: Sequence[str]) -> None:
    """Compile those of ``plans`` that are named, and describe all that is there then. Raises BuildError."""
    binding = importlib.metadata.version(BINDING)
    sources = provide_sources(binding) / "vendor" / "llama.cpp"
    for plan in plans:
        if plan.name in names:
            print(f"Compiling {plan.name} …", flush=True)
            compile_kernel(plan, sources)
    there = [plan for plan in plans if library_file(KERNELS / plan.name, "ggml-cpu").exists()]
    manifest = Manifest(binding, installed_ggml(), tuple(map(described, there)))
    (KERNELS / MANIFEST).write_bytes(MANIFEST_CODEC.encode(manifest))
    for kernel in manifest.kernels:
        print(f"{(KERNELS / kernel.library).stat().st_size / 1e6:6.2f} MB  {kernel.name}: {' '.join(kernel.requires)}")


def provide_sources(binding: str) -> Path:
    """The unpacked sources of the ``binding``'s version. Raises BuildError."""
    folder = OBJECTS / f"llama_cpp_python-{binding}"
    if not folder.exists():
        OBJECTS.mkdir(parents=True, exist_ok=True)
        named = f"{BINDING}=={binding}"
        step(
            [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", BINDING, named,
             "--dest", str(OBJECTS)],
            "The sources of llama.cpp could not be downloaded.",
        )  # fmt: skip
        with tarfile.open(next(OBJECTS.glob("llama_cpp_python-*.tar.gz"))) as archive:
            archive.extractall(OBJECTS, filter="data")
    return folder


def compile_kernel(plan: Plan, sources: Path) -> None:
    """Compile ggml-cpu as ``plan`` says, and put it where the program looks for it. Raises BuildError."""
    objects = OBJECTS / plan.name
    settings = [*installed_settings((ROOT / "packaging" / "llama-cpp.txt").read_text(encoding="utf-8")),
                "-DCMAKE_BUILD_TYPE=Release", "-DBUILD_SHARED_LIBS=ON", "-DGGML_CCACHE=OFF", "-DLLAMA_CURL=OFF",
                "-DCMAKE_BUILD_WITH_INSTALL_RPATH=ON", "-DCMAKE_INSTALL_RPATH=$ORIGIN"]  # fmt: skip
    failure = f"{plan.name} could not be compiled. It takes CMake 3.21 or newer and a C++ compiler."
    step(["cmake", "-S", str(sources), "-B", str(objects), *settings, *plan.settings], failure)
    jobs = str(os.cpu_count() or 1)
    step(["cmake", "--build", str(objects), "--config", "Release", "--target", "ggml-cpu", "--parallel", jobs], failure)
    built = next(objects.rglob(library_file(Path(), "ggml-cpu").name), None)
    if built is None:
        raise BuildError(failure)
    (KERNELS / plan.name).mkdir(parents=True, exist_ok=True)
    shutil.copyfile(built, library_file(KERNELS / plan.name, "ggml-cpu"))


def installed_settings(requirements: str) -> list[str]:
    """CMake's settings in the text of packaging/llama-cpp.txt. Raises BuildError."""
    found = re.search(r'cmake\.args=([^"]+)"', requirements)
    if found is None:
        raise BuildError("packaging/llama-cpp.txt names no settings for CMake.")
    return found[1].split(";")


def installed_ggml() -> str:
    """The version and commit that the installed llama.cpp says its ggml is."""
    base = ctypes.CDLL(str(library_file(installed_libraries(), "ggml-base")))
    base.ggml_version.restype = base.ggml_commit.restype = ctypes.c_char_p
    return f"{base.ggml_version().decode()} {base.ggml_commit().decode()}"


def described(plan: Plan) -> BuiltKernel:
    """What the manifest says of a kernel that was compiled."""
    library = library_file(KERNELS / plan.name, "ggml-cpu")
    digest = hashlib.sha256(library.read_bytes()).hexdigest()
    options = tuple(setting for setting in plan.settings if not setting.endswith("=OFF"))
    return BuiltKernel(
        plan.name, plan.requires, plan.is_modest, options, library.relative_to(KERNELS).as_posix(), digest
    )


def step(command: Sequence[str], failure: str) -> None:
    """Run ``command``. Raises BuildError(failure) where it can't be run, or fails."""
    try:
        status = subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode
    except OSError as error:
        raise BuildError(f"{failure} ({error.strerror}: {command[0]})") from error
    if status != 0:
        raise BuildError(failure)


if __name__ == "__main__":
    sys.exit(main())

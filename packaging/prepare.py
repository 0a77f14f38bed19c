"""Set up a checkout without a hand: a virtual environment, the pinned packages, llama.cpp, the starter models.

Runs under the system's own Python (3.11 or newer; standard library only), from the Makefile. What was set up is written
on a stamp, so that the next start costs nothing; a change of any pinned input sets up again.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import qt_libraries

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from desktop.display import has_display  # noqa: E402 - ours, and nothing but the standard library in it

ENVIRONMENT = ROOT / ".venv"
PYTHON = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = ENVIRONMENT / "phial-prepared.json"
INPUTS = ("pyproject.toml", "constraints.txt", "packaging/llama-cpp.txt", "packaging/export_embedder.py")
OLDEST_PYTHON = (3, 11)

NEWER_INSTRUCTIONS = ("AVX512", "AMX_INT8", "AVX_VNNI")
"""What a build for this very processor may use, and another (or this one under a hypervisor) may not run."""


class SetUpError(Exception):
    """A step that failed, as a sentence that says what to do."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Set up, then run the program where that is asked. The exit status: 1 where a step failed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--dev", action="store_true", help="also the tools that test and check")
    parser.add_argument("--and-run", action="store_true", help="then open the window, or the demo without a display")
    options = parser.parse_args(arguments)
    extras = ("dev", "starter") if options.dev else ("starter",)
    try:
        prepare(extras)
        if options.dev or has_screen():
            provide_qt_libraries()
    except SetUpError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    if not options.and_run:
        return 0
    run = ["-m", "desktop"] if has_screen() else [str(ROOT / "packaging" / "demo.py")]
    return subprocess.run([str(PYTHON), *run], cwd=ROOT, check=False).returncode


def has_screen() -> bool:
    """Whether a window would be seen here: Qt's own setting may name a platform that nobody sees."""
    return has_display({name: value for name, value in os.environ.items() if name != "QT_QPA_PLATFORM"})


def prepare(extras: Sequence[str]) -> None:
    """Bring the virtual environment to what the pinned inputs say. Raises SetUpError."""
    wanted = fingerprint(ROOT, sys.version)
    prepared = prepared_extras(STAMP, wanted)
    if prepared >= set(extras) and PYTHON.exists():
        return
    check_tools()
    if not PYTHON.exists():
        print("Making a virtual environment in .venv …", flush=True)
        step([sys.executable, "-m", "venv", str(ENVIRONMENT)], "A virtual environment could not be made in .venv.")
    STAMP.unlink(missing_ok=True)
    # A requirements file that gives a package its own build settings needs this much of pip.
    pip("pip>=23.1")
    print("Installing the packages. The first time, llama.cpp is compiled: about five minutes.", flush=True)
    every = sorted(prepared | set(extras))
    pip("-r", "packaging/llama-cpp.txt", "-e", f".[{','.join(every)}]")
    provide_portable_llama_cpp()
    step(
        [str(PYTHON), "packaging/export_embedder.py"],
        "The embedder's export could not be written. The lines above say why; where the disk is full, make room for "
        "about 300 MB, then run the same command again.",
    )
    STAMP.write_text(json.dumps({"inputs": wanted, "extras": every}), encoding="utf-8")


def fingerprint(root: Path, version: str) -> str:
    """What the set-up depends on, as one word: the pinned inputs, the place of the checkout, the Python."""
    digest = hashlib.sha256(f"{root}\n{version}\n".encode())
    for name in INPUTS:
        digest.update((root / name).read_bytes())
    return digest.hexdigest()


def prepared_extras(stamp: Path, wanted: str) -> set[str]:
    """The extras that ``stamp`` says are installed for the inputs ``wanted``; none where it says something else."""
    try:
        said = json.loads(stamp.read_text(encoding="utf-8"))
        return set(said["extras"]) if said["inputs"] == wanted else set()
    except (OSError, ValueError, KeyError, TypeError):
        return set()


def check_tools() -> None:
    """Raises SetUpError where the Python is too old or llama.cpp could not be compiled."""
    if sys.version_info < OLDEST_PYTHON:
        raise SetUpError(
            f"Phial needs Python 3.11 or newer, and this is {sys.version.split()[0]}. Install one, then name it: "
            "make run PYTHON=python3.11"
        )
    if os.name == "nt" or os.environ.get("CXX"):
        return
    if not any(shutil.which(name) for name in ("c++", "g++", "clang++")):
        advice = "xcode-select --install" if sys.platform == "darwin" else "sudo apt-get install build-essential"
        raise SetUpError(f"llama.cpp is compiled here, and there is no C++ compiler. Install one with: {advice}")


def pip(*arguments: str) -> None:
    """Install into the virtual environment, within the pinned versions. Raises SetUpError."""
    command = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    step(
        [*command, "--constraint", "constraints.txt", *arguments],
        "The packages could not be installed. The lines above say which; where they speak of the network, check the "
        "connection (and the proxy), then run the same command again: what has arrived is kept.",
    )


def provide_portable_llama_cpp() -> None:
    """Compile llama.cpp anew where pip had a wheel in its cache that was built for one processor alone."""
    ask = "import llama_cpp; print(llama_cpp.llama_print_system_info().decode())"
    answer = subprocess.run([str(PYTHON), "-c", ask], cwd=ROOT, capture_output=True, text=True, check=False)
    if answer.returncode == 0 and not uses_newer_instructions(answer.stdout):
        return
    print("The llama.cpp in pip's cache is not the portable one: compiling it again …", flush=True)
    pip("--force-reinstall", "--no-deps", "--no-cache-dir", "-r", "packaging/llama-cpp.txt")


def uses_newer_instructions(system_info: str) -> bool:
    """Whether llama.cpp's description of its build names instructions beyond the portable laptop baseline."""
    enabled = {part.split("=")[0].strip(" :") for part in system_info.split("|") if part.strip().endswith("= 1")}
    return any(name.startswith(NEWER_INSTRUCTIONS) for name in enabled)


def provide_qt_libraries() -> None:
    """Raises SetUpError where the window's system libraries are missing and can't be installed from here."""
    ask = "import sysconfig; print(sysconfig.get_path('platlib'))"
    answer = subprocess.run([str(PYTHON), "-c", ask], capture_output=True, text=True, check=True)
    sentence = qt_libraries.provide(Path(answer.stdout.strip()), qt_libraries.platform_plugins())
    if sentence:
        raise SetUpError(sentence)


def step(command: Sequence[str], failure: str) -> None:
    """Run ``command`` in the checkout. Raises SetUpError(failure) where it fails."""
    if subprocess.run(command, cwd=ROOT, check=False).returncode != 0:
        raise SetUpError(failure)


if __name__ == "__main__":
    sys.exit(main())

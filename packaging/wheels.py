"""Which of Phial's dependencies have a wheel for a system that is not at hand: what a build would compile.

    python packaging/wheels.py [TARGET …]

For each target (all of them where none is named) pip is asked, for that platform and in the pinned versions, what it
would install; nothing is installed. Dependencies of what pip finds there count too: a Mac needs others than Linux.
torch and sentence-transformers are asked for alone: no frozen program holds them, and the embedder's export, which
they make, can be brought from another machine. Needs a network, or an index that is near.
"""

from __future__ import annotations

import dataclasses
import json
import platform
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent

FOR_THE_EXPORT = frozenset({"torch", "sentence-transformers"})
"""What set-up writes the embedder's export with; a frozen program holds neither."""

COMPILED_BY_US = frozenset({"llama-cpp-python"})
"""Its settings are ours (packaging/llama-cpp.txt): it is compiled everywhere."""

_MISSING = re.compile(r"No matching distribution found for ([A-Za-z0-9._-]+)")


@dataclasses.dataclass(frozen=True)
class Target:
    """A system to build for: the platforms that pip is told, newest first, and how markers describe it."""

    platforms: tuple[str, ...]
    sys_platform: str
    system: str
    machine: str

    def markers(self) -> dict[str, str]:
        """The environment in which the markers of requirements are looked at."""
        version = ".".join(platform.python_version_tuple()[:2])
        return {
            "sys_platform": self.sys_platform,
            "platform_system": self.system,
            "platform_machine": self.machine,
            "os_name": "nt" if self.sys_platform == "win32" else "posix",
            "python_version": version,
            "python_full_version": platform.python_version(),
            "platform_python_implementation": "CPython",
            "implementation_name": "cpython",
        }


def _glibc(machine: str, newest: int) -> tuple[str, ...]:
    return (*(f"manylinux_2_{minor}_{machine}" for minor in range(newest, 4, -1)), f"manylinux2014_{machine}")


TARGETS = {
    "windows-x64": Target(("win_amd64",), "win32", "Windows", "AMD64"),
    "windows-arm64": Target(("win_arm64",), "win32", "Windows", "ARM64"),
    # pip counts the older ones, and universal2, among these by itself.
    "macos-arm64": Target(("macosx_14_0_arm64",), "darwin", "Darwin", "arm64"),
    "macos-x86_64": Target(("macosx_14_0_x86_64",), "darwin", "Darwin", "x86_64"),
    "linux-x86_64": Target(_glibc("x86_64", 40), "linux", "Linux", "x86_64"),
    "linux-aarch64": Target(_glibc("aarch64", 40), "linux", "Linux", "aarch64"),
}


@dataclasses.dataclass(frozen=True)
class Answer:
    """What pip found: the requirements of each distribution that has a wheel, and the names of those that have none."""

    requirements: Mapping[str, Sequence[str]]
    without_wheel: frozenset[str]


Ask = Callable[[Iterable[str]], Answer]


def main(arguments: Sequence[str] | None = None) -> int:
    """Ask for the targets that are named; the exit status."""
    named = list(sys.argv[1:] if arguments is None else arguments)
    if unknown := [name for name in named if name not in TARGETS]:
        print(f"{', '.join(unknown)}: the targets are {', '.join(TARGETS)}.")
        return 2
    versions = pinned((ROOT / "constraints.txt").read_text(encoding="utf-8"))
    needed = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    for name in named or TARGETS:
        target = TARGETS[name]

        def ask(names: Iterable[str], target: Target = target) -> Answer:
            return ask_pip(names, versions, target)

        print(described(name, *walk(needed, target.markers(), ask)))
    return 0


def pinned(constraints: str) -> dict[str, str]:
    """The version of each distribution that ``constraints`` (the text of the file) names."""
    lines = (line.split("#")[0].strip() for line in constraints.splitlines())
    return {
        canonicalize_name(name): version for name, _, version in (line.partition("==") for line in lines) if version
    }


def walk(needed: Iterable[str], markers: Mapping[str, str], ask: Ask) -> tuple[frozenset[str], frozenset[str]]:
    """All distributions that ``needed`` leads to where ``markers`` describe the system, and those without a wheel."""
    extras: dict[str, frozenset[str]] = {}
    requirements: dict[str, Sequence[str]] = {}
    lacking: set[str] = set()
    _follow(needed, frozenset(), markers, extras)
    while waiting := extras.keys() - requirements.keys():
        answer = ask(sorted(waiting))
        lacking |= answer.without_wheel & waiting
        for name in waiting:
            requirements[name] = () if name in FOR_THE_EXPORT else answer.requirements.get(name, ())
        # An extra that is asked for later adds to what was asked before: all are looked at again.
        for name in list(extras):
            _follow(requirements.get(name, ()), extras[name], markers, extras)
    return frozenset(extras), frozenset(lacking)


def _follow(
    lines: Iterable[str], wanted: frozenset[str], markers: Mapping[str, str], extras: dict[str, frozenset[str]]
) -> None:
    for line in lines:
        needed = Requirement(line)
        applies = needed.marker is None or any(
            needed.marker.evaluate({**markers, "extra": extra}) for extra in (wanted or {""})
        )
        if applies:
            name = canonicalize_name(needed.name)
            extras[name] = extras.get(name, frozenset()) | frozenset(needed.extras)


def ask_pip(names: Iterable[str], versions: Mapping[str, str], target: Target) -> Answer:
    """Ask pip for wheels of ``names``; it names one that it lacks at a time. Exits with what else it says."""
    wanted = {name: f"{name}=={versions[name]}" if name in versions else name for name in names}
    lacking: set[str] = set()
    while wanted:
        with tempfile.TemporaryDirectory() as folder:
            report = Path(folder) / "report.json"
            command = pip_command(wanted.values(), target, report)
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode == 0:
                found = json.loads(report.read_text(encoding="utf-8"))["install"]
                return Answer(
                    {
                        canonicalize_name(one["metadata"]["name"]): one["metadata"].get("requires_dist", [])
                        for one in found
                    },
                    frozenset(lacking),
                )
        missing = _MISSING.search(done.stderr)
        name = canonicalize_name(missing.group(1)) if missing else ""
        if name not in wanted:
            raise SystemExit(done.stderr)
        lacking.add(name)
        del wanted[name]
    return Answer({}, frozenset(lacking))


def pip_command(wanted: Iterable[str], target: Target, report: Path) -> list[str]:
    """The command that writes into ``report`` what pip would install of ``wanted`` on ``target``."""
    platforms = [word for name in target.platforms for word in ("--platform", name)]
    version = target.markers()["python_version"]
    return [
        sys.executable, "-m", "pip", "install", "--quiet", "--dry-run", "--ignore-installed", "--no-deps",
        "--only-binary=:all:", "--implementation", "cp", "--python-version", version, *platforms,
        "--target", str(report.parent / "nothing"), "--report", str(report), *wanted,
    ]  # fmt: skip


def described(name: str, needed: frozenset[str], lacking: frozenset[str]) -> str:
    """The line about a target: what has no wheel there, but for what is compiled everywhere."""
    rest = lacking - COMPILED_BY_US
    shipped, asked_once = sorted(rest - FOR_THE_EXPORT), sorted(rest & FOR_THE_EXPORT)
    parts = [f"{name}: {len(needed)} distributions, without a wheel: {', '.join(shipped) or 'none'}"]
    if asked_once:
        parts.append(f"for the embedder's export alone: {', '.join(asked_once)}")
    return "; ".join(parts)


if __name__ == "__main__":
    sys.exit(main())

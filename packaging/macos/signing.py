"""In which order the code of a bundle is signed, and with which commands: from the inside out, each thing once.

https://developer.apple.com/documentation/xcode/creating-distribution-signed-code-for-the-mac
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePath

FRAMEWORK = ".framework"
AD_HOC = "-"
"""The identity of nobody: Apple's processors run no code that isn't signed at all."""


def in_order(code: Iterable[PurePath], program: PurePath) -> list[PurePath]:
    """What is signed, first to last, of the binaries ``code`` in a bundle: the deepest first.

    A framework comes after all that it holds. Its own binary, and the ``program``, are signed with their bundles.
    """
    wanted: set[PurePath] = set()
    for path in code:
        frameworks = [parent for parent in path.parents if parent.name.endswith(FRAMEWORK)]
        wanted.update(frameworks)
        is_own = bool(frameworks) and path.name == frameworks[0].stem and "Helpers" not in path.parts
        if not is_own and path != program:
            wanted.add(path)
    return sorted(wanted, key=lambda path: (-len(path.parts), path.as_posix()))


def sign(path: PurePath, identity: str, entitlements: Path | None = None) -> list[str]:
    """The command that signs ``path`` for ``identity``, hardened and with the time of a server; for nobody, neither."""
    is_somebody = identity != AD_HOC
    hardened = ["--options", "runtime"] if path.suffix != ".dmg" else []  # an image runs nothing
    return [
        "codesign", "--force", "--sign", identity,
        *([*hardened, "--timestamp"] if is_somebody else ["--timestamp=none"]),
        *(["--entitlements", str(entitlements)] if entitlements is not None else []),
        str(path),
    ]  # fmt: skip


def verify(bundle: PurePath) -> list[str]:
    """The command that verifies every signature in ``bundle``."""
    return ["codesign", "--verify", "--deep", "--strict", "--verbose=2", str(bundle)]


def show_entitlements(bundle: PurePath) -> list[str]:
    """The command that prints the rights with which ``bundle`` was signed, as a property list."""
    return ["codesign", "--display", "--entitlements", "-", "--xml", str(bundle)]


def assess(path: PurePath) -> list[str]:
    """The command that asks Gatekeeper whether a person may open ``path``, a bundle or a disk image."""
    what = ["execute"] if path.suffix == ".app" else ["open", "--context", "context:primary-signature"]
    return ["spctl", "--assess", "--verbose=4", "--type", *what, str(path)]


def notarise(path: PurePath, profile: str) -> list[str]:
    """The command that has Apple's notary look at ``path``, a .zip or .dmg, and waits; it prints JSON."""
    return ["xcrun", "notarytool", "submit", str(path), "--keychain-profile", profile, "--wait",
            "--output-format", "json"]  # fmt: skip


def staple(path: PurePath) -> list[list[str]]:
    """The commands that lay the notary's ticket into ``path``, for Macs without a network, and look at it."""
    return [["xcrun", "stapler", "staple", str(path)], ["xcrun", "stapler", "validate", str(path)]]


def is_accepted(printed: str) -> bool:
    """Whether the notary accepted what it was given: notarytool's exit status says only that it answered."""
    try:
        answer = json.loads(printed)
    except ValueError:
        return False
    return isinstance(answer, dict) and answer.get("status") == "Accepted"


def shown(words: Sequence[str]) -> str:
    """A command as a person would type it."""
    import shlex

    return shlex.join(words)

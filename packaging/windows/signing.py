"""Authenticode: signing by signtool where there is a certificate, and the proof of it.

The certificate is named by its thumbprint and lies in the store of the person who signs, where a token or a key service
puts it too: no key and no password is ever in a file, a variable or a command line of ours.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from windows.executables import Executable

THUMBPRINT_VARIABLE = "PHIAL_SIGNING_THUMBPRINT"
TIMESTAMP_VARIABLE = "PHIAL_SIGNING_TIMESTAMP"
TIMESTAMP = "http://timestamp.digicert.com"
"""Who attests when it was signed (RFC 3161): a signature outlives its certificate. signtool asks it, while building."""


def sign_command(environment: Mapping[str, str] = os.environ) -> list[str] | None:
    """What signs the files that are named after it; None where no certificate is named."""
    thumbprint = environment.get(THUMBPRINT_VARIABLE, "")
    if not thumbprint:
        return None
    timestamp = environment.get(TIMESTAMP_VARIABLE) or TIMESTAMP
    return [signtool(), "sign", "/sha1", thumbprint, "/fd", "SHA256", "/tr", timestamp, "/td", "SHA256", "/d", "Phial"]


def verify_command() -> list[str]:
    """What proves the signature, and its timestamp, of the files that are named after it."""
    return [signtool(), "verify", "/pa", "/all", "/tw"]


def signtool() -> str:
    """The program that signs: of the newest Windows SDK where it isn't on the search path."""
    found = shutil.which("signtool")
    kits = Path(os.environ.get("PROGRAMFILES(X86)", "")) / "Windows Kits" / "10" / "bin"
    newest = sorted(kits.glob("10.*/x64/signtool.exe"), key=lambda path: _numbers(path.parents[1].name))
    return found or (str(newest[-1]) if newest else "signtool")


def to_sign(executables: Iterable[Executable]) -> list[Path]:
    """What has no signature yet: our programs, and libraries whose makers signed none. A maker's own is left."""
    return [one.path for one in executables if not one.is_signed]


def run(command: Sequence[str], paths: Sequence[Path]) -> None:
    """Run ``command`` on ``paths``, a few at a time: a command line has an end. Raises CalledProcessError."""
    for begin in range(0, len(paths), 50):
        subprocess.run([*command, *map(str, paths[begin : begin + 50])], check=True)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())

"""Write constraints.txt: the versions of everything in this virtual environment, for a set-up that repeats."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

HEADER = """\
# Every version that Phial was tested with, ours and theirs: written by `make constraints` from a working environment.
# A line for a package that a platform doesn't need does no harm.
"""


def constraints(frozen: Iterable[str]) -> str:
    """The constraints for the lines of ``pip freeze --all``: no local builds, nothing of our own, not pip itself."""
    pinned = (re.sub(r"\+[\w.]+$", "", line.strip()) for line in frozen if re.match(r"[\w.-]+==", line))
    others = (line for line in pinned if not line.startswith(("phial==", "pip==")))
    return HEADER + "".join(f"{line}\n" for line in sorted(others, key=str.lower))


if __name__ == "__main__":
    listed = subprocess.run(
        [sys.executable, "-m", "pip", "freeze", "--all"], capture_output=True, text=True, check=True
    )
    target = Path(__file__).resolve().parent.parent / "constraints.txt"
    target.write_text(constraints(listed.stdout.splitlines()), encoding="utf-8")
    print(f"{target.name}: {len(target.read_text(encoding='utf-8').splitlines())} lines")

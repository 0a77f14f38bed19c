"""Is everything read, and everything else accounted for? The program itself, over a folder of all that it may meet.

    python benchmarks/everything.py

makes a folder with one file of every format, two scans (one askew), a picture of a page, a locked PDF and twenty files
that are broken; runs ``phial index`` over it, once without and once with the password; then ``phial search`` for the
sentence known to be in each, and ``phial health``. Exits with 1 where a file is missing from a summary, a broken one
has neither become ready nor a reason, or a sentence is not found on its page.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mixed_folder import PASSWORD, Known, make_broken, make_locked, make_pipe, make_readable
from report import fresh_folder, show, write

from engine.paths import HOME_VARIABLE

READ = frozenset({"ready"})


@dataclasses.dataclass(frozen=True)
class Sought:
    """Where a known sentence was found: the first passage that holds most of its words; page 0: nowhere."""

    known: Known
    page: int
    section: str
    confidence: float | None

    @property
    def is_right(self) -> bool:
        """Whether that is the place where it stands."""
        return self.page == self.known.page and self.known.section in self.section


def main() -> int:
    """Make the folder, run the program over it, and say what came of it."""
    argparse.ArgumentParser(description="Every format, two scans, a locked PDF and twenty broken files.").parse_args()
    base = fresh_folder("everything")
    folder = base / "documents"
    folder.mkdir()
    home = base / "home"
    known = make_readable(folder)
    locked = make_locked(folder)
    broken = make_broken(folder)
    pipe = make_pipe(folder)
    first = index(home, folder)
    waiting = first.get(str(locked.path), {}).get("state")
    passwords = base / "passwords.txt"
    passwords.write_text(PASSWORD + "\n", encoding="utf-8")
    passwords.chmod(0o600)
    summary = index(home, folder, "--password-file", str(passwords))
    sought = [search(home, one) for one in [*known, locked]]
    expected = {str(path) for path in (*[one.path for one in known], locked.path, *broken, *([pipe] if pipe else []))}
    unaccounted = sorted(expected - summary.keys())
    silent = [path for path, file in summary.items() if file["state"] not in READ and not file["reason"]]
    show("phial index", ("file", "state", "reason"), [
        (Path(path).name, file["state"], file["reason"] or "") for path, file in summary.items()
    ])  # fmt: skip
    show("phial search", ("file", "page", "section", "OCR", "right"), [
        (one.known.path.name, one.page, one.section, "" if one.confidence is None else f"{one.confidence:.2f}",
         "yes" if one.is_right else "NO") for one in sought
    ])  # fmt: skip
    subprocess.run([sys.executable, "-m", "desktop", "health"], env=_environment(home), check=False)
    wrong = [one.known.path.name for one in sought if not one.is_right]
    is_well = not (unaccounted or silent or wrong) and waiting == "needs_password"
    write("everything", {"files": len(summary), "unaccounted": unaccounted, "without_reason": silent,
                         "not_found": wrong, "locked_at_first": waiting})  # fmt: skip
    return 0 if is_well else 1


def index(home: Path, folder: Path, *options: str) -> dict[str, dict[str, Any]]:
    """Run ``phial index --json``; its summary by path."""
    lines = _phial(home, "index", str(folder), *options)
    return {file["path"]: file for line in lines if line["event"] == "summary" for file in line["documents"]}


def search(home: Path, known: Known) -> Sought:
    """Run ``phial search`` for a known sentence within its file."""
    (found,) = _phial(home, "search", known.sentence, "--in", str(known.path), "-k", "3")
    wanted = set(known.sentence.lower().strip(".").split())
    for passage in found.get("passages", ()):
        words = {word.strip(".,;:") for word in passage["text"].lower().split()}
        if len(wanted & words) >= 0.8 * len(wanted):
            return Sought(known, passage["page"], passage["section"], passage["confidence"])
    return Sought(known, 0, "", None)


def _phial(home: Path, *arguments: str) -> list[dict[str, Any]]:
    done = subprocess.run(
        [sys.executable, "-m", "desktop", *arguments, "--json"],
        env=_environment(home),
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def _environment(home: Path) -> Mapping[str, str]:
    return {**os.environ, HOME_VARIABLE: str(home), "PHIAL_LANGUAGE": "en"}


if __name__ == "__main__":
    sys.exit(main())

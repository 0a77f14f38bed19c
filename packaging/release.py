"""What a release needs beside what is built: the tag compared with the version, sums of what is published, its notes.

python packaging/release.py check v0.1.0      the tag is that of pyproject.toml, and the changelog tells of it
python packaging/release.py sums dist         SHA256SUMS in the folder, over every file in it
python packaging/release.py notes             what the changelog says of this version, in Markdown
"""

from __future__ import annotations

import hashlib
import re
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SUMS = "SHA256SUMS"
USAGE = 2
"""Exit status of a command line that says nothing of these."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the first argument names; the exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    match given:
        case ["check", tag]:
            problems = tag_problems(tag, version(), changelog)
            print("\n".join(problems) or f"{tag}: the version, and the changelog tells of it.")
            return 1 if problems else 0
        case ["sums", folder]:
            print(write_sums(Path(folder)).read_text(encoding="utf-8"), end="")
            return 0
        case ["notes"]:
            print(notes(changelog, version()))
            return 0
    print(__doc__)
    return USAGE


def version() -> str:
    """The version of the project, from the one place that states it."""
    return str(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"])


def tag_problems(tag: str, version: str, changelog: str) -> list[str]:
    """Why a release may not have this tag."""
    problems = []
    if tag != f"v{version}":
        problems.append(f"The tag is {tag}; pyproject.toml says {version}, whose tag is v{version}.")
    if not notes(changelog, version):
        problems.append(f"CHANGELOG.md has no section [{version}], or an empty one.")
    return problems


def notes(changelog: str, version: str) -> str:
    """What stands under the version's heading of a changelog; "" where nothing does."""
    found = re.search(rf"^## \[{re.escape(version)}\][^\n]*\n(.*?)(?=^## \[|\Z)", changelog, re.MULTILINE | re.DOTALL)
    return found[1].strip() if found else ""


def write_sums(folder: Path) -> Path:
    """Write the SHA-256 sum of every file in ``folder`` as sha256sum does; the file. Raises OSError."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != SUMS)
    lines = []
    for path in files:
        with path.open("rb") as file:
            lines.append(f"{hashlib.file_digest(file, 'sha256').hexdigest()}  {path.relative_to(folder).as_posix()}\n")
    target = folder / SUMS
    target.write_text("".join(lines), encoding="utf-8", newline="\n")
    return target


if __name__ == "__main__":
    sys.exit(main())

"""The pins: what is written from what is installed, and that what stands in the repository holds for it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import constraints

ROOT = Path(constraints.__file__).resolve().parent.parent


def test_only_plain_versions_of_others_are_pinned() -> None:
    frozen = [
        "torch==2.13.0+cpu",
        "-e /somewhere/phial",
        "# a comment",
        "phial==0.1.0",
        "pip==23.2.1",
        "Attrs==1.0",
        "x @ file:///y",
    ]
    assert constraints.constraints(frozen) == constraints.HEADER + "Attrs==1.0\ntorch==2.13.0\n"


def test_every_direct_dependency_is_pinned() -> None:
    pins = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    pinned = {plain_name(line.split("==")[0]) for line in pins.splitlines() if "==" in line}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [
        *project["dependencies"],
        *(line for extra in project["optional-dependencies"].values() for line in extra),
    ]
    assert {plain_name(re.split(r"[\[<>=]", line)[0]) for line in wanted} <= pinned


def plain_name(package: str) -> str:
    return re.sub(r"[-_.]+", "-", package).lower()

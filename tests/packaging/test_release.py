"""A tag is the version, the changelog tells of it, and the sums are those of what is published."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest
import release
from release import USAGE, main, notes, tag_problems, write_sums

CHANGELOG = """# Changelog

## [Unreleased]

- Later.

## [1.2.0] - 2026-11-22

### Added

- This.

## [1.1.0]
"""


def test_the_notes_are_what_stands_under_the_versions_heading() -> None:
    assert notes(CHANGELOG, "1.2.0") == "### Added\n\n- This."
    assert notes(CHANGELOG, "1.1.0") == ""
    assert notes(CHANGELOG, "1.2") == ""


def test_a_tag_is_the_version_that_the_changelog_tells_of() -> None:
    assert tag_problems("v1.2.0", "1.2.0", CHANGELOG) == []
    assert len(tag_problems("1.2.0", "1.2.0", CHANGELOG)) == 1
    assert len(tag_problems("v1.1.0", "1.1.0", CHANGELOG)) == 1
    assert len(tag_problems("v1.3.0", "1.2.0", "")) == 2


def test_the_program_says_the_version_of_the_one_place() -> None:
    from rag.client import client_version

    assert client_version() == release.version()


def test_sums_are_as_sha256sum_reads_them(tmp_path: Path) -> None:
    (tmp_path / "one.deb").write_bytes(b"one")
    (tmp_path / "two é.txt").write_bytes(b"two")
    write_sums(tmp_path)
    sums = write_sums(tmp_path).read_text(encoding="utf-8")  # a second time: the sums are not summed
    assert sums == "".join(
        f"{hashlib.sha256(body).hexdigest()}  {name}\n" for name, body in (("one.deb", b"one"), ("two é.txt", b"two"))
    )
    tool = shutil.which("sha256sum")
    if tool is not None:
        assert subprocess.run([tool, "--check", "SHA256SUMS"], cwd=tmp_path, check=False).returncode == 0


def test_what_it_is_not_asked_for_it_does_not_do(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == USAGE
    assert main(["check", "v0.0.0"]) == 1
    assert "pyproject.toml says" in capsys.readouterr().out

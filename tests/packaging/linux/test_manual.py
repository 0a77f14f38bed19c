"""The manual page names every command in each language, and groff takes it without a word."""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from linux import manual

from rag.cli import _RUN

MOMENT = 1_700_000_000


@pytest.mark.parametrize("language", manual.HEADINGS)
def test_every_command_is_in_it(language: str) -> None:
    page = manual.page(language, "1.2.3", MOMENT)
    assert [command for command in _RUN if f"\n  {command}" not in page] == []
    assert "phial quit" in page.replace("\n", " ")
    assert '"2023-11-14" "Phial 1.2.3"' in page
    assert os.environ.get("COLUMNS", "") != str(manual.COLUMNS)


def test_nothing_of_a_text_is_a_request_of_groffs() -> None:
    assert manual.escaped(".SH a\\b\n'c --d") == "\\&.SH a\\eb\n\\&'c \\-\\-d"


def test_it_lies_where_man_looks_and_is_the_same_each_time(tmp_path: Path) -> None:
    for folder in ("one", "other"):
        manual.write_pages(tmp_path / folder, "1.2.3", MOMENT)
    for name in ("man1", "fr/man1", "it/man1"):
        one, other = (tmp_path / folder / name / "phial.1.gz" for folder in ("one", "other"))
        assert one.read_bytes() == other.read_bytes()
    assert "Interrogez" in gzip.decompress((tmp_path / "one/fr/man1/phial.1.gz").read_bytes()).decode()


@pytest.mark.skipif(shutil.which("man") is None, reason="man shows it")
@pytest.mark.parametrize("language", manual.HEADINGS)
def test_man_has_nothing_to_say_of_it(language: str, tmp_path: Path) -> None:
    path = tmp_path / "phial.1"
    path.write_text(manual.page(language, "1.2.3", MOMENT), encoding="utf-8")
    command = ["man", "--warnings", "-E", "UTF-8", "-l", str(path)]
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "MANWIDTH": "80", "MANROFFSEQ": ""}
    shown = subprocess.run(command, env=environment, capture_output=True, text=True, encoding="utf-8", check=True)
    assert shown.stderr == ""
    assert "phial quick" in " ".join(shown.stdout.split())
    assert max(map(len, shown.stdout.splitlines())) <= 80

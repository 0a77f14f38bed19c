"""What is copied for somebody who mends Phial: enough to mend it, and nothing of a document."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from desktop.diagnosis import LAST_LINES, details_of, log_excerpt, redacted
from engine.paths import logs
from rag.client import client_version
from rag.errors import Problem

NAME = "Merger of Acme and Bolt"


@pytest.mark.parametrize(
    "line",
    [
        f"could not read /home/ada/Papers/{NAME}.pdf",
        f"could not read /home/ada/{NAME}.pdf: 3 pages",
        f"PathMissing('C:\\\\Users\\\\ada\\\\{NAME}.docx')",
        f"file:///home/ada/{NAME}.pdf is gone",
        f"“{NAME}” is gone",
        f'"{NAME}" is gone',
        f"~/{NAME}.pdf",
    ],
)
def test_names_and_places_are_left_out(line: str) -> None:
    told = redacted(line)
    for word in ("ada", "Merger", "Acme", "Bolt"):
        assert word not in told


@given(some.from_regex(r"[a-zA-Z]{4,9}( [a-zA-Z]{4,9}){0,3}", fullmatch=True))
def test_whatever_a_file_is_called_only_its_ending_is_told(name: str) -> None:
    told = redacted(f"read /home/someone/{name}.pdf now")
    assert told.startswith("read ….pdf")


def test_what_helps_stays() -> None:
    line = '2026-05-01 10:00:00,123 WARNING rag.worker: request ask: File "/opt/phial/rag/worker.py", line 7'
    assert "worker.py" in redacted(line)
    assert "WARNING rag.worker: request ask" in redacted(line)


def test_a_failure_is_told_by_its_kind_and_its_measures() -> None:
    problem = Problem("file_too_large", {"path": f"/home/ada/{NAME}.pdf", "bytes": 7, "name": NAME}, f"in /x/{NAME}.md")
    told = details_of(problem)
    assert told.splitlines()[0].startswith(f"Phial {client_version()} · Qt 6")
    assert "file_too_large" in told
    assert '"bytes": 7' in told
    assert '"path": "….pdf"' in told
    assert "Acme" not in told


def test_the_end_of_the_logs_goes_with_it(home: Path) -> None:
    assert log_excerpt(home) == ""
    folder = logs(home)
    folder.mkdir(parents=True)
    lines = [f"2026-05-01 10:00:{number:02} INFO desktop: line {number}" for number in range(60)]
    (folder / "window.log").write_text("\n".join([*lines, f"ERROR /home/ada/{NAME}.pdf"]), encoding="utf-8")
    (folder / "worker.log").write_bytes(b"\xff\xfe broken\n")
    told = log_excerpt(home).splitlines()
    assert told[0] == "window.log:"
    assert told[LAST_LINES] == "ERROR ….pdf"
    assert told[1] == f"2026-05-01 10:00:{60 - LAST_LINES + 1} INFO desktop: line {60 - LAST_LINES + 1}"
    assert "worker.log:" in told

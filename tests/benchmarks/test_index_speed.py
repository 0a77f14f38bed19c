"""The comparison with the stock pipeline: what it tells, and when it is content."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import index_speed
import pytest
import report
from index_speed import Run, median_run
from quarterly import Question

STOCK = Run(pages=100, passages=500, answerable_s=20.0, complete_s=20.0, hits=8, peak_mb=1300.0, alone_mb=1300.0)
PHIAL = Run(pages=100, passages=300, answerable_s=0.5, complete_s=5.0, hits=9, peak_mb=500.0, alone_mb=300.0)
ASKED = [Question(f"What was it in {number}?", "2023 Q3 NVDA.pdf") for number in range(10)]


def test_the_middle_run_is_told() -> None:
    runs = [dataclasses.replace(STOCK, complete_s=seconds) for seconds in (30.0, 10.0, 20.0)]
    assert median_run(runs) == STOCK


@pytest.mark.parametrize(
    ("run", "status"),
    [
        (PHIAL, 0),
        (dataclasses.replace(PHIAL, answerable_s=1.1), 1),
        (dataclasses.replace(PHIAL, complete_s=8.1), 1),
        # Speed that is bought with quality is none.
        (dataclasses.replace(PHIAL, hits=7), 1),
    ],
)
def test_it_is_content_with_speed_and_quality_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run, status: int
) -> None:
    monkeypatch.setattr(report, "RESULTS", tmp_path)
    assert index_speed.report(STOCK, run, 3, ASKED) == status
    written = json.loads((tmp_path / "index.json").read_text(encoding="utf-8"))
    assert written["stock_pages_per_s"] == 5.0
    assert written["answerable_pages_per_s"] == pytest.approx(100 / run.answerable_s)
    assert written["complete_pages_per_s"] == pytest.approx(100 / run.complete_s)
    assert (written["hit5"], written["stock_hit5"]) == (run.hits / 10, 0.8)
    assert written["peak_mb"] == 500.0


def test_without_questions_there_is_no_hit_rate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "RESULTS", tmp_path)
    assert index_speed.report(STOCK, PHIAL, 3, []) == 0
    assert json.loads((tmp_path / "index.json").read_text(encoding="utf-8"))["hit5"] is None
    assert index_speed.questions_about([], None) == []

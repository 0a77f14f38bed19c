"""``phial --smoke``: the whole installation at work once, from this checkout, with the starter model."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import psutil

from engine.catalogue import starter_path


def test_every_part_is_at_work_and_nothing_is_left(tmp_path: Path) -> None:
    starter = starter_path()
    assert starter is not None
    done = subprocess.run(
        [sys.executable, "-m", "desktop", "--smoke", "--model", str(starter)],
        env={**os.environ, "TMPDIR": str(tmp_path), "TEMP": str(tmp_path), "PHIAL_HOME": str(tmp_path / "own")},
        capture_output=True,
        text=True,
        timeout=170,
        check=False,
    )
    assert done.stdout.count("\n") == 1, done.stderr
    said = json.loads(done.stdout)
    assert (said["ok"], said["failed"], done.returncode) == (True, [], 0), said
    parts = {part["name"]: part for part in said["parts"]}
    assert list(parts) == ["window", "worker", "parser", "search", "model", "ocr", "end"]
    assert "SmolLM2" in parts["model"]["found"]
    assert all(part["versions"] for name, part in parts.items() if name != "end")
    assert not (tmp_path / "own").exists()  # the person's own library was not touched
    assert not list(tmp_path.glob("phial-smoke-*"))
    left = [child.name() for child in psutil.Process().children(recursive=True)]
    assert not [name for name in left if "phial" in name]

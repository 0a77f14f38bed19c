"""No library of ours reports to its maker: onnxruntime would, from the moment it is loaded."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

CODE = "from rag.embed import Embedder, environment_export; Embedder(environment_export()).embed(['One sentence.'])"


@pytest.mark.skipif(os.name != "posix", reason="on Windows it leaves no file")
def test_onnxruntime_leaves_no_number_for_this_computer(tmp_path: Path) -> None:
    # A machine that tests for others is left alone: this one is not to look like one.
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("CI", "GITHUB", "ORT_"))}
    environment |= {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    environment.pop("PYTEST_CURRENT_TEST", None)
    subprocess.run([sys.executable, "-c", CODE], env=environment, check=True)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_every_process_tells_it_so_before_it_is_loaded() -> None:
    code = "import os, sys, engine.paths; print(os.environ['ORT_DISABLE_TELEMETRY'], 'onnxruntime' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["1", "False"]

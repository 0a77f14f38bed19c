"""What the processes of llama.cpp have in common."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from engine import running_process
from engine.running_process import LARGEST_LOG, LOG, _log_file


def written(folder: Path) -> str:
    with _log_file(folder) as log:
        os.write(log, b"!")
    return (folder / LOG).read_text()


def test_a_long_log_is_put_aside(tmp_path: Path) -> None:
    (tmp_path / LOG).write_bytes(b"x" * (LARGEST_LOG + 1))
    assert written(tmp_path) == "!"
    assert (tmp_path / "model.log.1").stat().st_size == LARGEST_LOG + 1


def test_a_log_that_another_process_has_open_is_gone_on_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_path: Path, _target: Path) -> Path:
        raise PermissionError  # as on Windows

    monkeypatch.setattr(running_process.Path, "replace", refused)
    (tmp_path / LOG).write_text("x" * (LARGEST_LOG + 1))
    assert written(tmp_path).endswith("x!")

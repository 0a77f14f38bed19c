"""What a build takes from the moment it happens at is held still; a model is laid where the program looks."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import freeze
import pytest

from engine import paths


def test_the_moment_is_the_commits_unless_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert freeze.moment() == 86_400
    assert freeze.still_environment()["SOURCE_DATE_EPOCH"] == "86400"
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    command = ["git", "log", "-1", "--format=%ct"]
    committed = subprocess.run(command, cwd=freeze.ROOT, capture_output=True, text=True, check=False)
    assert freeze.moment() == int(committed.stdout or 0)
    assert freeze.still_environment()["PYTHONHASHSEED"] == "0"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="finishes a folder of Linux")
def test_only_the_program_of_a_finished_folder_runs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "_internal").mkdir()
    for name in ("phial", "_internal/LICENSE", "_internal/phial"):
        (tmp_path / name).write_text("text", encoding="utf-8")
        (tmp_path / name).chmod(0o744)
    shutil.copy("/bin/sh", tmp_path / "_internal" / "libsh.so")
    (tmp_path / "_internal" / "libsh.so.1").symlink_to("libsh.so")
    freeze.finish(tmp_path)
    modes = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "_internal").iterdir()}
    assert modes == dict.fromkeys(("LICENSE", "phial", "libsh.so", "libsh.so.1"), 0o644)
    assert (tmp_path / "phial").stat().st_mode & 0o777 == 0o755
    assert "0 libraries would have looked for others" in capsys.readouterr().out


def test_a_model_lies_where_the_frozen_program_looks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, model = tmp_path / "phial", tmp_path / "small.gguf"
    (folder / "_internal").mkdir(parents=True)
    model.write_bytes(b"GGUF and so on")
    place = freeze.add_model(folder, model)
    assert place.read_bytes() == model.read_bytes()
    monkeypatch.setattr(paths, "assets", lambda: folder / "_internal" / "assets")
    assert paths.shipped_models() == place.parent
    (tmp_path / "text.gguf").write_text("text", encoding="utf-8")
    with pytest.raises(SystemExit, match="no GGUF"):
        freeze.add_model(folder, tmp_path / "text.gguf")

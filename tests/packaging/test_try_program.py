"""What a person downloads is tried with a data folder of its own, and nothing of a Python that is here."""

from __future__ import annotations

import json
import os
import plistlib
import sys
from pathlib import Path

import pytest
import try_program
from try_program import bare_environment, main, mount_point


def test_a_program_is_asked_to_try_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PYTHONPATH", "/somewhere")
    monkeypatch.setattr(try_program, "starter", lambda: Path("model.gguf"))
    program = tmp_path / "phial.AppImage"
    script = "import json, os, sys; print(json.dumps([sys.argv[1:], dict(os.environ)])); raise SystemExit(3)"
    program.write_text(f"#!{sys.executable}\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    assert main([str(program), "--appimage-extract-and-run"]) == 3
    given, environment = json.loads(capfd.readouterr().out)
    assert given == ["--appimage-extract-and-run", "--smoke", "--model", "model.gguf"]
    assert "PYTHONPATH" not in environment
    assert "文" in environment["PHIAL_HOME"]


def test_the_environment_is_otherwise_the_one_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIRTUAL_ENV", "/somewhere")
    environment = bare_environment(tmp_path)
    assert environment["PATH"] == os.environ["PATH"]
    assert "VIRTUAL_ENV" not in environment


def test_the_place_of_an_open_image_is_read() -> None:
    entities = [{"dev-entry": "/dev/disk4"}, {"dev-entry": "/dev/disk4s1", "mount-point": "/Volumes/Phial"}]
    assert mount_point(plistlib.dumps({"system-entities": entities})) == Path("/Volumes/Phial")

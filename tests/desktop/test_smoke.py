"""What ``phial --smoke`` says where a part fails. That every part works is seen in tests/end_to_end/test_smoke.py."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desktop import smoke
from desktop.smoke import Part, SmokeError, Trial, report, share_of_words, until


def part(name: str, *, ok: bool) -> Part:
    return Part(name, ok, 0.5, {}, "", "" if ok else "no")


def test_one_part_that_fails_fails_the_whole() -> None:
    said = report([part("window", ok=True), part("worker", ok=False)], 1.234)
    assert (said["ok"], said["failed"], said["seconds"]) == (False, ["worker"], 1.23)
    assert report([part("window", ok=True)], 1.0)["ok"]
    assert not report([], 1.0)["ok"]


def test_the_words_of_a_page_are_counted_once() -> None:
    assert share_of_words("The heater burns the oil", "the HEATER burns") == pytest.approx(3 / 4)
    assert share_of_words("", "anything") == 0


def test_a_wait_ends_with_its_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smoke, "PATIENCE", 0.0)
    with pytest.raises(SmokeError, match="it never came"):
        until(lambda: False, "it never came")
    until(lambda: True, "it is there")


def test_a_model_that_is_not_there_is_said_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        smoke.main(["--model", str(tmp_path / "gone.gguf")])
    assert ended.value.code == 2
    assert "gone.gguf" in capsys.readouterr().err


def test_a_program_without_a_window_is_told_and_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for variable in ("PHIAL_HOME", "QT_QPA_PLATFORM", "PHIAL_OTHER_PROGRAMS"):
        monkeypatch.setenv(variable, "")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(smoke, "program", lambda: [str(tmp_path / "no such program")])
    assert smoke.main([]) == 1
    said = json.loads(capsys.readouterr().out)
    assert said["failed"] == ["window"]
    assert "FileNotFoundError" in said["parts"][0]["problem"]
    assert not list(tmp_path.iterdir())


def test_a_part_without_a_version_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def version(package: str) -> str:
        raise smoke.importlib.metadata.PackageNotFoundError(package)

    monkeypatch.setattr(smoke.importlib.metadata, "version", version)
    trial = Trial(tmp_path)
    trial.run()
    assert [(tried.name, tried.ok) for tried in trial.parts] == [("window", False)]
    assert "PySide6-Essentials" in trial.parts[0].problem

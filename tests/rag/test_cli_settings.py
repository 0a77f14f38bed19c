from __future__ import annotations

import json

import pytest

from engine.links import Link
from rag.cli import DONE, NOTHING_DONE, WRONG_USAGE, main
from rag.errors import LANGUAGES, LibraryProblem, Problem, size_words, text
from rag.protocol import ChangeSetting, Failed, ListSettings, Request, Setting, Settings, SettingUnit
from tests.fakes.worker import FakeWorker

SIZE = Setting("kv_disk_bytes", "500000000", "2000000000", True, SettingUnit.BYTES, (), 0, 1e12, "Disk \x1b[2J.")
WORD = Setting("reads_ahead", "never", "never", False, SettingUnit.WORD, ("always", "never"), 0, 0, "When.")
LONG = Setting("context", "9000", "safe", True, SettingUnit.TOKENS, ("safe",), 512, 131_072, "How many.", "It costs.")
NONE = Setting("model_mirrors", "", "", False, SettingUnit.ADDRESSES, (), 0, 0, "Where from.")


@pytest.fixture(autouse=True)
def kept(worker: FakeWorker) -> None:
    def answer(_worker: FakeWorker, link: Link, request: Request) -> None:
        if isinstance(request, ChangeSetting) and request.setting == "nothing":
            link.send(Failed(request.id, Problem(LibraryProblem.SETTING_UNKNOWN.value, {"setting": "nothing"})))
            return
        link.send(Settings(request.id, (SIZE, WORD, LONG, NONE)))

    for kind in (ListSettings, ChangeSetting):
        worker.script.handlers[kind] = answer


@pytest.mark.parametrize(
    ("arguments", "asked"),
    [
        ([], ListSettings(1, "en")),
        (["list"], ListSettings(1, "en")),
        (["set", "reads_ahead", "always"], ChangeSetting(1, "reads_ahead", "always", "en")),
        (["reset", "reads_ahead"], ChangeSetting(1, "reads_ahead", "", "en")),
    ],
)
def test_each_action_asks_the_worker(worker: FakeWorker, arguments: list[str], asked: Request) -> None:
    assert main(["settings", *arguments]) == DONE
    assert worker.asked(type(asked)) == [asked]


@pytest.mark.parametrize("language", LANGUAGES)
def test_values_are_shown_with_their_units(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setenv("PHIAL_LANGUAGE", language)
    assert main(["settings"]) == DONE
    shown = capsys.readouterr().out
    default = text("settings_default", language, value=size_words(2 * 10**9, language))
    assert f"{size_words(5 * 10**8, language)}  ({default})" in shown
    assert "reads_ahead  never\n" in shown
    assert text("settings_tokens", language, tokens=9000) in shown
    assert "It costs." in shown
    assert "model_mirrors  –" in shown
    assert "\x1b[2J" not in shown


@pytest.mark.parametrize("arguments", [["set", "reads_ahead", "always"], ["reset", "reads_ahead"]])
def test_who_changes_a_setting_is_answered_with_that_one(
    capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    assert main(["settings", *arguments]) == DONE
    assert capsys.readouterr().out == "reads_ahead  never\n   When.\n   one of: always, never\n"


def test_the_default_is_named_only_beside_another_value(worker: FakeWorker, capsys: pytest.CaptureFixture[str]) -> None:
    said = Setting("context", "safe", "safe", True, SettingUnit.TOKENS, ("safe",), 512, 131_072, "How many.")
    worker.script.handlers[ListSettings] = lambda _, link, request: link.send(Settings(request.id, (said,)))
    assert main(["settings"]) == DONE
    assert capsys.readouterr().out == "context  safe\n   How many.\n"


def test_programs_read_the_values_as_they_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["settings", "--json"]) == DONE
    first = json.loads(capsys.readouterr().out)["settings"][0]
    assert (first["setting"], first["value"], first["is_changed"]) == ("kv_disk_bytes", "500000000", True)


def test_a_wrong_word_is_told_in_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["settings", "set", "nothing", "1"]) == NOTHING_DONE
    assert "“nothing”" in capsys.readouterr().err
    assert main(["settings", "set", "reads_ahead"]) == WRONG_USAGE

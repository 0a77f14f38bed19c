from __future__ import annotations

import json
from pathlib import Path
from typing import BinaryIO

import pytest

from rag.cli import DONE, NOTHING_DONE, WRONG_USAGE, main
from rag.cli_conversations import _write
from rag.errors import LANGUAGES, LibraryProblem, PhialError, text
from rag.protocol import (
    Conversation,
    DeleteConversation,
    ExportConversation,
    ExportFormat,
    ListConversations,
    OpenConversation,
    RenameConversation,
    Request,
    Turn,
)
from tests.fakes.plausible import ANSWER
from tests.fakes.worker import FakeWorker

TITLE = "Wind \x1b[2J at the [bold]quay"
MARKDOWN = b"# Wind \x1b[2J at the [bold]quay\n"


@pytest.fixture(autouse=True)
def kept(worker: FakeWorker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    worker.script.conversations = [Conversation(0, 7, TITLE, (Turn(1, 1_750_000_000.0, ANSWER),))]


@pytest.mark.parametrize(
    ("arguments", "asked"),
    [
        ([], [ListConversations(1)]),
        (["list"], [ListConversations(1)]),
        (["list", "the", "quay"], [ListConversations(1, "the quay")]),
        (["show", "7"], [OpenConversation(1, 7)]),
        (["export", "--format", "docx", "7"], [ExportConversation(1, 7, ExportFormat.DOCX, "en")]),
        (["rename", "7", "Cranes"], [RenameConversation(1, 7, "Cranes"), ListConversations(2)]),
        (["delete", "7"], [DeleteConversation(1, 7), ListConversations(2)]),
    ],
)
@pytest.mark.parametrize("place", ["before", "after", "plain"])
def test_each_action_asks_the_worker(
    worker: FakeWorker, capsys: pytest.CaptureFixture[str], arguments: list[str], asked: list[Request], place: str
) -> None:
    before, after = ["--json"] * (place == "before"), ["--json"] * (place == "after")
    assert main(["conversations", *before, *arguments, *after]) == DONE
    assert worker.requests[1:] == asked
    captured = capsys.readouterr()
    assert captured.err == ""
    assert captured.out
    if place != "plain":
        assert all(isinstance(json.loads(line), dict) for line in captured.out.splitlines())


def test_the_json_has_the_names_that_others_rely_on(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    main(["conversations", "--json"])
    main(["conversations", "show", "7", "--json"])
    main(["conversations", "export", "7", "--format", "md", "--json"])
    listed, shown, exported = map(json.loads, capsys.readouterr().out.splitlines())
    row = {"conversation": 7, "title": TITLE, "turns": 1, "changed": 1_750_000_000.0}
    assert listed == {"conversations": [row]}
    assert (shown["conversation"], shown["title"]) == (7, TITLE)
    (turn,) = shown["turns"]
    assert (turn["turn"], turn["asked"], turn["question"]) == (1, 1_750_000_000.0, ANSWER.question)
    assert [citation["number"] for citation in turn["citations"]] == [1, 2, 3]
    path = tmp_path / "phial-conversation-7.md"
    assert exported == {"conversation": 7, "format": "md", "path": str(path), "bytes": len(MARKDOWN)}
    assert path.read_bytes() == MARKDOWN


def test_a_person_sees_the_list_and_all_of_a_conversation(capsys: pytest.CaptureFixture[str]) -> None:
    main(["conversations"])
    main(["conversations", "show", "7"])
    shown = capsys.readouterr().out
    assert "\x1b" not in shown
    assert shown.count("Wind \ufffd[2J at the [bold]quay") == 2
    assert ANSWER.question in shown
    assert all(sentence.text in shown for sentence in ANSWER.sentences)
    main(["conversations", "list", "nothing", "of", "it"])
    assert capsys.readouterr().out == text("conversations_none", "en") + "\n"


def test_a_file_that_is_there_stays_as_it_is(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "kept.md").write_text("mine")
    arguments = ["conversations", "export", "7", "--format", "md", "-o"]
    assert main([*arguments, "kept.md"]) == NOTHING_DONE
    assert (tmp_path / "kept.md").read_text() == "mine"
    assert "kept.md is there already." in capsys.readouterr().err
    assert main([*arguments, "nowhere/new.md"]) == NOTHING_DONE
    assert "new.md can’t be written." in capsys.readouterr().err
    assert main([*arguments, "new.md"]) == DONE
    assert (tmp_path / "new.md").read_bytes() == MARKDOWN
    assert str(tmp_path / "new.md") in capsys.readouterr().out


def test_half_a_file_is_not_left_behind(tmp_path: Path) -> None:
    with pytest.raises(TypeError):
        _write(tmp_path / "half.md", "no bytes")  # type: ignore[arg-type]
    assert list(tmp_path.glob("*.md")) == []
    _write(tmp_path / "whole.md", b"bytes")
    assert (tmp_path / "whole.md").read_bytes() == b"bytes"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no disk here is always full")
def test_a_full_disk_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def open_full(path: Path, _mode: str) -> BinaryIO:
        path.touch(exist_ok=False)
        return open("/dev/full", "wb")  # noqa: PTH123 - Path.open is this

    monkeypatch.setattr(Path, "open", open_full)
    with pytest.raises(PhialError) as caught:
        _write(tmp_path / "half.md", b"bytes")
    assert caught.value.kind is LibraryProblem.FILE_UNWRITABLE
    assert list(tmp_path.glob("*.md")) == []


def test_a_dash_is_standard_output(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["conversations", "export", "7", "--format", "md", "-o", "-"]) == DONE
    assert capfdbinary.readouterr().out == MARKDOWN


@pytest.mark.parametrize("action", ["show", "export"])
def test_a_conversation_that_is_gone_gets_its_sentence(capsys: pytest.CaptureFixture[str], action: str) -> None:
    format_ = ["--format", "md"] if action == "export" else []
    assert main(["conversations", action, "8", *format_]) == NOTHING_DONE
    assert "There is no such conversation." in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [["eat"], ["show"], ["show", "x"], ["show", "0"], ["show", str(2**63)], ["export", "7"], ["rename", "7"],
     ["export", "7", "--format", "odt"], ["export", "7", "--format", "md", "-o", "-", "--json"]],
    ids=" ".join,
)  # fmt: skip
def test_wrong_usage_is_told_from_failure(
    worker: FakeWorker, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    assert main(["conversations", *arguments]) == WRONG_USAGE
    assert "usage: phial conversations" in capsys.readouterr().err or arguments[-1] == "--json"
    assert worker.requests == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_is_in_the_persons_language(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setenv("PHIAL_LANGUAGE", language)
    monkeypatch.setenv("COLUMNS", "500")
    main(["conversations", "--help"])
    shown = capsys.readouterr().out
    for action in ("list", "show", "export", "rename", "delete"):
        assert text(f"help_conversations_{action}", language) in shown

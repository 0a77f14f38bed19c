from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from engine.links import Link
from engine.paths import logs
from rag.cli import DONE, INTERRUPTED, NOTHING_DONE, WRONG_USAGE, main
from rag.client import client_version
from rag.errors import LANGUAGES, Problem, describe, text
from rag.protocol import (
    AddModel,
    Ask,
    Cancelled,
    Check,
    ChooseModel,
    DocumentState,
    Examine,
    Examined,
    Failed,
    ForgetUnread,
    Found,
    Health,
    Index,
    Indexed,
    IndexedFile,
    ListDocuments,
    ListFolders,
    ListModels,
    ListOffers,
    Remove,
    Request,
    Scope,
    Search,
    Status,
)
from tests.fakes.plausible import STUDY, document
from tests.fakes.worker import FakeWorker

COMMANDS = ("index", "search", "ask", "status", "documents", "remove", "doctor", "models", "conversations", "worker")


def examined(_worker: FakeWorker, link: Link, request: Request) -> None:
    link.send(Examined(request.id, (Check("disk", "3 GB", is_well=True),)))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_is_in_the_persons_language(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, language: str, command: str
) -> None:
    monkeypatch.setenv("PHIAL_LANGUAGE", language)
    monkeypatch.setenv("COLUMNS", "500")
    assert main([*([command] if command else []), "--help"]) == DONE
    captured = capsys.readouterr()
    assert captured.err == ""
    assert text(f"help_{command or 'phial'}", language) in captured.out
    if not command:
        assert all(text(f"help_{each}", language) in captured.out for each in COMMANDS)
        assert text("help_window", language) in captured.out
    elif command != "worker":
        assert text("help_json", language) in captured.out


def test_the_version_is_the_programs(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == DONE
    assert capsys.readouterr().out == f"phial {client_version()}\n"


@pytest.mark.parametrize(
    "arguments",
    [
        [], ["nothing"], ["index"], ["search"], ["ask"], ["remove"], ["search", "one", "two"],
        ["search", "a", "-k", "0"], ["search", "a", "-k", "many"], ["search", "a", "-k", "1001"],
        ["search", "a", "--batch", "b.jsonl"],
        ["ask", "a", "-k", "3"], ["status", "extra"], ["models", "eat"], ["models", "use"], ["models", "add"],
        ["models", "list", "phi"], ["worker", "--json"], ["index", "a", "--unknown"], ["search", "a", "--in"],
        ["unlock"], ["watch", "add"], ["watch", "remove"], ["watch", "list", "a"], ["watch", "eat", "a"],
        ["index", "a", "--password-file"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_wrong_usage_is_told_from_failure(home: Path, capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    assert main(arguments) == WRONG_USAGE
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "usage: phial" in captured.err
    assert not home.exists()


@pytest.mark.parametrize(
    ("arguments", "request_"),
    [
        (["index", "a.pdf", "/b"], Index(1, ("{cwd}/a.pdf", "/b"))),
        (["search", "why?"], Search(1, "why?", 8)),
        (
            ["search", "why?", "-k", "3", "--in", "a.pdf", "--in", "/b"],
            Search(1, "why?", 3, Scope(("{cwd}/a.pdf", "/b"))),
        ),
        (["search", "--in", STUDY.sha256, "--", "-5 degrees"], Search(1, "-5 degrees", 8, Scope((STUDY.sha256,)))),
        (["ask", "why?", "--model", "phi", "--in", "/b"], Ask(1, "why?", Scope(("/b",)), "phi", 0, "en")),
        (["status"], Status(1)),
        (["documents"], ListDocuments(1)),
        (["health"], Health(1)),
        (["watch"], ListFolders(1)),
        (["remove", "a.pdf", STUDY.sha256], Remove(1, ("{cwd}/a.pdf", STUDY.sha256))),
        (["doctor"], Examine(1, "en")),
        (["models"], ListModels(1)),
        (["models", "list"], ListModels(1)),
        (["models", "offers"], ListOffers(1, "en")),
        (["models", "use", "phi"], ChooseModel(1, "phi")),
        (["models", "add", "phi.gguf"], AddModel(1, "{cwd}/phi.gguf")),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
@pytest.mark.parametrize("as_json", [True, False], ids=["json", "plain"])
def test_each_command_is_one_request(
    worker: FakeWorker,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    request_: Request,
    as_json: bool,
) -> None:
    monkeypatch.chdir(tmp_path)
    worker.script.handlers[Examine] = examined
    worker.script.handlers[Index] = indexed(DocumentState.READY)
    worker.script.pause = 0.0
    assert main([arguments[0], *(["--json"] if as_json else []), *arguments[1:]]) == DONE
    expected = repr(request_).replace("{cwd}", str(tmp_path))
    assert [repr(request) for request in worker.requests[1:]] == [expected]
    captured = capsys.readouterr()
    assert captured.err == ""
    if as_json:
        assert all(isinstance(json.loads(line), dict) for line in captured.out.splitlines())
    assert captured.out


def test_only_what_was_not_read_yet_is_removed_where_that_is_wanted(
    worker: FakeWorker, capsys: pytest.CaptureFixture[str]
) -> None:
    waiting = document("Waiting.pdf", DocumentState.QUEUED)
    worker.script.documents.append(waiting)
    assert main(["remove", "--unread", "/home/ada/Documents"]) == DONE
    assert [one.keys for one in worker.asked(ForgetUnread) if isinstance(one, ForgetUnread)] == [(waiting.key,)]
    assert "Waiting.pdf" in capsys.readouterr().out
    assert main(["remove", "--unread", "/elsewhere"]) == NOTHING_DONE
    assert len(worker.script.documents) == 2


def indexed(state: DocumentState) -> Callable[[FakeWorker, Link, Request], None]:
    reason = Problem("pdf_broken", {"path": "/a.pdf"}) if state is DocumentState.FAILED else None

    def handle(_worker: FakeWorker, link: Link, request: Request) -> None:
        link.send(Indexed(request.id, (IndexedFile("/a.pdf", "", state, 0, 0, reason),), 0.1))

    return handle


@pytest.mark.parametrize("options", [["--json"], []], ids=["json", "plain"])
def test_where_nothing_could_be_done_a_sentence_says_why(
    worker: FakeWorker, capsys: pytest.CaptureFixture[str], options: list[str]
) -> None:
    worker.script.handlers[Index] = indexed(DocumentState.FAILED)
    assert main(["index", "/a.pdf", *options]) == NOTHING_DONE
    assert describe(Problem("pdf_broken", {"path": "/a.pdf"})).meaning in capsys.readouterr().err
    worker.script.handlers[Search] = lambda _, link, request: link.send(Failed(request.id, Problem("library_empty")))
    assert main(["search", "why?", *options]) == NOTHING_DONE
    captured = capsys.readouterr()
    assert captured.err == str(describe(Problem("library_empty"))) + "\n"
    if options:
        assert json.loads(captured.out)["reason_kind"] == "library_empty"


@pytest.mark.parametrize("options", [["--json"], []], ids=["json", "plain"])
def test_beside_an_answer_stands_why_the_chosen_model_did_not_write_it(
    worker: FakeWorker, capsys: pytest.CaptureFixture[str], options: list[str]
) -> None:
    away = Problem("model_away", {"model": "Phi-4-mini", "path": "/drive/phi.gguf", "instead": "Phi-2"})
    worker.script.notices = (Problem("home_synced", {"path": "/Dropbox"}), away)
    assert main(["ask", "why?", *options]) == DONE
    assert capsys.readouterr().err == str(describe(away)) + "\n"
    assert main(["ask", "why?", "--model", "phi-2", *options]) == DONE
    assert capsys.readouterr().err == "", "the person named another"


def test_an_interrupt_has_its_own_status(worker: FakeWorker, capsys: pytest.CaptureFixture[str]) -> None:
    worker.script.handlers[Search] = lambda _, link, request: link.send(Cancelled(request.id))
    assert main(["search", "why?"]) == INTERRUPTED
    assert capsys.readouterr().err == text("interrupted", "en") + "\n"


def test_what_nobody_foresaw_is_a_sentence_and_its_trace_is_kept(
    worker: FakeWorker, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(*_: object) -> bool:
        raise RuntimeError("words of a document".title())

    monkeypatch.setattr("rag.json_view.JsonView.search", break_down)
    assert main(["search", "why?", "--json"]) == NOTHING_DONE
    assert capsys.readouterr().err == str(describe(Problem("unexpected"))) + "\n"
    trace = (logs(worker.home) / "terminal.crash.log").read_text(encoding="utf-8")
    assert "break_down" in trace
    assert trace.endswith("RuntimeError")
    assert "Words Of A Document" not in trace


def run(home: Path, *arguments: str, prefix: Sequence[str] = (), **options: object) -> subprocess.CompletedProcess[str]:
    variables = {**os.environ, "PHIAL_HOME": str(home), "PHIAL_LANGUAGE": "en", "PYTHONIOENCODING": "ascii"}
    command = [*prefix, sys.executable, "-m", "desktop", *arguments]
    return subprocess.run(command, env=variables, text=True, encoding="utf-8", check=False, **options)  # type: ignore[call-overload,no-any-return]


def found_accents(worker: FakeWorker, link: Link, request: Request) -> None:
    (passage,) = worker.script.passages[:1]
    link.send(Found(request.id, (type(passage)(**{**vars(passage), "text": "l’été — 夏", "marks": ()}),), 0.1))


def test_json_is_utf_8_whatever_the_terminal_is(worker: FakeWorker) -> None:
    worker.script.handlers[Search] = found_accents
    as_json = run(worker.home, "search", "été", "--json", capture_output=True)
    assert json.loads(as_json.stdout)["passages"][0]["text"] == "l’été — 夏"
    plain = run(worker.home, "search", "été", capture_output=True)
    assert (plain.returncode, plain.stderr) == (DONE, "")
    assert "l??t? ? ?" in plain.stdout


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
def test_output_that_cannot_be_written_is_no_traceback(worker: FakeWorker) -> None:
    with open("/dev/full", "w") as full:  # noqa: PTH123
        done = run(worker.home, "status", "--json", stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == NOTHING_DONE
    assert done.stderr == str(describe(Problem("unexpected"))) + "\n"


@pytest.mark.skipif(os.name != "posix", reason="a pipe whose reader has gone is Unix's")
@pytest.mark.parametrize("options", [[], ["--json"]])
def test_a_reader_that_has_gone_is_no_failure(worker: FakeWorker, options: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = run(worker.home, "documents", *options, stdout=writing, stderr=subprocess.PIPE)
    os.close(writing)
    assert (done.returncode, done.stderr) == (DONE, "")


@pytest.mark.skipif(os.name != "posix", reason="the shell is Unix's")
@pytest.mark.parametrize("options", [[], ["--json"]])
def test_an_output_that_is_closed_is_no_failure(worker: FakeWorker, options: list[str]) -> None:
    prefix = ("sh", "-c", 'exec "$@" >&-', "sh")
    done = run(worker.home, "documents", *options, prefix=prefix, stderr=subprocess.PIPE)
    assert (done.returncode, done.stderr) == (DONE, "")

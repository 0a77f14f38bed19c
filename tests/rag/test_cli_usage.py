"""A command line that can't be understood: what is said of it, in which language, and what was likely meant."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.cli import DONE, WRONG_USAGE, main
from rag.cli_usage import UsageParser, nearest
from rag.errors import LANGUAGES, text

COMMANDS = ("index", "search", "ask", "find", "summarise", "conversations", "collections", "models", "settings")


def said(capsys: pytest.CaptureFixture[str]) -> str:
    """The last line on standard error, below how the command is used."""
    captured = capsys.readouterr()
    assert captured.out == ""
    *usage, last = captured.err.splitlines()
    assert usage[0].split()[:2][-1] == "phial" or "phial" in usage[0]
    return last


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ("summarize a.pdf", "phial: There is no command “summarize”. Did you mean “summarise”?"),
        ("models lits", "phial models: There is no command “lits”. Did you mean “list”?"),
        ("nothing", "phial: There is no command “nothing”. phial --help lists what there is."),
        ("ask why? --josn", "phial ask: There is no option --josn. Did you mean “--json”?"),
        ("ask why? --colection=a", "phial ask: There is no option --colection=a. Did you mean “--collection”?"),
        ("ask why? -x", "phial ask: There is no option -x. phial ask --help lists what there is."),
        ("conversations list --co",
         "phial conversations list: There is no option --co. phial conversations list --help lists what there is."),
        ("search two words",
         "phial search: “words” is too much: nothing more is expected. What has spaces stands in quotation marks."),
        ("search", "phial search: One of these is needed: QUESTION --batch."),
        ("index", "phial index: Missing: PATH."),
        ("search a --in", "phial search: Something has to follow --in."),
        ("search a --batch b", "phial search: --batch does not go together with QUESTION."),
        ("search a -k 0", "phial search: -k: “0” is none of 1 … 1000."),
        ("ask a --conversation x", "phial ask: --conversation: “x” is none of 1 …."),
        ("ask a --co 7", "phial ask: --co can be --collection, --conversation: write it out."),
        ("status --json=yes", "phial status: --json takes nothing, so not “yes” either."),
        ("summarise a --length lin",
         "phial summarise: --length: “lin” is none of line, paragraph, bullets, page. Did you mean “line”?"),
        ("restore a.phial --map b", "phial restore: --map: b: OLD=NEW"),
        ("watch add", "phial: Missing: watch add PATH."),
        ("watch list a",
         "phial: “a” is too much: nothing more is expected. What has spaces stands in quotation marks."),
        ("", "phial: Missing: COMMAND."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_what_was_likely_meant(
    home: Path, capsys: pytest.CaptureFixture[str], arguments: str, sentence: str
) -> None:
    assert main(arguments.split()) == WRONG_USAGE
    assert said(capsys) == sentence
    assert not home.exists(), "nothing was begun"


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_said_in_the_persons_language(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setenv("PHIAL_LANGUAGE", language)
    monkeypatch.setenv("COLUMNS", "500")
    english = {"usage:", "error:", "argument ", "invalid", "required", "expected", "unrecognized"}
    for arguments in (
        "summarize",
        "ask --josn why?",
        "search",
        "ask --in",
        "index",
        "ask a --length=x",
        "search a -k x",
    ):
        assert main(arguments.split()) == WRONG_USAGE
        printed = capsys.readouterr().err
        assert printed.startswith(f"{text('usage', language)}phial")
        if language != "en":
            assert not [word for word in english if word in printed]
    assert main(["ask", "--help"]) == DONE
    helped = capsys.readouterr().out
    for key in ("usage", "usage_options", "usage_arguments", "help_help"):
        assert text(key, language) in helped
    if language != "en":
        assert "show this help" not in helped


def test_a_usage_of_several_lines_stays_one(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    assert main(["search"]) == WRONG_USAGE
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) > 3
    assert lines[0].startswith("usage: phial search")


def test_what_a_terminal_would_obey_is_not_handed_to_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sum\x1b[2Jmarise"]) == WRONG_USAGE
    assert "\x1b" not in capsys.readouterr().err


def test_what_argparse_words_in_a_way_that_we_do_not_know_is_shown_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        UsageParser(language="fr", prog="phial").error("something else is wrong")
    assert end.value.code == WRONG_USAGE
    assert capsys.readouterr().err.endswith("phial: something else is wrong\n")


def test_argparse_says_it_as_we_expect(capsys: pytest.CaptureFixture[str]) -> None:
    """Its wording is all that it can be told by: another Python may have changed it."""
    parser = UsageParser(language="it", prog="phial")
    parser.add_argument("--many", nargs="+")
    parser.add_argument("--two", nargs=2)
    for arguments in (["--many"], ["--two", "one"]):
        with pytest.raises(SystemExit):
            parser.parse_args(arguments)
        wanted = text("wrong_nothing_follows", "it", argument=arguments[0])
        assert capsys.readouterr().err.endswith(f"phial: {wanted}\n")
    assert parser.parse_args([]) == argparse.Namespace(many=None, two=None)


@given(st.text(max_size=12))
def test_what_is_meant_is_a_word_that_there_is_or_none(word: str) -> None:
    assert nearest(word, COMMANDS) in {*COMMANDS, ""}
    assert nearest(word, ()) == ""


@pytest.mark.parametrize("word", COMMANDS)
def test_one_slip_is_understood(word: str) -> None:
    for place in range(len(word) - 1):
        assert nearest(word[:place] + word[place + 1] + word[place] + word[place + 2 :], COMMANDS) in {word, ""}
        if len(word) > 3:
            assert nearest(word[:place] + word[place + 1 :], COMMANDS) == word

"""What a start asks of the one that has the window: read from the command line, written on the way, read again."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from desktop import login
from desktop.call import BACKGROUND, LARGEST, OPEN, QUICK, QUIT, WINDOW, Call, call_for, call_in

PATHS = some.lists(some.text(some.characters(exclude_characters="\0")).map(lambda name: f"/{name}"), max_size=8)


@given(some.sampled_from([WINDOW, QUICK, OPEN, QUIT]), PATHS, some.text(max_size=40))
def test_what_is_written_is_read_again(wanted: str, paths: list[str], activation: str) -> None:
    call = Call(wanted, tuple(paths), activation)
    assert call_in(call.written()) == call


@given(some.binary(max_size=200))
def test_whatever_else_is_said_is_a_call_or_none(words: bytes) -> None:
    assert call_in(words) is None or isinstance(call_in(words), Call)


def test_of_too_many_paths_those_that_fit_are_said() -> None:
    line = Call(OPEN, tuple(f"/{'x' * 100}/{number}" for number in range(10_000))).written()
    assert len(line) <= LARGEST
    call = call_in(line)
    assert call is not None
    assert len(call.paths) == 1250


@pytest.mark.parametrize(
    "arguments", [["status"], ["index", "/a.pdf"], ["--help"], ["report.pdf", "--json"], ["notes"]]
)
def test_commands_are_the_terminals(arguments: list[str]) -> None:
    assert call_for(arguments) is None


def test_files_and_folders_are_opened_by_whatever_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_ACTIVATION_TOKEN", "leave")
    given = ["report.pdf", "./notes", "/papers/", "file:///a%20b/%C3%A9.pdf", "sub/../other.md"]
    expected = (f"{tmp_path}/report.pdf", f"{tmp_path}/notes", "/papers", "/a b/é.pdf", f"{tmp_path}/other.md")
    assert call_for(given) == Call(OPEN, expected, "leave")
    assert call_for([]) == Call(WINDOW, (), "leave")
    assert call_for(["quick"]) == Call(QUICK, (), "leave")
    assert call_for(["quit"]) == Call(QUIT, (), "leave")
    assert call_for(login.command()[-1:]) == Call(BACKGROUND, (), "leave")

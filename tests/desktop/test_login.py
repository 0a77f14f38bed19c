"""Starting with the session: what is written for each system, and what is taken back."""

from __future__ import annotations

import configparser
import plistlib
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop import login

HOME = Path("/home/ada")


def exec_words(entry: str) -> list[str]:
    """The Exec key as the specification has it read: first as a text of the entry, then as a command line."""
    parser = configparser.RawConfigParser()
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read_string(entry)
    line = parser["Desktop Entry"]["Exec"].replace("\\\\", "\\")
    words, word, is_quoted, is_escaped, has_word = [], "", False, False, False
    for character in line:
        if is_escaped:
            word, is_escaped = word + character, False
        elif is_quoted and character == "\\":
            is_escaped = True
        elif character == '"':
            is_quoted, has_word = not is_quoted, True
        elif character == " " and not is_quoted:
            words, word, has_word = ([*words, word] if word or has_word else words), "", False
        else:
            word += character
    return [each.replace("%%", "%") for each in ([*words, word] if word or has_word else words)]


PRINTABLE = st.text(st.characters(min_codepoint=32, max_codepoint=0x2FF, exclude_characters="\x7f"), min_size=1)


@given(st.lists(PRINTABLE.filter(lambda word: word.strip() == word), min_size=1, max_size=4))
def test_an_entry_starts_the_words_that_were_given(words: list[str]) -> None:
    assert exec_words(login.desktop_entry(words)) == words


def test_an_agent_starts_the_words_that_were_given() -> None:
    agent = plistlib.loads(login.launch_agent(["/Applications/Phial.app/x", "a b"]))
    assert agent["ProgramArguments"] == ["/Applications/Phial.app/x", "a b"]
    assert agent["RunAtLoad"] is True
    assert agent["AssociatedBundleIdentifiers"] == [agent["Label"]] == [login.BUNDLE_IDENTIFIER]


@pytest.mark.parametrize(
    ("program", "is_read_only", "is_passing"),
    [
        ("/Applications/Phial.app/Contents/MacOS/phial", False, False),
        ("/Volumes/Phial 0.1.0/Phial.app/Contents/MacOS/phial", True, True),
        ("/Volumes/Work/Applications/Phial.app/Contents/MacOS/phial", False, False),
        ("/private/var/folders/x/T/AppTranslocation/8F0A/d/Phial.app/Contents/MacOS/phial", True, True),
    ],
)
def test_a_program_that_will_be_gone_is_told_from_one_that_stays(
    program: str, is_read_only: bool, is_passing: bool
) -> None:
    assert login.is_passing(program, is_read_only) == is_passing


def test_nothing_is_written_for_a_program_that_will_be_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(login.sys, "platform", "darwin")
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    monkeypatch.setattr(login, "is_passing", lambda *_: True)
    with pytest.raises(login.PassingPlace):
        login.start_at_login(wanted=True)
    assert not login.starts_at_login()
    login.start_at_login(wanted=False)
    monkeypatch.setattr(login, "is_passing", lambda *_: False)
    login.start_at_login(wanted=True)
    assert login.starts_at_login()
    assert (tmp_path / "Library" / "LaunchAgents" / f"{login.BUNDLE_IDENTIFIER}.plist").is_file()


@pytest.mark.parametrize(
    ("platform", "environment", "path"),
    [
        ("linux", {}, "/home/ada/.config/autostart/phial.desktop"),
        ("linux", {"XDG_CONFIG_HOME": "/x"}, "/x/autostart/phial.desktop"),
        ("linux", {"XDG_CONFIG_HOME": "relative"}, "/home/ada/.config/autostart/phial.desktop"),
        ("darwin", {}, "/home/ada/Library/LaunchAgents/org.phial.phial.plist"),
    ],
)
def test_where_it_is_written(platform: str, environment: dict[str, str], path: str) -> None:
    assert login.entry_path(platform, HOME, environment) == Path(path)
    assert login.entry_path("win32", HOME, environment) is None


@pytest.mark.skipif(sys.platform != "linux", reason="the place differs")
def test_it_is_written_and_taken_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert not login.starts_at_login()
    login.start_at_login(wanted=True)
    assert login.starts_at_login()
    assert exec_words((tmp_path / "autostart" / "phial.desktop").read_text("utf-8")) == login.command()
    login.start_at_login(wanted=False)
    login.start_at_login(wanted=False)
    assert not login.starts_at_login()

"""The program's folder in PATH: what else stands there stays, to the letter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from engine.search_path import main, with_folder, without_folder

PHIAL = r"C:\Users\Zoë\AppData\Local\Programs\Phial"
ENTRIES = some.lists(some.text("abc%\\: é", min_size=1).filter(lambda entry: entry.strip(" \\") != ""), max_size=300)


@given(ENTRIES)
def test_what_is_added_can_be_taken_away_and_nothing_else_is(entries: list[str]) -> None:
    path = ";".join(entries)
    added = with_folder(path, PHIAL)
    assert added.split(";")[-1] == PHIAL
    assert without_folder(added, PHIAL) == path


@pytest.mark.parametrize("there", [PHIAL, PHIAL + "\\", f'"{PHIAL}"', PHIAL.upper()])
def test_one_that_is_there_is_not_added_again(there: str) -> None:
    path = rf"%USERPROFILE%\bin;;{there};D:\tools"
    assert with_folder(path, PHIAL) == path
    assert without_folder(path, PHIAL) == r"%USERPROFILE%\bin;D:\tools"


def test_a_path_without_it_is_not_touched() -> None:
    assert without_folder(r"C:\a;;C:\b;", PHIAL) == r"C:\a;;C:\b;"
    assert without_folder(PHIAL + "2", PHIAL) == PHIAL + "2"


@pytest.mark.parametrize("call", [[], ["add"], ["erase", PHIAL], ["add", PHIAL, "more"]])
def test_another_call_changes_nothing(call: list[str]) -> None:
    assert main(call) == 2

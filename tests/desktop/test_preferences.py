"""What the person prefers, over versions: files of an older one, of a newer one, and damaged ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.preferences import SETTINGS_FILE, Preferences

DEFAULTS = ("system", "system", False, True, False, False)


def all_of(home: Path) -> tuple[str, str, bool, bool, bool, bool]:
    one = Preferences(home)
    return (one.appearance, one.language, one.stays_in_tray, one.notifies, one.knows_of_tray, one.has_begun)


def write(home: Path, text: str) -> None:
    home.mkdir(exist_ok=True)
    (home / SETTINGS_FILE).write_text(text, encoding="utf-8")


def test_where_nothing_is_kept_all_is_as_the_system_has_it(home: Path) -> None:
    assert all_of(home) == DEFAULTS


def test_what_is_said_is_kept(home: Path) -> None:
    home.mkdir(exist_ok=True)
    said = Preferences(home)
    said.appearance, said.language = "dark", "it"
    said.stays_in_tray, said.notifies, said.knows_of_tray, said.has_begun = True, False, True, True
    assert (said.stays_in_tray, said.notifies) == (True, False)  # before it is written too
    said.store.sync()
    assert all_of(home) == ("dark", "it", True, False, True, True)


def test_those_of_an_older_version_hold_and_what_is_new_is_the_default(home: Path) -> None:
    write(
        home, "[window]\nappearance=dark\nstays_in_tray=true\ngeometry=@ByteArray(x)\n\n[quick]\nshortcut=Ctrl+Alt+P\n"
    )
    assert all_of(home) == ("dark", "system", True, True, False, True)


def test_those_of_a_newer_version_are_left_alone_where_they_are_not_understood(home: Path) -> None:
    write(home, "[window]\nappearance=sepia\nlanguage=tlh\nnotifies=quietly\ndensity=compact\n\n[colour]\nink=blue\n")
    assert all_of(home) == DEFAULTS
    kept = Preferences(home)
    kept.stays_in_tray = True
    kept.store.sync()
    text = (home / SETTINGS_FILE).read_text(encoding="utf-8")
    for line in ("appearance=sepia", "density=compact", "ink=blue", "stays_in_tray=true"):
        assert line in text


@pytest.mark.parametrize("text", ["", "\x00\x01\x02", "no section, no value", "[window]\n=\n%"])
def test_damaged_ones_hold_nothing_and_can_be_written_again(home: Path, text: str) -> None:
    write(home, text)
    assert all_of(home) == DEFAULTS
    mended = Preferences(home)
    mended.appearance = "light"
    mended.store.sync()
    assert Preferences(home).appearance == "light"


def test_a_folder_in_its_place_is_no_reason_not_to_open(home: Path) -> None:
    (home / SETTINGS_FILE).mkdir(parents=True)
    assert all_of(home) == DEFAULTS
    Preferences(home).appearance = "dark"

"""Shortcuts as values: what is one, how each platform writes it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.hotkey import ALTERNATIVES, DEFAULT, macos, portal, windows, x11
from desktop.hotkey.chord import Chord

KEYS = [*map(ord, "ABCXYZ059 "), *range(0x01000030, 0x01000030 + 24)]
CHORDS = st.builds(Chord, st.sampled_from(KEYS), st.booleans(), st.booleans(), st.booleans(), st.booleans())


@given(CHORDS)
def test_what_is_written_is_read_again(chord: Chord) -> None:
    is_usable = chord.control or chord.alt or chord.meta or chord.function_number > 0
    assert Chord.parse(chord.text) == (chord if is_usable else None)


@pytest.mark.parametrize("text", ["", "A", "Shift+A", "Ctrl", "Ctrl+A, Ctrl+B", "Ctrl+Return", "nonsense", "Ctrl+Ä"])
def test_what_is_none(text: str) -> None:
    assert Chord.parse(text) is None


@pytest.mark.parametrize("text", [DEFAULT, *ALTERNATIVES, "F9", "Ctrl+Alt+Space"])
def test_what_is_one(text: str) -> None:
    assert Chord.parse(text) is not None


@pytest.mark.parametrize(
    ("text", "on_x", "on_windows", "on_a_mac", "in_the_portal"),
    [
        ("Ctrl+Alt+Space", (0x20, 4 | 8), (0x20, 0x4003), (0x31, 0x0900), "CTRL+ALT+space"),
        ("Meta+Shift+P", (0x70, 64 | 1), (0x50, 0x400C), (0x23, 0x1200), "SHIFT+LOGO+p"),
        ("Ctrl+Alt+9", (0x39, 4 | 8), (0x39, 0x4003), (0x19, 0x0900), "CTRL+ALT+9"),
        ("Ctrl+F9", (0xFFC6, 4), (0x78, 0x4002), (0x65, 0x0100), "CTRL+F9"),
    ],
)
def test_how_each_platform_writes_it(
    text: str, on_x: tuple[int, int], on_windows: tuple[int, int], on_a_mac: tuple[int, int], in_the_portal: str
) -> None:
    chord = Chord.parse(text)
    assert chord is not None
    assert (x11.keysym_of(chord), x11.modifiers_of(chord)) == on_x
    assert (windows.virtual_key_of(chord), windows.modifiers_of(chord)) == on_windows
    assert (macos.virtual_key_of(chord), macos.modifiers_of(chord)) == on_a_mac
    assert portal.trigger_of(chord) == in_the_portal


def test_a_mac_has_no_f21() -> None:
    assert macos.virtual_key_of(Chord(0x01000030 + 20, control=True)) is None
    assert macos.virtual_key_of(Chord(0x01000030 + 19, control=True)) == 0x5A

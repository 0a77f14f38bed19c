"""The guide names what the program has: its words, its keys, its pictures."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import prepare

from desktop import keys

PAGE = prepare.ROOT / "docs" / "guide.md"
GUIDE = PAGE.read_text(encoding="utf-8")
WORDS = {
    message.findtext("source")
    for message in ET.parse(prepare.ROOT / "assets" / "translations" / "phial_fr.ts").iter("message")  # noqa: S314
}


def test_it_is_read_in_ten_minutes() -> None:
    words = [word for word in re.sub(r"\]\([^)]*\)", "]", GUIDE).split() if any(map(str.isalpha, word))]
    assert 2_000 <= len(words) <= 2_600


def test_every_picture_is_there() -> None:
    shown = re.findall(r"!\[[^]]+\]\(([^)]+)\)", GUIDE)
    assert len(shown) >= 12
    assert [path for path in shown if not (PAGE.parent / path).exists()] == [], "take them: make pictures"


def test_what_is_named_in_bold_stands_in_the_program() -> None:
    named = {" ".join(words.split()) for words in re.findall(r"\*\*(.+?)\*\*", GUIDE, re.DOTALL)}
    assert len(named) > 30
    assert sorted(named - WORDS) == []


def test_the_keys_are_those_of_the_program() -> None:
    table = GUIDE.split("## Keys")[1].split("\n## ")[0]
    told = re.findall(
        r"`([^`]+)`", "\n".join(line.split("|")[1] for line in table.splitlines() if line.startswith("| `"))
    )
    bound = {value for name, value in vars(keys).items() if name.isupper()}
    assert len(told) == len(set(told))
    assert set(told) == bound

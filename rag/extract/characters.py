"""Single characters as documents hold them, made into those that a person would type."""

from __future__ import annotations

import re
import unicodedata

_LIGATURES = range(0xFB00, 0xFB07)
_ARABIC_FORMS = (range(0xFB50, 0xFE00), range(0xFE70, 0xFEFF))
_SYMBOL_BULLETS = {0xF0A7: "•", 0xF0B7: "•", 0xF0D8: "•", 0xF0FC: "•"}
"""Bullets of the fonts Symbol and Wingdings, which have private codes."""

_SPACES = re.compile(r"[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_UNWANTED = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")
_LINE_ENDS = re.compile(r"\r\n?|[\v\x85\u2028]")
_PAGE_ENDS = re.compile(r"\n?[\f\u2029]\n?")


UNSPACED = re.compile(
    "[\u0e00-\u0eff"  # Thai, Lao
    "\u1000-\u109f"  # Burmese
    "\u1780-\u17ff"  # Khmer
    "\u3040-\u30ff"  # kana
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"  # Han
)
"""A character of a script that puts no space between words."""


def readable(code: int) -> str:
    """What the character ``code`` of a PDF's page stands for: "" where it stands for nothing."""
    if 0x20 < code < 0x7F:
        return chr(code)
    if code in _SYMBOL_BULLETS:
        return _SYMBOL_BULLETS[code]
    if code > 0x10FFFF:
        return ""
    character = chr(code)
    if code in _LIGATURES or any(code in forms for forms in _ARABIC_FORMS):
        return unicodedata.normalize("NFKC", character).replace(" ", "")
    if character.isspace() or _SPACES.match(character):
        return " "
    # U+200B to U+200F and U+2060 to U+2064: joiners and marks of direction, that would hide a word from the search.
    if _UNWANTED.match(character) or code in range(0x200B, 0x2010) or code in range(0x2060, 0x2065):
        return ""
    return character


def composed(base: str, mark: str) -> str:
    """``base`` with the accent ``mark`` as one character, or "" where there is none such."""
    if not base or not unicodedata.combining(mark):
        return ""
    one = unicodedata.normalize("NFC", base + mark)
    return one if len(one) == len(base) else ""


def with_accents(word: str) -> str:
    """``word`` with accents that stand behind their letters put on them, where there is one character for both."""
    if word.isascii() or not any(map(unicodedata.combining, word)):
        return word
    characters: list[str] = []
    for character in word:
        one = composed(characters[-1], character) if characters else ""
        if one:
            characters[-1] = one
        else:
            characters.append(character)
    return "".join(characters)


def clean_note(text: str) -> str:
    """The text of a note without what no reader sees: one kind of line end, no controls, no lone surrogates."""
    text = _PAGE_ENDS.sub("\n\n", _LINE_ENDS.sub("\n", text))
    return _UNWANTED.sub("", text.replace("\u00ad", ""))

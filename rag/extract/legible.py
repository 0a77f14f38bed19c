"""Which pages need OCR: those whose text is missing or can't be right, and which show something to read. Pure.

It is decided page by page: one scanned page in a typed report is recognised, and the others keep their own text.
"""

from __future__ import annotations

import re
import string
import unicodedata

FEW_LETTERS = 100
"""Letters and digits; a page with fewer may be a scan with a stamp, a page with more has text of its own."""
STRAY_LETTERS = 8
"""A page with fewer letters and digits than this says nothing."""
SMALL_PICTURE = 0.1
"""The share of a page without text from which on its pictures may be what is to be read: a receipt on a sheet ..."""
FULL_PICTURE = 0.7
"""... and that which makes a page with a few stray words a scan."""
OUTLINED_TEXT = 1_500
"""Segments of drawn lines: a page without text that has as many may be text turned into outlines."""
UNREADABLE_SHARE = 0.3
"""The share of signs that stand for nothing from which on a text is no text."""
FEWEST_VOWELS = 0.2
"""The share of vowels in Latin letters: European languages have 0.35 to 0.5, and even a list of codes has more than a
text whose letters are shifted, as it comes from fonts that don't say what their glyphs stand for."""
LETTERS_TO_JUDGE = 150
"""Latin letters below which their vowels tell nothing."""

_NOT_ASCII = re.compile(r"[^\x00-\x7f]")


def needs_ocr(text: str, picture_share: float, drawn_segments: int) -> bool:
    """Whether a page is better recognised from its picture than taken at its ``text``.

    ``picture_share`` in [0, 1] is the part of the page that pictures cover; ``drawn_segments`` counts the segments of
    its drawn lines and curves. Both matter only where the text ``is_scarce``. An invisible text layer, as scanners
    write it over their picture, is a text like any other.
    """
    if is_garbage(text):
        return True
    said = sum(map(str.isalnum, text))
    if said < STRAY_LETTERS and (picture_share >= SMALL_PICTURE or drawn_segments >= OUTLINED_TEXT):
        return True
    return is_scarce(text) and picture_share >= FULL_PICTURE


def is_scarce(text: str) -> bool:
    """Whether a page says so little that what else is on it must be looked at."""
    return len(text) < FEW_LETTERS or sum(map(str.isalnum, text)) < FEW_LETTERS


def is_garbage(text: str) -> bool:
    """Whether a text can't be what the page shows: signs without a meaning, or letters that no language mixes so."""
    signs = len(text) - sum(map(text.count, " \n"))
    if not signs:
        return False
    foreign = _NOT_ASCII.findall(text)
    if sum(not _is_meaningful(sign) for sign in foreign) > UNREADABLE_SHARE * signs:
        return True
    # Accents taken off: "é" is a vowel.
    letters = (unicodedata.normalize("NFD", text) if foreign else text).lower()
    latin = sum(map(letters.count, string.ascii_lowercase))
    is_mostly_latin = latin > 0.5 * sum(map(str.isalnum, text))
    return latin >= LETTERS_TO_JUDGE and is_mostly_latin and sum(map(letters.count, "aeiouy")) < FEWEST_VOWELS * latin


def _is_meaningful(sign: str) -> bool:
    return sign != "\ufffd" and unicodedata.category(sign) not in {"Co", "Cn", "Cs", "Cc"}

"""Numbers in one form: "1,577.00", "1 577" and, where the language writes so, "1.577,00" are all 1577."""

from __future__ import annotations

import re

_GROUPED = re.compile(r"\d{1,3}(?:([.,'’])\d{3})(?:\1\d{3})*")
_NUMBER = re.compile(r"\d+(?:[.,'’]\d+)*")
MOST_DIGITS = 30
"""Digits of what is still read as a number."""

THOUSAND, MILLION, BILLION, TRILLION = 3, 6, 9, 12
"""Powers of ten."""

_SCALES = {
    "thousand": THOUSAND, "mille": THOUSAND, "mila": THOUSAND, "tausend": THOUSAND, "mil": THOUSAND,
    "million": MILLION, "millions": MILLION, "mn": MILLION, "mln": MILLION, "mio": MILLION, "milione": MILLION,
    "milioni": MILLION, "millionen": MILLION, "millón": MILLION, "millon": MILLION, "millones": MILLION,
    "billion": BILLION, "billions": BILLION, "bn": BILLION, "milliard": BILLION, "milliards": BILLION, "mrd": BILLION,
    "md": BILLION, "mds": BILLION, "miliardo": BILLION, "miliardi": BILLION, "milliarde": BILLION,
    "milliarden": BILLION, "mld": BILLION,
    "trillion": TRILLION, "trillions": TRILLION, "tn": TRILLION,
}  # fmt: skip
_LONG_SCALES = {"billion": TRILLION, "billions": TRILLION, "billionen": TRILLION, "billón": TRILLION,
                "billon": TRILLION, "billones": TRILLION, "bilione": TRILLION, "bilioni": TRILLION}  # fmt: skip
"""What else a word says outside English: there a thousand millions come between."""

_AFTER_CURRENCY = {"k": THOUSAND, "m": MILLION, "b": BILLION}

_VALUE = r"(?<![\d.,'’])(?:\d{1,3}(?:[.,'’]\d{3})+|\d+)(?:[.,]\d+)?"
_words = "|".join(sorted({*_SCALES, *_LONG_SCALES}, key=len, reverse=True))
_SCALED = re.compile(rf"({_VALUE})[ -]?(mil(?= millones)|{_words})\b(?: (millones))?")
_SHORT = re.compile(rf"[$€£¥] ?({_VALUE})([kmb])\b")
_PERCENT = re.compile(rf"({_VALUE}) ?(?:%|per ?cento?\b|pour ?cents?\b|prozent\b|por ?ciento\b)")
_SPACED = re.compile(r"(?<![\d.,] )(?<![\d.,])\d{1,3}(?: \d{3})+(?! ?\d)(?:,\d+(?!\d))?")
_SPACE_OF_A_NUMBER = re.compile(r"(?<=\d)[\u00a0\u2007\u2009\u202f](?=\d{3}(?!\d))")


def is_number(token: str) -> bool:
    """Whether ``token`` is digits, perhaps with separators between them."""
    return len(token) <= MOST_DIGITS and _NUMBER.fullmatch(token) is not None


def bound(text: str) -> str:
    """``text`` with an apostrophe for each space that holds the thousands of one number together ("1 577")."""
    return text if text.isascii() else _SPACE_OF_A_NUMBER.sub("'", text)


def values(token: str, language: str) -> tuple[str, ...]:
    """The numbers that ``token`` may be, as decimals: "1,577" is 1577 in English, 1.577 elsewhere, else it may be both.

    A decimal is also given with the zeros at its end: 3.10 is a section as well as a price. Empty where it is no
    number: "1.2.3", "192.168.0.1".
    """
    marks = [character for character in token if not character.isdigit()]
    if not marks:
        return (token,)
    whole, last, fraction = token.rpartition(marks[-1])
    joined = re.sub(r"\D", "", token)
    if _GROUPED.fullmatch(token) and not token.startswith("0"):
        if len(marks) > 1 or last in "'’":
            return (joined,)
        if language in {"en", "fr", "it", "de", "es"}:
            return (joined,) if (last == ",") == (language == "en") else (_decimal(whole, fraction),)
        return joined, _decimal(whole, fraction)
    if len(marks) == 1 and last in ".,":
        return tuple(dict.fromkeys((_decimal(whole, fraction), f"{whole}.{fraction}")))
    if last in ".," and last not in marks[:-1] and _GROUPED.fullmatch(whole):
        return (_decimal(joined[: -len(fraction)], fraction),)
    return ()


def amounts(text: str, language: str) -> list[str]:
    """What the numbers of ``text`` (composed) say with the words beside them: "1.6 billion", "12 %", "1 600"."""
    found: list[str] = []
    if language != "en":
        spaced = [match[0].replace(" ", "'") for match in _SPACED.finditer(text)]
        found += [value for number in spaced for value in values(number, language)]
        text = _SPACED.sub(lambda match: match[0].replace(" ", "'"), text)
    for match in _SCALED.finditer(text):
        power = _LONG_SCALES.get(match[2]) if language not in {"en", ""} else None
        power = _SCALES[match[2]] if power is None and match[2] in _SCALES else power
        if power is not None:
            found += _scaled(match[1], power + (MILLION if match[3] else 0), language)
    for match in _SHORT.finditer(text):
        found += _scaled(match[1], _AFTER_CURRENCY[match[2]], language)
    for match in _PERCENT.finditer(text):
        found += [f"{value}%" for value in values(match[1], language)]
    return found


def _scaled(written: str, power: int, language: str) -> list[str]:
    return [_shifted(value, power) for value in values(written, language)]


def _shifted(value: str, power: int) -> str:
    whole, _, fraction = value.partition(".")
    return _decimal(whole + fraction[:power].ljust(power, "0"), fraction[power:])


def _decimal(whole: str, fraction: str) -> str:
    whole, fraction = whole.lstrip("0") or "0", fraction.rstrip("0")
    return f"{whole}.{fraction}" if fraction else whole

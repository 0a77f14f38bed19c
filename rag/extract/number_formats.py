"""Numbers and dates of a spreadsheet as the program shows them (ECMA-376 part 1, 18.8.31). Pure.

Of the formats' language, what occurs: decimals, thousands, per cent, a currency or unit around the number, dates and
times in the format's own order, sections for negative numbers. The rest (fractions, colours, conditions) is shown
plainly. Names of months are English; separators are those of the file's own notation, a point for decimals.
"""

from __future__ import annotations

import datetime as dt
import decimal
import re

_SECTION = re.compile(r'"[^"]*"|\\.|;|[^;"\\]+')
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[\$([^\]\-]*)(?:-[0-9A-Fa-f]+)?\]|\[[^\]]*\]')
_DIGITS = re.compile(r"[#0?](?:[#0?,]*[#0?])?(?:\.[#0?]*)?(?:E[+-]?0+)?|\.[#0?]+", re.IGNORECASE)
_DATE = re.compile(r"\[h+\]|\[m+\]|\[s+\]|y+|m+|d+|h+|s+(?:\.0+)?|AM/PM|A/P", re.IGNORECASE)
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MOST_DIGITS = 15
"""Significant digits that a spreadsheet keeps."""
MOST_DECIMALS = 30
LONGEST_FORMAT = 255
"""Characters of a format that a spreadsheet takes."""


def shown(value: object, number_format: str) -> str:
    """A cell's value (a string, a number, a truth, a date, a time, a duration, or None) as it is shown."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _number(value, number_format[:LONGEST_FORMAT])
    if isinstance(value, dt.datetime | dt.date | dt.time | dt.timedelta):
        return _moment(value, number_format[:LONGEST_FORMAT])
    return str(value)


def _number(value: float, number_format: str) -> str:
    sections = _sections(number_format)
    if value < 0 and len(sections) > 1:
        value, chosen = -value, sections[1]
    elif value == 0 and len(sections) > 2:
        chosen = sections[2]
    else:
        chosen = sections[0]
    pattern, literals = _without_literals(chosen)
    places = _DIGITS.search(pattern)
    if places is None or "/" in pattern:
        if "@" in pattern:
            return _around(pattern, literals, general(value))
        words = "".join(literals).strip() if not pattern.strip("\0 -") else ""
        return words or general(value)
    before, after = pattern[: places.start()], pattern[places.end() :]
    try:
        text = _digits(abs(value) * 100 ** pattern.count("%"), places[0])
    except (OverflowError, decimal.InvalidOperation):
        return general(value)  # as a percentage it is more than a number can be
    sign = "-" if value < 0 and text.strip("0.,") else ""
    return sign + _restore(before, literals).lstrip() + text + _restore(after.lstrip(","), literals).rstrip()


def _sections(number_format: str) -> list[str]:
    sections = [""]
    for piece in _SECTION.findall(number_format):
        if piece == ";":
            sections.append("")
        else:
            sections[-1] += piece
    return sections


def _without_literals(section: str) -> tuple[str, list[str]]:
    """A section with a NUL for each of its literals, and those; General is the empty pattern."""
    literals: list[str] = []

    def take(found: re.Match[str]) -> str:
        literals.append(found[1] or found[2] or found[3] or "")
        return "\0"

    pattern = _LITERAL.sub(take, section)
    return re.sub("general", "@", pattern, flags=re.IGNORECASE), literals


def _restore(pattern: str, literals: list[str]) -> str:
    """A piece of a pattern with its literals in their places; pieces are restored from left to right, once each."""
    return "".join(literals.pop(0) if sign == "\0" and literals else "" if sign == "\0" else sign for sign in pattern)


def _around(pattern: str, literals: list[str], text: str) -> str:
    before, _, after = pattern.partition("@")
    return (_restore(before, literals) + text + _restore(after, literals)).strip()


def _digits(value: float, places: str) -> str:
    whole, _, decimals = places.partition(".")
    if "e" in places.lower():
        return f"{value:.{min(len(re.split('[eE]', decimals)[0]), MOST_DECIMALS)}E}"
    least = min(decimals.count("0"), MOST_DECIMALS)
    most = min(len(decimals), MOST_DECIMALS)
    exact = decimal.Decimal(repr(value)) if abs(value) < 1e21 else decimal.Decimal(value)
    rounded = exact.quantize(decimal.Decimal(1).scaleb(-most), rounding=decimal.ROUND_HALF_UP, context=_CONTEXT)
    text = f"{rounded:,.{most}f}" if "," in whole else f"{rounded:.{most}f}"
    if most > least:
        text = text[: len(text) - (most - least)] + text[len(text) - (most - least) :].rstrip("0")
        text = text.rstrip(".")
    head, point, tail = text.partition(".")
    return head.zfill(min(whole.count("0"), MOST_DECIMALS)) + point + tail if "," not in head else text


_CONTEXT = decimal.Context(prec=400)


def general(value: float) -> str:
    """A number without a format: no more digits than it has."""
    if isinstance(value, int) or (value == int(value) if abs(value) < 1e15 else False):
        return str(int(value))
    return f"{value:.{MOST_DIGITS}g}"


def _moment(value: dt.date | dt.time | dt.timedelta, number_format: str) -> str:
    if isinstance(value, dt.timedelta):
        return _duration(value)
    section = _sections(number_format)[0]
    pattern = re.sub(r"\[\$[^\]]*\]|_.|\*.", "", section)
    pieces: list[str] = []
    position = 0
    is_clock_12 = re.search(r"AM/PM|A/P", pattern, re.IGNORECASE) is not None
    previous = ""
    tokens = list(re.finditer(rf'"[^"]*"|\\.|{_DATE.pattern}', pattern, re.IGNORECASE))
    for index, found in enumerate(tokens):
        pieces.append(pattern[position : found.start()])
        position = found.end()
        token = found[0]
        if token[0] in '"\\':
            pieces.append(token.strip('"') if token[0] == '"' else token[1:])
            continue
        follows = next((later[0][0].lower() for later in tokens[index + 1 :] if later[0][0] not in '"\\'), "")
        is_minute = token[0] in "mM" and len(token) < 3 and (previous == "h" or follows == "s")
        pieces.append(_part(value, token.lower(), is_minute=is_minute, is_clock_12=is_clock_12))
        previous = token.strip("[]")[0].lower()
    text = "".join([*pieces, pattern[position:]]).strip()
    return text if tokens and text else _plainly(value)


def _part(value: dt.date | dt.time, token: str, *, is_minute: bool, is_clock_12: bool) -> str:
    letter, length = token.strip("[]")[0], len(token.strip("[]"))
    hour, minute, second = getattr(value, "hour", 0), getattr(value, "minute", 0), getattr(value, "second", 0)
    if letter == "h":
        shown_hour = (hour % 12 or 12) if is_clock_12 else hour
        return f"{shown_hour:0{min(length, 2)}d}"
    if letter == "s":
        return f"{second:0{min(length, 2)}d}"
    if is_minute:
        return f"{minute:0{min(length, 2)}d}"
    if letter == "a":
        return ("AM" if hour < 12 else "PM")[: 2 if length > 3 else 1]
    if not isinstance(value, dt.date):
        return ""
    if letter == "y":
        return f"{value.year:04d}" if length > 2 else f"{value.year % 100:02d}"
    if letter == "m":
        return _named(value.month, length, _MONTHS[value.month - 1])
    return _named(value.day, length, _DAYS[value.weekday()])


def _named(number: int, length: int, name: str) -> str:
    if length < 3:
        return f"{number:0{length}d}"
    return name[:3] if length == 3 else name[:1] if length == 5 else name


def _plainly(value: dt.date | dt.time) -> str:
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        value = value.date()
    return value.isoformat(" ", "seconds") if isinstance(value, dt.datetime) else value.isoformat()


def _duration(value: dt.timedelta) -> str:
    seconds = round(abs(value.total_seconds()))
    sign = "-" if value < dt.timedelta() else ""
    return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"

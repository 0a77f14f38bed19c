"""Dates as people write them, in English, French, German, Italian and Spanish: a year, a month or a day."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator

_MONTHS = (
    "january janvier januar gennaio enero jan janv gen ene",
    "february février fevrier februar febbraio febrero feb févr febbr",
    "march mars märz marzo mar mär",
    "april avril aprile abril apr avr abr",
    "may mai maggio mayo mag",
    "june juin juni giugno junio jun giu",
    "july juillet juli luglio julio jul juil lug",
    "august août aout agosto aug ago",
    "september septembre settembre septiembre sept sep set",
    "october octobre oktober ottobre octubre oct okt ott",
    "november novembre noviembre nov",
    "december décembre decembre dezember dicembre diciembre dec déc dez dic",
)
_NUMBER_OF = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names.split()}
_MONTH = r"(?P<month>" + "|".join(sorted(_NUMBER_OF, key=len, reverse=True)) + r")\b\.?"
_YEAR = r"(?P<year>[12]\d{3})(?![\d%])(?!\w)"
_OF = r"\s*(?:de\s+|del\s+|of\s+|d['’]\s*)?"
_DAY = r"(?<![\w.,/])(?P<day>[0-3]?\d)"
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_DAY}(?:st|nd|rd|th|er|º|°|\.)?{_OF}{_MONTH}(?:,?{_OF}{_YEAR})?",
        rf"\b{_MONTH}\s+(?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?![\d%])(?:,?\s+{_YEAR}|(?!\w|[.,]\d))",
        rf"\b{_MONTH},?{_OF}{_YEAR}",
        r"(?<![\w-])(?P<year>[12]\d{3})-(?P<month>[01]\d)-(?P<day>[0-3]\d)(?![\w-])",
        r"(?<![\w.,/])(?P<day>[0-3]?\d)[./](?P<month>[01]?\d)[./](?P<year>[12]\d{3})(?!\w|[.,/]\d)",
        r"(?<![\w])(?P<year>[12]\d{3})\s*年(?:\s*(?P<month>[01]?\d)\s*月(?:\s*(?P<day>[0-3]?\d)\s*日)?)?",
    )
)
_ALSO_WORDS = frozenset({"may", "march", "mar", "mai", "mars", "set", "gen", "ago", "mag", "dec", "abr", "jan"})
"""Months that are other words too: as a month they have a capital, or a day before them."""


@dataclasses.dataclass(frozen=True, slots=True)
class Date:
    """A year, a month of a year, a day; what isn't said is 0. ``span`` lies in the text it was read in."""

    year: int
    month: int
    day: int
    span: tuple[int, int]

    def holds(self, other: Date) -> bool:
        """Whether who says this date also says ``other``: a day says its month, and its year."""
        return all(
            theirs in (0, mine)
            for mine, theirs in ((self.year, other.year), (self.month, other.month), (self.day, other.day))
        )

    @property
    def key(self) -> str:
        """The same for the same date."""
        return f"{self.year}-{self.month}-{self.day}"


def dates_in(text: str) -> Iterator[Date]:
    """The dates of ``text`` that name a month; a year alone is a number that may be one."""
    taken: list[tuple[int, int]] = []
    for pattern in _PATTERNS:
        for found in pattern.finditer(text):
            date = _date(found)
            if date is not None and not any(start < found.end() and found.start() < end for start, end in taken):
                taken.append(found.span())
                yield date


def _date(found: re.Match[str]) -> Date | None:
    written = found.groupdict()
    month = written.get("month") or "0"
    word = month.casefold()
    number = _NUMBER_OF.get(word) or (int(month) if month.isdecimal() else 0)
    day, year = int(written.get("day") or 0), int(written.get("year") or 0)
    if number > 12 and day <= 12:
        day, number = number, day
    if not number <= 12 or not day <= 31:
        return None
    if word in _ALSO_WORDS and month.islower() and not (day and found.start("day") < found.start("month")):
        return None
    start, end = found.span()
    return Date(year, number, day, (start, start + len(found[0].rstrip()) if end > start else end))

"""Years and quarters that a question names, and those that it only points at: "the year before". Pure."""

from __future__ import annotations

import dataclasses
import re

from rag.naming import QUARTER, YEAR
from rag.protocol import Span

_FOR = r"(?:in |for |during |pour |de |dans |nel|per |del|en |para |im |das |dem )?"
_PERIOD = r"(?:year|quarter|année|trimestre|anno|jahr|quartal|año)"
_LAST = r"(?=\s*[?.!]*$)"
"""What these words mean where nothing follows: "the year before the war" says which itself."""
_COUNT = r"(?P<count>one|two|three|four|five|a|\d)"


def _pattern(*alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){_FOR}(?:{'|'.join(alternatives)})(?!\w)", re.IGNORECASE)


_EARLIER = _pattern(
    rf"(?:the )?{_PERIOD} (?:before|earlier|prior)(?: that)?{_LAST}",
    rf"the (?:previous|preceding|prior) {_PERIOD}",
    rf"{_COUNT} {_PERIOD}s? (?:before|earlier)(?: that)?{_LAST}",
    rf"(?:l['’]|le |au |du |il |al )?{_PERIOD} (?:précédente?|d['’]avant|precedente|prima)",
    rf"{_PERIOD} (?:davor|zuvor)|(?:vorherigen|vorigen|vorangegangenen) {_PERIOD}|vor{_PERIOD}",
    rf"(?:el |al )?{_PERIOD} (?:anterior|previo|antes){_LAST}",
)
_LATER = _pattern(
    rf"(?:the )?{_PERIOD} (?:after|later)(?: that)?{_LAST}",
    rf"the (?:next|following|subsequent) {_PERIOD}",
    rf"{_COUNT} {_PERIOD}s? (?:later|after)(?: that)?{_LAST}",
    rf"(?:l['’]|le |au |du |il |al )?{_PERIOD} (?:suivante?|d['’]après|seguente|successivo|dopo){_LAST}",
    rf"{_PERIOD} (?:danach|darauf)|(?:folgenden|nächsten) {_PERIOD}|folge{_PERIOD}",
    rf"(?:el |al )?{_PERIOD} (?:siguiente|posterior|después){_LAST}",
)
_NUMBERS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
_IS_QUARTER = re.compile("quart|trimest", re.IGNORECASE)


@dataclasses.dataclass(frozen=True)
class Shift:
    """Words that point at a period by another one: so many years or quarters from it. ``span`` is where they stand."""

    span: Span
    years: int = 0
    quarters: int = 0


def shift_in(text: str) -> Shift | None:
    """The first words of ``text`` that point at a period, if any do."""
    for sign, pattern in ((-1, _EARLIER), (1, _LATER)):
        found = pattern.search(text)
        if found:
            count = (found["count"] or "a").casefold()
            by = sign * (int(count) if count.isdigit() else _NUMBERS[count])
            return Shift(found.span(), quarters=by) if _IS_QUARTER.search(found[0]) else Shift(found.span(), years=by)
    return None


def period_of(text: str) -> tuple[str, ...]:
    """The year that ``text`` names, its quarter before it where it names one; () where it names none or several."""
    years, quarters = dict.fromkeys(YEAR.findall(text)), dict.fromkeys(QUARTER.findall(text))
    return (*quarters, *years) if len(years) == 1 and len(quarters) <= 1 else ()


def shifted(period: tuple[str, ...], shift: Shift) -> tuple[str, ...]:
    """``period`` moved; one without a quarter stays where only quarters are counted."""
    *quarter, year = period
    if not quarter or not shift.quarters:
        return (*quarter, str(int(year) + shift.years))
    digit = next(character for character in quarter[0] if character.isdigit())
    at = int(year) * 4 + int(digit) - 1 + shift.quarters
    return quarter[0].replace(digit, str(at % 4 + 1)), str(at // 4)

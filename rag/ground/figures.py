"""Numbers as a text means them: their value with its scale, their unit, or the date that they are.

``1,577.00``, ``1 577`` and ``1577`` are one number, ``1.5 billion`` and ``1,500 million`` too, ``ten`` is 10; ``5 %``
is not ``5 euros``, a million is no billion, and a day says its year.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from decimal import Decimal

from rag.ground.dates import Date, dates_in

_SPACES = " \u00a0\u202f"
_GROUPS = rf"\d{{1,3}}(?:[.,'’{_SPACES}]\d{{3}})+(?!\d)"
_NUMBER = rf"(?:{_GROUPS}|\d+)(?:[.,]\d+)?"

_SCALES = {
    3: "thousand thousands k mille mila tausend mil tsd millier milliers migliaia",
    6: "million millions mn mio milione milioni millionen millón millon millones",
    9: "billion billions bn milliard milliards miliardo miliardi milliarde milliarden mrd mld",
    12: "trillion trillions tn billionen bilione bilioni billón billones",
}
_SCALE_OF = {word: power for power, words in _SCALES.items() for word in words.split()} | {"mil millones": 9}
_ENGLISH_SCALES = frozenset({"thousand", "million", "billion", "trillion"})
_CAPITAL_SCALES = {"M": 6, "B": 9, "K": 3}
_UNITS = {
    "%": "% percent percentage pct prozent pourcent pour\u00a0cent per\u00a0cent per\u00a0cento por\u00a0ciento",
    "$": "$ usd dollar dollars dólares dollari",
    "€": "€ eur euro euros",
    "£": "£ gbp pound pounds livres sterline pfund",
    "¥": "¥ jpy yen",
    "m": "m metre metres meter meters mètre mètres metro metri metros",
    "km": "km kilometre kilometres kilometer kilometers kilomètre kilomètres chilometri kilómetros",
    "cm": "cm centimetres centimeters centimètres centimetri centímetros zentimeter",
    "mm": "mm millimetres millimeters millimètres millimetri milímetros",
    "mi": "mi mile miles meilen milles miglia millas",
    "ft": "ft feet foot fuß pieds piedi pies",
    "km²": "km² km2", "m²": "m² m2 sqm", "m³": "m³ m3", "m/s": "m/s", "km/h": "km/h kmh", "mph": "mph",
    "kg": "kg kilograms kilogrammes kilogramm chilogrammi kilogramos", "g": "g grams grammes gramm grammi gramos",
    "mg": "mg", "t": "t tons tonnes tonnen tonnellate toneladas",
    "l": "l litre litres liter liters litri litros", "ml": "ml",
    "°": "° °c °f degrees degree grad degrés gradi grados",
    "kw": "kw", "mw": "mw", "kwh": "kwh", "v": "v", "hz": "hz", "mhz": "mhz", "ghz": "ghz",
    "year": "year years yr yrs jahr jahre jahren ans année années anno anni año años",
    "month": "month months monat monate monaten mois mese mesi mes meses",
    "week": "week weeks woche wochen semaine semaines settimana settimane semana semanas",
    "day": "day days tag tage tagen jour jours giorno giorni día días",
    "hour": "hour hours h stunde stunden heure heures ora ore hora horas",
    "minute": "minute minutes min minuten minuti minuto minutos",
    "second": "second seconds s sekunde sekunden seconde secondes secondi segundos",
}  # fmt: skip
_UNIT_OF = {word: unit for unit, words in _UNITS.items() for word in words.split(" ")}
_WORDS = {
    2: "two deux zwei",
    3: "three trois drei tre tres",
    4: "four quatre vier quattro cuatro",
    5: "five cinq fünf cinque cinco",
    6: "six sechs seis",
    7: "seven sieben sette siete",
    8: "eight huit acht otto ocho",
    9: "nine neun nove nueve",
    10: "ten dix zehn dieci diez",
    11: "eleven onze undici",
    12: "twelve douze zwölf dodici doce",
}
"""Those that are no other word in one of the languages: "due", "once", "elf", "sei", "neuf" and "dos" are."""
_VALUE_OF = {word: value for value, words in _WORDS.items() for word in words.split()}
_QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4}


def _either(words: Sequence[str]) -> str:
    escaped = (re.escape(word).replace("\u00a0", r"\s").replace(r"\ ", r"\s+") for word in words)
    return "|".join(sorted(escaped, key=len, reverse=True))


_SCALE = rf"(?P<scale>[\s-]?(?:{_either([word for word in _SCALE_OF if word != 'k'])})\b|\s?[MBK]\b(?!/))"
_UNIT = rf"(?:[{_SPACES}-]?(?P<unit>{_either([*_UNIT_OF])})(?!\w|/\w))"
_FIGURE = re.compile(
    rf"(?P<before>[$€£¥]\s?)?(?:(?P<number>(?<![\w])(?<!\d[.,]){_NUMBER})|\b(?P<word>{_either([*_VALUE_OF])})\b)"
    rf"(?:{_SCALE})?(?:\s?\)?{_UNIT})?",
    re.IGNORECASE,
)
_NAMED = re.compile(r"(?<!\w)(?:[^\W\d_]+[-‑]?\d\w*(?:-\w+)*|\d+[^\W\d_]\w*(?:-\w+)*|\d+-(?=[A-Z])\w+)")
"""What is called by a number: "Q3", "COVID-19", "10-Q", "1990s"."""
_DECADE = re.compile(
    r"(?<!\w)(?:(?:die\s|der\s)?(?P<number>(?:[12]\d)?\d0)er(?:n|\sJahren?)?|['’]?(?P<english>(?:[12]\d)?\d0)['’]?s"
    r"|(?:décadas?(?:\sde)?(?:\slos)?(?:\saños)?|años|années|anni)\s['’]?(?P<roman>(?:[12]\d)?\d0)s?)(?!\w|[.,]\d)",
    re.IGNORECASE,
)
"""Ten years: "the 1970s", "70's", "die 70er Jahre", "los años 70"; the key is what it is in English."""
_QUARTER = re.compile(rf"\b(?P<which>{'|'.join(_QUARTERS)})[\s-]quarter\b|\b(?P<short>[1-4])Q\b", re.IGNORECASE)
_RANGE = re.compile(r"\s*(?:-|–|—|to|and|or|und|bis|et|ou|à|e|o|y|a|al)\s*[$€£¥]?", re.IGNORECASE)


@dataclasses.dataclass(frozen=True, slots=True)
class Figure:
    """A number, a date or what is called by a number; ``span`` lies in the text it was read in.

    ``value`` is the number without its scale, whose power of ten is ``power``; ``unit`` is "" where none is known.
    """

    span: tuple[int, int]
    key: str
    value: Decimal | None = None
    power: int = 0
    unit: str = ""
    date: Date | None = None

    @property
    def is_period(self) -> bool:
        """Whether it says when: a date, or a number that can be a year."""
        return self.date is not None

    @property
    def is_named(self) -> bool:
        """Whether it is the name of something."""
        return self.value is None and self.date is None

    def says(self, other: Figure, power: int = 0) -> bool:
        """Whether who reads this figure reads ``other``; ``power`` is the scale of its table ("in millions": 6)."""
        if self.date is not None and other.date is not None:
            return self.date.holds(other.date)
        if self.value is None or other.value is None:
            return self.key == other.key or _is_decade_of(self.key, other.key)
        if self.unit and other.unit and self.unit != other.unit:
            return False
        if other.power == 0 and self.power == 0 and self.value == other.value:
            return True
        mine, theirs = self.value.scaleb(self.power or power), other.value.scaleb(other.power)
        return mine == theirs or (other.power > 0 and _rounds_to(mine, other.value, other.power))


def _is_decade_of(whole: str, short: str) -> bool:
    """Whether "70s" is said for "1970s", or the other way round, which a century before says too."""
    one, other = sorted((whole, short), key=len)
    return (
        re.fullmatch(r"\d0s", one) is not None and re.fullmatch(r"\d\d\d0s", other) is not None and other.endswith(one)
    )


def _rounds_to(exact: Decimal, rounded: Decimal, power: int) -> bool:
    """Whether ``rounded`` ("1.6 billion") is ``exact`` (1,577 million) with fewer digits, and with two or more."""
    written = rounded.as_tuple()
    unit = Decimal(1).scaleb(int(written.exponent) + power)
    fewer = len(written.digits) < len(exact.normalize().as_tuple().digits)
    return fewer and len(written.digits) > 1 and abs(exact - rounded.scaleb(power)) * 2 <= unit


def figures_in(text: str) -> list[Figure]:
    """The figures of ``text``, in order, none over another."""
    figures = [Figure(date.span, f"d{date.key}", date=date) for date in dates_in(text)]
    figures.extend(
        Figure(found.span(), f"{found['number'] or found['english'] or found['roman']}s")
        for found in _DECADE.finditer(text)
    )
    for found in _QUARTER.finditer(text):
        number = _QUARTERS[found["which"].casefold()] if found["which"] else int(found["short"])
        figures.append(Figure(found.span(), f"q{number}"))
    taken = [figure.span for figure in figures]
    numbers = [_number(found) for found in _FIGURE.finditer(text)]
    # A unit that is the beginning of a longer name ("10-K") was none; a number with its unit is no name.
    spans = {figure.span for figure in numbers}
    for found in _NAMED.finditer(text):
        if found.span() not in spans and _is_free(found.span(), taken) and not _with_unit(found.span(), numbers):
            figures.append(Figure(found.span(), found[0].casefold().replace("‑", "-")))
            taken.append(found.span())
    figures.extend(figure for figure in numbers if _is_free(figure.span, taken))
    return _ranges(sorted(figures, key=lambda figure: figure.span), text)


def _is_free(span: tuple[int, int], taken: Sequence[tuple[int, int]]) -> bool:
    return not any(start < span[1] and span[0] < end for start, end in taken)


def _with_unit(span: tuple[int, int], numbers: Sequence[Figure]) -> bool:
    return any(
        figure.span[0] <= span[0] and span[1] <= figure.span[1] and (figure.unit or figure.power) for figure in numbers
    )


def _ranges(figures: list[Figure], text: str) -> list[Figure]:
    """With the scale and the unit of "5 to 7 million euros" for the 5 too."""
    for index in range(len(figures) - 2, -1, -1):
        one, other = figures[index], figures[index + 1]
        if one.value is None or other.value is None or not _RANGE.fullmatch(text, one.span[1], other.span[0]):
            continue
        if (
            one.date is None
            and not one.power
            and one.value < 1000
            and (not one.unit or one.unit in "$€£¥")
            and (other.power or other.unit)
        ):
            unit = one.unit or other.unit
            figures[index] = dataclasses.replace(one, power=other.power, unit=unit, key=_key(one.value, other.power))
    return figures


def _key(value: Decimal, power: int) -> str:
    return f"{value.scaleb(power).normalize():f}"


def _number(found: re.Match[str]) -> Figure:
    written = found["number"]
    value = Decimal(normal_number(written)) if written else Decimal(_VALUE_OF[found["word"].casefold()])
    scale, unit = (found["scale"] or "").strip(" \u00a0\n-"), found["unit"] or ""
    if written and scale in _ENGLISH_SCALES and re.fullmatch(r"\d+\.\d+", written):
        # In English what stands behind the point are decimals: "1.577 million".
        value = Decimal(written)
    power = _SCALE_OF.get(" ".join(scale.casefold().split()), _CAPITAL_SCALES.get(scale, 0))
    if scale in ("m", "b"):
        unit, power = scale, 0
    before = (found["before"] or "").strip()
    if scale == "M" and not before:
        power = 0
    means = before or _UNIT_OF.get(re.sub(r"\s", "\u00a0", unit.casefold()), "")
    date = None
    if written and re.fullmatch(r"1\d{3}|20\d\d|21\d\d", written) and not power and not means:
        date = Date(int(written), 0, 0, found.span())
    return Figure(found.span(), _key(value, power), value, power, means, date)


def table_power(text: str) -> int:
    """The power of ten that a table's heading gives its numbers ("in millions"), the first that is said; else 0."""
    powers = {"thousands": 3, "millions": 6, "billions": 9, "milliers": 3, "migliaia": 3, "milioni": 6, "miliardi": 9,
              "milliards": 9, "tausend": 3, "millionen": 6, "milliarden": 9, "miles": 3, "millones": 6}  # fmt: skip
    said = re.findall(rf"\b(?:in|en|en\s+dollars)\s+({'|'.join(powers)})\b", text, re.IGNORECASE)
    return powers[said[0].casefold()] if said else 0


def normal_number(number: str) -> str:
    """A number as digits with a point before its decimals: ``1,577.00``, ``1 577`` and ``1577`` are the same."""
    digits = re.sub(rf"['’{_SPACES}]", "", number)
    separators = [mark for mark in digits if mark in ".,"]
    if len(set(separators)) == 2:
        decimal = separators[-1]
        digits = digits.replace("," if decimal == "." else ".", "").replace(decimal, ".")
    elif len(separators) > 1 or re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", digits):
        digits = re.sub(r"[.,]", "", digits)
    else:
        digits = digits.replace(",", ".")
    whole, _, decimals = digits.partition(".")
    decimals = decimals.rstrip("0")
    return (whole.lstrip("0") or "0") + (f".{decimals}" if decimals else "")

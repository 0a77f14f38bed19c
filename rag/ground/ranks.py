"""Numbers that put things in order: "tenth" and "10th", "grade I" and "grade 1"."""

from __future__ import annotations

import re

_WORDS = {
    4: "fourth quatrième vierte vierten vierter viertes quarto quarta cuarto cuarta",
    5: "fifth cinquième fünfte fünften fünfter fünftes quinto quinta",
    6: "sixth sixième sechste sechsten sechster sechstes sesto sesta sexto sexta",
    7: "seventh septième siebte siebten siebter siebtes settimo settima séptimo séptima",
    8: "eighth huitième achte achten achter achtes ottavo ottava octavo octava",
    9: "ninth neuvième neunte neunten neunter neuntes nono nona noveno novena",
    10: "tenth dixième zehnte zehnten zehnter zehntes decimo decima décimo décima",
    11: "eleventh onzième elfte elften elfter elftes undicesimo undicesima undécimo undécima",
    12: "twelfth douzième zwölfte zwölften zwölfter zwölftes dodicesimo dodicesima duodécimo duodécima",
    18: "eighteenth achtzehnte achtzehnten",
    19: "nineteenth neunzehnte neunzehnten",
    20: "twentieth vingtième zwanzigste zwanzigsten ventesimo vigésimo",
}
ORDINAL_OF = {word: number for number, words in _WORDS.items() for word in words.split()}
"""The number that an ordinal says, in lower case. The first three are many other words ("second", "tercera")."""
_WRITTEN = re.compile(r"(?P<number>\d{1,2})(?:th|\.?[ªº°]|\.(?=\s[^\W\d_])|e|ème)(?!\w)", re.IGNORECASE)
_ROMAN = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")
_DIGITS = {"I": 1, "V": 5, "X": 10}


def ordinal_at(text: str, start: int) -> int | None:
    """The number that the figure at ``start`` puts something in order by ("10th", "10.ª", "10. Serie"), if it does."""
    found = _WRITTEN.match(text, start)
    return int(found["number"]) if found is not None else None


def roman_value(number: str) -> int | None:
    """What a Roman number up to 39 says; None for what is none."""
    if not number or not _ROMAN.fullmatch(number):
        return None
    digits = [_DIGITS[letter] for letter in number]
    return sum(-one if one < after else one for one, after in zip(digits, [*digits[1:], 0], strict=True))

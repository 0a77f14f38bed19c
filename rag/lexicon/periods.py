"""Quarters of a year in one form: "Q3 2022", "3Q22", "third quarter of 2022", "troisième trimestre 2022"."""

from __future__ import annotations

import re

_ORDINALS = {
    "1": "first 1st premier 1er i primo 1° 1º erste ersten erstes erster erstem primer",
    "2": "second 2nd deuxieme 2e 2eme ii secondo 2° 2º zweite zweiten zweites zweiter zweitem segundo 2do",
    "3": "third 3rd troisieme 3e 3eme iii terzo 3° 3º dritte dritten drittes dritter drittem tercer 3er",
    "4": "fourth 4th quatrieme 4e 4eme iv quarto 4° 4º vierte vierten viertes vierter viertem cuarto 4to",
}
_NUMBERS = {word: number for number, words in _ORDINALS.items() for word in words.split()}

_words = "|".join(sorted(map(re.escape, _NUMBERS), key=len, reverse=True))
_year = (
    r"(?:[ ,/-]{0,2}(?:(?:of|du|de l'|de|del|des|dell'|di|in)\b ?)?(?:(?:the )?(?:fiscal|financial)\b ?(?:year )?|"
    r"exercice |esercizio |ejercicio |jahres |ano |anno )?(?:fy ?)?'?(20\d\d|19\d\d|(?<=['qt])\d\d|(?<=fy)\d\d)(?!\d))?"
)
_SPELT = re.compile(rf"(?:\b({_words})|\b([1-4]))\.? (?:fiscal )?(?:quarter|quartals?|trimestre)\b{_year}")
_SHORT = re.compile(rf"\b(?:[qt]([1-4])|([1-4])[qt])(?=\b|\d\d){_year}")
_YEAR_FIRST = re.compile(r"\b(?:fy ?)?(20\d\d|19\d\d|(?<=fy)\d\d)[ -]?(?:[qt]([1-4])|([1-4])[qt])\b")
_HINT = re.compile(r"quart|trimestre|[qt][1-4]|[1-4][qt]")


def quarters(text: str, language: str) -> list[str]:
    """The quarters that ``text`` (folded) names: "q3", and "2022q3" where their year stands with them.

    "T3" is one in the languages that call it a trimester.
    """
    if _HINT.search(text) is None:
        return []
    found: list[str] = []
    for match in _SPELT.finditer(text):
        found += _forms(_NUMBERS.get(match[1], match[2]), match[3])
    for match in _SHORT.finditer(text):
        if language != "en" or "q" in match[0]:
            found += _forms(match[1] or match[2], match[3])
    for match in _YEAR_FIRST.finditer(text):
        if language != "en" or "q" in match[0]:
            found += _forms(match[2] or match[3], match[1])
    return found


def _forms(quarter: str, year: str | None) -> list[str]:
    if not year:
        return [f"q{quarter}"]
    return [f"q{quarter}", f"{year if len(year) == 4 else '20' + year}q{quarter}"]

"""Facts to be found by Find all: questions, the sentences that say it in other words, and sentences that nearly do.

What nearly says it uses the question's own words: with another number or name, denied, or about something else.
"""

from __future__ import annotations

import dataclasses
import json
import random
from pathlib import Path


@dataclasses.dataclass(frozen=True)
class Fact:
    """A question in ``language``, the texts that are to be found by it, and those that are not."""

    name: str
    language: str
    question: str
    said: tuple[str, ...]
    nearly: tuple[str, ...]


_PATTERNS = Path(__file__).with_suffix(".json")
"""The facts with names of values in braces."""

_FIRST = ("Marta", "Ileana", "Tobias", "Yusuf", "Greta", "Anselm")
_LAST = ("Oyelaran", "Brandvold", "Castellani", "Quist", "Delacroix-Meunier", "Havel")
_ORGANISATIONS = ("Norvane", "Tessellon", "Brightwick", "Calderis", "Ombrant")
_CITIES = ("Tampere", "Leeuwarden", "Cluj", "Odense", "Pamplona")


def facts(seed: int) -> list[Fact]:
    """The facts with the numbers and names of ``seed``."""
    chance = random.Random(f"facts {seed}")
    made = []
    for pattern in json.loads(_PATTERNS.read_text(encoding="utf-8"))["facts"]:
        values = _values(chance)
        said, nearly = (tuple(text.format(**values) for text in pattern[part]) for part in ("said", "nearly"))
        made.append(Fact(pattern["name"], pattern["language"], pattern["question"].format(**values), said, nearly))
    return made


def _values(chance: random.Random) -> dict[str, str]:
    n, m = chance.sample(range(11, 95), 2)
    a, b = chance.sample(range(12, 98), 2)
    year, other_year = chance.sample(range(2012, 2024), 2)
    first, other_first = chance.sample(_FIRST, 2)
    last, other_last = chance.sample(_LAST, 2)
    org, partner, other_org = chance.sample(_ORGANISATIONS, 3)
    city, other_city = chance.sample(_CITIES, 2)
    part = f"{''.join(chance.sample('BCDFGHKLX', 2))}-{chance.randrange(1000, 9999)}"
    return {
        "n": str(n), "m": str(m), "a": f"{a / 10:.1f}", "b": f"{b / 10:.1f}", "exact": f"{a * 100_000:,}",
        "year": str(year), "other_year": str(other_year), "first": first, "other_first": other_first, "last": last,
        "other_last": other_last, "org": org, "partner": partner, "other_org": other_org, "city": city,
        "other_city": other_city, "part": part, "other_part": part[:-1] + str((int(part[-1]) + 3) % 10),
    }  # fmt: skip

"""Facts to be found by Find all: questions, the sentences that say it in other words, and sentences that nearly do.

What nearly says it uses the question's own words: with another number or name, denied, or about something else.
"""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Sequence


@dataclasses.dataclass(frozen=True)
class Fact:
    """A question in ``language``, the texts that are to be found by it, and those that are not."""

    name: str
    language: str
    question: str
    said: tuple[str, ...]
    nearly: tuple[str, ...]


_PATTERNS: dict[tuple[str, str], tuple[str, Sequence[str], Sequence[str]]] = {
    ("notice", "en"): (
        "Which contracts have a notice period of {n} days?",
        (
            "Either party may end this agreement with a notice period of {n} days.",
            "The notice period is {n} calendar days.",
            "Notice periods of {n} days apply to both sides.",
            "A notice period has been agreed. It is {n} days.",
            "The tenant must respect the {n}-day notice period.",
            "Term | Value\nNotice period | {n} days",
        ),
        (
            "The notice period is {m} days.",
            "The notice period is {m} days. Invoices are payable within {n} days.",
            "No notice period of {n} days applies.",
            "The warranty period is {n} days.",
            "A notice was put up in the hall. For a period of {n} days the lift was closed.",
            "The notice period is {n} weeks.",
        ),
    ),
    ("bird strike", "en"): (
        "Which reports mention a bird strike?",
        (
            "The left engine was damaged by a bird strike.",
            "Two bird strikes were recorded during the climb.",
            "Bird-strike damage was found on the radome.",
            "The pilot told the tower of a possible bird strike on final approach.",
        ),
        (
            "No bird strike was recorded.",
            "The crew reported a lightning strike.",
            "A strike of the handlers closed the airport. Bird nests were removed from the roof.",
            "There was no evidence of a bird strike.",
            "The birds at the lake were counted by volunteers.",
        ),
    ),
    ("person", "en"): (
        "Which documents mention {first} {last}?",
        (
            "The review was signed by {first} {last}.",
            "{first} {last}'s proposal was accepted without a vote.",
            "Present: {first} {last}, chair; two guests.",
        ),
        (
            "The review was signed by {other_first} {last}.",
            "The review was signed by {first} {other_last}.",
            "{first} {other_last} and {other_first} {last} were absent.",
        ),
    ),
    ("penalty", "en"): (
        "Which documents speak of a penalty of ${a} million?",
        (
            "The regulator imposed a penalty of ${a} million.",
            "The penalty, set at {a} million dollars, is due in May.",
            "Penalties amounting to ${a}00,000 were paid.".replace("{a}00,000", "{exact}"),
        ),
        (
            "The regulator imposed a penalty of ${b} million.",
            "The regulator imposed a penalty of ${a} billion.",
            "The board approved a bonus of ${a} million.",
            "The penalty is ${b} million, and legal fees came to ${a} million.",
        ),
    ),
    ("discount", "en"): (
        "Find all offers with a discount of {n}%",
        (
            "We grant a discount of {n} percent on list prices.",
            "A {n}% discount applies to orders above 500 units.",
            "Discount: {n} %",
        ),
        (
            "We grant a discount of {m}% on list prices.",
            "The price includes {n}% tax, with a discount of {m}%.",
            "Sales grew by {n}% although there was a discount.".replace("there was a discount", "the discount ended"),
        ),
    ),
    ("part", "en"): (
        "Which reports mention the part number {part}?",
        (
            "Part number {part} was replaced at the last inspection.",
            "The part with the number {part} is no longer made.",
            "Ordered: part number {part}, two pieces.",
        ),
        (
            "Part number {other_part} was replaced at the last inspection.",
            "The part has no number of its own.",
        ),
    ),
    ("inspection", "en"): (
        "Which documents mention an inspection on 14 March {year}?",
        (
            "The inspection took place on March 14, {year}.",
            "An inspection on 14 March {year} found no defects.",
            "Date of the inspection: {year}-03-14.",
        ),
        (
            "The inspection took place on May 14, {year}.",
            "An inspection on 14 March {other_year} found no defects.",
            "The delivery arrived on 14 March {year}.",
        ),
    ),
    ("phrase", "en"): (
        'Which contracts contain "act of God"?',
        (
            "The carrier is not liable for damage by an act of God.",
            "Neither side answers for an Act of God, war or riot.",
        ),
        (
            "The priest spoke of God in the last act.",
            "To act in the name of God was his wish.",
        ),
    ),
    ("asbestos", "en"): (
        "Which surveys found asbestos in the roof?",
        (
            "Asbestos was found in the roof of the north wing.",
            "The survey found that the roof contains asbestos.",
            "Roofs in which asbestos was found are to be sealed.",
        ),
        (
            "No asbestos was found in the roof.",
            "Asbestos was not found in the roof.",
            "Asbestos was found in the cellar.",
            "Rot was found in the roof of the barn.",
        ),
    ),
    ("merger", "en"): (
        "Documents about the merger of {org} with {partner}",
        (
            "The merger of {org} with {partner} was completed in spring.",
            "Shareholders approved the merger between {org} and {partner}.",
        ),
        (
            "The merger of {org} with {other_org} was completed in spring.",
            "{org} and {partner} share a warehouse.".replace("share a warehouse", "sued each other"),
        ),
    ),
    ("allergy", "en"): (
        "Which patients are allergic to penicillin?",
        (
            "The patient is allergic to penicillin.",
            "She has been allergic to penicillin since childhood.",
            "Known to be allergic to aspirin and penicillin.",
        ),
        (
            "The patient is not allergic to penicillin.",
            "The patient is allergic to latex.",
            "Penicillin was given for ten days.",
        ),
    ),
    ("arbitration", "en"): (
        "Which contracts with {org} provide for arbitration in Geneva?",
        (
            "This contract is made with {org}.\n\nDelivery is in June. The parties provide for arbitration in Geneva.",
            "{org}, the supplier, grants a warranty.\n\nDisputes: the parties provide for arbitration in Geneva.",
        ),
        (
            "This contract is made with {other_org}.\n\nThe parties provide for arbitration in Geneva.",
            "This contract is made with {org}.\n\nDisputes go before the courts in Geneva.",
        ),
    ),
    ("pets", "en"): (
        "Which leases do not allow pets?",
        (
            "Pets are not allowed in the building.",
            "The landlord does not allow pets.",
        ),
        (
            "Pets are allowed in the building.",
            "The landlord allows pets of every size.",
        ),
    ),
    ("meeting", "en"): (
        "Which minutes record a meeting held in {city}?",
        (
            "The meeting was held in {city} and chaired by the treasurer.",
            "These minutes record the meeting held in {city} on Tuesday.",
        ),
        (
            "The meeting was held in {other_city} and chaired by the treasurer.",
            "Next year's conference is planned for {city}.",
        ),
    ),
    ("home", "en"): (
        "Which policies let employees work from home?",
        (
            "Employees may work from home two days a week.",
            "Working from home is open to all employees.",
            "Our employees are free to work from their home.",
        ),
        (
            "Employees may not work from home.",
            "Employees work at the new office.",
            "The nursing home is near the works.",
        ),
    ),
    ("Kündigungsfrist", "de"): (
        "Welche Verträge haben eine Kündigungsfrist von {n} Tagen?",
        (
            "Die Kündigungsfrist beträgt {n} Tage.",
            "Der Vertrag kann mit einer Kündigungsfrist von {n} Tagen beendet werden.",
            "Es gelten Kündigungsfristen von {n} Tagen.",
        ),
        (
            "Die Kündigungsfrist beträgt {m} Tage.",
            "Die Kündigungsfrist beträgt nicht {n} Tage.",
            "Die Lieferfrist beträgt {n} Tage.",
        ),
    ),
    ("Wasserschaden", "de"): (
        "In welchen Berichten wird ein Wasserschaden im Keller erwähnt?",
        (
            "Ein Wasserschaden im Keller wurde der Versicherung gemeldet.",
            "Im Keller kam es zu mehreren Wasserschäden.",
        ),
        (
            "Im Keller wurde kein Wasserschaden festgestellt.",
            "Ein Brandschaden im Keller wurde gemeldet.",
            "Ein Wasserschaden im Dachgeschoss wurde behoben.",
        ),
    ),
    ("fuga", "es"): (
        "¿Qué informes mencionan una fuga de gas?",
        (
            "Los bomberos encontraron una fuga de gas en la cocina.",
            "Se registraron dos fugas de gas durante el invierno.",
        ),
        (
            "No se encontró ninguna fuga de gas.",
            "La fuga de agua fue reparada por la tarde.",
            "El precio del gas subió en enero.",
        ),
    ),
    ("plazo", "es"): (
        "Contratos con un plazo de preaviso de {n} días",
        (
            "El plazo de preaviso es de {n} días.",
            "Se acuerda un plazo de preaviso de {n} días para ambas partes.",
        ),
        (
            "El plazo de preaviso es de {m} días.",
            "El plazo de entrega es de {n} días.",
        ),
    ),
}

_FIRST = ("Marta", "Ileana", "Tobias", "Yusuf", "Greta", "Anselm")
_LAST = ("Oyelaran", "Brandvold", "Castellani", "Quist", "Delacroix-Meunier", "Havel")
_ORGANISATIONS = ("Norvane", "Tessellon", "Brightwick", "Calderis", "Ombrant")
_CITIES = ("Tampere", "Leeuwarden", "Cluj", "Odense", "Pamplona")


def facts(seed: int) -> list[Fact]:
    """The facts with the numbers and names of ``seed``."""
    chance = random.Random(f"facts {seed}")
    made = []
    for (name, language), (question, said, nearly) in _PATTERNS.items():
        filled = _values(chance)
        made.append(
            Fact(
                name, language, question.format(**filled),
                tuple(text.format(**filled) for text in said), tuple(text.format(**filled) for text in nearly),
            )
        )  # fmt: skip
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

"""The documents of the pictures that show many, long names, and names from right to left."""

from __future__ import annotations

import itertools
from pathlib import Path

MANY = 1_000

_SUBJECTS = ("Minutes", "Invoice", "Survey", "Contract", "Inspection", "Letter", "Offer", "Permit", "Report", "Notes")
_PLACES = ("Alder Quay", "Gull Point", "Halden Street", "Wend valley", "North pier", "Mill lane", "Tern Rock",
           "Old ferry", "Lime yard", "Cliff path")  # fmt: skip
_YEARS = range(2016, 2026)

LONG = (
    "Final report of the working group on the renewal of the moorings, the fenders and the lighting, with annexes.md",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft_Satzung_2024_endgültig_v7_final.md",
    "2025-03-14_Procès-verbal_de_l’assemblée_générale_extraordinaire_des_copropriétaires_de_la_résidence_du_Vieux_Port.md",
)
LONG_QUESTION = (
    "What did the working group on the renewal of the moorings, the fenders and the lighting at the inner basin decide "
    "about the order in which the work is to be done, and who answers for it?"
)

RIGHT_TO_LEFT = {
    "דוח הנמל השנתי.md": (
        "# דוח הנמל השנתי\n\nהמזח הצפוני נבנה בשנת 1921 ושופץ פעמיים. עומק המים ליד המזח הוא שישה מטרים. "
        "המעבורת יוצאת בכל בוקר בשעה שבע.\n"
    ),
    "تقرير المكتبة.md": (
        "# تقرير المكتبة\n\nفتحت المكتبة أبوابها في عام 1954. يوجد في قاعة القراءة أربعون مقعدا. "
        "تغلق المكتبة أبوابها يوم الجمعة.\n"
    ),
}
RIGHT_TO_LEFT_QUESTION = "מתי נבנה המזח הצפוני?"


def make_crowd(folder: Path) -> Path:
    """Write all of them into ``folder``, which is made; give it back."""
    folder.mkdir(parents=True)
    for place, subject, year in itertools.product(_PLACES, _SUBJECTS, _YEARS):
        text = f"# {subject}, {place}, {year}\n\n{subject} of {year} concerning {place}.\n"
        (folder / f"{subject} {place} {year}.md").write_text(text, encoding="utf-8")
    for name in LONG:
        text = (
            f"# {name.removesuffix('.md')}\n\nThe working group on the renewal of the moorings, the fenders and the "
            "lighting at the inner basin decided that the moorings are renewed first, then the fenders, and the "
            "lighting last. Ines Okafor answers for the order of the work.\n"
        )
        (folder / name).write_text(text, encoding="utf-8")
    for name, text in RIGHT_TO_LEFT.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder

"""What the doctor says of the machine that models run on: cores, instructions, power, pace, and what suits it best."""

from __future__ import annotations

import os
from collections.abc import Iterator

from rag.errors import size_words, text
from rag.library import Library
from rag.protocol import Check


def machine_checks(library: Library, language: str) -> Iterator[Check]:
    """The machine as models find it; its pace is measured where that has not been done, which takes about 0.3 s."""
    offers = library.offering.offers(language)
    machine, pace = offers.machine, library.speeds.pace()
    yield Check("threads", f"{machine.cores} / {os.cpu_count()}", is_well=True)
    yield Check("instructions", " ".join(machine.instructions) or "?", is_well=True)
    yield Check("accelerator", machine.accelerator or text("doctor_none", language), is_well=True)
    yield Check("power", text("doctor_battery" if machine.on_battery else "doctor_mains", language), is_well=True)
    yield Check("bandwidth", f"{size_words(pace.bandwidth, language)}/s", is_well=True)
    yield Check("compute", f"{pace.compute / 1e9:.0f} GFLOPS", is_well=True)
    best = next((offer.name for offer in offers.offers if offer.is_recommended), "")
    yield Check("recommended model", best or text("doctor_none", language), is_well=bool(best))

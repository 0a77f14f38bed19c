"""The tables of models: every figure that is known, and none that isn't."""

from __future__ import annotations

import dataclasses
import io
import re

import pytest
from rich.console import Console

from rag.errors import LANGUAGES, text
from rag.json_models import offers_object
from rag.protocol import Download, DownloadState, Offers, Speed
from rag.terminal_models import gigabytes, machine_line, show_offers, speed_words
from tests.fakes.plausible import MACHINE, OFFERS

OFFERED = Offers(1, MACHINE, OFFERS)


def shown(offers: Offers, language: str = "en", width: int = 200) -> str:
    console = Console(file=io.StringIO(), width=width, highlight=False, markup=False)
    assert show_offers(console, offers, language)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def changed(**fields: object) -> Offers:
    """The offers, the first of them with other fields."""
    return Offers(1, MACHINE, (dataclasses.replace(OFFERS[0], **fields), *OFFERS[1:]))  # type: ignore[arg-type]


def test_the_catalogue_with_the_machine_and_the_one_that_is_recommended() -> None:
    output = shown(OFFERED)
    assert output.startswith("9.00 GB of 16.00 GB of memory free · 120.00 GB free on the disk · 8 cores")
    assert re.search(r"★ Phi-4-mini \(phi-4-mini\) +2\.49 GB +3\.40 GB +fits +≈ 60\.0 / 9\.0\n", output)
    assert re.search(r"\n  Phi-4 \(phi-4\) +9\.05 GB +11\.30 GB +tight", output)
    assert re.search(
        r"\n  Phi-3-small \(phi-3-small\)\n   It can't be run here\.\n   Take instead: Phi-4-mini\n", output
    )
    assert output.endswith("★ Phi-4-mini is recommended here: phial models get phi-4-mini\n")


def test_what_is_here_already_and_what_has_begun_to_come() -> None:
    here = shown(changed(installed="phi-4-mini-q4_k_m", speed=Speed(20.14, 4.86, is_measured=True)))
    assert "here already, as phi-4-mini-q4_k_m" in here
    assert "20.1 / 4.9" in here
    assert "≈ 20" not in here
    assert "phial models get" not in here
    begun = Download("phi-4-mini", "Phi-4-mini", DownloadState.PAUSED, 10**9, 2_491_874_688, 0.0, "example.org")
    assert "1.00 GB of it have arrived" in shown(changed(download=begun))


def test_a_size_that_nobody_knows_is_said_to_be_unknown() -> None:
    said = "Its size isn’t known yet, nor whether it fits."
    assert said in shown(changed(bytes=0, memory_needed=0, fit="", speed=None))
    assert said not in shown(OFFERED), "one that can't be run has its reason"


def test_a_disk_without_room_is_said_of_what_is_not_here() -> None:
    full = dataclasses.replace(MACHINE, disk_free=2_000_000_000)
    said = "needs 2.49 GB on the disk, where 2.00 GB are free"
    assert said in shown(dataclasses.replace(OFFERED, machine=full))
    assert said not in shown(dataclasses.replace(changed(installed="x"), machine=full))


def test_a_laptop_on_its_battery_and_one_with_a_gpu() -> None:
    assert machine_line(MACHINE, "en").count(" · ") == 2
    told = machine_line(dataclasses.replace(MACHINE, on_battery=True, accelerator="Metal"), "en")
    assert told.endswith(" · Metal · on battery")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_its_own_words_and_figures(language: str) -> None:
    output = shown(OFFERED, language)
    assert text("fit_tight", language) in output
    assert text("offers_instead", language, models="Phi-4-mini") in output
    assert gigabytes(2_491_874_688, language) == {"en": "2.49 GB", "fr": "2,49 Go", "it": "2,49 GB"}[language]
    assert gigabytes(0, language) == ""
    decimals = "4.9" if language == "en" else "4,9"
    assert speed_words(Speed(198.4, 4.86, is_measured=True), language) == f"198 / {decimals}"


def test_a_narrow_terminal_loses_nothing() -> None:
    output = shown(OFFERED, width=50)
    assert max(map(len, output.splitlines())) <= 50
    for wanted in ("(phi-4-mini)", "11.30 GB", "tight", "≈ 15.0 / 2.0"):
        assert wanted in output


def test_programs_get_null_for_what_nobody_knows() -> None:
    printed = offers_object(OFFERED, "en")
    assert printed["machine"]["instructions"] == ["AVX2"]
    first, _, small = printed["offers"]
    assert (first["model"], first["is_recommended"], first["installed"]) == ("phi-4-mini", True, None)
    assert first["speed"] == {"prefill": 60.0, "decode": 9.0, "is_measured": False}
    unknown = ("bytes", "context", "memory_needed", "fit", "good_for", "installed", "speed", "download")
    assert [small[name] for name in unknown] == [None] * len(unknown)
    assert (small["reason"], small["instead"]) == ("It can't be run here.", ["phi-4-mini"])
    begun = Download("phi-4-mini", "Phi-4-mini", DownloadState.RUNNING, 5, 0, 0.0, "example.org")
    download = offers_object(changed(download=begun), "en")["offers"][0]["download"]
    assert (download["bytes_done"], download["bytes"], download["state"]) == (5, None, "running")

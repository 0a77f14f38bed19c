"""What is said of a model for those who know nothing of models: sizes, speed in words and pages, how it fits."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLocale

from desktop.widgets.counted_words import CountedWords
from rag.protocol import Download, DownloadState, Machine, Offer, Speed

translate = QCoreApplication.translate

WORDS_PER_TOKEN = 0.75
"""English text; other languages have fewer words a token."""

PAGE_TOKENS = 650
"""A page of plain text."""

FEWEST_PAGES = 1.5
"""A minute; below that the words read a second say more."""


def locale_size(count: int) -> str:
    """A number of bytes in the locale's form."""
    return QLocale().formattedDataSize(count, 0 if count < 10**9 else 1, QLocale.DataSizeFormat.DataSizeSIFormat)


def speed_words(speed: Speed | None) -> str:
    """How fast it reads and writes here; "" where nobody knows."""
    if speed is None or speed.decode <= 0 or speed.prefill <= 0:
        return ""
    locale = QLocale()
    words = locale.toString(max(0.1, speed.decode * WORDS_PER_TOKEN), "f", 0 if speed.decode >= 4 else 1)
    pages = speed.prefill * 60 / PAGE_TOKENS
    if pages >= FEWEST_PAGES:
        said = translate("Models", "reads {pages} pages a minute, writes {words} words a second").format(
            pages=locale.toString(round(pages)), words=words
        )
    else:
        read = locale.toString(max(0.1, speed.prefill * WORDS_PER_TOKEN), "f", 1)
        said = translate("Models", "reads {read} words a second, writes {words}").format(read=read, words=words)
    return said if speed.is_measured else translate("Models", "{speed} (estimated)").format(speed=said)


def fit_words(fit: str) -> str:
    """How a model stands to this machine's memory; "" where nobody can say."""
    return {
        "fits": translate("Models", "Fits"),
        "tight": translate("Models", "Tight"),
        "does_not_fit": translate("Models", "Does not fit"),
    }.get(fit, "")


def needs_words(offer: Offer, machine: Machine) -> str:
    """What it needs of the memory that is here; "" where nobody knows."""
    if not offer.memory_needed:
        return ""
    return translate("Models", "needs {needed} of {total} of memory").format(
        needed=locale_size(offer.memory_needed), total=locale_size(machine.memory)
    )


def machine_words(machine: Machine) -> str:
    """What this computer has for a model, in a line."""
    parts = [
        translate("Models", "{total} of memory, {free} free").format(
            total=locale_size(machine.memory), free=locale_size(machine.memory_free)
        ),
        translate("Models", "{free} free on disk").format(free=locale_size(machine.disk_free)),
        CountedWords().cores(machine.cores),
    ]
    if machine.accelerator:
        parts.append(machine.accelerator)
    return " · ".join(parts)


def download_words(download: Download) -> str:
    """How far the getting of a model is, how fast, and how long it still takes."""
    if download.state == DownloadState.CHECKING:
        return translate("Models", "Checking that it arrived whole…")
    if download.bytes:
        done = translate("Models", "{done} of {total}").format(
            done=locale_size(download.bytes_done), total=locale_size(download.bytes)
        )
    else:
        done = locale_size(download.bytes_done)
    if download.state == DownloadState.PAUSED:
        return translate("Models", "Paused · {done}").format(done=done)
    parts = [done]
    if download.bytes_per_s > 0:
        parts.append(translate("Models", "{size} a second").format(size=locale_size(round(download.bytes_per_s))))
        if download.bytes:
            parts.append(CountedWords().time_left((download.bytes - download.bytes_done) / download.bytes_per_s))
    if download.source and not parts[1:] and not Path(download.source).is_absolute():
        # Nothing comes yet: a network that swallows what is sent says so only after a while.
        parts.append(translate("Models", "connecting to {source}").format(source=download.source))
    elif download.source:
        parts.append(translate("Models", "from {source}").format(source=download.source))
    return " · ".join(parts)

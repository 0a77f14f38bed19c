"""The terminal's tables of models: those on this computer, and those that can be had."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from rag.errors import EngineProblem, Problem, describe, text
from rag.protocol import Machine, Model, Offer, Offers, Speed
from rag.terminal_rows import Row, lay_out
from rag.terminal_words import decimal
from rag.view import printable

BETWEEN = " · "
_COLUMNS = ("model", "size", "memory", "fit", "speed")
_NUMBERS = frozenset({1, 2, 4})


def show_models(console: Console, models: Sequence[Model], language: str) -> bool:
    """Show the models, the one that answers marked; where there are none, what that means and what helps."""
    if not models:
        console.print(Text(str(describe(Problem(EngineProblem.NO_MODEL.value), language))))
        return True
    rows = []
    for model in map(printable, models):
        name = ("● " if model.is_chosen else "  ") + f"{model.name} ({model.model})"
        rows.append(Row((name, *_figures(model, language)), tuple(filter(None, _notes(model, language)))))
    _print(console, rows, language)
    return True


def show_offers(console: Console, offers: Offers, language: str) -> bool:
    """Show what this computer has, the catalogue held against it, and how to get the one that is recommended."""
    offers = printable(offers)
    for line in Text(machine_line(offers.machine, language), style="dim").wrap(console, console.width):
        console.print(line)
    rows = []
    for offer in offers.offers:
        name = ("★ " if offer.is_recommended else "  ") + f"{offer.name} ({offer.model})"
        rows.append(Row((name, *_figures(offer, language)), tuple(filter(None, _offer_notes(offer, offers, language)))))
    _print(console, rows, language)
    for offer in offers.offers:
        if offer.is_recommended:
            key = "offers_recommended_here" if offer.installed else "offers_recommended"
            said = text(key, language, name=offer.name, model=offer.model)
            console.print(Text("★ " + said, style="bold"))
    return True


def machine_line(machine: Machine, language: str) -> str:
    """What this computer has for a model, in a line."""
    parts = [
        text("machine_memory", language, free=gigabytes(machine.memory_free, language),
             total=gigabytes(machine.memory, language)),
        text("machine_disk", language, free=gigabytes(machine.disk_free, language)),
        text("machine_cores", language, cores=machine.cores),
        machine.accelerator,
        text("machine_battery", language) if machine.on_battery else "",
    ]  # fmt: skip
    return BETWEEN.join(filter(None, parts))


def speed_words(speed: Speed | None, language: str) -> str:
    """“20.1 / 4.9”: tokens read and written a second, behind “≈” where that is estimated; "" where nobody knows."""
    if speed is None:
        return ""
    figures = " / ".join(decimal(value, 0 if value >= 100 else 1, language) for value in (speed.prefill, speed.decode))
    return figures if speed.is_measured else f"≈ {figures}"


def gigabytes(size: int, language: str) -> str:
    """“2.49 GB”; "" for nothing."""
    return text("gigabytes", language, size=decimal(size / 1e9, 2, language)) if size else ""


def _figures(model: Model | Offer, language: str) -> tuple[str, ...]:
    return (
        gigabytes(model.bytes, language),
        gigabytes(model.memory_needed, language),
        text(f"fit_{model.fit}", language) if model.fit else "",
        speed_words(model.speed, language),
    )


def _notes(model: Model, language: str) -> tuple[str, ...]:
    origin = (
        text("model_found", language, program=model.source) if model.source else "",
        text("model_verified", language) if model.is_verified else "",
    )
    why = str(describe(model.problem, language)) if model.problem else ""
    return BETWEEN.join(filter(None, origin)), why


def _offer_notes(offer: Offer, offers: Offers, language: str) -> tuple[str, ...]:
    names = {each.model: each.name for each in offers.offers}
    instead = ", ".join(names.get(model, model) for model in offer.instead)
    arrived = offer.download.bytes_done if offer.download is not None else 0
    lacks_room = not offer.installed and offer.bytes - arrived > offers.machine.disk_free
    return (
        offer.good_for,
        offer.reason,
        text("offers_instead", language, models=instead) if instead else "",
        text("offers_installed", language, model=offer.installed) if offer.installed else "",
        text("offers_unknown", language) if not offer.bytes and not offer.reason else "",
        text("offers_disk", language, size=gigabytes(offer.bytes, language),
             free=gigabytes(offers.machine.disk_free, language)) if lacks_room else "",
        text("offers_begun", language, size=gigabytes(arrived, language)) if arrived else "",
    )  # fmt: skip


def _print(console: Console, rows: Sequence[Row], language: str) -> None:
    # A name holds the id that “models use” and “models get” want: it is not shortened.
    narrowest = max((cell_len(row.cells[0]) for row in rows), default=0)
    header = [text(f"column_{column}", language) for column in _COLUMNS]
    for line in lay_out(console, header, rows, _NUMBERS, narrowest):
        console.print(line)

"""The doctor's findings in the terminal: each under words that say what was looked at."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from rag.errors import text
from rag.protocol import Check
from rag.view import printable

_IN_WORDS = frozenset({
    "system", "threads", "instructions", "accelerator", "power", "bandwidth", "compute", "recommended model", "kernel",
    "memory", "disk", "home", "kv cache", "embedder", "model", "vector index", "connections", "notice",
})  # fmt: skip
"""The checks that are shown under words of the catalogue. Programs get the names, which stay what they are."""

_OF_EACH = frozenset({"kernel", "model"})
"""What there may be several of: the name of each stands behind one of these words."""


def show_checks(console: Console, checks: Sequence[Check], language: str) -> None:
    """Show what was looked at, what was found, and whether it is well."""
    table = Table(box=None, show_header=False)
    for check in map(printable, checks):
        verdict = text("doctor_well" if check.is_well else "doctor_not_well", language)
        table.add_row(
            Text(in_words(check.name, language), style="dim"), Text(check.value),
            Text(verdict, "" if check.is_well else "bold"),
        )  # fmt: skip
    console.print(table)


def in_words(name: str, language: str) -> str:
    """What a check looked at; what has a name of its own, like a package, is called by that."""
    if name in _IN_WORDS:
        return text(f"check_{name.replace(' ', '_')}", language)
    kind, _, each = name.partition(" ")
    return text(f"check_each_{kind}", language, name=each) if each and kind in _OF_EACH else name

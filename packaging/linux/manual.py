"""The manual page, in each language of the program: what `man phial` shows, made of the program's own words.

man(7), groff_man(7).
"""

from __future__ import annotations

import contextlib
import datetime as dt
import gzip
import io
import os
import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from linux.desktop_files import DESCRIPTION, NAME, SUMMARY
from rag.cli import main as run_command

COLUMNS = 74
"""Characters of a line of the help: a page is indented, and a terminal has 80."""

HEADINGS = {
    "": ("NAME", "SYNOPSIS", "DESCRIPTION", "COMMANDS", "ENVIRONMENT", "EXIT STATUS"),
    "fr": ("NOM", "SYNOPSIS", "DESCRIPTION", "COMMANDES", "ENVIRONNEMENT", "CODE DE RETOUR"),
    "it": ("NOME", "SINTASSI", "DESCRIZIONE", "COMANDI", "AMBIENTE", "STATO DI USCITA"),
}
EACH = {
    "": "phial COMMAND \\-\\-help tells what each takes.",
    "fr": "phial COMMAND \\-\\-help dit ce que chacune accepte.",
    "it": "phial COMMAND \\-\\-help dice che cosa accetta ciascuno.",
}
HOME = {
    "": "The folder of the library; without it, ~/.local/share/phial.",
    "fr": "Le dossier de la bibliothèque ; sans elle, ~/.local/share/phial.",
    "it": "La cartella della biblioteca; senza, ~/.local/share/phial.",
}
STATUS = {
    "": "0: done, also where some files could not be read. 1: nothing could be done. 2: wrong usage. 130: interrupted.",
    "fr": "0 : fait, même si des fichiers n’ont pu être lus. 1 : rien n’a pu être fait. 2 : mauvais usage. "
    "130 : interrompu.",
    "it": "0: fatto, anche se alcuni file non si sono potuti leggere. 1: non si è potuto fare nulla. 2: uso errato. "
    "130: interrotto.",
}


def write_pages(folder: Path, version: str, moment: int) -> None:
    """Write the pages, packed, where ``folder`` (a ``share/man``) has each language's. Raises OSError."""
    for language in HEADINGS:
        place = folder / language / "man1" / f"{NAME}.1.gz"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(gzip.compress(page(language, version, moment).encode(), 9, mtime=0))


def page(language: str, version: str, moment: int) -> str:
    """The page in ``language`` ("" is English) of this version, of ``moment`` (seconds since 1970)."""
    day = dt.datetime.fromtimestamp(moment, dt.UTC).date().isoformat()
    name, synopsis, description, commands, environment, status = HEADINGS[language]
    paragraphs = "\n.PP\n".join(escaped(" ".join(text.split())) for text in DESCRIPTION[language])
    return f""".TH PHIAL 1 "{day}" "Phial {escaped(version)}" "Phial"
.ad l
.SH {name}
{NAME} \\- {escaped(SUMMARY[language])}
.SH {synopsis}
.B {NAME}
.RI [ PATH ...]
.br
.B {NAME}
.I COMMAND
.RI [ ARGUMENT ...]
.SH {description}
{paragraphs}
.SH {commands}
.nf
{escaped(listed(language))}
.fi
.PP
{EACH[language]}
.SH {environment}
.TP
.B PHIAL_HOME
{escaped(HOME[language])}
.SH "{status}"
{escaped(STATUS[language])}
"""


def listed(language: str) -> str:
    """The commands as the program's help lists them, and what it says of the rest."""
    said = io.StringIO()
    with _environment(PHIAL_LANGUAGE=language or "en", COLUMNS=str(COLUMNS)), contextlib.redirect_stdout(said):
        run_command(["--help"])
    lines = said.getvalue().splitlines()
    begin = next(number for number, line in enumerate(lines) if line.strip() == "COMMAND") + 1
    commands, _options, *below = "\n".join(line.removeprefix("  ") for line in lines[begin:]).split("\n\n")
    return "\n\n".join((commands, *below)).rstrip()


@contextlib.contextmanager
def _environment(**values: str) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def escaped(text: str) -> str:
    """``text`` as groff takes it to the letter: no request, no escape, hyphens that can be copied."""
    lines = text.replace("\\", "\\e").replace("-", "\\-").split("\n")
    return "\n".join(f"\\&{line}" if line.startswith((".", "'")) else line for line in lines)
